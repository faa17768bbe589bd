import { AppFooter, AppHeader, SkipLink } from '@rnoce/ui/app-header';
import { BrokenPage } from '@rnoce/ui/error-boundary';
import { useT } from '@rnoce/ui/i18n';
import { Link, Outlet, ScrollRestoration, useRouteError } from 'react-router';

/** What every page has around it. */
export function RootLayout() {
  const t = useT();
  return (
    <div className="rnoce-page">
      <SkipLink />
      <AppHeader
        title={t('portal:app.title')}
        home={
          <Link to="/" className="rnoce-wordmark">
            {t('common:wordmark')}
          </Link>
        }
      />
      <main id="content" tabIndex={-1} className="rnoce-main">
        <Outlet />
      </main>
      <AppFooter />
      <ScrollRestoration />
    </div>
  );
}

/** A page that broke while loading or drawing. */
export function RouteFault() {
  return <BrokenPage error={useRouteError()} />;
}
