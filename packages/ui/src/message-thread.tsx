import { formatDateTime } from '@rnoce/i18n';
import { IconCheck, IconChecks } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useT } from './i18n.tsx';
import { MessageBox } from './message-box.tsx';
import { StatusBadge } from './status-badge.tsx';
import './message-thread.css';

export interface ThreadMessage {
  readonly id: string;
  /** Written by the reader's own side. */
  readonly mine: boolean;
  /** Who wrote it, as this reader is told. */
  readonly author: string;
  readonly text: string;
  /** Instants. */
  readonly at: string;
  readonly readAt: string | null;
}

/** Older ones wait behind a button: the end of a conversation is what one comes for. */
const shownAtFirst = 20;

/**
 * A conversation of two sides, oldest first, with the box to write in. Texts are shown as they were written: nothing in them becomes a
 * link. Its words are `thread:…`, to load with the screen (`loadThread`).
 */
export function MessageThread({
  label,
  messages,
  onSeen,
  empty,
  ...box
}: {
  /** Names the conversation for screen readers. */
  label: string;
  /** Oldest first. */
  messages: readonly ThreadMessage[];
  /** The other side's messages up to this one are in view, on a page that is looked at. May be called again for the same one. */
  onSeen: (upTo: string) => void;
  /** Said in the place of messages. */
  empty: ReactNode;
  /** Where the browser keeps what isn't sent yet: one name a conversation and reader. */
  draftName: string;
  /** Longest message, in characters. */
  maxLength: number;
  /** Why nobody may write now; undefined when one may. */
  closed?: string | undefined;
  /** Sends; rejects with what `useErrorSentence` can tell. The text stays until it resolves. */
  onSend: (text: string) => Promise<void>;
}) {
  const t = useT();
  const [all, setAll] = useState(false);
  const [before] = useState(() => new Map(messages.map((message) => [message.id, message])));
  const list = useRef<HTMLOListElement>(null);
  const end = useSeenEnd(messages, onSeen);

  /** « Nouveau » stays on what this visit brought, although it counts as read by now. */
  const isNew = ({ id, mine }: ThreadMessage) => !mine && (before.get(id)?.readAt ?? null) === null;
  /** Came while the conversation was open: told to who can't see it. */
  const arrived = messages.findLast(({ id, mine }) => !mine && !before.has(id));
  const hidden = all ? 0 : Math.max(0, messages.length - shownAtFirst);
  const unreadEnd = lastUnread(messages);

  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset is for the controls of a form
    <div className="rnoce-thread" role="group" aria-label={label}>
      {hidden > 0 ? (
        <button
          type="button"
          className="rnoce-thread-older rnoce-no-print"
          onClick={() => {
            flushSync(() => setAll(true));
            list.current?.querySelector('li')?.focus();
          }}
        >
          {t('thread:older', { count: hidden })}
        </button>
      ) : null}
      {messages.length === 0 ? (
        <div className="rnoce-thread-empty">{empty}</div>
      ) : (
        <ol ref={list} className="rnoce-thread-list">
          {messages.slice(hidden).map((message) => (
            <li key={message.id} tabIndex={-1} data-mine={message.mine || undefined}>
              <p className="rnoce-thread-head">
                <strong>
                  <bdi>{message.author}</bdi>
                </strong>{' '}
                <bdi className="rnoce-thread-when rnoce-tabular">{formatDateTime(message.at)}</bdi>{' '}
                {isNew(message) ? <StatusBadge tone="info">{t('thread:new')}</StatusBadge> : null}
              </p>
              <p className="rnoce-thread-text" dir="auto">
                {message.text}
              </p>
              {message.mine ? <ReadState readAt={message.readAt} /> : null}
              {message.id === unreadEnd ? <span ref={end} className="rnoce-thread-end" /> : null}
            </li>
          ))}
        </ol>
      )}
      <output className="rnoce-visually-hidden" aria-live="polite">
        {arrived === undefined ? '' : t('thread:arrived', { name: arrived.author, text: arrived.text })}
      </output>
      <MessageBox {...box} />
    </div>
  );
}

function ReadState({ readAt }: { readAt: string | null }) {
  const t = useT();
  const Icon = readAt === null ? IconCheck : IconChecks;
  return (
    <p className="rnoce-thread-state" data-read={readAt !== null || undefined}>
      <Icon className="rnoce-icon" aria-hidden />
      {readAt === null ? t('thread:sent') : t('thread:read', { at: `\u2066${formatDateTime(readAt)}\u2069` })}
    </p>
  );
}

const lastUnread = (messages: readonly ThreadMessage[]): string | undefined =>
  messages.findLast(({ mine, readAt }) => !mine && readAt === null)?.id;

/** Tells that the end of the unread messages is in view; hidden pages see nothing. */
function useSeenEnd(messages: readonly ThreadMessage[], onSeen: (upTo: string) => void) {
  const end = useRef<HTMLSpanElement>(null);
  const seen = useRef(onSeen);
  useEffect(() => {
    seen.current = onSeen;
  });
  // With each new list: when the same end comes again, telling it has failed or is under way.
  useEffect(() => {
    const element = end.current;
    const upTo = lastUnread(messages);
    if (!element || upTo === undefined) return;
    let inView = false;
    const tell = () => {
      if (inView && document.visibilityState === 'visible') seen.current(upTo);
    };
    const observer = new IntersectionObserver((entries) => {
      inView = entries.at(-1)?.isIntersecting === true;
      tell();
    });
    observer.observe(element);
    document.addEventListener('visibilitychange', tell);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', tell);
    };
  }, [messages]);
  return end;
}
