import {
  type AccountId,
  type CustomsRequestDossier,
  type CustomsRequestId,
  type DecideCustomsRequestBody,
  type DecisionPreview,
  type Issue,
  pointerOf,
  type RequestReason,
  type RequestReasonView,
} from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import type { accounts } from '../../db/schema/accounts.ts';
import type { Deps } from '../../deps.ts';
import { invalid, notFound } from '../../plugins/problems.ts';
import { documentQuarantined } from '../documents/documents.errors.ts';
import type { DocumentRecord } from '../documents/documents.presenter.ts';
import { queueEmail } from '../emails/emails.service.ts';
import { renderEmail } from '../emails/render-email.ts';
import type { Decider } from '../filings/deciders.ts';
import { loadRuleContext } from '../subscriptions/subscriptions.form.ts';
import { dossierStale, requestNotDecidable, secondAgentNeeded } from './customs-requests.errors.ts';
import { requestData } from './customs-requests.links.ts';
import { isEndorsed } from './customs-requests.presenter.ts';
import { listRequests, lockRequest } from './customs-requests.repository.ts';
import { moveRequest, type RequestRecord } from './customs-requests.transitions.ts';
import { changesAsked } from './request-changes.ts';
import { requestDecisionEmail } from './request-decision-email.ts';
import { agentsNeededFor, getRequestDossier, getSentRequest, listSentDocuments } from './request-dossier.ts';
import { recordRequestDecision } from './request-events.ts';

type Account = typeof accounts.$inferSelect;

const isUnsafe = ({ scan }: DocumentRecord): boolean => scan === 'quarantined' || scan === 'infected';

/** What is wrong with one reason: it must be about what the request has, and an acceptance can leave out nothing but a change. */
function reasonIssue(
  { about }: RequestReason,
  index: number,
  { outcome, items, documents }: { outcome: string; items: Set<string>; documents: Set<string> },
): Issue[] {
  if (outcome === 'accepted' && !(about && 'item' in about))
    return [{ pointer: pointerOf(['reasons', index, 'about']), code: 'not_in_list' }];
  if (!about) return [];
  const isKnown = 'item' in about ? items.has(about.item) : documents.has(about.document);
  const part = 'item' in about ? 'item' : 'document';
  return isKnown ? [] : [{ pointer: pointerOf(['reasons', index, 'about', part]), code: 'not_in_list' }];
}

/**
 * Throws unless this may be decided on this request: `validation` when a reason is about what it doesn't have, or an acceptance leaves nothing of an
 * update; `document_quarantined` when what is accepted couldn't be read.
 */
function assertDecisionFits(
  request: RequestRecord,
  documents: readonly DocumentRecord[],
  { outcome, reasons }: DecideCustomsRequestBody,
): void {
  const items = new Set(changesAsked(request).map(({ item }) => item));
  const names = new Set<string>(documents.map(({ document }) => document));
  const issues = reasons.flatMap((reason, index) =>
    reasonIssue(reason, index, { outcome, items, documents: names }),
  );
  const leftOut = new Set(reasons.flatMap(({ about }) => (about && 'item' in about ? [about.item] : [])));
  if (outcome === 'accepted' && items.size > 0 && [...items].every((item) => leftOut.has(item)))
    issues.push({ pointer: '/reasons', code: 'nothing_left' });
  if (issues.length > 0) throw invalid(issues);
  if (outcome === 'accepted' && documents.some(isUnsafe)) throw documentQuarantined();
}

/** What the operator will read if this is decided now: made by the same function as the e-mail itself. Nothing is written. */
export async function previewDecision(
  deps: Pick<Deps, 'database' | 'environment' | 'references' | 'now'>,
  id: CustomsRequestId,
  decision: DecideCustomsRequestBody,
): Promise<DecisionPreview> {
  const { request, account } = await getSentRequest(deps.database, id);
  if (request.status !== 'in_review') throw requestNotDecidable();
  const rules = await loadRuleContext(deps);
  assertDecisionFits(request, await listSentDocuments(deps.database, request, rules), decision);
  const { locale, email: to } = account;
  const { template, data } = requestDecisionEmail(request, decision);
  const { subject, text } = renderEmail(template, data, locale, deps.environment);
  return { to, locale, subject, text };
}

