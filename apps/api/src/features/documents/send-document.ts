import type { FastifyReply } from 'fastify';
import type { Deps } from '../../deps.ts';
import { FileMissing, StorageUnavailable } from '../../integrations/storage/storage-errors.ts';
import { documentQuarantined, storageUnavailable } from './documents.errors.ts';
import type { DocumentRecord } from './documents.presenter.ts';
import { contentDisposition } from './file-names.ts';

/** What a browser may do with a file that came from outside: show it, and nothing else. */
const sandboxPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** A file of the storage, as it is called and weighs. */
export interface StoredFile {
  readonly storageKey: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly fileName: string;
}

/** Streams a file of the storage. Who may read it is judged before. Throws `storage_unavailable`. */
export async function sendFile(
  reply: FastifyReply,
  { storage }: Pick<Deps, 'storage'>,
  file: StoredFile,
  disposition: 'inline' | 'attachment',
): Promise<FastifyReply> {
  const stream = await storage.get(file.storageKey).catch((error: unknown) => {
    if (error instanceof StorageUnavailable || error instanceof FileMissing) throw storageUnavailable(error);
    throw error;
  });
  return await reply
    .code(200)
    .headers({
      'content-type': file.mediaType,
      'content-length': String(file.sizeBytes),
      'content-disposition': contentDisposition(disposition, file.fileName),
      'content-security-policy': sandboxPolicy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    .send(stream);
}

/**
 * Streams a version of a document, as its inspection judged it and never as its sender called it. Who may read it is judged before.
 * Throws `document_quarantined` for a file that the antivirus hasn't cleared, `storage_unavailable`.
 */
export async function sendDocument(
  reply: FastifyReply,
  deps: Pick<Deps, 'storage'>,
  record: DocumentRecord,
  disposition: 'inline' | 'attachment',
): Promise<FastifyReply> {
  if (record.scan === 'quarantined' || record.scan === 'infected') throw documentQuarantined();
  return await sendFile(reply, deps, record, disposition);
}
