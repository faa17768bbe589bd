import { Button, Modal } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { decideFiling, previewDecision } from '@rnoce/api-client/filings';
import { dir } from '@rnoce/i18n';
import type { DecisionBody, Dossier } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { ErrorState, LoadingState, useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import '@rnoce/ui/app-styles';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { client } from '../../session/session.ts';
import type { Verdict } from './verdict-draft.ts';
import type { Conflict, VerdictStore } from './verdict-store.ts';
import './decision-dialog.css';

/** How an e-mail shows a code that isn't given yet. */
const codeToCome = /·{4}/;

/**
 * The last step before a decision, which can't be undone: what is decided, and the very e-mail that the operator will read, in their
 * language. A refusal of the API is said here; what was judged stays.
 */
export function DecisionDialog({
  dossier,
  verdict,
  unjudged,
  unkept,
  store,
  onDecided,
  onConflict,
  onClose,
}: {
  dossier: Dossier;
  verdict: Verdict;
  /** How many items nobody judged. */
  unjudged: number;
  /** How many refusals were begun and not kept. */
  unkept: number;
  store: VerdictStore;
  onDecided: (dossier: Dossier) => void;
  /** It can't be decided as it is: `undefined` when the last save already told why. */
  onConflict: (conflict?: Conflict) => void;
  onClose: () => void;
}) {
  const t = useT();
  const sentence = useErrorSentence();
  const { id } = dossier;
  const [decision] = useState<DecisionBody>(() => ({
    outcome: verdict.reasons.length > 0 ? 'incomplete' : 'validated',
    reasons: verdict.reasons,
  }));
  // One key an opening: a retry after a lost answer decides nothing twice.
  const [key] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const fault = useRef<HTMLDivElement>(null);
  const preview = useQuery({
    queryKey: ['filings', 'preview', id, decision],
    queryFn: async ({ signal }) =>
      (await previewDecision(client, { params: { id }, body: decision, signal })).data,
    gcTime: 0,
  });
  const tell = (failure: unknown) => {
    setError(failure);
    requestAnimationFrame(() => fault.current?.focus());
  };
  const decide = async () => {
    setBusy(true);
    setError(undefined);
    try {
      if (!(await store.flush())) {
        if (store.state().conflict !== undefined) onConflict();
        else tell(new ApiError({ status: 0, code: 'offline' }));
        return;
      }
      const { data } = await decideFiling(client, {
        params: { id },
        body: decision,
        version: store.state().version,
        idempotencyKey: key,
      });
      onDecided(data);
    } catch (failure) {
      const code = failure instanceof ApiError ? failure.code : undefined;
      if (code === 'stale') onConflict('stale');
      else if (code === 'filing_not_decidable') onConflict('decided');
      else tell(failure);
    } finally {
      setBusy(false);
    }
  };
  const returns = decision.outcome === 'incomplete';
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={returns ? t('backoffice:decision.return-title') : t('backoffice:decision.validate-title')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {/* What will be read comes before the buttons: the focus starts there. */}
      <div className="backoffice-decision" tabIndex={-1} data-autofocus>
        <p>
          {returns
            ? t('backoffice:decision.return-detail', { count: decision.reasons.length })
            : t(`backoffice:decision.validate-detail.${dossier.authority}`, {
                count: dossier.sections.singleWindowUsers?.length ?? 0,
              })}
        </p>
        {unjudged > 0 ? (
          <Notice tone="warning">
            <p>{t('backoffice:decision.unjudged', { count: unjudged })}</p>
          </Notice>
        ) : null}
        {unkept > 0 ? (
          <Notice tone="warning">
            <p>{t('backoffice:decision.unkept', { count: unkept })}</p>
          </Notice>
        ) : null}
        <h3>{t('backoffice:decision.preview')}</h3>
        {preview.data && codeToCome.test(preview.data.text) ? (
          <p className="rnoce-hint">{t('backoffice:decision.code-to-come')}</p>
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
        <div className="backoffice-actions">
          <Button
            color={returns ? 'red' : 'teal'}
            loading={busy}
            aria-disabled={preview.data ? undefined : true}
            onClick={() => {
              // What goes out is what was shown, or nothing goes out.
              if (preview.data) void decide();
            }}
          >
            {returns ? t('backoffice:decision.return-confirm') : t('backoffice:decision.validate-confirm')}
          </Button>
          <Button variant="outline" onClick={onClose}>
            {t('backoffice:decision.back')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
