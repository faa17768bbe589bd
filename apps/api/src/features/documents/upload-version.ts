import { documentRules } from '@rnoce/schemas';
import type { FastifyRequest } from 'fastify';
import type { Transaction } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import type { DocumentRecord } from './documents.presenter.ts';
import { addVersion, countVersionsSince, type DocumentOf } from './documents.repository.ts';
import { safeFileName } from './file-names.ts';
import { type JudgedFile, judgeFile } from './judge-file.ts';
import { type ReceivedFile, receiveFile } from './receive-file.ts';
import { storeFile } from './store-file.ts';
import { claimStray } from './stray-files.ts';
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

/** What an upload does beside receiving, inspecting, scanning and storing; each part throws the problem that ends it. */
export interface UploadParts<Wanted, Found extends { readonly judged: JudgedFile }, Locked, Result> {
  /** Refuses, before a single byte of the file is read, what would be refused after all of them. */
  readonly open: () => Promise<Wanted>;
  /** Judges a file, which it has inspected and scanned by `inspect`. The bytes are lent until it has answered. */
  readonly judge: (wanted: Wanted, bytes: Buffer, inspect: () => Promise<JudgedFile>) => Promise<Found>;
  /** Locks the form, and refuses the file if the form isn't the one that was judged any more. */
  readonly lock: (tx: Transaction, found: Found) => Promise<Locked>;
  /** Writes what stands beside the new version, and answers. */
  readonly finish: (tx: Transaction, version: DocumentRecord, locked: Locked) => Promise<Result>;
}

async function assertFewUploads({ database, environment, now }: Deps, { id }: DocumentOf): Promise<void> {
  if (!environment.RATE_LIMITS) return;
  const dayAgo = new Date(now().getTime() - 86_400_000);
  if ((await countVersionsSince(database, id, dayAgo)) < uploadsPerDay) return;
  throw new ProblemError('rate_limited', { retryAfterSeconds: 3600, params: { seconds: 3600 } });
}

/**
 * Uploads a version of a document: received, judged by its bytes, scanned, stored durably, and only then current, in one transaction; the
 * version before is kept, and stays current when anything fails. It doesn't change the form's version: the sections and the
 * documents of a draft are saved side by side, and the submission judges both again under its lock.
 * Throws `inspection_busy`, `rate_limited`, and what `receiveFile`, `judgeFile`, the storage and the parts throw.
 */
export async function uploadVersion<Wanted, Found extends { readonly judged: JudgedFile }, Locked, Result>(
  deps: Deps,
  of: DocumentOf,
  request: FastifyRequest,
  parts: UploadParts<Wanted, Found, Locked, Result>,
): Promise<Result> {
  return await receiving(of.accountId, async () => {
    const wanted = await parts.open();
    await assertFewUploads(deps, of);
    return await withMemory(async (memory) => {
      const file = await receiveFile(request, documentRules[of.document].maxBytes, memory.bytes);
      return await keeping('everybody', () => keepFile(deps, of, { file, memory, wanted }, parts));
    });
  });
}

interface Received<Wanted> {
  readonly file: ReceivedFile;
  readonly memory: LentMemory;
  readonly wanted: Wanted;
}

async function keepFile<Wanted, Found extends { readonly judged: JudgedFile }, Locked, Result>(
  deps: Deps,
  of: DocumentOf,
  { file, memory, wanted }: Received<Wanted>,
  parts: UploadParts<Wanted, Found, Locked, Result>,
): Promise<Result> {
  const found = await parts.judge(wanted, file.bytes, () => judgeFile(deps, of.document, file.bytes));
  const { judged } = found;
  const stored = { kind: 'documents', bytes: file.bytes, sha256: judged.sha256 } as const;
  const key = await storeFile(deps, stored).catch((error: unknown) => {
    memory.giveUp();
    throw error;
  });
  return await deps.database.transaction(async (tx) => {
    const locked = await parts.lock(tx, found);
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
    return await parts.finish(tx, version, locked);
  });
}
