import {
  type AccountId,
  type FilingTransition,
  isListSection,
  judgeForm,
  partOf,
  SectionsDraft,
  type SubscriptionId,
  sectionsOf,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { type Transaction, violatedIndex } from '../../db/database.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import { invalid, notFound } from '../../plugins/problems.ts';
import { loadContractView } from '../contracts/contracts.presenter.ts';
import { queueEmail } from '../emails/emails.service.ts';
import { recordSubmission } from '../filings/filing-events.ts';
import { type FilingRecord, moveFiling } from '../filings/filings.transitions.ts';
import { operatorAlreadyRegistered, stale, subscriptionNotEditable } from './subscriptions.errors.ts';
import { formContext, givenDocuments, loadRuleContext, type RuleContext } from './subscriptions.form.ts';
import {
  hasOtherOperator,
  isFiledByAnother,
  listCurrentDocuments,
  lockSubscription,
  type SubscriptionRecord,
} from './subscriptions.repository.ts';
import { isEditable, isOpen, openTo } from './subscriptions.states.ts';

type Locked = NonNullable<Awaited<ReturnType<typeof lockSubscription>>>;

export interface Submission {
  readonly accountId: AccountId;
  readonly id: SubscriptionId;
  /** The version that the operator reviewed. */
  readonly version: number;
}

/**
 * What leaves of the form, by the same rules as the screens: complete and normalised, or every issue with its place. What only an authority
 * asks to which nothing is sent now is left as it stands.
 */
async function judgeWhole(
  tx: Transaction,
  { subscription, filings }: Locked,
  rules: RuleContext,
): Promise<Partial<SectionsDraft>> {
  const open = openTo(filings);
  const contract = await loadContractView(tx, subscription);
  const documents = await listCurrentDocuments(tx, [subscription.id]);
  const { issues, sections } = judgeForm({
    context: formContext(subscription, rules),
    sections: subscription.sections,
    documents: givenDocuments(documents, contract?.signed?.current ?? false),
    open,
  });
  if (issues.length > 0) throw invalid(issues);
  const judged = SectionsDraft.partial().parse(sections);
  if (open.length === subscription.authorities.length) return judged;
  const kept = subscription.sections;
  const leaving = sectionsOf({ ...subscription, authorities: open }).map((section) => [
    section,
    isListSection(section) ? judged[section] : { ...kept[section], ...judged[section] },
  ]);
  return { ...kept, ...Object.fromEntries(leaving) };
}

/** `update_only`: BADR knows the operator, so nobody needs to decide. */
function transitionOf({ status }: FilingRecord, subscription: SubscriptionRecord): FilingTransition {
  if (status === 'incomplete') return 'resubmitted';
  const attaches = subscription.purpose === 'update_only' && subscription.registryStatus === 'registered';
  return attaches ? 'attached' : 'submitted';
}

async function tellOperator(
  tx: Transaction,
  { jobs }: Deps,
  { accountId, code, id, version }: Pick<SubscriptionRecord, 'accountId' | 'code' | 'id' | 'version'>,
  sent: readonly FilingRecord[],
): Promise<void> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId));
  if (!account) throw notFound();
  const { legalName, email, locale } = account;
  const to = { to: email, locale, accountId: account.id as AccountId };
  await queueEmail(tx, jobs, {
    ...to,
    event: `subscription_received:${id}:${String(version)}`,
    template: 'subscription_received',
    data: { legalName, code, authorities: sent.map(({ authority }) => authority) },
  });
  for (const { id: filingId, authority, attached } of sent) {
    if (!attached) continue;
    await queueEmail(tx, jobs, {
      ...to,
      event: `filing_validated:${filingId}`,
      template: 'filing_validated',
      data: { legalName, code, authority },
    });
  }
}

/**
 * « Valider votre souscription »: judges the whole again, sends each open filing to its authority (or back to it), keeps what was sent in
 * the history and queues the e-mails, all in one transaction.
 * Throws `not_found`, `subscription_not_editable`, `stale`, `validation` with every pointer, and `operator_already_registered` when another
 * account was faster.
 */
export async function submitSubscription(deps: Deps, { accountId, id, version }: Submission): Promise<void> {
  const rules = await loadRuleContext(deps);
  const at = deps.now();
  try {
    await deps.database.transaction(async (tx) => {
      const locked = await lockSubscription(tx, accountId, id);
      if (!locked) throw notFound();
      const { subscription } = locked;
      if (!isEditable(locked.filings)) throw subscriptionNotEditable();
      if (subscription.version !== version) throw stale(subscription.version);
      const form = await judgeWhole(tx, locked, rules);
      const open = openTo(locked.filings);
      const { operatorType } = subscription;
      const ice = form.company?.ice ?? subscription.identifiers.ice;
      // The unique index decides between two at once; one that is attached without proof isn't in it.
      if (await isFiledByAnother(tx, accountId, { authorities: open, operatorType, ice }))
        throw operatorAlreadyRegistered();
      // What customs have decides: theirs may be corrected, and PortNet's follows.
      if (!subscription.authorities.includes('customs') && (await hasOtherOperator(tx, subscription, ice)))
        throw invalid([{ pointer: '/company/ice', code: 'other_operator' }]);
      const sent: FilingRecord[] = [];
      for (const filing of locked.filings.filter(isOpen)) {
        const transition = transitionOf(filing, subscription);
        const actor = { kind: 'operator', accountId } as const;
        const sections = partOf(form, { ...subscription, authorities: [filing.authority] });
        const controlProvenAt = subscription.registryConfirmedAt;
        sent.push(await moveFiling(tx, deps, { filing, transition, actor, at, sections, controlProvenAt }));
      }
      await tx
        .update(subscriptions)
        .set({
          sections: form,
          termsAcceptedAt: at,
          submittedAt: at,
          savedAt: at,
          currentStep: 'review',
          version: version + 1,
        })
        .where(eq(subscriptions.id, id));
      // The background question may have been given up long ago, and the agents need its answer now.
      if (subscription.registryStatus === 'unavailable')
        await deps.jobs.send(tx, 'ask-registry', { subscriptionId: id });
      await tellOperator(tx, deps, subscription, sent);
      await recordSubmission(tx, subscription, sent, at);
    });
  } catch (error) {
    if (violatedIndex(error) === 'filings_live_operator') throw operatorAlreadyRegistered();
    throw error;
  }
}
