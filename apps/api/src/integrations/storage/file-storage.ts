import type { Readable } from 'node:stream';

/** What is known of a file before it is stored. */
export interface StoredFileFacts {
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

export type StorageHealth = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * Keeps uploaded files under keys that the server makes (see `storageKey`); whoever may read them is decided
 * elsewhere.
 *
 * Every call ends within the storage's time limit. All throw `StorageUnavailable` when the storage is away or too
 * slow, and `TypeError` for a key that the server did not make.
 */
export interface FileStorage {
  /**
   * Stores a file, durably once it resolves: the process or the machine may then be killed. Under a key that
   * exists already, the file replaces the earlier one at once, never by parts.
   *
   * @throws StorageMismatch when the bytes are not what was announced; nothing is then kept.
   */
  put(key: string, body: Readable | Uint8Array, facts: StoredFileFacts): Promise<void>;

  /**
   * The bytes of a file. The stream fails with `StorageUnavailable` when the storage stalls; a slow reader makes
   * no difference.
   *
   * @throws FileMissing when there is none.
   */
  get(key: string): Promise<Readable>;

  /** Removes a file; does nothing when there is none. */
  delete(key: string): Promise<void>;

  exists(key: string): Promise<boolean>;

  /** Whether files can be stored and read now; never throws. */
  healthy(): Promise<StorageHealth>;

  /** Frees connections. */
  close(): void;
}
