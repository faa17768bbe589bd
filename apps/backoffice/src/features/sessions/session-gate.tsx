import { Button } from '@mantine/core';
import { formatTime } from '@rnoce/i18n';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect, useRef, useState } from 'react';
import { paths } from '../../paths.ts';
import {
  abandonSession,
  beginSession,
  expireSession,
  leaveTo,
  millisecondsSinceRenewal,
  renewSession,
} from '../../session/session.ts';
import { millisecondsUntil } from '../../session/session-clock.ts';
import { sessionState } from '../../session/session-store.ts';
import { useSessionState } from '../../session/use-session.ts';
import { SignInForm } from './sign-in-form.tsx';
import './session-gate.css';

/** The warning comes this long before the end of the session, in milliseconds. */
const warningTime = 120_000;
/** Somebody who works prolongs the session without a word, at most this often, in milliseconds. */
const renewalPause = 240_000;
const checkEvery = 5000;
const signsOfLife = ['pointerdown', 'keydown', 'visibilitychange'] as const;

/** Prolongs quietly; a server that can't be asked now is asked again at the next sign of life. */
async function prolong(): Promise<void> {
  try {
    if (!(await renewSession())) expireSession();
  } catch {
    // No answer says nothing about the session.
  }
}

/**
 * Watches over the session: prolongs it while somebody works, warns before its end, and once it is over asks to sign in again
 * in place, over the dossier and the verdict in preparation.
 */
export function SessionGate() {
  const state = useSessionState();
  const active = state.kind === 'active';
  const [ending, setEnding] = useState(false);

  useEffect(() => {
    if (!active) return;
    const check = () => {
      const current = sessionState();
      if (current.kind !== 'active') return;
      const left = millisecondsUntil(current.session.expiresAt);
      setEnding(left <= warningTime);
      if (left <= 0) void prolong();
    };
    const live = () => {
      if (document.visibilityState === 'visible' && millisecondsSinceRenewal() > renewalPause) void prolong();
    };
    check();
    const timer = setInterval(check, checkEvery);
    const listening = new AbortController();
    for (const sign of signsOfLife)
      document.addEventListener(sign, live, { signal: listening.signal, passive: true });
    return () => {
      clearInterval(timer);
      listening.abort();
    };
  }, [active]);

  if (state.kind === 'expired') return <ExpiredSession email={state.session.agent.email} />;
  if (!active || !ending) return null;
  return <EndingSession at={state.session.expiresAt} onProlonged={() => setEnding(false)} />;
}

function EndingSession({ at, onProlonged }: { at: string; onProlonged: () => void }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  return (
    <div className="backoffice-session-warning rnoce-no-print">
      <Notice tone="warning" live="polite" title={t('backoffice:session.ending', { time: formatTime(at) })}>
        <p>{t('backoffice:session.ending-detail')}</p>
        <Button
          size="sm"
          loading={busy}
          onClick={async () => {
            setBusy(true);
            await prolong();
            setBusy(false);
            onProlonged();
          }}
        >
          {t('backoffice:session.stay')}
        </Button>
      </Notice>
    </div>
  );
}

function ExpiredSession({ email }: { email: string }) {
  const t = useT();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    shown?.querySelector<HTMLElement>('input[type="password"]')?.focus();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="backoffice-session-dialog"
      aria-labelledby="session-expired-title"
      aria-describedby="session-expired-detail"
      // Escape must not uncover the page of a session that is over.
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="session-expired-title">{t('backoffice:session.expired')}</h2>
      <p id="session-expired-detail">{t('backoffice:session.expired-detail')}</p>
      <SignInForm email={email} onSignedIn={beginSession} />
      <Button
        variant="subtle"
        className="backoffice-full"
        onClick={() => {
          abandonSession();
          leaveTo(paths.signIn);
        }}
      >
        {t('backoffice:session.leave')}
      </Button>
    </dialog>
  );
}
