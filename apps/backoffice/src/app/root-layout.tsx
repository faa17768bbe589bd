import { ApiError } from '@rnoce/api-client/api-error';
import { loadReference } from '@rnoce/i18n/reference';
import { AppFooter, AppHeader, SkipLink } from '@rnoce/ui/app-header';
import { BrokenPage } from '@rnoce/ui/error-boundary';
import { useT } from '@rnoce/ui/i18n';
import { Notifications } from '@rnoce/ui/notifications';
import { ErrorState } from '@rnoce/ui/states';
import { lazy, Suspense } from 'react';
import {
  Link,
  Outlet,
  ScrollRestoration,
  useMatches,
  useNavigation,
  useRevalidator,
  useRouteError,
} from 'react-router';
import { useAgent } from '../session/use-session.ts';
import { i18n } from './languages.ts';
import { OfflineBanner } from './offline-banner.tsx';
import './root-layout.css';

/** Both are loaded once somebody is signed in. */
const AgentBar = lazy(async () => ({
  default: (await i18n.withMessages(loadReference, import('./agent-bar.tsx'))).AgentBar,
}));
const SessionGate = lazy(async () => ({
  default: (await import('../features/sessions/session-gate.tsx')).SessionGate,
}));

const isWide = (handle: unknown): boolean =>
  typeof handle === 'object' && handle !== null && 'wide' in handle && handle.wide === true;

/** What every page has around it. A screen with `handle: { wide: true }` takes the whole width: three columns need it. */
export function RootLayout() {
  const t = useT();
  const signedIn = useAgent() !== undefined;
  const busy = useNavigation().state !== 'idle';
  const wide = useMatches().some(({ handle }) => isWide(handle));
  return (
    <div className="rnoce-page" data-wide={wide || undefined}>
      <SkipLink />
      <AppHeader
        title={t('backoffice:app.title')}
        home={
          <Link to="/" className="rnoce-wordmark">
            {t('common:wordmark')}
          </Link>
        }
      >
        {signedIn ? (
          <Suspense>
            <AgentBar />
          </Suspense>
        ) : null}
      </AppHeader>
      <div className="backoffice-progress" data-busy={busy || undefined} aria-hidden />
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
  const { revalidate } = useRevalidator();
  if (error instanceof ApiError) return <ErrorState error={error} onRetry={() => void revalidate()} />;
  return <BrokenPage error={error} />;
}
