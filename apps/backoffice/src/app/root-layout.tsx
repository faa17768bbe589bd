import { AppFrame } from '@rnoce/shell/app-frame';
import { useWideScreen } from '@rnoce/shell/wide-screen';
import { useT } from '@rnoce/ui/i18n';
import { lazy, Suspense } from 'react';
import { useAgent } from '../session/use-session.ts';
import { withDesk } from './languages.ts';
import './root-layout.css';

/** Both are loaded once somebody is signed in. */
const AgentBar = lazy(async () => ({
  default: (await withDesk(import('./agent-bar.tsx'))).AgentBar,
}));
const SessionGate = lazy(async () => ({
  default: (await withDesk(import('../features/sessions/session-gate.tsx'))).SessionGate,
}));

/** What every page of the agents has around it. Three columns need the whole width. */
export function RootLayout() {
  const t = useT();
  const signedIn = useAgent() !== undefined;
  return (
    <AppFrame
      title={t('backoffice:app.title')}
      offlineDetail={t('backoffice:offline.detail')}
      wide={useWideScreen()}
      navigation={
        signedIn ? (
          // Its room is taken before it comes: the page below doesn't jump.
          <Suspense fallback={<div className="backoffice-bar" />}>
            <AgentBar />
          </Suspense>
        ) : null
      }
      gate={signedIn ? <SessionGate /> : null}
    />
  );
}
