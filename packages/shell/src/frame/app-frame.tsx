import type { Locale } from '@rnoce/i18n';
import { AppFooter, AppHeader, SkipLink } from '@rnoce/ui/app-header';
import { useT } from '@rnoce/ui/i18n';
import { Notifications } from '@rnoce/ui/notifications';
import { type ReactNode, Suspense } from 'react';
import { Link, Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { entrance } from '../session/entrance.ts';
import { OfflineBanner } from './offline-banner.tsx';
import './app-frame.css';

/** What every page has around it: header, what says that the network is gone, the screen, footer, notifications. */
export function AppFrame({
  title,
  offlineDetail,
  wide = false,
  onChooseLocale,
  navigation,
  gate,
}: {
  title: string;
  /** What becomes of the work at hand while the network is gone. */
  offlineDetail: string;
  /** Whether header and screen take the whole width. */
  wide?: boolean;
  onChooseLocale?: (locale: Locale) => void;
  /** In the header, once somebody is signed in; may be lazy. */
  navigation?: ReactNode;
  /** What watches over the session, once somebody is signed in; may be lazy. */
  gate: ReactNode;
}) {
  const t = useT();
  const busy = useNavigation().state !== 'idle';
  return (
    <div className="rnoce-page" data-wide={wide || undefined}>
      <SkipLink />
      <AppHeader
        title={title}
        onChooseLocale={onChooseLocale}
        home={
          <Link to={entrance.home} className="rnoce-wordmark">
            {t('common:wordmark')}
          </Link>
        }
      >
        <Suspense>{navigation}</Suspense>
      </AppHeader>
      <div className="rnoce-progress" data-busy={busy || undefined} aria-hidden />
      <main id="content" tabIndex={-1} className="rnoce-main">
        <OfflineBanner detail={offlineDetail} />
        <Outlet />
      </main>
      <AppFooter />
      <Notifications />
      <Suspense>{gate}</Suspense>
      <ScrollRestoration />
    </div>
  );
}
