import { formatDateTime } from '@rnoce/i18n';
import { may } from '@rnoce/schemas/agent-rights';
import { type Dossier, itemOf, VerdictItem } from '@rnoce/schemas/filings';
import { warm } from '@rnoce/shell/query-client';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { Notice } from '@rnoce/ui/status-badge';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { dossierQuery, forgetQueue, referenceQuery } from '../../api/queries.ts';
import { DossierHead } from '../../dossiers/dossier-head.tsx';
import { DossierHistory } from '../../dossiers/dossier-history.tsx';
import { DossierPage } from '../../dossiers/dossier-page.tsx';
import { useItemLabel } from '../../dossiers/item-label.ts';
import { judgingKeys } from '../../dossiers/judging-keys.ts';
import { leadToHeading } from '../../dossiers/lead-to.ts';
import { UnkeptNotice } from '../../dossiers/unkept-notice.tsx';
import { useUnkeptRefusals } from '../../dossiers/use-unkept-refusals.ts';
import { useShortcuts } from '../../keyboard/shortcuts.ts';
import { ShortcutsHint } from '../../keyboard/shortcuts-hint.tsx';
import { paths } from '../../paths.ts';
import { useAgent } from '../../session/use-session.ts';
import { ChangeSentence } from './change-sentence.tsx';
import { ControlState } from './control-state.tsx';
import { DossierConflict } from './dossier-conflict.tsx';
import { DossierData } from './dossier-data.tsx';
import { DossierDocuments } from './dossier-documents.tsx';
import { DossierHolding } from './dossier-holding.tsx';
import { DossierMessages, messagesHeading } from './dossier-messages.tsx';
import { DossierPanel } from './dossier-panel.tsx';
import { FilingDecision } from './filing-decision.tsx';
import { nextDossier } from './next-dossier.ts';
import { RegistrationState } from './registration-state.tsx';
import { useJudging } from './use-judging.ts';
import { useVerdict } from './use-verdict.ts';
import { judgedOf } from './verdict-draft.ts';
import type { Conflict } from './verdict-store.ts';
import { WindowAccounts } from './window-accounts.tsx';
import '../../dossiers/dossier.css';

export const loader = ({ params: { id = '' } }: { params: { id?: string } }) =>
  warm(dossierQuery(id), ...(['rc-centres', 'cities', 'activities'] as const).map(referenceQuery));

const isVerdictItem = (item: string): boolean => VerdictItem.safeParse(item).success;

/** A dossier: its sections and the progress of the verdict, the data beside BADR's, the documents. */
export function Component() {
  const t = useT();
  const { id = '' } = useParams();
  const query = useQuery(dossierQuery(id));
  return (
    <DossierPage
      query={query}
      back={{ to: paths.queue, label: t('desk:dossier.back') }}
      unknown={t('desk:dossier.unknown-detail')}
    >
      {/* Another dossier starts afresh. */}
      {(dossier) => <DossierView key={dossier.id} dossier={dossier} />}
    </DossierPage>
  );
}

