import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { PasswordField } from '@rnoce/ui/password-field';
import { EmailField } from '@rnoce/ui/text-field';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { filled } from '../forms/filled.ts';
import { useShowProblem } from '../forms/show-problem.ts';

export interface Credentials {
  email: string;
  password: string;
}

/** The first page stays light without the contract's schemas. */
const resolver = issueResolver<Credentials>(filled('email', 'password'));

/** Where the typed e-mail waits while the page is loaded anew. */
const keptEmail = `rnoce:sign-in-email:${import.meta.env.BASE_URL}`;

function takeKeptEmail(): string {
  try {
    const email = window.sessionStorage.getItem(keptEmail);
    window.sessionStorage.removeItem(keptEmail);
    return email ?? '';
  } catch {
    return '';
  }
}

/** The next form of this tab, the page loaded anew or not, begins with this e-mail. */
export function keepEmail(email: string): void {
  try {
    window.sessionStorage.setItem(keptEmail, email);
  } catch {
    // Storage forbidden: it is typed again.
  }
}

/** E-mail and password. A refusal asks for the password again. */
export function CredentialsForm({
  label,
  emailLabel,
  action,
  email,
  prepare,
  send,
}: {
  label: string;
  emailLabel: string;
  /** What the button says. */
  action: string;
  /** When given, it is fixed: that of the session which expired. */
  email: string | undefined;
  /** Loads what sending needs, while the person types. */
  prepare: () => Promise<unknown>;
  /** Throws `ApiError`. */
  send: (credentials: Credentials) => Promise<void>;
}) {
  const t = useT();
  const showProblem = useShowProblem();
  const [before] = useState(takeKeptEmail);
  const form = useForm<Credentials>({
    resolver,
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
    defaultValues: { email: email ?? before, password: '' },
  });
  return (
    <div onFocus={() => void prepare().catch(() => undefined)}>
      <Form
        form={form}
        label={label}
        onSubmit={async (values) => {
          try {
            await send(values);
          } catch (error) {
            form.setValue('password', '');
            if (error instanceof ApiError && error.code === 'offline') keepEmail(values.email);
            showProblem(form, error);
          }
        }}
      >
        <EmailField<Credentials>
          name="email"
          label={emailLabel}
          required
          readOnly={email !== undefined}
          autoComplete="username"
        />
        <PasswordField<Credentials>
          name="password"
          label={t('shell:sign-in.password')}
          required
          autoComplete="current-password"
        />
        <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
          {action}
        </Button>
      </Form>
    </div>
  );
}
