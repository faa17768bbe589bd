import { Button } from '@mantine/core';
import { changePassword } from '@rnoce/api-client/accounts';
import { ApiError } from '@rnoce/api-client/api-error';
import { endSessions } from '@rnoce/api-client/sessions';
import { judgeNewPassword, type NewPassword } from '@rnoce/shell/new-password';
import { NewPasswordFields } from '@rnoce/shell/new-password-fields';
import { OpenSessions } from '@rnoce/shell/open-sessions';
import { queryClient, warm } from '@rnoce/shell/query-client';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { type FieldIssue, issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { PasswordField } from '@rnoce/ui/password-field';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { configurationQuery, sessionsQuery } from '../../api/queries.ts';
import { DoneNote } from '../../forms/done-note.tsx';
import { sessionKeeper } from '../../session/session.ts';
import { useAccount } from '../../session/use-session.ts';
import { usePasswordRule } from './use-password-rule.ts';

export const loader = () => warm(configurationQuery, sessionsQuery);

interface Values extends NewPassword {
  currentPassword: string;
}

const judge = (values: Values): FieldIssue[] => [
  ...(values.currentPassword === '' ? [{ pointer: '/currentPassword', code: 'required' }] : []),
  ...judgeNewPassword(values),
];
const empty: Values = { currentPassword: '', password: '', confirmation: '' };

/** « Mot de passe »: a new one, which signs the account out everywhere else, and where it is signed in. */
export function Component() {
  const t = useT();
  const account = useAccount();
  const showProblem = useShowProblem();
  const rule = usePasswordRule();
  const [changed, setChanged] = useState(0);
  const form = useForm<Values>({
    resolver: issueResolver(judge),
    shouldFocusError: false,
    defaultValues: empty,
  });
  return (
    <>
      <div className="rnoce-card">
        <PageTitle title={t('portal:change-password.title')} />
        <p>{t('portal:change-password.detail')}</p>
        <DoneNote times={changed} text={t('portal:change-password.done')} />
        <div className="portal-form-column">
          <Form
            form={form}
            label={t('portal:change-password.title')}
            onSubmit={async ({ currentPassword, password }) => {
              try {
                await sessionKeeper.exchange((client) =>
                  changePassword(client, { body: { currentPassword, password } }),
                );
                form.reset(empty);
                setChanged((count) => count + 1);
                void queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
              } catch (error) {
                if (error instanceof ApiError && error.code === 'password_wrong')
                  form.setError('currentPassword', {
                    type: 'password_wrong',
                    message: error.problem?.detail ?? error.message,
                  });
                else showProblem(form, error);
              }
            }}
          >
            <input
              type="text"
              name="username"
              autoComplete="username"
              value={account?.email ?? ''}
              readOnly
              hidden
            />
            <PasswordField<Values>
              name="currentPassword"
              label={t('portal:change-password.current')}
              required
              autoComplete="current-password"
            />
            <NewPasswordFields
              passwordLabel={t('portal:change-password.new')}
              confirmationLabel={t('portal:change-password.confirmation')}
              rule={rule}
              owner="company"
              personal={account ? [account.email, account.legalName] : []}
            />
            <Button type="submit" loading={form.formState.isSubmitting}>
              {t('portal:change-password.action')}
            </Button>
          </Form>
        </div>
      </div>
      <OpenSessions
        query={sessionsQuery}
        end={(ended) => sessionKeeper.exchange((client) => endSessions(client, { body: ended }))}
      />
    </>
  );
}
