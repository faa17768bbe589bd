import { useLocale, useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { paths, safeReturn } from '../../paths.ts';
import { NarrowPage } from '../../screens/narrow-page.tsx';
import { keepChosenLocale, pageLocale } from '../../session/account-locale.ts';
import { hasSession } from '../../session/guard.ts';
import { leadOn } from '../../session/lead-on.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Who is signed in already has nothing to do here. */
export async function loader({ request }: { request: Request }) {
  const wanted = new URL(request.url).searchParams.get('retour');
  // The page must open even when the server can't say.
  const signedIn = await hasSession().catch(() => false);
  return signedIn ? leadOn(request, safeReturn(wanted)) : null;
}

const reasons = {
  deconnexion: ['success', 'portal:sign-in.signed-out'],
  'mot-de-passe': ['success', 'portal:sign-in.password-chosen'],
} as const;

/** « Authentification à l'espace privé ». */
export function Component() {
  const t = useT();
  const navigate = useNavigate();
  const { setLocale } = useLocale();
  const [search] = useSearchParams();
  const wanted = search.get('retour');
  const reason = reasons[search.get('motif') as keyof typeof reasons] as
    | (typeof reasons)[keyof typeof reasons]
    | undefined;
  return (
    <NarrowPage>
      <PageTitle title={t('portal:sign-in.title')} />
      {reason ? (
        <div className="portal-form-note">
          <Notice tone={reason[0]} live="polite">
            <p>{t(reason[1])}</p>
          </Notice>
        </div>
      ) : wanted === null ? null : (
        <div className="portal-form-note">
          <Notice tone="info">
            <p>{t('portal:sign-in.needed')}</p>
          </Notice>
        </div>
      )}
      <SignInForm
        onSignedIn={async (session) => {
          const locale = pageLocale(session.account.locale);
          if (locale === session.account.locale) await setLocale(locale);
          else void keepChosenLocale(locale);
          await navigate(safeReturn(wanted), { replace: true });
        }}
      />
      <div className="portal-links">
        <Link to={paths.forgottenPassword}>{t('portal:sign-in.forgotten')}</Link>
        <p>
          {t('portal:sign-in.no-account')} <Link to={paths.signUp}>{t('portal:sign-in.sign-up')}</Link>
        </p>
      </div>
    </NarrowPage>
  );
}
