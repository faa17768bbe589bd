import { ApiError } from '@rnoce/api-client/api-error';
import { decideFiling, previewDecision } from '@rnoce/api-client/filings';
import type { DecisionBody, Dossier } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { useState } from 'react';
import { DecisionDialog } from '../../dossiers/decision-dialog.tsx';
import { client } from '../../session/session.ts';
import type { Verdict } from './verdict-draft.ts';
import type { Conflict, VerdictStore } from './verdict-store.ts';

/** The decision on a filing: validated, or sent back with the reasons of the verdict. */
export function FilingDecision({
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
  const { id } = dossier;
  const [decision] = useState<DecisionBody>(() => ({
    outcome: verdict.reasons.length > 0 ? 'incomplete' : 'validated',
    reasons: verdict.reasons,
  }));
  const decide = async (idempotencyKey: string) => {
    if (!(await store.flush())) {
      if (store.state().conflict === undefined) throw new ApiError({ status: 0, code: 'offline' });
      onConflict();
      return;
    }
    try {
      const { version } = store.state();
      const { data } = await decideFiling(client, {
        params: { id },
        body: decision,
        version,
        idempotencyKey,
      });
      onDecided(data);
    } catch (failure) {
      const code = failure instanceof ApiError ? failure.code : undefined;
      if (code === 'stale') onConflict('stale');
      else if (code === 'filing_not_decidable') onConflict('decided');
      else throw failure;
    }
  };
  const returns = decision.outcome === 'incomplete';
  return (
    <DecisionDialog
      title={returns ? t('desk:decision.return-title') : t('desk:decision.validate-title')}
      refuses={returns}
      confirm={returns ? t('desk:decision.return-confirm') : t('desk:decision.validate-confirm')}
      back={t('desk:decision.back')}
      previewTitle={t('desk:decision.preview')}
      preview={{
        queryKey: ['filings', 'preview', id, decision],
        read: async (signal) =>
          (await previewDecision(client, { params: { id }, body: decision, signal })).data,
      }}
      unjudged={unjudged}
      unkept={unkept}
      onDecide={decide}
      onClose={onClose}
    >
      <p>
        {returns
          ? t('desk:decision.return-detail', { count: decision.reasons.length })
          : t(`desk:decision.validate-detail.${dossier.authority}`, {
              count: dossier.sections.singleWindowUsers?.length ?? 0,
            })}
      </p>
    </DecisionDialog>
  );
}
