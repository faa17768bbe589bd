import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { retryAccounts } from '@rnoce/api-client/filings';
import type { Dossier, EmailChange } from '@rnoce/schemas/filings';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { EmailField } from '@rnoce/ui/text-field';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { dossierQuery } from '../../api/queries.ts';
import { personName } from '../../dossiers/field-value.tsx';
import { client } from '../../session/session.ts';

interface Values {
  emails: EmailChange[];
}

/** Asks the single window again for the accounts that it refused, at the address of the form or at another one. */
export function RetryAccountsForm({
  id,
  refused,
  onAsked,
}: {
  id: Dossier['id'];
  refused: Dossier['singleWindowAccounts'];
  /** The form goes away: what it acted on takes the focus. */
  onAsked: () => void;
}) {
  const t = useT();
  const queries = useQueryClient();
  const showProblem = useShowProblem();
  const [attempts] = useState(() => createAttempts());
  const form = useForm<Values>({
    defaultValues: { emails: refused.map(({ email }) => ({ from: email, to: email })) },
    shouldFocusError: false,
  });
  const retry = async ({ emails }: Values) => {
    try {
      const idempotencyKey = attempts.keyFor([emails, refused.map(({ at }) => at)]);
      const { data } = await retryAccounts(client, { params: { id }, body: { emails }, idempotencyKey });
      attempts.end();
      queries.setQueryData(dossierQuery(id).queryKey, data);
      onAsked();
      notify(t('desk:accounts.retried', { count: refused.length }), 'success');
    } catch (error) {
      attempts.end(error);
      // A colleague asked a moment ago: what is shown then says so.
      if (error instanceof ApiError && error.code === 'accounts_not_refused')
        await queries.invalidateQueries(dossierQuery(id));
      else showProblem(form, error);
    }
  };
  return (
    <Form form={form} onSubmit={retry} label={t('desk:accounts.retry', { count: refused.length })}>
      {refused.map((account, index) => (
        <EmailField<Values>
          key={account.email}
          name={`emails.${String(index)}.to` as `emails.${number}.to`}
          label={t('desk:accounts.address', { name: personName(account) })}
          required
        />
      ))}
      <p className="rnoce-hint">{t('desk:accounts.address-help')}</p>
      <Button
        type="submit"
        size="sm"
        variant="outline"
        loading={form.formState.isSubmitting}
        leftSection={<IconRefresh className="rnoce-icon" aria-hidden />}
      >
        {t('desk:accounts.retry', { count: refused.length })}
      </Button>
    </Form>
  );
}
