import { Button } from '@mantine/core';
import { confirmRegistryCode, sendRegistryCode } from '@rnoce/api-client/subscriptions';
import { digits } from '@rnoce/schemas/fields';
import { validate } from '@rnoce/schemas/issues';
import { issueResolver } from '@rnoce/ui';
import { useT } from '@rnoce/ui/i18n';
import { IdentifierField } from '@rnoce/ui/identifier-field';
import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { client } from '../../session/session.ts';
import { cacheSubscription } from './server-draft.ts';
import { useWizard } from './wizard-context.ts';

const seenKey = (id: string): string => `rnoce_registered_seen.${id}`;

/** Whether this browser tab shows BADR's word on this subscription for the first time; remembered from then on. */
function firstArrival(id: string): boolean {
  try {
    const first = window.sessionStorage.getItem(seenKey(id)) === null;
    window.sessionStorage.setItem(seenKey(id), '1');
    return first;
  } catch {
    return true;
  }
}

/** What customs said of the operator: registered (on arrival), unknown, or no answer yet. A form without customs starts from theirs. */
export function RegistryNotice() {
  const t = useT();
  const { subscription } = useWizard();
  const { status } = subscription.registry;
  const [arrived] = useState(() => firstArrival(subscription.id));
  if (!subscription.authorities.includes('customs')) {
    return arrived ? (
      <div className="wizard-notice">
        <Notice tone="info" title={t('wizard:copied.title')} live="polite">
          <p>{t('wizard:copied.detail')}</p>
        </Notice>
      </div>
    ) : null;
  }
  if (status === 'unavailable') {
    return (
      <div className="wizard-notice">
        <Notice tone="warning" title={t('wizard:registry.unavailable.title')} live="polite">
          <p>{t('wizard:registry.unavailable.detail')}</p>
        </Notice>
      </div>
    );
  }
  if (!arrived) return null;
  return (
    <div className="wizard-notice">
      <Notice
        tone={status === 'registered' ? 'success' : 'info'}
        title={t(`wizard:registry.${status}.title`)}
        live="polite"
      >
        <p>{t(`wizard:registry.${status}.detail`)}</p>
      </Notice>
    </div>
  );
}

const codeLength = 6;
const resolver = issueResolver<{ code: string }>((values) =>
  validate(digits(codeLength), values.code).issues.map((issue) => ({ ...issue, pointer: '/code' })),
);

/** Why people's data isn't prefilled, and how to have it: a code sent to the address that BADR holds. */
export function PeopleNotice({ step }: { step: 'company' | 'managers' }) {
  const t = useT();
  const { subscription, draft } = useWizard();
  const { people } = subscription.registry;
  const { company, managers } = draft.sections;
  const [wasEmpty] = useState(() => (step === 'company' ? !company.phone : managers.length === 0));
  // What is there already wouldn't be filled in.
  if (!wasEmpty) return null;
  if (people === 'no_email') {
    return (
      <div className="wizard-notice">
        <Notice tone="info" title={t('wizard:people.title')}>
          <p>{t('wizard:people.no-email')}</p>
        </Notice>
      </div>
    );
  }
  if (people !== 'code_needed') return null;
  return (
    <div className="wizard-notice">
      <Notice tone="info" title={t('wizard:people.title')}>
        <p>{t(step === 'company' ? 'wizard:people.company' : 'wizard:people.managers')}</p>
        <RegistryCode />
      </Notice>
    </div>
  );
}

function RegistryCode() {
  const t = useT();
  const sentence = useErrorSentence();
  const { subscription, store } = useWizard();
  const [sentTo, setSentTo] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useForm({ defaultValues: { code: '' }, resolver, shouldFocusError: true });
  const params = { id: subscription.id };

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
    // What is typed goes first: the answer fills only what is still empty on the server.
    await store.flush();
    try {
      const { data } = await confirmRegistryCode(client, { params, body: { code } });
      cacheSubscription(data);
      notify(t('wizard:people.filled'), 'success');
    } catch (error) {
      form.setError('code', { type: 'problem', message: sentence(error) });
    }
  }

  return (
    <FormProvider {...form}>
      <form
        noValidate
        className="wizard-code"
        aria-label={t('wizard:people.code')}
        onSubmit={form.handleSubmit(confirm)}
      >
        {sentTo === undefined ? null : (
          <>
            <p>
              {t('wizard:people.sent')} <bdi dir="ltr">{sentTo}</bdi>
            </p>
            <IdentifierField
              name="code"
              label={t('wizard:people.code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              required
            />
            <Button type="submit" loading={form.formState.isSubmitting}>
              {t('wizard:people.confirm')}
            </Button>
          </>
        )}
        <Button
          variant={sentTo === undefined ? 'outline' : 'subtle'}
          loading={busy}
          onClick={() => void send()}
        >
          {t(sentTo === undefined ? 'wizard:people.send' : 'wizard:people.send-again')}
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
