import type {
  AccountId,
  Authority,
  ContractView,
  DocumentName,
  OperatorType,
  SingleWindowAccount,
  SubscriptionId,
} from '@rnoce/schemas';
import { and, asc, desc, eq, getTableColumns, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Database, Executor, Transaction } from '../../db/database.ts';
import { documentVerdicts, documentVersions } from '../../db/schema/documents.ts';
import { filingHistory, filings, holdsPlace } from '../../db/schema/filings.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { loadContractViews } from '../contracts/contracts.presenter.ts';
import { signedDataHash } from '../contracts/contracts.repository.ts';
import type { DocumentRecord } from '../documents/documents.presenter.ts';
import type { FilingRecord } from '../filings/filings.transitions.ts';
import { countUnread } from '../messages/messages.repository.ts';
import { listAccounts } from '../single-window/single-window.repository.ts';
import type { FormContent } from './changed-since.ts';
import type { Filed } from './subscription-options.ts';

export type SubscriptionRecord = typeof subscriptions.$inferSelect;
export type HistoryRecord = Omit<typeof filingHistory.$inferSelect, 'sections'>;

export interface CurrentDocument {
  readonly version: DocumentRecord;
  readonly verdict: 'accepted' | 'refused' | null;
}

export interface LoadedFiling {
  readonly filing: FilingRecord;
  readonly history: readonly HistoryRecord[];
  /** The form that was judged, of an incomplete filing. */
  readonly judged: FormContent | undefined;
  readonly unreadMessages: number;
  readonly singleWindowAccounts: readonly SingleWindowAccount[];
}

/** A subscription with everything that its operator is shown. */
export interface LoadedSubscription {
  readonly subscription: SubscriptionRecord;
  /** In the order of the authorities. */
  readonly filings: readonly LoadedFiling[];
  readonly documents: readonly CurrentDocument[];
  readonly contract: ContractView | null;
}

const owned = (accountId: AccountId, id: SubscriptionId | undefined) =>
  and(eq(subscriptions.accountId, accountId), id === undefined ? undefined : eq(subscriptions.id, id));

/** The documents that stand in these subscriptions. One refused by any authority counts as refused. */
export async function listCurrentDocuments(
  executor: Executor,
  subscriptionIds: readonly string[],
): Promise<CurrentDocument[]> {
  if (subscriptionIds.length === 0) return [];
  const rows = await executor
    .select({ version: documentVersions, outcome: documentVerdicts.outcome })
    .from(documentVersions)
    .leftJoin(documentVerdicts, eq(documentVerdicts.documentVersionId, documentVersions.id))
    .where(
      and(
        inArray(documentVersions.subscriptionId, [...subscriptionIds]),
        isNull(documentVersions.customsRequestId),
        eq(documentVersions.current, true),
      ),
    );
  const found = new Map<string, CurrentDocument>();
  for (const { version, outcome } of rows) {
    const verdict = found.get(version.id)?.verdict === 'refused' ? 'refused' : outcome;
    found.set(version.id, { version, verdict });
  }
  return [...found.values()];
}

async function listHistory(executor: Executor, filingIds: readonly string[]): Promise<HistoryRecord[]> {
  if (filingIds.length === 0) return [];
  // The form as it was sent is large, and only agents read it.
  const { sections: _sections, ...columns } = getTableColumns(filingHistory);
  return await executor
    .select(columns)
    .from(filingHistory)
    .where(inArray(filingHistory.filingId, [...filingIds]))
    .orderBy(asc(filingHistory.at), asc(filingHistory.id));
}

/** The form of the last submission of each of these filings. */
async function listSentForms(
  executor: Executor,
  filingIds: readonly string[],
): Promise<Map<string, FormContent>> {
  if (filingIds.length === 0) return new Map();
  const rows = await executor
    .selectDistinctOn([filingHistory.filingId], {
      filingId: filingHistory.filingId,
      sections: filingHistory.sections,
      documentVersions: filingHistory.documentVersions,
    })
    .from(filingHistory)
    .where(and(inArray(filingHistory.filingId, [...filingIds]), isNotNull(filingHistory.sections)))
    .orderBy(filingHistory.filingId, desc(filingHistory.at), desc(filingHistory.id));
  return new Map(
    rows.map(({ filingId, sections, documentVersions }) => [
      filingId,
      { sections: sections ?? {}, documentVersions: documentVersions ?? [] },
    ]),
  );
}

/** The account's subscriptions, newest first, or the one with that id; a fixed number of queries for any number of them. */
export async function loadSubscriptions(
  executor: Executor,
  accountId: AccountId,
  id?: SubscriptionId,
): Promise<LoadedSubscription[]> {
  const found = await executor
    .select()
    .from(subscriptions)
    .where(owned(accountId, id))
    .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id));
  const ids = found.map((subscription) => subscription.id);
  if (ids.length === 0) return [];
  const filed = await executor
    .select()
    .from(filings)
    .where(inArray(filings.subscriptionId, ids))
    .orderBy(asc(filings.authority));
  const filingIds = filed.map((filing) => filing.id);
  const history = await listHistory(executor, filingIds);
  const judged = await listSentForms(
    executor,
    filed.filter(({ status }) => status === 'incomplete').map((filing) => filing.id),
  );
  const documents = await listCurrentDocuments(executor, ids);
  const contracts = await loadContractViews(executor, found);
  const unread = await countUnread(executor, filingIds, 'operator');
  const opened = await listAccounts(executor, filingIds, 'operator');
  return found.map((subscription) => ({
    subscription,
    filings: filed
      .filter(({ subscriptionId }) => subscriptionId === subscription.id)
      .map((filing) => ({
        filing,
        history: history.filter(({ filingId }) => filingId === filing.id),
        judged: judged.get(filing.id),
        unreadMessages: unread.get(filing.id) ?? 0,
        singleWindowAccounts: opened.get(filing.id) ?? [],
      })),
    documents: documents.filter(({ version }) => version.subscriptionId === subscription.id),
    contract: contracts.get(subscription.id) ?? null,
  }));
}

