import type { AccountId, CustomsRequestId, DocumentName, SubscriptionId } from '@rnoce/schemas';
import { and, count, desc, eq, gt, isNotNull, isNull, max, ne } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { documentVerdicts, documentVersions } from '../../db/schema/documents.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { DocumentRecord } from './documents.presenter.ts';

export interface DocumentOf {
  readonly accountId: AccountId;
  readonly id: SubscriptionId;
  /** The operation on the account that it is given with; without: the form's own. */
  readonly requestId?: CustomsRequestId;
  readonly document: DocumentName;
}
/** What a document belongs to, whosever it is. */
type Place = Pick<DocumentOf, 'id' | 'requestId' | 'document'>;

const ofDocument = ({ id, requestId, document }: Place) =>
  and(
    eq(documentVersions.subscriptionId, id),
    requestId === undefined
      ? isNull(documentVersions.customsRequestId)
      : eq(documentVersions.customsRequestId, requestId),
    eq(documentVersions.document, document),
  );

/** The version that stands, if the subscription is the account's. */
export async function findCurrentVersion(
  executor: Executor,
  of: DocumentOf,
): Promise<DocumentRecord | undefined> {
  const [row] = await executor
    .select({ version: documentVersions })
    .from(documentVersions)
    .innerJoin(subscriptions, eq(subscriptions.id, documentVersions.subscriptionId))
    .where(
      and(ofDocument(of), eq(documentVersions.current, true), eq(subscriptions.accountId, of.accountId)),
    );
  return row?.version;
}

/** The agents' word on a version: one refusal is a refusal. */
export async function findVerdict(
  executor: Executor,
  version: Pick<DocumentRecord, 'id'>,
): Promise<'accepted' | 'refused' | null> {
  const rows = await executor
    .select({ outcome: documentVerdicts.outcome })
    .from(documentVerdicts)
    .where(eq(documentVerdicts.documentVersionId, version.id))
    .orderBy(desc(documentVerdicts.outcome));
  return rows[0]?.outcome ?? null;
}

/** How many versions of any document a subscription and the requests on its account were given since then. */
export async function countVersionsSince(
  executor: Executor,
  id: SubscriptionId,
  since: Date,
): Promise<number> {
  const [given] = await executor
    .select({ versions: count() })
    .from(documentVersions)
    .where(and(eq(documentVersions.subscriptionId, id), gt(documentVersions.uploadedAt, since)));
  return given?.versions ?? 0;
}

/** Adds a version, current in the place of the one before, which is kept. The caller holds the lock of its form, or of its request. */
export async function addVersion(
  tx: Transaction,
  version: Omit<
    typeof documentVersions.$inferInsert,
    'version' | 'current' | 'subscriptionId' | 'customsRequestId' | 'document'
  > & {
    readonly of: Place;
  },
): Promise<DocumentRecord> {
  const { of, ...values } = version;
  const [last] = await tx
    .select({ version: max(documentVersions.version) })
    .from(documentVersions)
    .where(ofDocument(of));
  await tx
    .update(documentVersions)
    .set({ current: false })
    .where(and(ofDocument(of), eq(documentVersions.current, true)));
  const [added] = await tx
    .insert(documentVersions)
    .values({
      ...values,
      subscriptionId: of.id,
      customsRequestId: of.requestId ?? null,
      document: of.document,
      version: (last?.version ?? 0) + 1,
      current: true,
    })
    .returning();
  if (!added) throw new Error('the version was not written');
  return added;
}

/** Takes the current version out; undefined when none stands. */
export async function removeCurrentVersion(
  tx: Transaction,
  of: Place,
  at: Date,
): Promise<DocumentRecord | undefined> {
  const [removed] = await tx
    .update(documentVersions)
    .set({ current: false, removedAt: at })
    .where(and(ofDocument(of), eq(documentVersions.current, true)))
    .returning();
  return removed;
}

/** Puts back the version that was taken out last, unless another stands; undefined when there is nothing to put back. */
export async function restoreLastVersion(tx: Transaction, of: Place): Promise<DocumentRecord | undefined> {
  const [standing] = await tx
    .select()
    .from(documentVersions)
    .where(and(ofDocument(of), eq(documentVersions.current, true)));
  if (standing) return standing;
  const [last] = await tx
    .select({ id: documentVersions.id })
    .from(documentVersions)
    .where(and(ofDocument(of), isNotNull(documentVersions.removedAt), ne(documentVersions.scan, 'infected')))
    .orderBy(desc(documentVersions.removedAt), desc(documentVersions.version))
    .limit(1);
  if (!last) return undefined;
  const [restored] = await tx
    .update(documentVersions)
    .set({ current: true, removedAt: null })
    .where(eq(documentVersions.id, last.id))
    .returning();
  return restored;
}
