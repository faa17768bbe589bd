import { SignInPage, useGoOn } from '@rnoce/shell/sign-in-page';
import { useT } from '@rnoce/ui/i18n';
import { SignInForm } from './sign-in-form.tsx';

export { leadSignedInOn as loader } from '../../session/guard.ts';

/** The agents' sign-in. */
export function Component() {
  const t = useT();
  const goOn = useGoOn();
  return (
    <SignInPage
      title={t('backoffice:sign-in.title')}
      achieved={{ 'acces-active': t('backoffice:sign-in.activated') }}
    >
      <SignInForm onSignedIn={goOn} />
      <div className="rnoce-narrow-links">
        <p>{t('backoffice:sign-in.lost')}</p>
      </div>
    </SignInPage>
  );
}
