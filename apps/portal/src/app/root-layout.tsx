import { ApiError } from '@rnoce/api-client/api-error';
import { AppFooter, AppHeader, SkipLink } from '@rnoce/ui/app-header';
import { BrokenPage } from '@rnoce/ui/error-boundary';
import { useT } from '@rnoce/ui/i18n';
import { Notifications } from '@rnoce/ui/notifications';
import { PageTitle } from '@rnoce/ui/page-title';
import { ErrorState } from '@rnoce/ui/states';
import { lazy, Suspense } from 'react';
import { Link, Outlet, ScrollRestoration, useNavigation, useRevalidator, useRouteError } from 'react-router';
import { chooseLocaleHere } from '../session/account-locale.ts';
import { useAccount } from '../session/use-session.ts';
import { OfflineBanner } from './offline-banner.tsx';
import './root-layout.css';

/** Loaded once somebody is signed in. */
const SessionGate = lazy(async () => ({
  default: (await import('../features/sessions/session-gate.tsx')).SessionGate,
}));

/** What every page has around it. */
export function RootLayout() {
  const t = useT();
  const signedIn = useAccount() !== undefined;
  const busy = useNavigation().state !== 'idle';
  return (
    <div className="rnoce-page">
      <SkipLink />
      <AppHeader
        title={t('portal:app.title')}
        onChooseLocale={chooseLocaleHere}
        home={
          <Link to="/" className="rnoce-wordmark">
            {t('common:wordmark')}
          </Link>
        }
      />
      <div className="portal-progress" data-busy={busy || undefined} aria-hidden />
      <main id="content" tabIndex={-1} className="rnoce-main">
        <OfflineBanner />
        <Outlet />
      </main>
      <AppFooter />
      <Notifications />
      {signedIn ? (
        <Suspense>
          <SessionGate />
        </Suspense>
      ) : null}
      <ScrollRestoration />
    </div>
  );
}

/** A page that broke while loading or drawing: a lost connection can be tried again, a fault can be reloaded. */
export function RouteFault() {
  const error = useRouteError();
  const t = useT();
  const { revalidate } = useRevalidator();
  if (error instanceof ApiError)
    return (
      <>
        <PageTitle title={t('portal:fault.title')} />
        <ErrorState error={error} onRetry={() => void revalidate()} />
      </>
    );
  return <BrokenPage error={error} />;
}
