import { Button } from '@mantine/core';
import { confirmRegistryCode, sendRegistryCode } from '@rnoce/api-client/subscriptions';
import { digits } from '@rnoce/schemas/fields';
import { validate } from '@rnoce/schemas/issues';
import type { SubscriptionId } from '@rnoce/schemas/primitives';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import { issueResolver } from '@rnoce/ui';
import { useT } from '@rnoce/ui/i18n';
import { IdentifierField } from '@rnoce/ui/identifier-field';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { client } from '../session/session.ts';
import './registry-code.css';

const codeLength = 6;
const resolver = issueResolver<{ code: string }>((values) =>
  validate(digits(codeLength), values.code).issues.map((issue) => ({ ...issue, pointer: '/code' })),
);

/** Shows that the account acts for the operator: a code is sent to the address that BADR holds, and typed here. */
export function RegistryCode({
  subscriptionId,
  confirmLabel,
  before,
  onConfirmed,
}: {
  subscriptionId: SubscriptionId;
  confirmLabel: string;
  /** What must be done before the code goes out. */
  before?: () => Promise<unknown>;
  onConfirmed: (subscription: Subscription) => void;
}) {
  const t = useT();
  const sentence = useErrorSentence();
  const [sentTo, setSentTo] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useForm({ defaultValues: { code: '' }, resolver, shouldFocusError: true });
  const params = { id: subscriptionId };

  async function send(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      setSentTo((await sendRegistryCode(client, { params })).data.maskedEmail);
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  }

  async function confirm({ code }: { code: string }): Promise<void> {
    setFailure(undefined);
    await before?.();
    try {
      onConfirmed((await confirmRegistryCode(client, { params, body: { code } })).data);
    } catch (error) {
      form.setError('code', { type: 'problem', message: sentence(error) });
    }
  }

  return (
    <FormProvider {...form}>
      <form
        noValidate
        className="registry-code"
        aria-label={t('portal:registry-code.code')}
        onSubmit={form.handleSubmit(confirm)}
      >
        {sentTo === undefined ? null : (
          <>
            <p>
              {t('portal:registry-code.sent')} <bdi dir="ltr">{sentTo}</bdi>
            </p>
            <IdentifierField
              name="code"
              label={t('portal:registry-code.code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              required
            />
            <Button type="submit" loading={form.formState.isSubmitting}>
              {confirmLabel}
            </Button>
          </>
        )}
        <Button
          variant={sentTo === undefined ? 'outline' : 'subtle'}
          loading={busy}
          onClick={() => void send()}
        >
          {t(sentTo === undefined ? 'portal:registry-code.send' : 'portal:registry-code.send-again')}
        </Button>
        {failure === undefined ? null : (
          <Notice tone="danger" live="assertive">
            <p>{sentence(failure)}</p>
          </Notice>
        )}
      </form>
    </FormProvider>
  );
}
