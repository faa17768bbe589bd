import type { DocumentVersion, DocumentVersionId } from '@rnoce/schemas';
import type { documentVersions } from '../../db/schema/documents.ts';

export type DocumentRecord = typeof documentVersions.$inferSelect;

/** A version of a document, with the authority's word on it. */
export const presentDocumentVersion = (
  record: DocumentRecord,
  verdict: DocumentVersion['verdict'],
): DocumentVersion => ({
  id: record.id as DocumentVersionId,
  document: record.document,
  version: record.version,
  fileName: record.fileName,
  mediaType: record.mediaType,
  sizeBytes: record.sizeBytes,
  sha256: record.sha256,
  pages: record.pages,
  scan: record.scan,
  uploadedAt: record.uploadedAt.toISOString(),
  verdict,
});
