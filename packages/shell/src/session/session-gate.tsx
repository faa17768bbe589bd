import { Button } from '@mantine/core';
import { formatTime } from '@rnoce/i18n';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react';
import { entrance, leaveTo } from './entrance.ts';
import { millisecondsUntil } from './session-clock.ts';
import type { SessionKeeper } from './session-keeper.ts';
import type { Principal } from './session-store.ts';
import { useSessionState } from './use-principal.ts';
import './session-gate.css';

/** The warning comes this long before the end of the session, in milliseconds. */
const warningTime = 120_000;
/** Somebody who works prolongs the session without a word, at most this often, in milliseconds. */
const renewalPause = 240_000;
const checkEvery = 5000;
const signsOfLife = ['pointerdown', 'keydown', 'visibilitychange'] as const;

/** Prolongs quietly; a server that can't be asked now is asked again at the next sign of life. */
async function prolong<P extends Principal>(keeper: SessionKeeper<P>): Promise<void> {
  try {
    if (!(await keeper.renew())) keeper.expire();
  } catch {
    // No answer says nothing about the session.
  }
}

/**
 * Watches over the session: prolongs it while somebody works, warns before its end, and once it is over asks to sign in again
 * in place, over the page and all that was typed in it.
 */
export function SessionGate<P extends Principal>({
  keeper,
  endingDetail,
  expiredDetail,
  SignInForm,
}: {
  keeper: SessionKeeper<P>;
  /** What becomes of the work at hand, said before the end and after it. */
  endingDetail: string;
  expiredDetail: string;
  /** `email` is whose session it is. */
  SignInForm: ComponentType<{ email: string }>;
}) {
  const state = useSessionState(keeper.store);
  const active = state.kind === 'active';
  const [ending, setEnding] = useState(false);

  useEffect(() => {
    if (!active) return;
    const check = () => {
      const current = keeper.store.state();
      if (current.kind !== 'active') return;
      const left = millisecondsUntil(current.session.expiresAt);
      setEnding(left <= warningTime);
      if (left <= 0) void prolong(keeper);
    };
    const live = () => {
      if (document.visibilityState === 'visible' && keeper.millisecondsSinceRenewal() > renewalPause)
        void prolong(keeper);
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
  }, [active, keeper]);

  if (state.kind === 'expired')
    return (
      <ExpiredSession detail={expiredDetail} onLeave={keeper.abandon}>
        <SignInForm email={state.session.principal.email} />
      </ExpiredSession>
    );
  if (!active || !ending) return null;
  return (
    <EndingSession
      at={state.session.expiresAt}
      detail={endingDetail}
      onStay={async () => {
        await prolong(keeper);
        setEnding(false);
      }}
    />
  );
}

function EndingSession({ at, detail, onStay }: { at: string; detail: string; onStay: () => Promise<void> }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  return (
    <div className="rnoce-session-warning rnoce-no-print">
      <Notice tone="warning" live="polite" title={t('shell:session.ending', { time: formatTime(at) })}>
        <p>{detail}</p>
        <Button
          size="sm"
          loading={busy}
          onClick={async () => {
            setBusy(true);
            await onStay();
            setBusy(false);
          }}
        >
          {t('shell:session.stay')}
        </Button>
      </Notice>
    </div>
  );
}

function ExpiredSession({
  detail,
  onLeave,
  children,
}: {
  detail: string;
  onLeave: () => void;
  children: ReactNode;
}) {
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
      className="rnoce-session-dialog"
      aria-labelledby="session-expired-title"
      aria-describedby="session-expired-detail"
      // Escape must not uncover the page of a session that is over.
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="session-expired-title">{t('shell:session.expired')}</h2>
      <p id="session-expired-detail">{detail}</p>
      {children}
      <Button
        variant="subtle"
        fullWidth
        mt="sm"
        onClick={() => {
          onLeave();
          leaveTo(entrance.signIn);
        }}
      >
        {t('shell:session.leave')}
      </Button>
    </dialog>
  );
}