function DossierView({ dossier }: { dossier: Dossier }) {
  const t = useT();
  const agent = useAgent();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const labelOf = useItemLabel();
  const { store, state, status } = useVerdict(dossier);
  const [deciding, setDeciding] = useState(false);
  const inReview = dossier.status === 'in_review';
  const decider = agent !== undefined && may(agent, 'decideFilings');
  const mine = dossier.holder === null || dossier.holder.id === agent?.id;
  const editable = inReview && decider && mine && state.conflict === undefined;
  // Once decided, what is shown is the decision.
  const verdict = inReview ? state.verdict : { accepted: [], reasons: dossier.reasons };
  const { refusals, unkept } = useUnkeptRefusals(dossier, isVerdictItem);
  const judging = useJudging(dossier, { verdict, store, editable, refusals, unkept });
  const { items, current, refusing, refusingWhole } = judging;
  const unjudged = items.single.length - judgedOf(state.verdict, items, items.single);
  const isOpen = (item: VerdictItem | undefined) => (item === undefined ? refusingWhole : item === refusing);

  useShortcuts(
    {
      j: () => judging.move(1),
      k: () => judging.move(-1),
      v: () => current && judging.accept(current),
      r: () => current && judging.beginRefusal(current),
      d: () => editable && setDeciding(true),
      m: () => leadToHeading(messagesHeading),
    },
    refusing === undefined && !deciding,
  );

  const decided = async (answer: Dossier) => {
    refusals.dropAll();
    queries.setQueryData(dossierQuery(dossier.id).queryKey, answer);
    notify(
      t(answer.status === 'validated' ? 'desk:decision.validated' : 'desk:decision.returned', {
        name: answer.legalName,
      }),
      'success',
    );
    await forgetQueue();
    // The decision is made whatever happens to the next dossier.
    await navigate(await nextDossier().catch(() => paths.queue));
  };
  const conflict = async (kind?: Conflict) => {
    setDeciding(false);
    if (kind !== undefined) store.contest(kind);
    await queries.refetchQueries(dossierQuery(dossier.id));
  };

  return (
    <>
      <FilingHead dossier={dossier} />
      <ShortcutsHint keys={[...(editable ? judgingKeys(t) : []), ['m', t('desk:keys.messages')]]} />
      {state.conflict !== undefined ? (
        <DossierConflict
          dossier={dossier}
          items={items}
          verdict={state.verdict}
          store={store}
          refusals={refusals}
        />
      ) : null}
      <UnkeptNotice
        unkept={unkept}
        labelOf={labelOf}
        isOpen={isOpen}
        interruption={!editable && state.conflict === undefined ? <ChangeSentence dossier={dossier} /> : null}
        onResume={
          editable
            ? (item) => (item === undefined ? judging.beginWholeRefusal() : judging.beginRefusal(item))
            : undefined
        }
        onDiscard={refusals.drop}
      />
      <div className="backoffice-dossier">
        <DossierPanel
          dossier={dossier}
          judging={judging}
          store={store}
          status={status}
          holding={
            inReview && decider && state.conflict === undefined ? (
              <DossierHolding dossier={dossier} store={store} />
            ) : null
          }
          onDecide={() => setDeciding(true)}
        />
        <div className="backoffice-data">
          {inReview && !decider ? (
            <Notice tone="info">
              <p>{t('desk:dossier.read-only')}</p>
            </Notice>
          ) : null}
          <WindowAccounts dossier={dossier} />
          <DossierData dossier={dossier} judging={judging} />
          <DossierMessages dossier={dossier} />
          <DossierHistory
            lines={dossier.history.map((entry) => ({
              ...entry,
              words: t(`reference:filing-event.${entry.event}`),
              details: [
                ...entry.emailChanges.map(({ from, to }) =>
                  t('reference:email-change', { from: `\u2066${from}\u2069`, to: `\u2066${to}\u2069` }),
                ),
                ...(entry.note === null ? [] : [`\u2068${entry.note}\u2069`]),
              ],
              reasons: entry.reasons.map((reason) => ({ ...reason, label: labelOf(itemOf(reason)) })),
            }))}
          />
        </div>
        <DossierDocuments dossier={dossier} judging={judging} />
      </div>
      {deciding && editable ? (
        <FilingDecision
          dossier={dossier}
          verdict={state.verdict}
          unjudged={unjudged}
          unkept={unkept.length}
          store={store}
          onDecided={decided}
          onConflict={conflict}
          onClose={() => setDeciding(false)}
        />
      ) : null}
    </>
  );
}

function FilingHead({ dossier }: { dossier: Dossier }) {
  const t = useT();
  const { submissions, subscriptionCode } = dossier;
  const again = submissions > 1 ? ` · ${t('desk:queue.submissions', { count: submissions })}` : '';
  return (
    <DossierHead
      dossier={dossier}
      code={dossier.code}
      sort={dossier.purpose === 'update_only' ? t('reference:purpose.update_only') : undefined}
      sent={`${t('desk:dossier.submitted', { at: formatDateTime(dossier.submittedAt) })}${again}`}
    >
      {subscriptionCode === null ? null : (
        <div>
          <dt>{t('desk:dossier.subscription-code')}</dt>
          <dd>
            <CopyableCode code={subscriptionCode} />
          </dd>
        </div>
      )}
      <ControlState dossier={dossier} />
      <RegistrationState dossier={dossier} />
    </DossierHead>
  );
}
