import { ApiError } from '@rnoce/api-client/api-error';
import { AppFooter, AppHeader, SkipLink } from '@rnoce/ui/app-header';
import { BrokenPage } from '@rnoce/ui/error-boundary';
import { useT } from '@rnoce/ui/i18n';
import { Notifications } from '@rnoce/ui/notifications';
import { ErrorState } from '@rnoce/ui/states';
import {
  Link,
  Outlet,
  ScrollRestoration,
  useMatches,
  useNavigation,
  useRevalidator,
  useRouteError,
} from 'react-router';
import { SessionGate } from '../features/sessions/session-gate.tsx';
import { AgentBar } from './agent-bar.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import './root-layout.css';

const isWide = (handle: unknown): boolean =>
  typeof handle === 'object' && handle !== null && 'wide' in handle && handle.wide === true;

/** What every page has around it. A screen with `handle: { wide: true }` takes the whole width: three columns need it. */
export function RootLayout() {
  const t = useT();
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
        <AgentBar />
      </AppHeader>
      <div className="backoffice-progress" data-busy={busy || undefined} aria-hidden />
      <main id="content" tabIndex={-1} className="rnoce-main">
        <OfflineBanner />
        <Outlet />
      </main>
      <AppFooter />
      <Notifications />
      <SessionGate />
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
