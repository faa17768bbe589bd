import { Button } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import type { CustomsRequestDossier } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { type ReactNode, useEffect, useRef } from 'react';
import { useActorName } from '../../dossiers/use-actor-name.ts';
import { changedBetween } from './changed-between.ts';
import { useRequestItemLabel } from './request-item-label.ts';
import { itemOf, type RequestVerdict } from './request-verdict.ts';

function ConflictNotice({ title, children }: { title: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Who is writing goes on writing; the alert is heard all the same.
    if (!(document.activeElement instanceof HTMLTextAreaElement)) box.current?.focus();
  }, []);
  return (
    <div ref={box} tabIndex={-1} className="backoffice-conflict">
      <Notice tone="warning" live="assertive" title={title}>
        {children}
      </Notice>
    </div>
  );
}

/** The request changed while the agent decided: nothing was sent, and what changed is told. What was judged is kept. */
export function StaleDecision({
  seen,
  dossier,
  onSeen,
}: {
  /** The request as it was decided on. */
  seen: CustomsRequestDossier;
  dossier: CustomsRequestDossier;
  onSeen: () => void;
}) {
  const t = useT();
  const labelOf = useRequestItemLabel(dossier);
  const nameOf = useActorName();
  const { values, account, endorsements } = changedBetween(seen, dossier);
  return (
    <ConflictNotice title={t('operations-desk:conflict.stale')}>
      <p>{t('operations-desk:conflict.stale-detail')}</p>
      <ul>
        {values.map(({ change: { item } }) => (
          <li key={item}>{t('operations-desk:conflict.value', { label: labelOf(item) })}</li>
        ))}
        {account ? (
          <li>{t(`operations-desk:conflict.account.${dossier.registry.accountStatus ?? 'active'}`)}</li>
        ) : null}
        {endorsements.map(({ agentId, agentName, at }) => (
          <li key={at}>
            {t('operations-desk:acceptances.by', {
              name: `\u2068${nameOf({ actor: agentId === null ? 'integrator' : 'agent', actorName: agentName })}\u2069`,
              at: `\u2066${formatDateTime(at)}\u2069`,
            })}
          </li>
        ))}
      </ul>
      <div className="backoffice-actions">
        <Button size="sm" onClick={onSeen}>
          {t('operations-desk:conflict.seen')}
        </Button>
      </div>
    </ConflictNotice>
  );
}

/** Somebody else decided the request: who, what, and the reasons that were written here and not sent. */
export function DecidedElsewhere({
  dossier,
  verdict,
  onDrop,
}: {
  dossier: CustomsRequestDossier;
  verdict: RequestVerdict;
  onDrop: () => void;
}) {
  const t = useT();
  const labelOf = useRequestItemLabel(dossier);
  const nameOf = useActorName();
  const decision = dossier.history.findLast(
    ({ event }) => event === 'accepted' || event === 'rejected' || event === 'closed',
  );
  return (
    <ConflictNotice title={t('operations-desk:conflict.decided')}>
      {decision ? (
        <p>
          {t(`operations-desk:conflict.${decision.event as 'accepted' | 'rejected' | 'closed'}`, {
            name: `\u2068${nameOf(decision)}\u2069`,
            at: `\u2066${formatDateTime(decision.at)}\u2069`,
          })}
        </p>
      ) : null}
      {verdict.reasons.length > 0 ? (
        <details open>
          <summary>{t('desk:conflict.unsent', { count: verdict.reasons.length })}</summary>
          <ul>
            {verdict.reasons.map((reason) => (
              <li key={`${itemOf(reason) ?? ''} ${reason.cause} ${reason.text}`}>
                {labelOf(itemOf(reason))} · {t(`reference:cause.${reason.cause}`)} <bdi>{reason.text}</bdi>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <div className="backoffice-actions">
        <Button size="sm" variant="outline" onClick={onDrop}>
          {t('operations-desk:conflict.drop')}
        </Button>
      </div>
    </ConflictNotice>
  );
}
