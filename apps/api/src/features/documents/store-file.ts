import { randomUUID } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { StorageUnavailable } from '../../integrations/storage/storage-errors.ts';
import { storageKey } from '../../integrations/storage/storage-key.ts';
import { storageUnavailable } from './documents.errors.ts';
import { noteStray } from './stray-files.ts';

interface NewFile {
  readonly kind: 'documents' | 'contracts';
  readonly bytes: Uint8Array;
  /** Of the bytes, hexadecimal. */
  readonly sha256: string;
}

/**
 * Stores bytes durably under a new key, noted before: the row comes after the file, never the other way round. The transaction that writes the
 * row claims the file (`claimStray`). Throws `storage_unavailable`; a call which has run out of time may still be sending the bytes then.
 */
export async function storeFile(
  { database, storage }: Pick<Deps, 'database' | 'storage'>,
  { kind, bytes, sha256 }: NewFile,
): Promise<string> {
  const key = storageKey(kind, randomUUID());
  await noteStray(database, key);
  try {
    await storage.put(key, bytes, { sha256, size: bytes.length });
  } catch (error) {
    if (error instanceof StorageUnavailable) throw storageUnavailable(error);
    throw error;
  }
  return key;
}
