import { ApiError } from '@rnoce/api-client/api-error';
import { decideCustomsRequest, previewCustomsRequestDecision } from '@rnoce/api-client/customs-requests';
import type { CustomsRequestDossier, DecideCustomsRequestBody } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import { DecisionDialog } from '../../dossiers/decision-dialog.tsx';
import { client } from '../../session/session.ts';
import { acceptancesLeft } from './acceptances.tsx';

/** The decision on a request: what it does, the e-mail it sends, and what the agent should know before. */
export function OperationDecision({
  dossier,
  decision: asked,
  unjudged,
  unkept,
  onDecided,
  onConflict,
  onClose,
}: {
  dossier: CustomsRequestDossier;
  decision: DecideCustomsRequestBody;
  /** How many items nobody judged. */
  unjudged: number;
  /** How many refusals were begun and not kept. */
  unkept: number;
  onDecided: (dossier: CustomsRequestDossier) => void;
  /** It can't be decided as it was seen. */
  onConflict: (seen: CustomsRequestDossier) => void;
  onClose: () => void;
}) {
  const t = useT();
  // What is decided is what was seen when the dialog opened, whatever is read meanwhile.
  const [seen] = useState(dossier);
  const [decision] = useState(asked);
  const { id, type, version, changes, registry } = seen;
  const rejects = decision.outcome === 'rejected';
  const first = !rejects && acceptancesLeft(seen) > 1;
  const decide = async (idempotencyKey: string) => {
    try {
      const { data } = await decideCustomsRequest(client, {
        params: { id },
        body: decision,
        version,
        idempotencyKey,
      });
      onDecided(data);
    } catch (failure) {
      const code = failure instanceof ApiError ? failure.code : undefined;
      if (code !== 'stale' && code !== 'request_not_decidable') throw failure;
      onConflict(seen);
    }
  };
  const refused = new Set(
    decision.reasons.flatMap(({ about }) => (about && 'item' in about ? [about.item] : [])),
  );
  const kept = changes.filter(({ item }) => rejects || !refused.has(item));
  const overwritten = rejects ? 0 : kept.filter((change) => change.overtaken).length;
  const silent = registry.status === 'unavailable' || registry.readAt === null;
  return (
    <DecisionDialog
      title={t(`operations-desk:decision.title.${rejects ? 'reject' : type}`)}
      refuses={rejects}
      confirm={t(`operations-desk:decision.confirm.${rejects ? 'reject' : first ? 'first' : 'accept'}`)}
      back={t('operations-desk:decision.back')}
      previewTitle={first ? t('operations-desk:decision.preview-later') : t('desk:decision.preview')}
      preview={{
        queryKey: ['operations', 'preview', id, decision],
        read: async (signal) =>
          (await previewCustomsRequestDecision(client, { params: { id }, body: decision, signal })).data,
      }}
      unjudged={rejects ? 0 : unjudged}
      unkept={unkept}
      onDecide={decide}
      onClose={onClose}
    >
      <p>
        {rejects
          ? t('operations-desk:decision.detail.reject', { count: decision.reasons.length })
          : type === 'update'
            ? t('operations-desk:decision.detail.update', { count: kept.length })
            : t(`operations-desk:decision.detail.${type}`)}{' '}
        {refused.size > 0 && !rejects
          ? t('operations-desk:decision.left-out', { count: refused.size })
          : null}
      </p>
      {first ? (
        <Notice tone="info">
          <p>{t('operations-desk:decision.first-of-two')}</p>
        </Notice>
      ) : null}
      {overwritten > 0 ? (
        <Notice tone="warning">
          <p>{t('operations-desk:decision.overwritten', { count: overwritten })}</p>
        </Notice>
      ) : null}
      {silent && !rejects ? (
        <Notice tone="warning">
          <p>{t('operations-desk:decision.unread')}</p>
        </Notice>
      ) : null}
    </DecisionDialog>
  );
}
