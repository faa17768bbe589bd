import { Button } from '@mantine/core';
import { acceptAgentInvitation } from '@rnoce/api-client/agent-invitations';
import { ApiError } from '@rnoce/api-client/api-error';
import { minAgentPasswordLength } from '@rnoce/schemas/agents';
import { NewPasswordFields } from '@rnoce/shell/new-password-fields';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { IdentifierField } from '@rnoce/ui/identifier-field';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useForm } from 'react-hook-form';
import { passwordLengthQuery } from '../../api/queries.ts';
import { client } from '../../session/session.ts';
import { type AccessValues, bareCode, judgeAccess } from './access-values.ts';
import type { Invited } from './invitation-query.ts';
import { OneTimeKey } from './one-time-key.tsx';

/** Password, application of one-time codes, and a code that shows that it works. What was typed stays whatever the API answers. */
export function AccessForm({
  token,
  invited,
  onDead,
  onDone,
}: {
  token: string;
  invited: Invited;
  onDead: () => void;
  onDone: () => Promise<void>;
}) {
  const t = useT();
  const showProblem = useShowProblem();
  const { data: min = minAgentPasswordLength } = useQuery(passwordLengthQuery);
  const resolver = useMemo(() => issueResolver(judgeAccess(min)), [min]);
  const form = useForm<AccessValues>({
    resolver,
    shouldFocusError: false,
    defaultValues: { password: '', confirmation: '', code: '' },
  });
  return (
    <Form
      form={form}
      label={t('invitation:title')}
      onSubmit={async ({ password, code }) => {
        try {
          await acceptAgentInvitation(client, { body: { token, password, code: bareCode(code) } });
        } catch (error) {
          const problem = error instanceof ApiError ? error.code : '';
          if (problem.startsWith('link_')) onDead();
          else if (problem === 'code_wrong')
            form.setError('code', { type: problem, message: t('invitation:code.wrong') });
          else showProblem(form, error);
          return;
        }
        await onDone();
      }}
    >
      <input type="text" name="username" autoComplete="username" value={invited.email} readOnly hidden />
      <ol className="invitation-steps">
        <Step number={1} title={t('invitation:password.title')}>
          <NewPasswordFields
            passwordLabel={t('shell:sign-in.password')}
            confirmationLabel={t('invitation:password.confirmation')}
            rule={t('invitation:password.rule', { min })}
            owner="agent"
            personal={[invited.email, invited.name]}
          />
        </Step>
        <Step number={2} title={t('invitation:key.title')}>
          <OneTimeKey invited={invited} />
        </Step>
        <Step number={3} title={t('invitation:code.title')}>
          <div className="invitation-code">
            <IdentifierField<AccessValues>
              name="code"
              label={t('backoffice:sign-in.code')}
              help={t('backoffice:sign-in.code-help')}
              required
              normalise={bareCode}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={20}
            />
          </div>
        </Step>
      </ol>
      <Button type="submit" loading={form.formState.isSubmitting}>
        {t('invitation:action')}
      </Button>
    </Form>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li>
      <h2>
        <span className="invitation-number">{number}</span> {title}
      </h2>
      {children}
    </li>
  );
}
