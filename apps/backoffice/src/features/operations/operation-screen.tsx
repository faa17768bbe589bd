import { formatDateTime } from '@rnoce/i18n';
import { may } from '@rnoce/schemas/agent-rights';
import type { CustomsRequestDossier } from '@rnoce/schemas/customs-requests';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { Notice } from '@rnoce/ui/status-badge';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { forgetOperations, operationQuery } from '../../api/operation-queries.ts';
import { referenceQuery } from '../../api/queries.ts';
import { DossierHead } from '../../dossiers/dossier-head.tsx';
import { DossierHistory } from '../../dossiers/dossier-history.tsx';
import { DossierPage } from '../../dossiers/dossier-page.tsx';
import { judgingKeys } from '../../dossiers/judging-keys.ts';
import { UnkeptNotice } from '../../dossiers/unkept-notice.tsx';
import { useUnkeptRefusals } from '../../dossiers/use-unkept-refusals.ts';
import { useShortcuts } from '../../keyboard/shortcuts.ts';
import { ShortcutsHint } from '../../keyboard/shortcuts-hint.tsx';
import { paths } from '../../paths.ts';
import { useAgent } from '../../session/use-session.ts';
import { acceptedBy } from './acceptances.tsx';
import { nextOperation } from './next-operation.ts';
import { OperationChanges } from './operation-changes.tsx';
import { DecidedElsewhere, StaleDecision } from './operation-conflict.tsx';
import { OperationDecision } from './operation-decision.tsx';
import { OperationDetails } from './operation-details.tsx';
import { OperationDocuments } from './operation-documents.tsx';
import { OperationEffect } from './operation-effect.tsx';
import { OperationPanel, type Outcome } from './operation-panel.tsx';
import { OperationRegistry, useRegistryReading } from './operation-registry.tsx';
import { useRequestItemLabel } from './request-item-label.ts';
import { decisionsOf, itemOf, stateOf } from './request-verdict.ts';
import { useRequestJudging, useRequestVerdict } from './use-operation.ts';
import '../../dossiers/dossier.css';
import './operations.css';

export const loader = ({ params: { id = '' } }: { params: { id?: string } }) =>
  warm(operationQuery(id), ...(['rc-centres', 'cities', 'activities'] as const).map(referenceQuery));

const isRequestItem = (item: string): boolean => /^(documents|company|managers)\.[\w-]+$/.test(item);

/** The dossier of an operation: what it changes beside what BADR holds, its documents, and the decision. */
export function Component() {
  const t = useT();
  const { id = '' } = useParams();
  const query = useQuery(operationQuery(id));
  return (
    <DossierPage
      query={query}
      back={{ to: paths.operations, label: t('operations-desk:queue.title') }}
      unknown={t('operations-desk:unknown-detail')}
    >
      {/* Another request starts afresh. */}
      {(dossier) => <OperationView key={dossier.id} dossier={dossier} />}
    </DossierPage>
  );
}

