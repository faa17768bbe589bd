import { SignInPage, useGoOn } from '@rnoce/shell/sign-in-page';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { keepChosenLocale, pageLocale } from '../../session/account-locale.ts';
import { SignInForm } from './sign-in-form.tsx';

export { leadSignedInOn as loader } from '../../session/guard.ts';

/** « Authentification à l'espace privé ». */
export function Component() {
  const t = useT();
  const goOn = useGoOn();
  const { setLocale } = useLocale();
  return (
    <SignInPage
      title={t('portal:sign-in.title')}
      achieved={{ 'mot-de-passe': t('portal:sign-in.password-chosen') }}
    >
      <SignInForm
        onSignedIn={async (account) => {
          const locale = pageLocale(account.locale);
          if (locale === account.locale) await setLocale(locale);
          else void keepChosenLocale(locale);
          await goOn();
        }}
      />
      <div className="rnoce-narrow-links">
        <Link to={paths.forgottenPassword}>{t('portal:sign-in.forgotten')}</Link>
        <p>
          {t('portal:sign-in.no-account')} <Link to={paths.signUp}>{t('portal:sign-in.sign-up')}</Link>
        </p>
      </div>
    </SignInPage>
  );
}
