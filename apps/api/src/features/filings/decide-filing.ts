import type { AccountId, DecisionBody, Dossier, FilingId } from '@rnoce/schemas';
import type { Executor } from '../../db/database.ts';
import type { documentVerdicts } from '../../db/schema/documents.ts';
import type { Deps } from '../../deps.ts';
import { invalid } from '../../plugins/problems.ts';
import { documentQuarantined } from '../documents/documents.errors.ts';
import { queueEmail } from '../emails/emails.service.ts';
import { grantAccess } from '../single-window/grant-access.ts';
import { columnsOf, type Decider } from './deciders.ts';
import { decisionEmail } from './decision-email.ts';
import { getDossier } from './dossier.service.ts';
import { recordFilingDecision } from './filing-events.ts';
import { assertDecidable, assertUnchanged } from './filings.errors.ts';
import { readSent, type Sent, submissionsOf } from './filings.presenter.ts';
import {
  type FilingOf,
  getFilingOf,
  hasUnsafeVersion,
  listHistory,
  listVersions,
  lockFiling,
  writeVerdicts,
} from './filings.repository.ts';
import { moveFiling } from './filings.transitions.ts';
import { reasonIssues, refusedDocuments, verdictItems } from './verdict.rules.ts';

/** Throws unless this may be decided on this dossier: what is refused must be in it, what is validated must have been readable. */
export async function assertDecisionFits(
  executor: Executor,
  { filing }: FilingOf,
  sent: Sent,
  { outcome, reasons }: DecisionBody,
): Promise<void> {
  const items = verdictItems(filing, sent);
  const issues = reasonIssues(reasons, items);
  if (issues.length > 0) throw invalid(issues);
  const versions = sent.documents.map(({ version }) => version.id);
  if (outcome === 'validated' && (await hasUnsafeVersion(executor, versions))) throw documentQuarantined();
}

/**
 * The word on each document: refused when a reason is about it; accepted when the whole is validated, or the agents accepted it in their
 * verdict, which isn't a system's. A document that nobody judged gets none.
 */
function documentWords(
  { filing }: FilingOf,
  sent: Sent,
  { outcome, reasons }: DecisionBody,
  decider: Decider,
  at: Date,
): (typeof documentVerdicts.$inferInsert)[] {
  const refused = refusedDocuments(reasons);
  const accepted = new Set<string>(decider.kind === 'agent' ? filing.verdict.accepted : []);
  return sent.documents.flatMap(({ version: { id, document } }) => {
    const isAccepted = outcome === 'validated' || accepted.has(`documents.${document}`);
    if (!refused.has(document) && !isAccepted) return [];
    return [
      {
        documentVersionId: id,
        filingId: filing.id,
        outcome: refused.has(document) ? 'refused' : 'accepted',
        ...columnsOf(decider),
        at,
      },
    ];
  });
}

/**
 * Decides a filing, once: its status, its history, the word on each document, the e-mail and, for customs' validation, the message to BADR,
 * for PortNet's the subscription code and the users' accounts, all in one transaction. Throws `filing_not_decidable` when it doesn't wait for a decision (another one decided it), `stale` when it
 * changed since it was read, `validation` when a reason is about what the dossier doesn't have.
 */
export async function decideFiling(
  deps: Pick<Deps, 'database' | 'now' | 'jobs' | 'environment'>,
  decider: Decider,
  id: FilingId,
  seen: number,
  decision: DecisionBody,
): Promise<Dossier> {
  const at = deps.now();
  return await deps.database.transaction(async (tx) => {
    const locked = await lockFiling(tx, decider.authority, id);
    assertDecidable(locked);
    assertUnchanged(locked, seen);
    const row = await getFilingOf(tx, decider.authority, id);
    const history = await listHistory(tx, id);
    const sent = readSent(locked, history, await listVersions(tx, locked));
    await assertDecisionFits(tx, row, sent, decision);
    const filing = await moveFiling(tx, deps, {
      filing: locked,
      transition: decision.outcome === 'validated' ? 'validated' : 'returned',
      actor: decider,
      reasons: decision.reasons,
      at,
    });
    await writeVerdicts(tx, documentWords(row, sent, decision, decider, at));
    const opens = filing.authority === 'portnet' && filing.status === 'validated';
    const validated = submissionsOf(history).at(-1)?.sections ?? {};
    const subscriptionCode = opens ? await grantAccess(tx, deps, filing, validated, at) : null;
    await queueEmail(tx, deps.jobs, {
      event: `filing ${filing.id} decided ${String(filing.submissions)}`,
      to: row.account.email,
      locale: row.account.locale,
      accountId: filing.accountId as AccountId,
      ...decisionEmail(row, decision, subscriptionCode),
    });
    await recordFilingDecision(tx, row.subscription, filing, { subscriptionCode, at });
    if (filing.registrationStatus === 'queued')
      await deps.jobs.send(tx, 'register-operator', { filingId: filing.id });
    return await getDossier(tx, decider, id);
  });
}
