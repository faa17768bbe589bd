import { AppFrame } from '@rnoce/shell/app-frame';
import { useT } from '@rnoce/ui/i18n';
import { lazy } from 'react';
import { chooseLocaleHere } from '../session/account-locale.ts';
import { useAccount } from '../session/use-session.ts';

/** Loaded once somebody is signed in. */
const SessionGate = lazy(async () => ({
  default: (await import('../features/sessions/session-gate.tsx')).SessionGate,
}));

/** What every page of the private space has around it. */
export function RootLayout() {
  const t = useT();
  const signedIn = useAccount() !== undefined;
  return (
    <AppFrame
      title={t('portal:app.title')}
      offlineDetail={t('portal:offline.detail')}
      onChooseLocale={chooseLocaleHere}
      gate={signedIn ? <SessionGate /> : null}
    />
  );
}
