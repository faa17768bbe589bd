import { CredentialsForm } from '@rnoce/shell/credentials-form';
import { loadLater } from '@rnoce/shell/load-later';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import { CodeForm } from './code-form.tsx';

/** What talks to the API, and the contract's schemas with it: loaded while the agent types. */
const loadSession = () => loadLater(() => import('../../session/session.ts'));

/**
 * Password, then the one-time code. `email`, when given, is fixed: the agent whose session expired.
 * A code's step that took too long starts again from the password, and says so.
 */
export function SignInForm({ email, onSignedIn }: { email?: string; onSignedIn?: () => Promise<void> }) {
  const t = useT();
  const [challenge, setChallenge] = useState<string>();
  const [late, setLate] = useState(false);
  if (challenge !== undefined) {
    return (
      <CodeForm
        send={async (code) => {
          const { completeSignIn } = await loadSession();
          await completeSignIn({ challenge, code });
          await onSignedIn?.();
        }}
        onBack={() => setChallenge(undefined)}
        onTooLate={() => {
          setLate(true);
          setChallenge(undefined);
        }}
      />
    );
  }
  return (
    <>
      {late ? (
        <Notice tone="warning" live="polite">
          <p>{t('backoffice:sign-in.too-late')}</p>
        </Notice>
      ) : null}
      <CredentialsForm
        label={t('backoffice:sign-in.title')}
        emailLabel={t('backoffice:sign-in.email')}
        action={t('common:action.next')}
        email={email}
        prepare={loadSession}
        send={async (credentials) => {
          const { startSignIn } = await loadSession();
          const made = await startSignIn(credentials);
          setLate(false);
          setChallenge(made);
        }}
      />
    </>
  );
}
