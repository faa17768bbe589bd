import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { contracts, signedContracts } from '../../db/schema/contracts.ts';
import { documentVerdicts, documentVersions } from '../../db/schema/documents.ts';

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
