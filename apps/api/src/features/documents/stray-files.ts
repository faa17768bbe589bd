import { and, asc, eq, lt, notExists, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { contracts } from '../../db/schema/contracts.ts';
import { documentVersions, strayFiles } from '../../db/schema/documents.ts';
import type { Deps } from '../../deps.ts';

/** Longer than any upload may take, so that no file is removed while its row is being written. */
const uploadInterval = sql`interval '1 hour'`;
const batch = 500;

/** Notes a file before it is stored: if its row is never written, the clean-up removes it. */
export async function noteStray(executor: Executor, storageKey: string): Promise<void> {
  await executor.insert(strayFiles).values({ storageKey, removeAfter: sql`now() + ${uploadInterval}` });
}

/** A version holds the file now. Throws when the clean-up was there before: the file may be gone. */
export async function claimStray(tx: Transaction, storageKey: string): Promise<void> {
  const claimed = await tx.delete(strayFiles).where(eq(strayFiles.storageKey, storageKey)).returning();
  if (claimed.length === 0) throw new Error('the stored file was removed before its version was written');
}

/**
 * Removes the files that no version of a document and no issued contract holds, oldest first, up to 500 a run; their notes go only after them, so that a run that is cut
 * is taken up by the next. Throws while the storage is away.
 */
export async function removeStrayFiles({
  database,
  storage,
}: Pick<Deps, 'database' | 'storage'>): Promise<void> {
  const holder = database
    .select({ one: sql`1` })
    .from(documentVersions)
    .where(eq(documentVersions.storageKey, strayFiles.storageKey));
  const contract = database
    .select({ one: sql`1` })
    .from(contracts)
    .where(eq(contracts.storageKey, strayFiles.storageKey));
  const due = await database
    .select({ storageKey: strayFiles.storageKey })
    .from(strayFiles)
    .where(and(lt(strayFiles.removeAfter, sql`now()`), notExists(holder), notExists(contract)))
    .orderBy(asc(strayFiles.removeAfter))
    .limit(batch);
  for (const { storageKey } of due) {
    await storage.delete(storageKey);
    await database.delete(strayFiles).where(eq(strayFiles.storageKey, storageKey));
  }
}
