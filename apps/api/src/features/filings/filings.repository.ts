import type { Authority, FilingId } from '@rnoce/schemas';
import { and, asc, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { agents } from '../../db/schema/agents.ts';
import { documentAccesses, documentVerdicts, documentVersions } from '../../db/schema/documents.ts';
import { filingHistory, filingHolds, filings } from '../../db/schema/filings.ts';
import { integrators } from '../../db/schema/integrators.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { notFound } from '../../plugins/problems.ts';
import { columnsOf, type Decider } from './deciders.ts';
import type { FilingRecord } from './filings.transitions.ts';

/** A sent filing of the authority; another authority's, or a draft, is not there. */
const visible = (authority: Authority, id: FilingId) =>
  and(eq(filings.id, id), eq(filings.authority, authority), ne(filings.status, 'draft'));

/** The filing with its subscription, account and holder. Throws `not_found`. */
export async function getFilingOf(executor: Executor, authority: Authority, id: FilingId) {
  const [row] = await executor
    .select({
      filing: filings,
      code: subscriptions.code,
      holderName: agents.name,
      subscription: subscriptions,
      account: accounts,
    })
    .from(filings)
    .innerJoin(subscriptions, eq(subscriptions.id, filings.subscriptionId))
    .innerJoin(accounts, eq(accounts.id, filings.accountId))
    .leftJoin(agents, eq(agents.id, filings.holderId))
    .where(visible(authority, id));
  if (!row) throw notFound();
  return row;
}
export type FilingOf = Awaited<ReturnType<typeof getFilingOf>>;

/** The filing's row, locked until the transaction ends. Throws `not_found`. */
export async function lockFiling(tx: Transaction, authority: Authority, id: FilingId): Promise<FilingRecord> {
  const [filing] = await tx.select().from(filings).where(visible(authority, id)).for('update');
  if (!filing) throw notFound();
  return filing;
}

/** Writes a locked filing and returns its new version. Its status is `moveFiling`'s alone. */
export async function changeFiling(
  tx: Transaction,
  { id, version }: FilingRecord,
  changes: Pick<
    Partial<FilingRecord>,
    'holderId' | 'heldAt' | 'verdict' | 'controlProvenAt' | 'controlProvenBy'
  >,
): Promise<number> {
  await tx
    .update(filings)
    .set({ ...changes, version: version + 1 })
    .where(eq(filings.id, id));
  return version + 1;
}

/** Tells for ever who took a dossier, and from whom, or gave it back. */
export async function recordHold(
  tx: Transaction,
  hold: Pick<typeof filingHolds.$inferInsert, 'filingId' | 'event' | 'agentId' | 'takenFromId' | 'at'>,
): Promise<void> {
  await tx.insert(filingHolds).values(hold);
}

/** Who took a dossier or gave it back last; undefined when nobody has. */
export async function findLastHold(executor: Executor, filingId: string) {
  const [last] = await executor
    .select({ hold: filingHolds, agentName: agents.name })
    .from(filingHolds)
    .innerJoin(agents, eq(agents.id, filingHolds.agentId))
    .where(eq(filingHolds.filingId, filingId))
    .orderBy(desc(filingHolds.at), desc(filingHolds.id))
    .limit(1);
  return last;
}
export type LastHold = Awaited<ReturnType<typeof findLastHold>>;

/** What happened to a filing, oldest first, with the names of the agents and of the authority's systems. */
export async function listHistory(executor: Executor, filingId: string) {
  return await executor
    .select({ entry: filingHistory, agentName: agents.name, integratorName: integrators.name })
    .from(filingHistory)
    .leftJoin(agents, eq(agents.id, filingHistory.agentId))
    .leftJoin(integrators, eq(integrators.id, filingHistory.integratorId))
    .where(eq(filingHistory.filingId, filingId))
    .orderBy(asc(filingHistory.at), asc(filingHistory.id));
}
export type HistoryRow = Awaited<ReturnType<typeof listHistory>>[number];

/** Every version of the documents of a filing, newest first, with this filing's verdict on each. */
export async function listVersions(executor: Executor, { id, subscriptionId }: FilingRecord) {
  return await executor
    .select({ version: documentVersions, verdict: documentVerdicts.outcome })
    .from(documentVersions)
    .leftJoin(
      documentVerdicts,
      and(eq(documentVerdicts.documentVersionId, documentVersions.id), eq(documentVerdicts.filingId, id)),
    )
    .where(
      and(eq(documentVersions.subscriptionId, subscriptionId), isNull(documentVersions.customsRequestId)),
    )
    .orderBy(desc(documentVersions.uploadedAt), desc(documentVersions.id));
}
export type VersionRow = Awaited<ReturnType<typeof listVersions>>[number];

/** Keeps the authority's word on versions of documents; a later word replaces an earlier one on the same version. */
export async function writeVerdicts(
  tx: Transaction,
  verdicts: readonly (typeof documentVerdicts.$inferInsert)[],
): Promise<void> {
  if (verdicts.length === 0) return;
  await tx
    .insert(documentVerdicts)
    .values([...verdicts])
    .onConflictDoUpdate({
      target: [documentVerdicts.documentVersionId, documentVerdicts.filingId],
      set: {
        outcome: sql`excluded.outcome`,
        agentId: sql`excluded.agent_id`,
        integratorId: sql`excluded.integrator_id`,
        at: sql`excluded.at`,
      },
    });
}

/** Keeps who read a version of a document (law 09-08). */
export async function recordAccess(
  executor: Executor,
  { reader, ...access }: { documentVersionId: string; filingId: string; reader: Decider; at: Date },
): Promise<void> {
  await executor.insert(documentAccesses).values({ ...access, ...columnsOf(reader) });
}

/** Whether one of these versions can't be shown: its scan isn't done, or found something. */
export async function hasUnsafeVersion(executor: Executor, versionIds: readonly string[]): Promise<boolean> {
  if (versionIds.length === 0) return false;
  const unsafe = await executor
    .select({ id: documentVersions.id })
    .from(documentVersions)
    .where(
      and(
        inArray(documentVersions.id, [...versionIds]),
        inArray(documentVersions.scan, ['quarantined', 'infected']),
      ),
    )
    .limit(1);
  return unsafe.length > 0;
}
