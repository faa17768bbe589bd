import { and, eq } from 'drizzle-orm';
import { documentVersions } from '../db/schema/documents.ts';
import type { Deps } from '../deps.ts';
import type { JobData } from './queue.ts';

/** The antivirus can't answer yet: the job is tried again, and the file stays in quarantine. */
class ScanUnavailableError extends Error {
  constructor(reason: string) {
    super(`the antivirus is unavailable: ${reason}`);
    this.name = 'ScanUnavailableError';
  }
}

/**
 * Scans a file that was put in quarantine while the antivirus was away. A threat leaves the version where it is, marked: nobody can open it,
 * the form asks for another, and an agent can't validate it. Throws while the antivirus or the storage is away.
 */
export async function scanDocument(
  { database, storage, antivirus, log }: Deps,
  { documentVersionId }: JobData['scan-document'],
): Promise<void> {
  const quarantined = and(
    eq(documentVersions.id, documentVersionId),
    eq(documentVersions.scan, 'quarantined'),
  );
  const [version] = await database.select().from(documentVersions).where(quarantined);
  if (!version) return;
  const result = await antivirus.scan(await storage.get(version.storageKey));
  if (result.status === 'unavailable') throw new ScanUnavailableError(result.reason);
  if (result.status === 'infected')
    log.warn({ documentVersionId, signature: result.signature }, 'a threat was found in a stored file');
  const scan = result.status === 'disabled' ? 'not_scanned' : result.status;
  await database.update(documentVersions).set({ scan }).where(quarantined);
}
