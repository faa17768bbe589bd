import { Button } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import type { Dossier } from '@rnoce/schemas/filings';
import { itemOf } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect, useRef } from 'react';
import { useAgent } from '../../session/use-session.ts';
import { useItemLabel } from './item-label.ts';
import type { Verdict } from './verdict-draft.ts';
import type { VerdictStore } from './verdict-store.ts';

/** What happened under the agent's verdict, and what can be done: nothing that was judged here is lost meanwhile. */
export function DossierConflict({
  dossier,
  verdict,
  store,
}: {
  dossier: Dossier;
  verdict: Verdict;
  store: VerdictStore;
}) {
  const t = useT();
  const agent = useAgent();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const decided = dossier.status !== 'in_review';
  const last = dossier.history.findLast(({ actor }) => actor === 'agent');
  const other = dossier.holder && dossier.holder.id !== agent?.id ? dossier.holder : undefined;
  return (
    <div ref={box} tabIndex={-1} className="backoffice-conflict">
      <Notice
        tone="warning"
        live="assertive"
        title={decided ? t('backoffice:conflict.decided') : t('backoffice:conflict.stale')}
      >
        {decided && last ? (
          <p>
            {t('backoffice:conflict.decided-detail', {
              name: `\u2068${last.actorName ?? ''}\u2069`,
              at: formatDateTime(last.at),
            })}
          </p>
        ) : (
          <p>
            {other
              ? t('backoffice:conflict.held-by', { name: `\u2068${other.name}\u2069` })
              : t('backoffice:conflict.stale-detail')}
          </p>
        )}
        {decided ? (
          <Kept verdict={verdict} />
        ) : (
          <div className="backoffice-actions">
            <Button size="sm" onClick={() => store.resolve(dossier, 'mine')}>
              {t('backoffice:conflict.keep-mine')}
            </Button>
            <Button size="sm" variant="outline" onClick={() => store.resolve(dossier, 'theirs')}>
              {t('backoffice:conflict.take-theirs')}
            </Button>
          </div>
        )}
      </Notice>
    </div>
  );
}

/** The reasons that were written and never sent, to be read or copied. */
function Kept({ verdict: { reasons } }: { verdict: Verdict }) {
  const t = useT();
  const labelOf = useItemLabel();
  if (reasons.length === 0) return null;
  return (
    <details>
      <summary>{t('backoffice:conflict.unsent', { count: reasons.length })}</summary>
      <ul>
        {reasons.map((reason) => (
          <li key={`${itemOf(reason) ?? ''} ${reason.cause} ${reason.text}`}>
            {labelOf(itemOf(reason))} · {t(`reference:cause.${reason.cause}`)} <bdi>{reason.text}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}
