import { Button } from '@mantine/core';
import type { CustomsRequestDossier } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { IconBan, IconGavel } from '@tabler/icons-react';
import { GeneralReasons } from '../../dossiers/general-reasons.tsx';
import { ItemMark } from '../../dossiers/item-verdict.tsx';
import { Due } from '../../lists/due.tsx';
import { Acceptances } from './acceptances.tsx';
import { useRequestItemLabel } from './request-item-label.ts';
import { RequestStatus } from './request-status.tsx';
import { type PossibleDecisions, removeGeneral, stateOf } from './request-verdict.ts';
import type { RequestVerdictStore } from './request-verdict-store.ts';
import type { RequestJudging } from './use-operation.ts';
import '../../dossiers/dossier-panel.css';

export type Outcome = 'accepted' | 'rejected';

interface PanelProps {
  readonly dossier: CustomsRequestDossier;
  readonly judging: RequestJudging;
  readonly store: RequestVerdictStore;
  readonly decisions: PossibleDecisions;
  readonly onDecide: (outcome: Outcome) => void;
}

/** The left of the dossier: where it stands, the progress of the verdict, its items, the decision. */
export function OperationPanel(props: PanelProps) {
  const t = useT();
  const { dossier, judging, store } = props;
  const labelOf = useRequestItemLabel(dossier);
  const listed = (among: readonly string[]) => (
    <ul>
      {among.map((item) => (
        <li key={item}>
          <ItemLink item={item} label={labelOf(item)} dossier={dossier} judging={judging} />
        </li>
      ))}
    </ul>
  );
  return (
    <div className="backoffice-panel">
      <div className="rnoce-card">
        <div className="backoffice-panel-status">
          <RequestStatus request={dossier} />
          {dossier.status === 'in_review' ? <Due dueAt={dossier.dueAt} /> : null}
        </div>
        <Acceptances dossier={dossier} />
        {judging.editable ? <Decision {...props} /> : null}
      </div>
      <nav className="rnoce-card backoffice-sections" aria-label={t('operations-desk:parts')}>
        <h2>{t('reference:section.documents')}</h2>
        {listed(dossier.documents.map(({ document }) => `documents.${document}`))}
        {dossier.changes.length > 0 ? (
          <>
            <h2>{t('operations-desk:changes.title')}</h2>
            {listed(dossier.changes.map(({ item }) => item))}
          </>
        ) : null}
      </nav>
      {judging.editable || judging.refusingWhole || judging.reasonsOf(undefined).length > 0 ? (
        <GeneralReasons
          whole={t('operations-desk:whole')}
          reasons={judging.reasonsOf(undefined)}
          editable={judging.editable}
          refusing={judging.refusingWhole}
          unkept={judging.unkept}
          onWrite={judging.write}
          onBegin={judging.beginWholeRefusal}
          onRefuse={(cause, text) => judging.keepRefusal(undefined, cause, text)}
          onCancel={() => judging.cancelRefusal(undefined)}
          onRemove={(reason) => store.change((before) => removeGeneral(before, reason))}
        />
      ) : null}
    </div>
  );
}

/** How far the verdict is, and the decisions that it allows. */
function Decision({ dossier, judging, decisions, onDecide }: PanelProps) {
  const t = useT();
  const { items, verdict } = judging;
  const total = items.size;
  const judged = [...items.keys()].filter((item) => stateOf(verdict, item, items) !== 'todo').length;
  const { accept, reject } = decisions;
  const refused = accept?.reasons.length ?? 0;
  const acceptWords =
    refused > 0
      ? t('operations-desk:decision.accept-rest', {
          count: dossier.changes.length - refused,
          total: dossier.changes.length,
        })
      : t(`operations-desk:decision.accept.${dossier.type}`);
  return (
    <>
      {total > 0 && (accept || reject) ? (
        <>
          <p className="backoffice-progress-words" id="verdict-progress">
            {t('desk:dossier.progress', { judged, total })}
          </p>
          <progress value={judged} max={total} aria-labelledby="verdict-progress" />
        </>
      ) : null}
      {accept ? (
        <Button
          fullWidth
          mt="sm"
          data-decide
          variant={judged < total ? 'outline' : 'filled'}
          className="operations-decide"
          leftSection={<IconGavel className="rnoce-icon" aria-hidden />}
          onClick={() => onDecide('accepted')}
        >
          {acceptWords}
        </Button>
      ) : null}
      <Button
        fullWidth
        mt="sm"
        color="red"
        data-decide={accept ? undefined : true}
        variant={reject && !accept ? 'filled' : 'subtle'}
        className="operations-decide"
        leftSection={<IconBan className="rnoce-icon" aria-hidden />}
        onClick={() => (reject ? onDecide('rejected') : judging.beginWholeRefusal())}
      >
        {reject
          ? t('operations-desk:decision.reject-action', { count: reject.reasons.length })
          : t('operations-desk:decision.reject-begin')}
      </Button>
    </>
  );
}

function ItemLink({
  item,
  label,
  dossier,
  judging,
}: {
  item: string;
  label: string;
  dossier: CustomsRequestDossier;
  judging: RequestJudging;
}) {
  const decided =
    dossier.changes.find((change) => change.item === item)?.verdict ??
    dossier.documents.find(({ document }) => `documents.${document}` === item)?.verdict ??
    null;
  // Nothing is left to judge once it is decided.
  const state = dossier.status === 'in_review' ? stateOf(judging.verdict, item, judging.items) : decided;
  return (
    <button
      type="button"
      aria-current={item === judging.document || item === judging.current ? 'true' : undefined}
      onClick={() => judging.goTo(item)}
    >
      {state ? <ItemMark state={state} /> : null}
      <span>{label}</span>
    </button>
  );
}
