import { documentAuthority } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import { documentVersions } from '../../db/schema/documents.ts';
import type { Deps } from '../../deps.ts';
import type { DocumentRecord } from './documents.presenter.ts';
import type { DocumentOf } from './documents.repository.ts';

/**
 * Gives the documents of a form to a new one, or those of a request to the next, as its first versions. The stored file is the same: it is never changed, and stays as long as
 * a version of any holds it (`removeStrayFiles`). What one authority alone asks is made for the form that it was given to, and isn't
 * copied. The caller holds the lock of the form that they come from.
 */
export async function copyDocuments(
  tx: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  documents: readonly DocumentRecord[],
  { id: subscriptionId, requestId }: Pick<DocumentOf, 'id' | 'requestId'>,
): Promise<void> {
  const copies = documents
    .filter(({ document }) => documentAuthority(document) === undefined)
    .map(({ id: _id, ...document }) => ({
      ...document,
      subscriptionId,
      customsRequestId: requestId ?? null,
      version: 1,
    }));
  if (copies.length === 0) return;
  const written = await tx
    .insert(documentVersions)
    .values(copies)
    .returning({ id: documentVersions.id, scan: documentVersions.scan });
  for (const { id, scan } of written)
    if (scan === 'quarantined') await jobs.send(tx, 'scan-document', { documentVersionId: id });
}