const addressee = ({ id, email, locale }: Account) => ({ to: email, locale, accountId: id as AccountId });

/** An update that waits when a cancellation is accepted is closed with it: there is no account left to update. */
async function closePendingUpdate(
  tx: Transaction,
  deps: Pick<Deps, 'environment' | 'jobs'>,
  { filingId }: RequestRecord,
  account: Account,
  at: Date,
): Promise<void> {
  const pending = (await listRequests(tx, filingId)).find(
    ({ type, status }) => type === 'update' && status === 'in_review',
  );
  if (!pending) return;
  const reasons: RequestReasonView[] = [{ cause: 'account_cancelled', text: '' }];
  const actor = { kind: 'system' } as const;
  const closed = await moveRequest(tx, deps, { request: pending, transition: 'closed', actor, at, reasons });
  await recordRequestDecision(tx, closed, at);
  await queueEmail(tx, deps.jobs, {
    ...addressee(account),
    event: `customs_request_closed:${closed.id}`,
    template: 'customs_request_closed',
    data: requestData(closed),
  });
}

/**
 * Whether this acceptance is the first of two. Throws `second_agent_needed` when its agent was the first already, and to a system when a system
 * was: of two who must agree, one is a person.
 */
function isFirstOfTwo(
  request: RequestRecord,
  decider: Decider,
  { outcome }: DecideCustomsRequestBody,
  environment: Deps['environment'],
): boolean {
  if (outcome !== 'accepted' || agentsNeededFor(request, environment) < 2) return false;
  const wasFirst =
    decider.kind === 'agent' ? request.endorsedBy === decider.agentId : request.endorsedByIntegrator !== null;
  if (wasFirst) throw secondAgentNeeded();
  return !isEndorsed(request);
}

/**
 * Decides a request, once: its status, its history with what it was decided on, the e-mail and, for an acceptance, the message to BADR, in one
 * transaction that holds the account. The first of two acceptances of a cancellation only endorses it; the last closes an update that waits.
 * Throws `not_found`, `request_not_decidable` when it doesn't wait for a decision, `stale` when another version was seen,
 * `second_agent_needed`, `validation` and `document_quarantined`.
 */
export async function decideRequest(
  deps: Pick<Deps, 'database' | 'now' | 'jobs' | 'environment' | 'references'>,
  decider: Decider,
  id: CustomsRequestId,
  seen: number,
  decision: DecideCustomsRequestBody,
): Promise<CustomsRequestDossier> {
  const rules = await loadRuleContext(deps);
  return await deps.database.transaction(async (tx) => {
    const locked = await lockRequest(tx, 'customs', id);
    if (!locked) throw notFound();
    const { request } = locked;
    if (request.status !== 'in_review') throw requestNotDecidable();
    if (request.version !== seen) throw dossierStale(request.version);
    const documents = await listSentDocuments(tx, request, rules);
    assertDecisionFits(request, documents, decision);
    const isFirst = isFirstOfTwo(request, decider, decision, deps.environment);
    // Under the lock, so that the times of an account's decisions follow their order.
    const at = deps.now();
    const moved = await moveRequest(tx, deps, {
      request,
      transition: isFirst ? 'endorsed' : decision.outcome,
      actor: decider,
      at,
      reasons: decision.reasons,
      sent: {
        documentVersions: documents.map((document) => document.id),
        registryRecord: request.registryRecord,
      },
    });
    if (!isFirst) await tellDecision(tx, deps, moved, decision, at);
    return await getRequestDossier(tx, deps, rules, id);
  });
}

async function tellDecision(
  tx: Transaction,
  deps: Pick<Deps, 'environment' | 'jobs'>,
  request: RequestRecord,
  decision: DecideCustomsRequestBody,
  at: Date,
): Promise<void> {
  const { account } = await getSentRequest(tx, request.id as CustomsRequestId);
  await recordRequestDecision(tx, request, at);
  await queueEmail(tx, deps.jobs, {
    ...addressee(account),
    event: `customs_request_decided:${request.id}`,
    ...requestDecisionEmail(request, decision),
  });
  if (request.status !== 'accepted') return;
  await deps.jobs.send(tx, 'apply-customs-request', { requestId: request.id });
  if (request.type === 'cancellation') await closePendingUpdate(tx, deps, request, account, at);
}
