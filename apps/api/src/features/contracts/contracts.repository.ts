import type { AccountId, SubscriptionId } from '@rnoce/schemas';
import { and, count, desc, eq, gt, inArray, ne, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { contracts, signedContracts } from '../../db/schema/contracts.ts';
import { documentVerdicts, documentVersions } from '../../db/schema/documents.ts';
import { filings } from '../../db/schema/filings.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';

export type ContractRecord = typeof contracts.$inferSelect;

/** The contract that was issued last for each of these subscriptions. */
export async function listLastContracts(
  executor: Executor,
  subscriptionIds: readonly string[],
): Promise<ContractRecord[]> {
  if (subscriptionIds.length === 0) return [];
  return await executor
    .selectDistinctOn([contracts.subscriptionId])
    .from(contracts)
    .where(inArray(contracts.subscriptionId, [...subscriptionIds]))
    .orderBy(contracts.subscriptionId, desc(contracts.version));
}

/** Those of these subscriptions whose contract PortNet has: it judges it, or has validated it. */
export async function listHeldByPortnet(
  executor: Executor,
  subscriptionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (subscriptionIds.length === 0) return new Set();
  const rows = await executor
    .select({ id: filings.subscriptionId })
    .from(filings)
    .where(
      and(
        inArray(filings.subscriptionId, [...subscriptionIds]),
        eq(filings.authority, 'portnet'),
        inArray(filings.status, ['in_review', 'validated']),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

const signedRows = (executor: Executor, where: SQL | undefined) =>
  executor
    .select({
      file: documentVersions,
      signed: signedContracts,
      contract: contracts,
      refused: sql<boolean | null>`bool_or(${documentVerdicts.outcome} = 'refused')`,
    })
    .from(signedContracts)
    .innerJoin(documentVersions, eq(documentVersions.id, signedContracts.documentVersionId))
    .innerJoin(contracts, eq(contracts.id, signedContracts.contractId))
    .leftJoin(documentVerdicts, eq(documentVerdicts.documentVersionId, documentVersions.id))
    .where(where)
    .groupBy(documentVersions.id, signedContracts.documentVersionId, contracts.id);
export type SignedRow = Awaited<ReturnType<typeof signedRows>>[number];

/** What came back signed and stands in these subscriptions' forms. */
export const listStandingSigned = async (
  executor: Executor,
  subscriptionIds: readonly string[],
): Promise<SignedRow[]> =>
  subscriptionIds.length === 0
    ? []
    : await signedRows(
        executor,
        and(
          inArray(documentVersions.subscriptionId, [...subscriptionIds]),
          eq(documentVersions.current, true),
        ),
      );

/** The signed contract among these versions of documents. */
export async function findSignedAmong(
  executor: Executor,
  documentVersionIds: readonly string[],
): Promise<SignedRow | undefined> {
  if (documentVersionIds.length === 0) return undefined;
  const [row] = await signedRows(
    executor,
    inArray(signedContracts.documentVersionId, [...documentVersionIds]),
  );
  return row;
}

/**
 * For a prepared query: the `data_hash` of the contract that was issued last, if the signed file that stands is of it, else null. The file
 * is outdated unless it equals `contractDataHash` of the form.
 */
export const signedDataHash = (subscriptionId: SQL) => sql<string | null>`(
  select c.data_hash from document_versions d
  join signed_contracts s on s.document_version_id = d.id
  join contracts c on c.id = s.contract_id
  where d.subscription_id = ${subscriptionId} and d.document = 'contract' and d.current
    and not exists (select 1 from contracts n where n.subscription_id = c.subscription_id and n.version > c.version))`;

/** The contract that the account issued last for its subscription. */
export async function findLastContract(
  executor: Executor,
  accountId: AccountId,
  subscriptionId: SubscriptionId,
): Promise<ContractRecord | undefined> {
  const [row] = await executor
    .select({ contract: contracts })
    .from(contracts)
    .innerJoin(subscriptions, eq(subscriptions.id, contracts.subscriptionId))
    .where(and(eq(contracts.subscriptionId, subscriptionId), eq(subscriptions.accountId, accountId)))
    .orderBy(desc(contracts.version))
    .limit(1);
  return row?.contract;
}

/** The contract that bears this code, the form of its subscription, whether another was issued since and whether PortNet has it. */
export async function findContractByCode(executor: Executor, code: string) {
  const [row] = await executor
    .select({ contract: contracts, subscription: subscriptions })
    .from(contracts)
    .innerJoin(subscriptions, eq(subscriptions.id, contracts.subscriptionId))
    .where(eq(contracts.code, code));
  if (!row) return undefined;
  const [last] = await listLastContracts(executor, [row.subscription.id]);
  const held = await listHeldByPortnet(executor, [row.subscription.id]);
  return { ...row, isLast: last?.id === row.contract.id, isHeld: held.has(row.subscription.id) };
}

/** How many contracts were issued for a subscription since then. */
export async function countContractsSince(
  executor: Executor,
  subscriptionId: string,
  since: Date,
): Promise<number> {
  const [issued] = await executor
    .select({ contracts: count() })
    .from(contracts)
    .where(and(eq(contracts.subscriptionId, subscriptionId), gt(contracts.issuedAt, since)));
  return issued?.contracts ?? 0;
}

/** Hash and size of what was issued for a subscription, newest first, up to 500. */
export const listIssued = (executor: Executor, subscriptionId: string) =>
  executor
    .select({ version: contracts.version, sha256: contracts.sha256, sizeBytes: contracts.sizeBytes })
    .from(contracts)
    .where(eq(contracts.subscriptionId, subscriptionId))
    .orderBy(desc(contracts.version))
    .limit(500);

/** Whether these are the bytes of a contract that was issued to another subscription than this contract. */
export async function isOfAnother(
  executor: Executor,
  { subscriptionId }: Pick<ContractRecord, 'subscriptionId'>,
  sha256: string,
): Promise<boolean> {
  const [other] = await executor
    .select({ id: contracts.id })
    .from(contracts)
    .where(and(eq(contracts.sha256, sha256), ne(contracts.subscriptionId, subscriptionId)))
    .limit(1);
  return other !== undefined;
}

/** The next number of the one sequence. One that is drawn and not used leaves a gap. */
export async function drawContractSequence(executor: Executor): Promise<string> {
  const { rows } = await executor.execute<{ next: string }>(sql`select nextval('contract_sequence') as next`);
  const [row] = rows;
  if (!row) throw new Error('the sequence gave nothing');
  return row.next;
}

/** Writes an issued contract. The caller holds the subscription's lock. */
export async function addContract(
  tx: Transaction,
  contract: Omit<typeof contracts.$inferInsert, 'id'>,
): Promise<ContractRecord> {
  const [added] = await tx.insert(contracts).values(contract).returning();
  if (!added) throw new Error('the contract was not written');
  return added;
}

/** Writes which contract a version of the document is of, and what its check found. */
export async function addSigned(
  tx: Transaction,
  signed: Omit<typeof signedContracts.$inferInsert, 'createdAt'>,
): Promise<void> {
  await tx.insert(signedContracts).values(signed);
}
