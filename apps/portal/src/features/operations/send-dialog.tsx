import { ApiError } from '@rnoce/api-client/api-error';
import { submitCustomsRequest } from '@rnoce/api-client/customs-requests';
import type { RecordChange } from '@rnoce/schemas/customs-request-rules';
import type { CustomsAccount, CustomsRequest } from '@rnoce/schemas/customs-requests';
import { filled } from '@rnoce/shell/filled';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { queryClient } from '@rnoce/shell/query-client';
import { issueResolver } from '@rnoce/ui';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { PasswordField } from '@rnoce/ui/password-field';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useId, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { customsRequestQuery, forgetCustomsAccount } from '../../api/queries.ts';
import type { DraftStore } from '../../drafts/draft-store.ts';
import { forgetOwnCopies } from '../../drafts/own-copies.ts';
import { isolated } from '../../form-sections/isolated.ts';
import { client } from '../../session/session.ts';
import { useAccount } from '../../session/use-session.ts';
import { useChangeName } from './change-names.ts';
import type { RequestParts } from './request-parts.ts';
import { cacheRequest } from './request-traffic.ts';

interface Values {
  readonly password: string;
}
const passwordNeeded = issueResolver<Values>(filled<Values>('password'));
const nothingNeeded = issueResolver<Values>(() => []);

/** What sending means, in plain words, before it is done: it can't be taken back. A cancellation asks for the password again. */
export function SendDialog({
  request,
  account,
  changes,
  store,
  onClose,
  onRefused,
  onRegistryChanged,
}: {
  request: CustomsRequest;
  account: CustomsAccount;
  changes: readonly RecordChange[];
  store: DraftStore<RequestParts>;
  onClose: () => void;
  /** The API found something missing or wrong: the form says it. */
  onRefused: () => void;
  /** Customs changed the account meanwhile: the request as it was brought up to date. */
  onRegistryChanged: (fresh: CustomsRequest) => void;
}) {
  const t = useT();
  const find = useFindMessage();
  const sentence = useErrorSentence();
  const formId = useId();
  const [attempts] = useState(() => createAttempts());
  const [failure, setFailure] = useState<unknown>();
  const { id, type } = request;
  const asksPassword = type === 'cancellation';
  const form = useForm<Values>({
    defaultValues: { password: '' },
    resolver: asksPassword ? passwordNeeded : nothingNeeded,
  });
  const busy = form.formState.isSubmitting;

  async function tell(error: unknown): Promise<void> {
    if (!(error instanceof ApiError)) return setFailure(error);
    if (error.code === 'password_wrong') {
      form.setError('password', { type: error.code, message: error.problem?.detail ?? sentence(error) });
      form.setFocus('password');
      return;
    }
    if (error.code === 'registry_changed') {
      const fresh = await queryClient.fetchQuery({ ...customsRequestQuery(id), staleTime: 0 });
      await store.refresh();
      return onRegistryChanged(fresh);
    }
    await store.refresh();
    if (error.issues.length > 0) return onRefused();
    if (error.code === 'operation_not_allowed') void forgetCustomsAccount();
    setFailure(error);
  }

  async function send({ password }: Values): Promise<void> {
    setFailure(undefined);
    try {
      if (!(await store.flush())) return setFailure(new ApiError({ status: 0, code: 'offline' }));
      const { version } = store.snapshot();
      const body = asksPassword ? { password } : {};
      const { data } = await submitCustomsRequest(client, {
        params: { id },
        body,
        version,
        idempotencyKey: attempts.keyFor({ version, body }),
      });
      attempts.end();
      forgetOwnCopies(id);
      void forgetCustomsAccount();
      // The screen leads to the request's own page once it isn't a draft any more.
      cacheRequest(data);
    } catch (error) {
      attempts.end(error);
      await tell(error);
    }
  }

  const refusal =
    failure instanceof ApiError && failure.code === 'operation_not_allowed'
      ? find(`reference:operation-refusal.${String(failure.problem?.params?.reason)}`)
      : undefined;

  return (
    <ConfirmDialog
      opened
      title={t(`operations:confirm.${type}.title`)}
      confirmLabel={t(`operations:send.${type}`)}
      cancelLabel={t('operations:confirm.back')}
      danger={type === 'cancellation'}
      busy={busy}
      onConfirm={() => void form.handleSubmit(send)()}
      onCancel={onClose}
    >
      <FormProvider {...form}>
        <form
          id={formId}
          noValidate
          className="operation-confirm"
          aria-label={t(`operations:confirm.${type}.title`)}
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void form.handleSubmit(send)();
          }}
        >
          <Meaning request={request} account={account} changes={changes} />
          {asksPassword ? <Password /> : null}
          <button type="submit" hidden aria-label={t(`operations:send.${type}`)} />
          {failure === undefined ? null : (
            <Notice tone="danger" live="assertive">
              <p>{refusal ?? sentence(failure)}</p>
            </Notice>
          )}
        </form>
      </FormProvider>
    </ConfirmDialog>
  );
}

function Password() {
  const t = useT();
  const account = useAccount();
  return (
    <>
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={account?.email ?? ''}
        readOnly
        hidden
      />
      <PasswordField<Values>
        name="password"
        label={t('operations:confirm.password')}
        help={t('operations:confirm.password-help')}
        required
        autoComplete="current-password"
      />
    </>
  );
}

/** What the sending of each operation means, point by point. */
function Meaning({
  request: { type },
  account,
  changes,
}: {
  request: CustomsRequest;
  account: CustomsAccount;
  changes: readonly RecordChange[];
}) {
  const t = useT();
  const nameOf = useChangeName(changes);
  const { maskedEmail, operations } = account;
  const updateWaits = operations.some((one) => one.type === 'update' && one.latest?.status === 'in_review');
  switch (type) {
    case 'update':
      return (
        <>
          <p>{t('operations:confirm.update.asked', { count: changes.length })}</p>
          <ul className="wizard-list">
            {changes.map(({ item }) => (
              <li key={item}>{nameOf(item)}</li>
            ))}
          </ul>
          <p>{t('operations:confirm.update.meaning')}</p>
        </>
      );
    case 'cancellation':
      return (
        <>
          <Notice tone="warning">
            <p>{t('operations:confirm.cancellation.meaning')}</p>
          </Notice>
          <ul className="wizard-list">
            <li>{t('operations:confirm.cancellation.until')}</li>
            <li>{t('operations:confirm.cancellation.no-update')}</li>
            {updateWaits ? <li>{t('operations:confirm.cancellation.closes-update')}</li> : null}
            {maskedEmail === null ? null : (
              <li>{t('operations:confirm.cancellation.notice', { email: isolated(maskedEmail) })}</li>
            )}
            <li>{t('operations:confirm.cancellation.restoration')}</li>
          </ul>
        </>
      );
    case 'restoration':
      return (
        <ul className="wizard-list">
          <li>{t('operations:confirm.restoration.meaning')}</li>
          <li>{t('operations:confirm.restoration.until')}</li>
        </ul>
      );
  }
}
