import type { Account } from '@rnoce/schemas/account';
import { CredentialsForm } from '@rnoce/shell/credentials-form';
import { loadLater } from '@rnoce/shell/load-later';
import { useT } from '@rnoce/ui/i18n';

/** What talks to the API, and the contract's schemas with it: loaded while the person types. */
const loadSession = () => loadLater(() => import('../../session/session.ts'));

/** E-mail and password. `email`, when given, is fixed: the account that an expired session belonged to. */
export function SignInForm({
  email,
  onSignedIn,
}: {
  email?: string;
  onSignedIn?: (account: Account) => Promise<void>;
}) {
  const t = useT();
  return (
    <CredentialsForm
      label={t('portal:sign-in.title')}
      emailLabel={t('portal:sign-in.email')}
      action={t('shell:sign-in.action')}
      email={email}
      prepare={loadSession}
      send={async (credentials) => {
        const { signInHere } = await loadSession();
        const account = await signInHere(credentials);
        await onSignedIn?.(account);
      }}
    />
  );
}
