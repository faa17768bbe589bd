import { useEffect, useSyncExternalStore } from 'react';
import { useT } from './i18n.tsx';
import { Notice } from './status-badge.tsx';
import './notifications.css';

/** How long a message stays, in milliseconds; it waits while it is pointed at or has the focus. */
const stay = 12_000;

type NoticeTone = 'info' | 'success' | 'warning' | 'danger';

interface Message {
  readonly id: number;
  readonly tone: NoticeTone;
  readonly text: string;
  readonly undo?: () => void;
  readonly commit?: () => void;
}

let messages: readonly Message[] = [];
let nextId = 1;
const watchers = new Set<() => void>();

function change(next: readonly Message[]): void {
  messages = next;
  for (const watcher of watchers) watcher();
}

function dismiss(message: Message): void {
  if (!messages.includes(message)) return;
  change(messages.filter((other) => other !== message));
  message.commit?.();
}

/** Tells something in a corner of the page, for a moment. What a person must act on belongs in the page, not here. */
export function notify(text: string, tone: NoticeTone = 'info'): void {
  change([...messages, { id: nextId++, tone, text }]);
}

/**
 * Offers to take back what was just done. `commit`, if any, carries it out for good: when the offer ends unused or the
 * page is left. One offer at a time keeps « Rétablir » plain: an earlier one is carried out. Returns how to end the offer, for when what
 * it would bring back is gone from the screen.
 */
export function offerUndo(
  text: string,
  { undo, commit }: { undo: () => void; commit?: () => void },
): () => void {
  for (const message of messages.filter(({ undo: earlier }) => earlier !== undefined)) dismiss(message);
  const offer: Message = { id: nextId++, tone: 'info', text, undo, ...(commit ? { commit } : {}) };
  change([...messages, offer]);
  return () => dismiss(offer);
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function Shown({ message }: { message: Message }) {
  const t = useT();
  useEffect(() => {
    let timer = setTimeout(() => dismiss(message), stay);
    const box = document.getElementById(`notification-${message.id}`);
    const wait = () => clearTimeout(timer);
    const resume = () => {
      clearTimeout(timer);
      timer = setTimeout(() => dismiss(message), stay);
    };
    const listening = new AbortController();
    for (const event of ['mouseenter', 'focusin']) box?.addEventListener(event, wait, listening);
    for (const event of ['mouseleave', 'focusout']) box?.addEventListener(event, resume, listening);
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, [message]);
  return (
    <div id={`notification-${message.id}`} className="rnoce-notification">
      <Notice tone={message.tone}>
        <p>{message.text}</p>
        <div className="rnoce-notification-actions">
          {message.undo ? (
            <button
              type="button"
              onClick={() => {
                change(messages.filter((other) => other !== message));
                message.undo?.();
              }}
            >
              {t('common:action.undo')}
            </button>
          ) : null}
          <button type="button" onClick={() => dismiss(message)}>
            {t('common:action.close')}
          </button>
        </div>
      </Notice>
    </div>
  );
}

/** Where messages and offers to undo appear: once, in the application's layout. */
export function Notifications() {
  const t = useT();
  const shown = useSyncExternalStore(subscribe, () => messages);
  useEffect(() => {
    const leaving = () => {
      for (const message of messages) dismiss(message);
    };
    window.addEventListener('pagehide', leaving);
    return () => window.removeEventListener('pagehide', leaving);
  }, []);
  return (
    <section
      aria-label={t('common:notification.region')}
      aria-live="polite"
      className="rnoce-notifications rnoce-no-print"
    >
      {shown.map((message) => (
        <Shown key={message.id} message={message} />
      ))}
    </section>
  );
}
