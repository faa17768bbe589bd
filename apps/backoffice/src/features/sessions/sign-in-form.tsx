import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import type { AgentSession } from '@rnoce/schemas/agents';
import { type FieldIssue, issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { PasswordField } from '@rnoce/ui/password-field';
import { Notice } from '@rnoce/ui/status-badge';
import { TextField } from '@rnoce/ui/text-field';
import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useShowProblem } from '../../forms/show-problem.ts';
import { loadLater } from '../../session/load-later.ts';
import '../../screens/screens.css';

interface PasswordValues {
  email: string;
  password: string;
}
interface CodeValues {
  code: string;
}

/** Only that something is there: the API judges the rest. */
const filled =
  <V extends object>(...fields: (keyof V & string)[]) =>
  (values: V): FieldIssue[] =>
    fields
      .filter((field) => String(values[field]).trim() === '')
      .map((field) => ({ pointer: `/${field}`, code: 'required' }));
const passwordResolver = issueResolver<PasswordValues>(filled('email', 'password'));
const codeResolver = issueResolver<CodeValues>(filled('code'));

/** What talks to the API, and the contract's schemas with it: loaded while the agent types. */
const loadSignIn = () => loadLater(() => import('../../session/sign-in.ts'));

/**
 * Password, then the one-time code. `email`, when given, is fixed: the agent whose session expired.
 * A code's step that took too long starts again from the password, and says so.
 */
export function SignInForm({
  email,
  onSignedIn,
}: {
  email?: string;
  onSignedIn: (session: AgentSession) => void | Promise<void>;
}) {
  const [challenge, setChallenge] = useState<string>();
  const [late, setLate] = useState(false);
  if (challenge !== undefined) {
    return (
      <CodeForm
        challenge={challenge}
        onSignedIn={onSignedIn}
        onBack={() => setChallenge(undefined)}
        onTooLate={() => {
          setLate(true);
          setChallenge(undefined);
        }}
      />
    );
  }
  return (
    <PasswordForm
      email={email}
      late={late}
      onChallenge={(made) => {
        setLate(false);
        setChallenge(made);
      }}
    />
  );
}

function PasswordForm({
  email,
  late,
  onChallenge,
}: {
  email: string | undefined;
  late: boolean;
  onChallenge: (challenge: string) => void;
}) {
  const t = useT();
  const showProblem = useShowProblem();
  const form = useForm<PasswordValues>({
    resolver: passwordResolver,
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
    defaultValues: { email: email ?? '', password: '' },
  });
  return (
    <div onFocus={() => void loadSignIn().catch(() => undefined)}>
      {late ? (
        <Notice tone="warning" live="polite">
          <p>{t('backoffice:sign-in.too-late')}</p>
        </Notice>
      ) : null}
      <Form
        form={form}
        label={t('backoffice:sign-in.title')}
        onSubmit={async (values) => {
          try {
            onChallenge(await (await loadSignIn()).startSignIn(values));
          } catch (error) {
            form.setValue('password', '');
            showProblem(form, error);
          }
        }}
      >
        <TextField<PasswordValues>
          name="email"
          type="email"
          inputMode="email"
          label={t('backoffice:sign-in.email')}
          required
          readOnly={email !== undefined}
          autoComplete="username"
          maxLength={254}
        />
        <PasswordField<PasswordValues>
          name="password"
          label={t('backoffice:sign-in.password')}
          required
          autoComplete="current-password"
        />
        <Button type="submit" className="backoffice-full" loading={form.formState.isSubmitting}>
          {t('common:action.next')}
        </Button>
      </Form>
    </div>
  );
}

function CodeForm({
  challenge,
  onSignedIn,
  onBack,
  onTooLate,
}: {
  challenge: string;
  onSignedIn: (session: AgentSession) => void | Promise<void>;
  onBack: () => void;
  onTooLate: () => void;
}) {
  const t = useT();
  const showProblem = useShowProblem();
  const box = useRef<HTMLDivElement>(null);
  const form = useForm<CodeValues>({
    resolver: codeResolver,
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
    defaultValues: { code: '' },
  });
  // The step has changed under the hands of who signs in: the hands go on in its field.
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  return (
    <div ref={box}>
      <Form
        form={form}
        label={t('backoffice:sign-in.code-step')}
        onSubmit={async ({ code }) => {
          try {
            await onSignedIn(await (await loadSignIn()).completeSignIn({ challenge, code }));
          } catch (error) {
            if (error instanceof ApiError && error.code === 'challenge_expired') onTooLate();
            else showProblem(form, error);
          }
        }}
      >
        <TextField<CodeValues>
          name="code"
          code
          inputMode="numeric"
          label={t('backoffice:sign-in.code')}
          help={t('backoffice:sign-in.code-help')}
          required
          autoComplete="one-time-code"
          maxLength={20}
        />
        <Button type="submit" className="backoffice-full" loading={form.formState.isSubmitting}>
          {t('backoffice:sign-in.action')}
        </Button>
      </Form>
      <Button variant="subtle" className="backoffice-full" mt="sm" onClick={onBack}>
        {t('backoffice:sign-in.back')}
      </Button>
    </div>
  );
}
