import { Button } from '@mantine/core';
import type { Session } from '@rnoce/schemas/sessions';
import { type FieldIssue, issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { PasswordField } from '@rnoce/ui/password-field';
import { TextField } from '@rnoce/ui/text-field';
import { useForm } from 'react-hook-form';
import { useShowProblem } from '../../forms/show-problem.ts';

interface Values {
  email: string;
  password: string;
}

/** Only that both are there: the API judges the rest, and the first page stays light without the contract's schemas. */
const resolver = issueResolver<Values>((values) =>
  (['email', 'password'] as const)
    .filter((field) => values[field].trim() === '')
    .map((field): FieldIssue => ({ pointer: `/${field}`, code: 'required' })),
);

/** What signing in needs beside the page; loaded while the person types. */
const loadSession = () => import('../../session/session.ts');

/** E-mail and password. `email`, when given, is fixed: the account that an expired session belonged to. */
export function SignInForm({
  email,
  onSignedIn,
}: {
  email?: string;
  onSignedIn: (session: Session) => void | Promise<void>;
}) {
  const t = useT();
  const showProblem = useShowProblem();
  const form = useForm<Values>({
    resolver,
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
    defaultValues: { email: email ?? '', password: '' },
  });
  return (
    <div onFocus={() => void loadSession().catch(() => undefined)}>
      <Form
        form={form}
        label={t('portal:sign-in.title')}
        onSubmit={async (values) => {
          try {
            const { signInHere } = await loadSession();
            await onSignedIn(await signInHere(values));
          } catch (error) {
            form.setValue('password', '');
            showProblem(form, error);
          }
        }}
      >
        <TextField<Values>
          name="email"
          type="email"
          inputMode="email"
          label={t('portal:sign-in.email')}
          required
          readOnly={email !== undefined}
          autoComplete="username"
          maxLength={254}
        />
        <PasswordField<Values>
          name="password"
          label={t('portal:sign-in.password')}
          required
          autoComplete="current-password"
        />
        <Button type="submit" className="portal-full" loading={form.formState.isSubmitting}>
          {t('portal:sign-in.action')}
        </Button>
      </Form>
    </div>
  );
}
