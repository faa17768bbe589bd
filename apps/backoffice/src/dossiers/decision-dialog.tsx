import { Button } from '@mantine/core';
import { dir } from '@rnoce/i18n';
import type { DecisionPreview } from '@rnoce/schemas/filings';
import { Dialog } from '@rnoce/ui/dialog';
import { useT } from '@rnoce/ui/i18n';
import { ErrorState, LoadingState, useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import './decision-dialog.css';

/** How an e-mail shows a code that isn't given yet. */
const codeToCome = /·{4}/;

/**
 * The last step before a decision, which can't be undone: what is decided, and the very e-mail that the operator will read, in their
 * language. A refusal of the API is said here; what was judged stays.
 */
export function DecisionDialog({
  title,
  refuses,
  confirm,
  back,
  previewTitle,
  preview: { queryKey, read },
  unjudged,
  unkept,
  onDecide,
  onClose,
  children,
}: {
  title: string;
  /** Whether the decision goes against what is asked. */
  refuses: boolean;
  /** What deciding is called, and coming back without. */
  confirm: string;
  back: string;
  /** What is said above the e-mail. */
  previewTitle: string;
  preview: {
    readonly queryKey: readonly unknown[];
    readonly read: (signal: AbortSignal) => Promise<DecisionPreview>;
  };
  /** How many items nobody judged. */
  unjudged: number;
  /** How many refusals were begun and not kept. */
  unkept: number;
  /** Decides, under the same key as long as the dialog is open. What it throws is told in the dialog. */
  onDecide: (idempotencyKey: string) => Promise<void>;
  onClose: () => void;
  /** What is decided, in words. */
  children: ReactNode;
}) {
  const t = useT();
  const sentence = useErrorSentence();
  // One key an opening: a retry after a lost answer decides nothing twice.
  const [key] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const fault = useRef<HTMLDivElement>(null);
  const preview = useQuery({ queryKey, queryFn: ({ signal }) => read(signal), gcTime: 0 });
  const decide = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onDecide(key);
    } catch (failure) {
      setError(failure);
      requestAnimationFrame(() => fault.current?.focus());
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog size="xl" onClose={onClose} title={title}>
      {/* What will be read comes before the buttons: the focus starts there. */}
      <div className="backoffice-decision" tabIndex={-1} data-autofocus>
        {children}
        {unjudged > 0 ? (
          <Notice tone="warning">
            <p>{t('desk:decision.unjudged', { count: unjudged })}</p>
          </Notice>
        ) : null}
        {unkept > 0 ? (
          <Notice tone="warning">
            <p>{t('desk:decision.unkept', { count: unkept })}</p>
          </Notice>
        ) : null}
        <h3>{previewTitle}</h3>
        {preview.data && codeToCome.test(preview.data.text) ? (
          <p className="rnoce-hint">{t('desk:decision.code-to-come')}</p>
        ) : null}
        {preview.data ? (
          <article className="backoffice-letter" lang={preview.data.locale} dir={dir(preview.data.locale)}>
            <header>
              <bdi className="rnoce-code">{preview.data.to}</bdi>
              <strong>{preview.data.subject}</strong>
            </header>
            <pre>{preview.data.text}</pre>
          </article>
        ) : preview.isError ? (
          <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
        ) : (
          <LoadingState lines={5} />
        )}
        <div ref={fault} tabIndex={-1}>
          {error === undefined ? null : (
            <Notice tone="danger" live="assertive">
              <p>{sentence(error)}</p>
            </Notice>
          )}
        </div>
      </div>
      <div className="backoffice-actions rnoce-dialog-actions">
        <Button
          color={refuses ? 'red' : 'teal'}
          loading={busy}
          aria-disabled={preview.data ? undefined : true}
          onClick={() => {
            // What goes out is what was shown, or nothing goes out.
            if (preview.data) void decide();
          }}
        >
          {confirm}
        </Button>
        <Button variant="outline" onClick={onClose}>
          {back}
        </Button>
      </div>
    </Dialog>
  );
}
