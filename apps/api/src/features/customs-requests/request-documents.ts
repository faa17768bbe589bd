import {
  type AccountId,
  type CustomsRequestId,
  type DocumentName,
  type DocumentVersion,
  type DocumentVersionId,
  requestMayHave,
  type SubscriptionId,
} from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import type { Executor, Transaction } from '../../db/database.ts';
import { customsRequests } from '../../db/schema/customs-requests.ts';
import { documentVersions } from '../../db/schema/documents.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { documentForbidden, documentQuarantined } from '../documents/documents.errors.ts';
import { type DocumentRecord, presentDocumentVersion } from '../documents/documents.presenter.ts';
import { type DocumentOf, removeCurrentVersion } from '../documents/documents.repository.ts';
import { uploadVersion } from '../documents/upload-version.ts';
import type { Decider } from '../filings/deciders.ts';
import { recordAccess } from '../filings/filings.repository.ts';
import { requestNotEditable } from './customs-requests.errors.ts';
import { findRequest, inScope, type RequestScope } from './customs-requests.repository.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';

export interface RequestDocument {
  readonly id: CustomsRequestId;
  readonly document: DocumentName;
}
export interface OwnDocument extends RequestDocument {
  readonly accountId: AccountId;
}

function assertEditable(request: RequestRecord | undefined): asserts request is RequestRecord {
  if (!request) throw notFound();
  if (request.status !== 'draft') throw requestNotEditable();
}

/** Holds a draft until the transaction ends, so that it isn't sent meanwhile. Its account needn't be held: a document decides nothing there. */
async function lockDraft(tx: Transaction, { accountId, id }: OwnDocument): Promise<RequestRecord> {
  const [request] = await tx
    .select()
    .from(customsRequests)
    .where(and(eq(customsRequests.id, id), inScope({ accountId })))
    .for('update');
  assertEditable(request);
  return request;
}

/** A document given or taken out is a draft saved. Its form's version stays: who types there meanwhile has nothing to merge. */
const markSaved = async (tx: Transaction, id: CustomsRequestId, at: Date): Promise<void> => {
  await tx.update(customsRequests).set({ savedAt: at }).where(eq(customsRequests.id, id));
};

const placeOf = (
  { id: requestId, document, accountId }: OwnDocument,
  { subscriptionId }: RequestRecord,
): DocumentOf => ({ accountId, id: subscriptionId as SubscriptionId, requestId, document });

/**
 * Uploads a version of a document of a draft. Throws `not_found`, `request_not_editable`, `document_forbidden` for one that the operation never
 * asks, and what `uploadVersion` throws.
 */
export async function putDocument(
  deps: Deps,
  of: OwnDocument,
  request: FastifyRequest,
): Promise<DocumentVersion> {
  const draft = await findRequest(deps.database, of, of.id);
  assertEditable(draft);
  return await uploadVersion(deps, placeOf(of, draft), request, {
    open: async () => {
      assertEditable(await findRequest(deps.database, of, of.id));
      if (!requestMayHave(draft, of.document)) throw documentForbidden();
    },
    judge: async (_wanted, _bytes, inspect) => ({ judged: await inspect() }),
    lock: (tx) => lockDraft(tx, of),
    finish: async (tx, version) => {
      await markSaved(tx, of.id, deps.now());
      return presentDocumentVersion(version, null);
    },
  });
}

/** Takes a document out of a draft, also one that isn't asked any more; the version is kept. */
export async function removeDocument({ database, now }: Deps, of: OwnDocument): Promise<void> {
  await database.transaction(async (tx) => {
    const draft = await lockDraft(tx, of);
    if (!(await removeCurrentVersion(tx, placeOf(of, draft), now()))) throw notFound();
    await markSaved(tx, of.id, now());
  });
}

/** The version of a document of a request that stands, or the one that is named. Throws `not_found`. */
async function getVersion(
  executor: Executor,
  scope: RequestScope,
  { id, document }: RequestDocument,
  version: DocumentVersionId | undefined,
): Promise<{ request: RequestRecord; found: DocumentRecord }> {
  const [row] = await executor
    .select({ request: customsRequests, found: documentVersions })
    .from(documentVersions)
    .innerJoin(customsRequests, eq(customsRequests.id, documentVersions.customsRequestId))
    .where(
      and(
        inScope(scope),
        eq(customsRequests.id, id),
        eq(documentVersions.document, document),
        version === undefined ? eq(documentVersions.current, true) : eq(documentVersions.id, version),
      ),
    );
  if (!row) throw notFound();
  return row;
}

/** The version of a document that its operator reads. Throws `not_found`. */
export const openOwnDocument = async (
  { database }: Pick<Deps, 'database'>,
  of: OwnDocument,
  version: DocumentVersionId | undefined,
): Promise<DocumentRecord> => (await getVersion(database, of, of, version)).found;

/**
 * The version of a document that customs reads, an agent or a system, of a request that was sent, once the reading is recorded (law 09-08). Throws `not_found`,
 * also of a version that was replaced before the request was sent, and `document_quarantined` until the antivirus has found it clean.
 */
export async function openSentDocument(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  reader: Decider,
  of: RequestDocument,
  version: DocumentVersionId | undefined,
): Promise<DocumentRecord> {
  const { request, found } = await getVersion(database, 'customs', of, version);
  if (!found.current) throw notFound();
  if (found.scan === 'quarantined' || found.scan === 'infected') throw documentQuarantined();
  await recordAccess(database, {
    documentVersionId: found.id,
    filingId: request.filingId,
    reader,
    at: now(),
  });
  return found;
}
