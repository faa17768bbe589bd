import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { StoredFileFacts } from './file-storage.ts';
import { StorageMismatch } from './storage-errors.ts';

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function* verify(
  key: string,
  body: Readable,
  { sha256, size }: StoredFileFacts,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let length = 0;
  let held: Buffer | undefined;
  for await (const chunk of body as AsyncIterable<Uint8Array | string>) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk);
    length += bytes.length;
    if (length > size) throw new StorageMismatch(key);
    hash.update(bytes);
    if (held !== undefined) yield held;
    held = bytes;
  }
  if (length !== size || hash.digest('hex') !== sha256) throw new StorageMismatch(key);
  if (held !== undefined) yield held;
}

/**
 * A body which fails with `StorageMismatch` rather than end with other bytes than announced. The last part is held
 * back until all is known, so that a storage which counts bytes never sees a complete, wrong file.
 *
 * @throws StorageMismatch at once for bytes in memory.
 */
export function verifiedBody(
  key: string,
  body: Readable | Uint8Array,
  facts: StoredFileFacts,
): Readable | Uint8Array {
  if (body instanceof Uint8Array) {
    if (body.length !== facts.size || digestOf(body) !== facts.sha256) throw new StorageMismatch(key);
    return body;
  }
  return Readable.from(verify(key, body, facts), { objectMode: false });
}
