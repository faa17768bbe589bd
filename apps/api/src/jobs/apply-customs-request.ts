import { and, asc, desc, eq, inArray, isNotNull, lt, or } from 'drizzle-orm';
import type { Executor, Transaction } from '../db/database.ts';
import { accounts } from '../db/schema/accounts.ts';
import { customsRequestHistory, customsRequests } from '../db/schema/customs-requests.ts';
import { filings } from '../db/schema/filings.ts';
import { subscriptions } from '../db/schema/subscriptions.ts';
import type { Deps } from '../deps.ts';
import { lockCustomsAccount } from '../features/customs-requests/customs-requests.repository.ts';
import {
  type RequestRecord,
  recordRequestEvent,
} from '../features/customs-requests/customs-requests.transitions.ts';
import { changesMade } from '../features/customs-requests/request-changes.ts';
import { type DecidedOver, orderOf, orderReference } from '../features/customs-requests/request-order.ts';
import { presentRegistryRecord } from '../features/subscriptions/registry-record.ts';
import { type BadrEffect, BadrRefusalError } from '../integrations/badr/badr-gateway.ts';
import type { JobData } from './queue.ts';

const isQueued = (requestId: string) =>
  and(eq(customsRequests.id, requestId), eq(customsRequests.effectStatus, 'queued'));

/** The request whose effect waits, with what it was last decided or sent again over; undefined when there is nothing to send any more. */
async function findOrder(executor: Executor, requestId: string) {
  const [row] = await executor
    .select({
      request: customsRequests,
      sent: customsRequestHistory.sent,
      account: filings.registrationAccount,
      kept: subscriptions.registryRecord,
    })
    .from(customsRequests)
    .innerJoin(filings, eq(filings.id, customsRequests.filingId))
    .innerJoin(subscriptions, eq(subscriptions.id, customsRequests.subscriptionId))
    .innerJoin(
      customsRequestHistory,
      and(
        eq(customsRequestHistory.requestId, customsRequests.id),
        inArray(customsRequestHistory.event, ['accepted', 'resent']),
        isNotNull(customsRequestHistory.sent),
      ),
    )
    .where(isQueued(requestId))
    .orderBy(desc(customsRequestHistory.at), desc(customsRequestHistory.id))
    .limit(1);
  if (!row) return undefined;
  const over: DecidedOver = {
    record: row.sent?.registryRecord ?? null,
    accountNumber: row.account ?? presentRegistryRecord(row.kept)?.accountNumber ?? null,
  };
  return { request: row.request, over };
}

/** The first effect of an account that waits, in the order of the decisions; among those before `earlierThan` when it is given. */
async function findNextEffect(
  executor: Executor,
  filingId: string,
  earlierThan?: RequestRecord,
): Promise<string | undefined> {
  const isEarlier = ({ id, effectAt }: RequestRecord) =>
    effectAt &&
    or(
      lt(customsRequests.effectAt, effectAt),
      and(eq(customsRequests.effectAt, effectAt), lt(customsRequests.id, id)),
    );
  const [next] = await executor
    .select({ id: customsRequests.id })
    .from(customsRequests)
    .where(
      and(
        eq(customsRequests.filingId, filingId),
        eq(customsRequests.effectStatus, 'queued'),
        (earlierThan && isEarlier(earlierThan)) ?? undefined,
      ),
    )
    .orderBy(asc(customsRequests.effectAt), asc(customsRequests.id))
    .limit(1);
  return next?.id;
}

type Noted = BadrEffect | { readonly status: 'refused'; readonly reason: string | null };

/** What BADR made of the order; throws while BADR is away, so that the queue sends it again. */
async function send(
  { badr, log }: Pick<Deps, 'badr' | 'log'>,
  request: RequestRecord,
  over: DecidedOver,
  signal: AbortSignal | undefined,
): Promise<Noted> {
  try {
    return await badr.operate(orderReference(request), orderOf(request, over), signal);
  } catch (error) {
    if (!(error instanceof BadrRefusalError)) throw error;
    log.error({ requestId: request.id, refusal: error.code }, 'BADR refused an operation');
    return { status: 'refused', reason: error.reason };
  }
}

/** The name that customs gave the company by an update is what the portal calls it from then on; what was sent stays as it was sent. */
async function takeName(tx: Transaction, request: RequestRecord, at: Date): Promise<void> {
  const change = changesMade(request).find(({ item }) => item === 'company.legalName');
  if (typeof change?.asked !== 'string') return;
  const { asked: legalName } = change;
  await tx.update(filings).set({ legalName }).where(eq(filings.id, request.filingId));
  await tx.update(accounts).set({ legalName, updatedAt: at }).where(eq(accounts.id, request.accountId));
}

/**
 * Notes once what became of an effect, and calls the next one of the same account. The account is held, as it is by whoever accepts: a request that is
 * accepted meanwhile either is seen here, or sees this one done.
 */
async function note(
  { database, jobs, now }: Pick<Deps, 'database' | 'jobs' | 'now'>,
  { id, subscriptionId, effectTurn }: RequestRecord,
  outcome: Noted,
): Promise<void> {
  await database.transaction(async (tx) => {
    await lockCustomsAccount(tx, subscriptionId);
    const [held] = await tx.select().from(customsRequests).where(isQueued(id)).for('update');
    if (!held || held.effectTurn !== effectTurn) return;
    const at = now();
    const reason = outcome.status === 'refused' ? (outcome.reason?.slice(0, 1000) ?? null) : null;
    await tx
      .update(customsRequests)
      .set({ effectStatus: outcome.status, effectAt: at, effectReason: reason, version: held.version + 1 })
      .where(eq(customsRequests.id, id));
    await recordRequestEvent(tx, held, { event: outcome.status, actor: { kind: 'system' }, at });
    if (outcome.status === 'applied') await takeName(tx, held, at);
    const next = await findNextEffect(tx, held.filingId);
    if (next) await jobs.send(tx, 'apply-customs-request', { requestId: next });
  });
}

/**
 * Sends an accepted request to BADR under its own reference: sent again after a kill or a lost answer, it has its effect once. The effects of an
 * account go in the order of their decisions, or a cancellation could overtake the restoration that follows it. What BADR refuses, or can't write
 * over what it holds by now, is kept for an agent.
 */
export async function applyCustomsRequest(
  deps: Deps,
  { requestId }: JobData['apply-customs-request'],
  signal?: AbortSignal,
): Promise<void> {
  const found = await findOrder(deps.database, requestId);
  if (!found) return;
  const { request, over } = found;
  // Whoever notes that one calls this one.
  if (await findNextEffect(deps.database, request.filingId, request)) return;
  await note(deps, request, await send(deps, request, over, signal));
}

/** Marks as refused an effect that BADR was sent in vain to the end: an agent may send it again. */
export async function giveUpCustomsRequest(
  deps: Pick<Deps, 'database' | 'jobs' | 'now' | 'log'>,
  { requestId }: JobData['apply-customs-request'],
): Promise<void> {
  const [request] = await deps.database.select().from(customsRequests).where(isQueued(requestId));
  if (!request) return;
  deps.log.error({ requestId }, 'an operation was sent to BADR in vain');
  await note(deps, request, { status: 'refused', reason: null });
}