function OperationView({ dossier }: { dossier: CustomsRequestDossier }) {
  const t = useT();
  const agent = useAgent();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const labelOf = useRequestItemLabel(dossier);
  const { store, verdict } = useRequestVerdict(dossier);
  const { refusals, unkept } = useUnkeptRefusals(dossier, isRequestItem);
  const [deciding, setDeciding] = useState<Outcome>();
  const [stale, setStale] = useState<CustomsRequestDossier>();
  const inReview = dossier.status === 'in_review';
  const decider = agent !== undefined && may(agent, 'decideFilings');
  const editable = inReview && decider;
  const judging = useRequestJudging(dossier, { store, verdict, editable, refusals, unkept });
  const { items, current, refusing, refusingWhole } = judging;
  const { waits, reading, read } = useRegistryReading(dossier);
  const possible = decisionsOf(verdict, dossier, items);
  // Who accepted once waits for a colleague, and may still change their mind against it.
  const decisions = acceptedBy(dossier, agent?.id) ? { ...possible, accept: null } : possible;
  const unjudged = [...items.keys()].filter((item) => stateOf(verdict, item, items) === 'todo').length;
  const decision = deciding === undefined ? null : decisions[deciding === 'accepted' ? 'accept' : 'reject'];

  useShortcuts(
    {
      j: () => judging.move(1),
      k: () => judging.move(-1),
      v: () => current && judging.accept(current),
      r: () => current && judging.beginRefusal(current),
      b: () => void read(),
      d: () => {
        if (editable && (decisions.accept || decisions.reject))
          setDeciding(decisions.accept ? 'accepted' : 'rejected');
      },
    },
    refusing === undefined && deciding === undefined,
  );

  const decided = async (answer: CustomsRequestDossier) => {
    store.drop();
    refusals.dropAll();
    queries.setQueryData(operationQuery(dossier.id).queryKey, answer);
    const outcome = answer.status === 'in_review' ? 'endorsed' : deciding;
    notify(t(`operations-desk:decided.${outcome ?? 'accepted'}`, { name: answer.legalName }), 'success');
    await forgetOperations();
    // The decision is made whatever happens to the next request.
    await navigate(await nextOperation(dossier.id).catch(() => paths.operations));
  };
  const conflict = async (seen: CustomsRequestDossier) => {
    setDeciding(undefined);
    await queries.refetchQueries(operationQuery(dossier.id));
    setStale(seen);
  };
  const isOpen = (item: string | undefined) => (item === undefined ? refusingWhole : item === refusing);

  return (
    <>
      <DossierHead
        dossier={dossier}
        code={dossier.reference}
        subject={t(`operations-desk:type.${dossier.type}`)}
        sent={
          dossier.submittedAt === null
            ? null
            : t('operations-desk:sent', { at: `\u2066${formatDateTime(dossier.submittedAt)}\u2069` })
        }
      />
      <ShortcutsHint
        keys={[
          ...(editable ? judgingKeys(t) : []),
          ...(waits ? ([['b', t('operations-desk:keys.read-again')]] as const) : []),
        ]}
      />
      {!inReview && (stale || verdict.reasons.length > 0 || Object.keys(verdict.accepted).length > 0) ? (
        <DecidedElsewhere
          dossier={dossier}
          verdict={verdict}
          onDrop={() => {
            store.drop();
            setStale(undefined);
          }}
        />
      ) : null}
      {inReview && stale ? (
        <StaleDecision seen={stale} dossier={dossier} onSeen={() => setStale(undefined)} />
      ) : null}
      <UnkeptNotice
        unkept={unkept}
        labelOf={labelOf}
        isOpen={isOpen}
        interruption={editable ? null : <p>{t('operations-desk:conflict.decided')}</p>}
        onResume={
          editable
            ? (item) => (item === undefined ? judging.beginWholeRefusal() : judging.beginRefusal(item))
            : undefined
        }
        onDiscard={refusals.drop}
      />
      <div className="backoffice-dossier operations-dossier">
        <OperationPanel
          dossier={dossier}
          judging={judging}
          store={store}
          decisions={decisions}
          onDecide={setDeciding}
        />
        <div className="backoffice-data">
          {inReview && !decider ? (
            <Notice tone="info">
              <p>{t('desk:dossier.read-only')}</p>
            </Notice>
          ) : null}
          <OperationEffect dossier={dossier} mayResend={decider} />
          <OperationRegistry dossier={dossier} reading={reading} onRead={() => void read()} />
          {dossier.changes.length > 0 ? <OperationChanges dossier={dossier} judging={judging} /> : null}
          <OperationDetails dossier={dossier} />
          <DossierHistory
            lines={dossier.history.map((entry) => ({
              ...entry,
              words: t(`reference:operation-event.${entry.event}`),
              reasons: entry.reasons.map((reason) => ({ ...reason, label: labelOf(itemOf(reason)) })),
            }))}
          />
        </div>
        <OperationDocuments dossier={dossier} judging={judging} />
      </div>
      {/* It stays open when a colleague decides meanwhile: confirming tells so. */}
      {decision && decider ? (
        <OperationDecision
          dossier={dossier}
          decision={decision}
          unjudged={unjudged}
          unkept={unkept.length}
          onDecided={decided}
          onConflict={conflict}
          onClose={() => setDeciding(undefined)}
        />
      ) : null}
    </>
  );
}
