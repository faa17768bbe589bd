import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { documentVersions } from '../db/schema/documents.ts';
import type { TestApp } from './app.ts';

/** Puts the bytes of a version, which `giveDocument` only names, where they are read. */
export async function storeBytes(
  { deps: { database, storage } }: TestApp,
  { id, storageKey }: Pick<typeof documentVersions.$inferSelect, 'id' | 'storageKey'>,
  bytes: Buffer,
): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await storage.put(storageKey, bytes, { size: bytes.length, sha256 });
  await database.update(documentVersions).set({ sizeBytes: bytes.length }).where(eq(documentVersions.id, id));
}
