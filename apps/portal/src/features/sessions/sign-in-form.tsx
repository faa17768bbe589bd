import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import type { Session } from '@rnoce/schemas/sessions';
import { type FieldIssue, issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { PasswordField } from '@rnoce/ui/password-field';
import { TextField } from '@rnoce/ui/text-field';
import { useState } from 'react';
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

/** Where the typed e-mail waits while the page is loaded anew. */
const keptEmail = 'rnoce:sign-in-email';
let broken = false;

/**
 * What signing in needs beside the page; loaded while the person types. A browser remembers a part that could not be loaded and
 * never asks for it again: once the network is back, only a new page helps.
 */
async function loadSession() {
  if (broken && navigator.onLine) window.location.reload();
  try {
    return await import('../../session/session.ts');
  } catch (cause) {
    broken = true;
    throw new ApiError({ status: 0, code: 'offline', cause });
  }
}

function takeKeptEmail(): string {
  try {
    const email = window.sessionStorage.getItem(keptEmail);
    window.sessionStorage.removeItem(keptEmail);
    return email ?? '';
  } catch {
    return '';
  }
}

function keepEmail(email: string): void {
  try {
    window.sessionStorage.setItem(keptEmail, email);
  } catch {
    // Storage forbidden: it is typed again.
  }
}

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
  const [before] = useState(takeKeptEmail);
  const form = useForm<Values>({
    resolver,
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
    defaultValues: { email: email ?? before, password: '' },
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
            if (error instanceof ApiError && error.code === 'offline') keepEmail(values.email);
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
