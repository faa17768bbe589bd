import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { useNavigate, useSearchParams } from 'react-router';
import { safeReturn } from '../../paths.ts';
import { hasSession } from '../../session/guard.ts';
import { leadOn } from '../../session/lead-on.ts';
import { loadLater } from '../../session/load-later.ts';
import { SignInForm } from './sign-in-form.tsx';
import '../../screens/screens.css';

/** Who is signed in already has nothing to do here. */
export async function loader({ request }: { request: Request }) {
  const wanted = new URL(request.url).searchParams.get('retour');
  // The page must open even when the server can't say.
  const signedIn = await hasSession().catch(() => false);
  return signedIn ? leadOn(request, safeReturn(wanted)) : null;
}

/** The agents' sign-in. */
export function Component() {
  const t = useT();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const wanted = search.get('retour');
  const signedOut = search.get('motif') === 'deconnexion';
  return (
    <div className="backoffice-narrow rnoce-card">
      <PageTitle title={t('backoffice:sign-in.title')} />
      {signedOut ? (
        <Notice tone="success" live="polite">
          <p>{t('backoffice:sign-in.signed-out')}</p>
        </Notice>
      ) : wanted === null ? null : (
        <Notice tone="info">
          <p>{t('backoffice:sign-in.needed')}</p>
        </Notice>
      )}
      <SignInForm
        onSignedIn={async (session) => {
          const { beginSession } = await loadLater(() => import('../../session/session.ts'));
          beginSession(session);
          await navigate(safeReturn(wanted), { replace: true });
        }}
      />
    </div>
  );
}
