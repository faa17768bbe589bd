import type { DocumentName, DocumentVersionId, FilingId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { documentQuarantined } from '../documents/documents.errors.ts';
import type { Decider } from './deciders.ts';
import { readSent } from './filings.presenter.ts';
import {
  getFilingOf,
  listHistory,
  listVersions,
  recordAccess,
  type VersionRow,
} from './filings.repository.ts';

export interface AskedDocument {
  readonly id: FilingId;
  readonly document: DocumentName;
  /** An earlier version; else the one that was sent last. */
  readonly version?: DocumentVersionId | undefined;
}

/**
 * The version of a document that an agent or a system of an authority may read, once the reading is recorded. Throws `not_found` when it was never sent to that
 * authority, `document_quarantined` until the antivirus has found it clean.
 */
export async function openDocument(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  reader: Decider,
  { id, document, version }: AskedDocument,
): Promise<VersionRow['version']> {
  const { filing } = await getFilingOf(database, reader.authority, id);
  const sent = readSent(filing, await listHistory(database, id), await listVersions(database, filing));
  const readable = version === undefined ? sent.documents : sent.history;
  const found = readable.find(
    (row) => row.version.document === document && (version === undefined || row.version.id === version),
  );
  if (!found) throw notFound();
  if (found.version.scan === 'quarantined' || found.version.scan === 'infected') throw documentQuarantined();
  await recordAccess(database, {
    documentVersionId: found.version.id,
    filingId: id,
    reader,
    at: now(),
  });
  return found.version;
}