/** Locks a subscription, then its filings, until the end of the transaction: in that order everywhere. */
export async function lockSubscription(
  tx: Transaction,
  accountId: AccountId,
  id: SubscriptionId,
): Promise<{ subscription: SubscriptionRecord; filings: FilingRecord[] } | undefined> {
  const [subscription] = await tx.select().from(subscriptions).where(owned(accountId, id)).for('update');
  if (!subscription) return undefined;
  const locked = await tx
    .select()
    .from(filings)
    .where(eq(filings.subscriptionId, subscription.id))
    .orderBy(asc(filings.id))
    .for('update');
  return { subscription, filings: locked };
}

/** The filings that the account has, drafts included. */
export async function listFiled(executor: Executor, accountId: AccountId): Promise<Filed[]> {
  return await executor
    .select({
      authority: filings.authority,
      status: filings.status,
      attached: filings.attached,
      controlProvenAt: filings.controlProvenAt,
    })
    .from(filings)
    .where(eq(filings.accountId, accountId));
}

/** Whether the account has sent another subscription for an operator of another ICE. */
export async function hasOtherOperator(
  executor: Executor,
  { id, accountId }: Pick<SubscriptionRecord, 'id' | 'accountId'>,
  ice: string,
): Promise<boolean> {
  const [other] = await executor
    .select({ id: filings.id })
    .from(filings)
    .where(
      and(
        eq(filings.accountId, accountId),
        ne(filings.subscriptionId, id),
        ne(filings.status, 'draft'),
        ne(filings.ice, ice),
      ),
    )
    .limit(1);
  return other !== undefined;
}

/** Whether another account holds the place of the same operator at one of these authorities. */
export async function isFiledByAnother(
  executor: Executor,
  accountId: AccountId,
  operator: {
    readonly authorities: readonly Authority[];
    readonly operatorType: OperatorType;
    readonly ice: string;
  },
): Promise<boolean> {
  const rows = await executor
    .select({ id: filings.id })
    .from(filings)
    .where(
      and(
        inArray(filings.authority, [...operator.authorities]),
        eq(filings.operatorType, operator.operatorType),
        eq(filings.ice, operator.ice),
        holdsPlace(filings),
        ne(filings.accountId, accountId),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** What saving a section needs to know, and nothing more. */
export interface FormRecord {
  readonly subscription: SubscriptionRecord;
  readonly filings: readonly {
    authority: Authority;
    status: FilingRecord['status'];
    reopenedAt: string | null;
  }[];
  readonly documents: readonly { document: DocumentName; mustReplace: boolean }[];
  /** Of the contract in force when the file that stands was signed; null without one. */
  readonly signedDataHash: string | null;
}

/**
 * The two statements of an automatic save, prepared once a process: they are by far the most frequent ones.
 * The sub-selects name their outer column by hand, because drizzle drops the table's name in a select of one table.
 */
export function prepareFormQueries(database: Database) {
  const outer = sql.raw('"subscriptions"."id"');
  const find = database
    .select({
      subscription: subscriptions,
      filings: sql<FormRecord['filings']>`(
        select coalesce(json_agg(json_build_object('authority', f.authority, 'status', f.status, 'reopenedAt', f.reopened_at)), '[]')
        from filings f where f.subscription_id = ${outer})`,
      documents: sql<FormRecord['documents']>`(
        select coalesce(json_agg(json_build_object('document', d.document, 'mustReplace', d.scan = 'infected' or exists (
          select 1 from document_verdicts v where v.document_version_id = d.id and v.outcome = 'refused'))), '[]')
        from document_versions d where d.subscription_id = ${outer} and d.customs_request_id is null and d.current)`,
      signedDataHash: sql<string | null>`case when 'portnet' = any("subscriptions"."authorities")
        then ${signedDataHash(outer)} end`,
    })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.id, sql.placeholder('id')),
        eq(subscriptions.accountId, sql.placeholder('accountId')),
      ),
    )
    .prepare('form_find');
  const save = database
    .update(subscriptions)
    .set({
      sections: sql`${sql.param(sql.placeholder('sections'), subscriptions.sections)}`,
      savedAt: sql`${sql.param(sql.placeholder('savedAt'), subscriptions.savedAt)}`,
      version: sql`version + 1`,
    })
    .where(
      and(
        eq(subscriptions.id, sql.placeholder('id')),
        eq(subscriptions.accountId, sql.placeholder('accountId')),
        eq(subscriptions.version, sql.placeholder('version')),
      ),
    )
    .returning({ version: subscriptions.version })
    .prepare('form_save');
  return {
    find: async (accountId: AccountId, id: SubscriptionId): Promise<FormRecord | undefined> =>
      (await find.execute({ accountId, id }))[0],
    /** The new version, or undefined when `version` isn't the one that stands any more. */
    save: async (
      accountId: AccountId,
      id: SubscriptionId,
      saved: Pick<SubscriptionRecord, 'sections' | 'savedAt' | 'version'>,
    ): Promise<number | undefined> => (await save.execute({ accountId, id, ...saved }))[0]?.version,
  };
}
export type FormQueries = ReturnType<typeof prepareFormQueries>;
