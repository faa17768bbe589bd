import { Button } from '@mantine/core';
import { changeAgentPassword } from '@rnoce/api-client/agents';
import { ApiError } from '@rnoce/api-client/api-error';
import { type Agent, minAgentPasswordLength } from '@rnoce/schemas/agents';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { type FieldIssue, issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { PasswordField } from '@rnoce/ui/password-field';
import { useForm } from 'react-hook-form';
import { client } from '../../session/session.ts';

interface Values {
  currentPassword: string;
  password: string;
  confirmation: string;
}

const empty: Values = { currentPassword: '', password: '', confirmation: '' };

/** How strong the new one is, the server judges. */
const judge = (values: Values): FieldIssue[] => [
  ...(['currentPassword', 'password', 'confirmation'] as const)
    .filter((field) => values[field] === '')
    .map((field) => ({ pointer: `/${field}`, code: 'required' })),
  ...(values.confirmation !== '' && values.confirmation !== values.password
    ? [{ pointer: '/confirmation', code: 'passwords_differ' }]
    : []),
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
  const form = useForm<Values>({
    resolver: issueResolver(judge),
    shouldFocusError: false,
    defaultValues: empty,
  });
  return (
    <Form
      form={form}
      label={t('desk:account.password')}
      onSubmit={async ({ currentPassword, password }) => {
        try {
          const { data } = await changeAgentPassword(client, { body: { currentPassword, password } });
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
      <PasswordField<Values>
        name="password"
        label={t('desk:account.new')}
        help={t('desk:account.rule', { min: minAgentPasswordLength })}
        required
        autoComplete="new-password"
      />
      <PasswordField<Values>
        name="confirmation"
        label={t('desk:account.confirmation')}
        required
        autoComplete="new-password"
      />
      <Button type="submit" loading={form.formState.isSubmitting}>
        {t('desk:account.action')}
      </Button>
    </Form>
  );
}
