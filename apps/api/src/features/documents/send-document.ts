import type { FastifyReply } from 'fastify';
import type { Deps } from '../../deps.ts';
import { FileMissing, StorageUnavailable } from '../../integrations/storage/storage-errors.ts';
import { documentQuarantined, storageUnavailable } from './documents.errors.ts';
import type { DocumentRecord } from './documents.presenter.ts';
import { contentDisposition } from './file-names.ts';

/** What a browser may do with a file that came from outside: show it, and nothing else. */
const sandboxPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/**
 * Streams a version of a document, as its inspection judged it and never as its sender called it. Who may read it is judged before.
 * Throws `document_quarantined` for a file that the antivirus hasn't cleared, `storage_unavailable`.
 */
export async function sendDocument(
  reply: FastifyReply,
  { storage }: Pick<Deps, 'storage'>,
  record: DocumentRecord,
  disposition: 'inline' | 'attachment',
): Promise<FastifyReply> {
  if (record.scan === 'quarantined' || record.scan === 'infected') throw documentQuarantined();
  const stream = await storage.get(record.storageKey).catch((error: unknown) => {
    if (error instanceof StorageUnavailable || error instanceof FileMissing) throw storageUnavailable(error);
    throw error;
  });
  return await reply
    .code(200)
    .headers({
      'content-type': record.mediaType,
      'content-length': String(record.sizeBytes),
      'content-disposition': contentDisposition(disposition, record.fileName),
      'content-security-policy': sandboxPolicy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    .send(stream);
}
