import { Button } from '@mantine/core';
import { changeAgentPassword } from '@rnoce/api-client/agents';
import { ApiError } from '@rnoce/api-client/api-error';
import { type Agent, minAgentPasswordLength } from '@rnoce/schemas/agents';
import { judgeNewPassword, type NewPassword } from '@rnoce/shell/new-password';
import { NewPasswordFields } from '@rnoce/shell/new-password-fields';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { type FieldIssue, issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { PasswordField } from '@rnoce/ui/password-field';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useForm } from 'react-hook-form';
import { passwordLengthQuery } from '../../api/queries.ts';
import { sessionKeeper } from '../../session/session.ts';

interface Values extends NewPassword {
  currentPassword: string;
}

const empty: Values = { currentPassword: '', password: '', confirmation: '' };

const judge =
  (min: number) =>
  (values: Values): FieldIssue[] => [
    ...(values.currentPassword === '' ? [{ pointer: '/currentPassword', code: 'required' }] : []),
    ...judgeNewPassword(values, min),
  ];

/** The password of an agent: the one there is, and twice the new one. */
export function PasswordForm({
  agent,
  currentLabel,
  onChanged,
}: {
  agent: Agent;
  currentLabel: string;
  onChanged: (agent: Agent) => void;
}) {
  const t = useT();
  const showProblem = useShowProblem();
  const { data: min = minAgentPasswordLength } = useQuery(passwordLengthQuery);
  const resolver = useMemo(() => issueResolver(judge(min)), [min]);
  const form = useForm<Values>({
    resolver,
    shouldFocusError: false,
    defaultValues: empty,
  });
  return (
    <Form
      form={form}
      label={t('desk:account.password')}
      onSubmit={async ({ currentPassword, password }) => {
        try {
          const { data } = await sessionKeeper.exchange((client) =>
            changeAgentPassword(client, { body: { currentPassword, password } }),
          );
          form.reset(empty);
          onChanged(data);
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
      <input type="text" name="username" autoComplete="username" value={agent.email} readOnly hidden />
      <PasswordField<Values>
        name="currentPassword"
        label={currentLabel}
        required
        autoComplete="current-password"
      />
      <NewPasswordFields
        passwordLabel={t('desk:account.new')}
        confirmationLabel={t('desk:account.confirmation')}
        rule={t('desk:account.rule', { min })}
        owner="agent"
        personal={[agent.email, agent.name]}
      />
      <Button type="submit" loading={form.formState.isSubmitting}>
        {t('desk:account.action')}
      </Button>
    </Form>
  );
}
