import type { AccountId, CustomsRequestId, RegistryWord } from '@rnoce/schemas';
import { and, asc, desc, eq, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { agents } from '../../db/schema/agents.ts';
import { customsRequestHistory, customsRequests } from '../../db/schema/customs-requests.ts';
import { documentVersions } from '../../db/schema/documents.ts';
import { filings } from '../../db/schema/filings.ts';
import { integrators } from '../../db/schema/integrators.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { DocumentRecord } from '../documents/documents.presenter.ts';
import type { FilingRecord } from '../filings/filings.transitions.ts';
import type { SubscriptionRecord } from '../subscriptions/subscriptions.repository.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';

/** Whose requests: an operator's own, or those that were sent to customs. Every other one is not there. */
export type RequestScope = { readonly accountId: AccountId } | 'customs';

/** The condition of a scope. */
export const inScope = (scope: RequestScope): SQL =>
  scope === 'customs' ? ne(customsRequests.status, 'draft') : eq(customsRequests.accountId, scope.accountId);

/** The customs account that requests are about: the validated filing, with its subscription. */
export interface CustomsAccountRecord {
  readonly filing: FilingRecord;
  readonly subscription: SubscriptionRecord;
}

/** The account's validated customs filing; undefined without one. An account has one filing an authority. */
export async function findCustomsAccount(
  executor: Executor,
  accountId: AccountId,
): Promise<CustomsAccountRecord | undefined> {
  const [row] = await executor
    .select({ filing: filings, subscription: subscriptions })
    .from(filings)
    .innerJoin(subscriptions, eq(subscriptions.id, filings.subscriptionId))
    .where(
      and(
        eq(filings.accountId, accountId),
        eq(filings.authority, 'customs'),
        eq(filings.status, 'validated'),
      ),
    );
  return row;
}

/** The request; undefined when there is none in the scope. */
export async function findRequest(
  executor: Executor,
  scope: RequestScope,
  id: CustomsRequestId,
): Promise<RequestRecord | undefined> {
  const [request] = await executor
    .select()
    .from(customsRequests)
    .where(and(eq(customsRequests.id, id), inScope(scope)));
  return request;
}

/**
 * Locks the account of requests until the end of the transaction: the row of its filing. Whoever sends, decides or closes a request holds it,
 * so that there is one winner. The subscription is held against its deletion first, in the order of `lockSubscription`: a request refers to it.
 */
export async function lockCustomsAccount(
  tx: Transaction,
  subscriptionId: string,
): Promise<CustomsAccountRecord | undefined> {
  const [subscription] = await tx
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.id, subscriptionId))
    .for('key share');
  const [filing] = await tx
    .select()
    .from(filings)
    .where(and(eq(filings.subscriptionId, subscriptionId), eq(filings.authority, 'customs')))
    .for('update');
  return subscription && filing ? { subscription, filing } : undefined;
}

/** Keeps whether the account is open, as BADR said; an older word than the one that is kept changes nothing. */
export async function keepRegistryWord(
  tx: Transaction,
  { id }: Pick<FilingRecord, 'id'>,
  { status, readAt }: RegistryWord,
): Promise<void> {
  await tx
    .update(filings)
    .set({ registryAccountStatus: status, registryAccountReadAt: readAt })
    .where(
      and(
        eq(filings.id, id),
        or(isNull(filings.registryAccountReadAt), lte(filings.registryAccountReadAt, readAt)),
      ),
    );
}

export interface LockedRequest extends CustomsAccountRecord {
  readonly request: RequestRecord;
}

/** Locks a request until the end of the transaction, its account first: in that order everywhere. Undefined when there is none in the scope. */
export async function lockRequest(
  tx: Transaction,
  scope: RequestScope,
  id: CustomsRequestId,
): Promise<LockedRequest | undefined> {
  const found = await findRequest(tx, scope, id);
  const account = found && (await lockCustomsAccount(tx, found.subscriptionId));
  if (!account) return undefined;
  const [request] = await tx
    .select()
    .from(customsRequests)
    .where(and(eq(customsRequests.id, id), inScope(scope)))
    .for('update');
  return request && { ...account, request };
}

/** The requests of an account, drafts included, in the order in which they were decided or, undecided, sent: `accountState` reads it. */
export async function listRequests(executor: Executor, filingId: string): Promise<RequestRecord[]> {
  const owner = executor
    .select({ accountId: filings.accountId })
    .from(filings)
    .where(eq(filings.id, filingId));
  return await executor
    .select()
    .from(customsRequests)
    // By its owner too, whose requests have an index.
    .where(and(eq(customsRequests.filingId, filingId), inArray(customsRequests.accountId, owner)))
    .orderBy(
      asc(
        sql`coalesce(${customsRequests.decidedAt}, ${customsRequests.submittedAt}, ${customsRequests.createdAt})`,
      ),
      asc(customsRequests.createdAt),
      asc(customsRequests.id),
    );
}

/** What happened to these requests, oldest first, with the names of the agents and of customs' systems. */
export async function listRequestHistory(executor: Executor, requestIds: readonly string[]) {
  if (requestIds.length === 0) return [];
  return await executor
    .select({ entry: customsRequestHistory, agentName: agents.name, integratorName: integrators.name })
    .from(customsRequestHistory)
    .leftJoin(agents, eq(agents.id, customsRequestHistory.agentId))
    .leftJoin(integrators, eq(integrators.id, customsRequestHistory.integratorId))
    .where(inArray(customsRequestHistory.requestId, [...requestIds]))
    .orderBy(asc(customsRequestHistory.at), asc(customsRequestHistory.id));
}
export type RequestHistoryRow = Awaited<ReturnType<typeof listRequestHistory>>[number];

/** The documents that stand in a request: of one that was sent, those that were sent with it. */
export async function listRequestDocuments(executor: Executor, requestId: string): Promise<DocumentRecord[]> {
  return await executor
    .select()
    .from(documentVersions)
    .where(and(eq(documentVersions.customsRequestId, requestId), eq(documentVersions.current, true)))
    .orderBy(desc(documentVersions.uploadedAt), desc(documentVersions.id));
}

/** The next reference of the subscription's requests, `<code>-<number>`. The caller holds the account. */
export async function nextReference(
  tx: Transaction,
  { id, accountId, code }: Pick<SubscriptionRecord, 'id' | 'accountId' | 'code'>,
): Promise<string> {
  const [last] = await tx
    .select({ number: sql<number | null>`max(split_part(${customsRequests.reference}, '-', 2)::int)` })
    .from(customsRequests)
    .where(and(eq(customsRequests.subscriptionId, id), eq(customsRequests.accountId, accountId)));
  return `${code}-${String((last?.number ?? 0) + 1)}`;
}

/** The account's request with everything that its operator is shown; undefined when it has none with this id. */
export async function loadRequest(
  executor: Executor,
  accountId: AccountId,
  id: CustomsRequestId,
): Promise<
  { request: RequestRecord; documents: DocumentRecord[]; history: RequestHistoryRow[] } | undefined
> {
  const request = await findRequest(executor, { accountId }, id);
  if (!request) return undefined;
  return {
    request,
    documents: await listRequestDocuments(executor, id),
    history: await listRequestHistory(executor, [id]),
  };
}
