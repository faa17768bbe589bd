import { Button } from '@mantine/core';
import { IconAlertCircle, IconSend } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import './field.css';
import { useT } from './i18n.tsx';
import { messageDraft } from './message-draft.ts';
import { useErrorSentence } from './states.tsx';
import { Notice } from './status-badge.tsx';

/** How many characters before the limit it is told. */
const tellLeftBelow = 300;

function watchNetwork(watcher: () => void): () => void {
  window.addEventListener('online', watcher);
  window.addEventListener('offline', watcher);
  return () => {
    window.removeEventListener('online', watcher);
    window.removeEventListener('offline', watcher);
  };
}

type Outcome = { readonly kind: 'sent' } | { readonly kind: 'failed'; readonly sentence: string };

/** Where a message is written: what was typed stays until it has been sent, here and in the browser's storage. */
export function MessageBox({
  draftName,
  maxLength,
  closed,
  onSend,
}: {
  draftName: string;
  maxLength: number;
  closed?: string | undefined;
  onSend: (text: string) => Promise<void>;
}) {
  const t = useT();
  const sentence = useErrorSentence();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const sending = useRef(false);
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const { text, change } = useDraft(draftName);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  const length = text.trim().length;
  const error =
    length > maxLength
      ? t('thread:too-long', { count: length - maxLength })
      : asked && length === 0
        ? t('thread:required')
        : undefined;

  const send = async () => {
    if (sending.current) return;
    setOutcome(undefined);
    if (length === 0 || length > maxLength) {
      setAsked(true);
      field.current?.focus();
      return;
    }
    sending.current = true;
    setBusy(true);
    try {
      await onSend(text.trim());
      change('');
      setAsked(false);
      setOutcome({ kind: 'sent' });
      field.current?.focus();
    } catch (failure) {
      setOutcome({ kind: 'failed', sentence: sentence(failure) });
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };

  if (closed !== undefined && text === '') return <p className="rnoce-hint">{closed}</p>;
  return (
    <form
      noValidate
      className="rnoce-message-box rnoce-no-print"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={id} className="rnoce-field-label">
        {t('thread:write')}
      </label>
      <textarea
        ref={field}
        id={id}
        className="rnoce-input"
        dir="auto"
        rows={4}
        value={text}
        readOnly={busy}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={`${id}-help${error === undefined ? '' : ` ${id}-error`}`}
        aria-keyshortcuts="Control+Enter"
        onChange={(event) => {
          change(event.target.value);
          setOutcome(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void send();
          }
        }}
      />
      {error === undefined ? null : (
        <p id={`${id}-error`} className="rnoce-field-error">
          <IconAlertCircle className="rnoce-icon" aria-hidden />
          <span>{error}</span>
        </p>
      )}
      {online ? null : (
        <Notice tone="warning" live="polite">
          <p>{t('thread:offline')}</p>
        </Notice>
      )}
      {outcome?.kind === 'failed' && online ? (
        <Notice tone="danger" live="assertive" title={t('thread:not-sent')}>
          <p>{outcome.sentence}</p>
        </Notice>
      ) : null}
      {closed === undefined ? null : (
        <Notice tone="warning">
          <p>{closed}</p>
        </Notice>
      )}
      <div className="rnoce-message-foot">
        <p id={`${id}-help`} className="rnoce-hint">
          {length > 0 && length <= maxLength && maxLength - length <= tellLeftBelow ? (
            t('thread:left', { count: maxLength - length })
          ) : text === '' ? (
            <span className="rnoce-message-shortcut">{t('thread:shortcut')}</span>
          ) : (
            t('thread:kept')
          )}
        </p>
        <output aria-live="polite" className="rnoce-message-sent">
          {busy ? t('thread:sending') : outcome?.kind === 'sent' ? t('thread:sent-now') : ''}
        </output>
        {closed === undefined ? (
          <Button
            type="submit"
            aria-disabled={busy || undefined}
            leftSection={<IconSend className="rnoce-icon rnoce-mirror" aria-hidden />}
          >
            {t('thread:send')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** The text being written; what another tab of the same reader writes or sends is taken over, unless one is writing here. */
function useDraft(name: string) {
  const [draft] = useState(() =>
    messageDraft(
      name,
      () => window.localStorage,
      () => Date.now(),
    ),
  );
  const [text, setText] = useState(() => draft.read());
  useEffect(() => {
    const follow = (event: StorageEvent) => {
      if (event.key === name && !document.hasFocus()) setText(draft.read());
    };
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, [name, draft]);
  return {
    text,
    change: (typed: string) => {
      setText(typed);
      draft.keep(typed);
    },
  };
}
