import { randomUUID } from 'node:crypto';
import { type DocumentVersion, documentRules } from '@rnoce/schemas';
import type { FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { StorageUnavailable } from '../../integrations/storage/storage-errors.ts';
import { storageKey } from '../../integrations/storage/storage-key.ts';
import { ProblemError } from '../../plugins/problems.ts';
import type { FormQueries } from '../subscriptions/subscriptions.repository.ts';
import { storageUnavailable } from './documents.errors.ts';
import { presentDocumentVersion } from './documents.presenter.ts';
import { addVersion, countVersionsSince, type DocumentOf } from './documents.repository.ts';
import { safeFileName } from './file-names.ts';
import { judgeFile } from './judge-file.ts';
import { assertOpenForm, lockOpenForm } from './open-form.ts';
import { type ReceivedFile, receiveFile } from './receive-file.ts';
import { claimStray, noteStray } from './stray-files.ts';
import { createUploadMemory, type LentMemory } from './upload-memory.ts';
import { createUploadTurns } from './upload-turns.ts';

/** 16 files of 3 MB in memory, a process; two at once are what a browser sends (the portal's wizard), and one to spare. */
const receiving = createUploadTurns({ atOnce: 16, perOwner: 3, maxWaiting: 200, maxWaitMs: 30_000 });
/** More at once would only make each wait longer for the inspection and the disk, up to their time limits. */
const keeping = createUploadTurns({ atOnce: 6, perOwner: 6, maxWaiting: 24, maxWaitMs: 30_000 });
const withMemory = createUploadMemory(
  Math.max(...Object.values(documentRules).map(({ maxBytes }) => maxBytes)),
);
/** Versions that one form takes in a day: twenty-five of each document. They are kept for ever, so more would fill the storage. */
const uploadsPerDay = 300;

/** Stores the bytes durably under a new key, noted before: the row comes after the file, never the other way round. */
async function store(
  { database, storage }: Deps,
  { bytes }: ReceivedFile,
  sha256: string,
  memory: LentMemory,
): Promise<string> {
  const key = storageKey('documents', randomUUID());
  await noteStray(database, key);
  try {
    await storage.put(key, bytes, { sha256, size: bytes.length });
  } catch (error) {
    // A call which has run out of time may still be sending.
    memory.giveUp();
    if (error instanceof StorageUnavailable) throw storageUnavailable(error);
    throw error;
  }
  return key;
}

/**
 * Uploads a version of a document: received, judged by its bytes, scanned, stored durably, and only then current, in one transaction; the
 * version before is kept, and stays current when anything fails. It doesn't change the form's version: the sections and the
 * documents of a draft are saved side by side, and the submission judges both again under its lock.
 * Throws `not_found`, `subscription_not_editable`, `document_forbidden`, `inspection_busy`, `rate_limited`, and what `receiveFile`, `judgeFile` and the storage throw.
 */
export async function putDocument(
  deps: Deps,
  queries: FormQueries,
  of: DocumentOf,
  request: FastifyRequest,
): Promise<DocumentVersion> {
  return await receiving(of.accountId, async () => {
    await assertOpenForm(queries, of);
    await assertFewUploads(deps, of);
    return await withMemory(async (memory) => {
      const file = await receiveFile(request, documentRules[of.document].maxBytes, memory.bytes);
      return await keeping('everybody', () => keepFile(deps, of, file, memory));
    });
  });
}

async function assertFewUploads({ database, environment, now }: Deps, { id }: DocumentOf): Promise<void> {
  if (!environment.RATE_LIMITS) return;
  const dayAgo = new Date(now().getTime() - 86_400_000);
  if ((await countVersionsSince(database, id, dayAgo)) < uploadsPerDay) return;
  throw new ProblemError('rate_limited', { retryAfterSeconds: 3600, params: { seconds: 3600 } });
}

async function keepFile(
  deps: Deps,
  of: DocumentOf,
  file: ReceivedFile,
  memory: LentMemory,
): Promise<DocumentVersion> {
  const judged = await judgeFile(deps, of.document, file.bytes);
  const key = await store(deps, file, judged.sha256, memory);
  return await deps.database.transaction(async (tx) => {
    await lockOpenForm(tx, of);
    await claimStray(tx, key);
    const version = await addVersion(tx, {
      of,
      ...judged,
      fileName: safeFileName(file.fileName, judged.mediaType, of.document),
      sizeBytes: file.bytes.length,
      storageKey: key,
      uploadedAt: deps.now(),
    });
    if (version.scan === 'quarantined')
      await deps.jobs.send(tx, 'scan-document', { documentVersionId: version.id });
    return presentDocumentVersion(version, null);
  });
}
