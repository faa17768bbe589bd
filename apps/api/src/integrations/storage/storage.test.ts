import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { DurableFolder } from './durable-folder.ts';
import type { FileStorage, StoredFileFacts } from './file-storage.ts';
import { S3_KEYS, s3Url, startS3 } from './s3-server.ts';
import { createStorage, type StorageOptions } from './storage.ts';
import { FileMissing, StorageMismatch, StorageUnavailable } from './storage-errors.ts';
import { storageKey } from './storage-key.ts';
import { failingOnStall } from './time-limits.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'storage-'));
  cleanups.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

function open(url: string, options?: StorageOptions): FileStorage {
  const storage = createStorage(url, options);
  cleanups.push(() => storage.close());
  return storage;
}

async function onS3(): Promise<FileStorage> {
  const server = await startS3(await folder());
  cleanups.push(() => server.close());
  return open(s3Url(server.port), S3_KEYS);
}

const newKey = (): string => storageKey('documents', randomUUID());

const factsOf = (bytes: Uint8Array): StoredFileFacts => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
});

const SMALL = Buffer.from('%PDF-1.7 …');
const LARGE = Buffer.alloc(3_000_000, 'scan');
/** More than is gathered in memory. */
const HUGE = Buffer.alloc(9_000_000, 'export');

/** The bytes in the middle of shared memory. */
function shared(bytes: Buffer): Buffer {
  const memory = Buffer.from(new SharedArrayBuffer(bytes.length + 20), 10, bytes.length);
  bytes.copy(memory);
  return memory;
}

/** The bytes in several parts, as an upload gives them. */
function inParts(bytes: Buffer, size = 64_000): Readable {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size));
  return Readable.from(parts);
}

describe.each<readonly [string, () => Promise<FileStorage>]>([
  ['a folder', async () => open(pathToFileURL(await folder()).href)],
  ['S3', onS3],
])('files in %s', (_, make) => {
  test.each([
    ['bytes', SMALL, SMALL],
    ['large bytes', LARGE, LARGE],
    ['bytes in shared memory', LARGE, shared(LARGE)],
    ['a stream', SMALL, inParts(SMALL, 3)],
    ['a large stream', LARGE, inParts(LARGE)],
    ['a huge stream', HUGE, inParts(HUGE)],
  ])('are stored from %s and read back', async (__, expected, body) => {
    const storage = await make();
    const key = newKey();
    await storage.put(key, body, factsOf(expected));
    expect(await storage.exists(key)).toBe(true);
    expect((await buffer(await storage.get(key))).equals(expected)).toBe(true);
  });

  test('are removed, once or twice', async () => {
    const storage = await make();
    const key = newKey();
    await storage.put(key, SMALL, factsOf(SMALL));
    await storage.delete(key);
    await storage.delete(key);
    expect(await storage.exists(key)).toBe(false);
    await expect(storage.get(key)).rejects.toThrow(FileMissing);
  });

  test('are replaced whole', async () => {
    const storage = await make();
    const key = newKey();
    await storage.put(key, LARGE, factsOf(LARGE));
    await storage.put(key, SMALL, factsOf(SMALL));
    expect((await buffer(await storage.get(key))).equals(SMALL)).toBe(true);
  });

  test.each<readonly [string, () => Readable | Uint8Array, StoredFileFacts]>([
    ['fewer', () => inParts(LARGE.subarray(0, -1)), factsOf(LARGE)],
    ['more', () => inParts(Buffer.concat([LARGE, SMALL])), factsOf(LARGE)],
    ['other', () => inParts(Buffer.alloc(LARGE.length)), factsOf(LARGE)],
    ['other, in memory', () => Buffer.alloc(SMALL.length), factsOf(SMALL)],
  ])('are not kept with %s bytes than announced', async (__, body, facts) => {
    const storage = await make();
    const key = newKey();
    await expect(storage.put(key, body(), facts)).rejects.toThrow(StorageMismatch);
    expect(await storage.exists(key)).toBe(false);
  });

  test('are not kept when the upload breaks', async () => {
    const storage = await make();
    const key = newKey();
    const broken = Readable.from(
      (function* parts() {
        yield LARGE.subarray(0, 100_000);
        throw new Error('connection lost');
      })(),
    );
    await expect(storage.put(key, broken, factsOf(LARGE))).rejects.toThrow(StorageUnavailable);
    expect(await storage.exists(key)).toBe(false);
  });

  test.each(['../secret', '/etc/passwd', 'documents/../../x', 'documents/a', '.incoming/x', 'a b', ''])(
    'are never under %j',
    async (key) => {
      const storage = await make();
      await expect(storage.put(key, SMALL, factsOf(SMALL))).rejects.toThrow(TypeError);
      await expect(storage.get(key)).rejects.toThrow(TypeError);
      await expect(storage.exists(key)).rejects.toThrow(TypeError);
      await expect(storage.delete(key)).rejects.toThrow(TypeError);
    },
  );

  test('are stored and read many at a time', async () => {
    const storage = await make();
    const files = Array.from({ length: 40 }, (__, index) => Buffer.alloc(1000 + index, index));
    const keys = await Promise.all(
      files.map(async (bytes) => {
        const key = newKey();
        await storage.put(key, inParts(bytes, 100), factsOf(bytes));
        return key;
      }),
    );
    const read = await Promise.all(keys.map(async (key) => buffer(await storage.get(key))));
    expect(read.map((bytes, index) => bytes.equals(files[index] ?? SMALL))).not.toContain(false);
  });

  test('say that they can be stored', async () => {
    const storage = await make();
    expect(await storage.healthy()).toEqual({ ok: true });
  });
});

describe('a folder', () => {
  test('holds whole files only, however often its writer is killed', async () => {
    const root = await folder();
    const script = `
      import { createHash, randomUUID } from 'node:crypto';
      import { createStorage } from ${JSON.stringify(new URL('./storage.ts', import.meta.url).href)};
      import { storageKey } from ${JSON.stringify(new URL('./storage-key.ts', import.meta.url).href)};
      const storage = createStorage(${JSON.stringify(pathToFileURL(root).href)});
      for (;;) {
        const bytes = Buffer.alloc(300_000, randomUUID());
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const key = storageKey('documents', randomUUID());
        await storage.put(key, bytes, { sha256, size: bytes.length });
        process.stdout.write(key + ' ' + sha256 + '\\n');
      }`;
    const storage = open(pathToFileURL(root).href);
    const stored: string[] = [];
    for (let kill = 0; kill < 3; kill += 1) {
      const writer = spawn(process.execPath, ['--input-type=module', '-e', script]);
      let output = '';
      writer.stdout.on('data', (data: Buffer) => {
        output += data.toString();
        if (output.split('\n').length > 5) writer.kill('SIGKILL');
      });
      await once(writer, 'close');
      stored.push(...output.split('\n').slice(0, -1));
    }
    expect(stored.length).toBeGreaterThanOrEqual(15);
    for (const line of stored) {
      const [key = '', sha256] = line.split(' ');
      expect(factsOf(await buffer(await storage.get(key))).sha256).toBe(sha256);
    }
    const shards = await readdir(join(root, 'documents'));
    const sizes = await Promise.all(
      shards.map(async (shard) => {
        const names = await readdir(join(root, 'documents', shard));
        return Promise.all(
          names.map(async (name) => (await stat(join(root, 'documents', shard, name))).size),
        );
      }),
    );
    expect(new Set(sizes.flat())).toEqual(new Set([300_000]));
  });

  test('leaves nothing half written after a refused file', async () => {
    const root = await folder();
    const storage = open(pathToFileURL(root).href);
    await expect(storage.put(newKey(), inParts(LARGE.subarray(1)), factsOf(LARGE))).rejects.toThrow(
      StorageMismatch,
    );
    expect(await readdir(join(root, '.incoming'))).toEqual([]);
  });

  test('forgets what was left half written long ago, and nothing newer', async () => {
    const root = await folder();
    await mkdir(join(root, '.incoming'));
    await writeFile(join(root, '.incoming', 'old'), 'x');
    await writeFile(join(root, '.incoming', 'new'), 'x');
    const now = Date.now();
    await utimes(join(root, '.incoming', 'old'), 0, now / 1000 - 7200);
    await new DurableFolder(root, randomUUID).sweep(now);
    expect(await readdir(join(root, '.incoming'))).toEqual(['new']);
  });

  test('is readable by its owner alone', async () => {
    const root = await folder();
    const storage = open(pathToFileURL(join(root, 'deep', 'files')).href);
    const key = newKey();
    await storage.put(key, SMALL, factsOf(SMALL));
    expect((await stat(join(root, 'deep', 'files', key))).mode & 0o777).toBe(0o600);
    expect((await stat(join(root, 'deep'))).mode & 0o777).toBe(0o700);
  });

  test('which cannot be written is unavailable, and says so', async () => {
    const root = await folder();
    await writeFile(join(root, 'file'), 'not a folder');
    const storage = open(pathToFileURL(join(root, 'file')).href);
    await expect(storage.put(newKey(), SMALL, factsOf(SMALL))).rejects.toThrow(StorageUnavailable);
    await expect(storage.get(newKey())).rejects.toThrow(StorageUnavailable);
    expect(await storage.healthy()).toMatchObject({ ok: false, reason: expect.stringMatching(/./) });
  });

  test('which is not mounted has no files to miss', async () => {
    const root = await folder();
    const storage = open(pathToFileURL(root).href);
    const key = newKey();
    await storage.put(key, SMALL, factsOf(SMALL));
    await rm(root, { recursive: true });
    await mkdir(root);
    await chmod(root, 0o700);
    await expect(storage.get(key)).rejects.toThrow(StorageUnavailable);
  });
});

describe('S3', () => {
  test('may go and come back', async () => {
    const directory = await folder();
    let server = await startS3(directory);
    cleanups.push(() => server.close());
    const storage = open(s3Url(server.port), { ...S3_KEYS, timeoutMs: 3000 });
    const key = newKey();
    await storage.put(key, SMALL, factsOf(SMALL));
    await server.close();
    await expect(storage.put(newKey(), SMALL, factsOf(SMALL))).rejects.toThrow(StorageUnavailable);
    await expect(storage.put(newKey(), inParts(LARGE), factsOf(LARGE))).rejects.toThrow(StorageUnavailable);
    await expect(storage.get(key)).rejects.toThrow(StorageUnavailable);
    await expect(storage.exists(key)).rejects.toThrow(StorageUnavailable);
    await expect(storage.delete(key)).rejects.toThrow(StorageUnavailable);
    expect(await storage.healthy()).toMatchObject({ ok: false });
    server = await startS3(directory, server.port);
    expect((await buffer(await storage.get(key))).equals(SMALL)).toBe(true);
    expect(await storage.healthy()).toEqual({ ok: true });
  });

  test('takes no huge upload which breaks or differs', async () => {
    const server = await startS3(await folder());
    cleanups.push(() => server.close());
    const storage = open(s3Url(server.port), S3_KEYS);
    const cut = inParts(HUGE.subarray(0, -1));
    await expect(storage.put(newKey(), cut, factsOf(HUGE))).rejects.toThrow(StorageMismatch);
    const broken = Readable.from(
      (async function* parts() {
        yield HUGE.subarray(0, 5_000_000);
        throw new Error('connection lost');
      })(),
    );
    await expect(storage.put(newKey(), broken, factsOf(HUGE))).rejects.toThrow(StorageUnavailable);
  });

  test('which never answers is unavailable within the limit', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    cleanups.push(() => silent.close());
    const { port } = silent.address() as AddressInfo;
    const storage = open(s3Url(port), { ...S3_KEYS, timeoutMs: 200 });
    await expect(storage.put(newKey(), SMALL, factsOf(SMALL))).rejects.toThrow(StorageUnavailable);
    await expect(storage.get(newKey())).rejects.toThrow(StorageUnavailable);
    expect(await storage.healthy()).toMatchObject({ ok: false });
  });

  test.each([
    ['wrong keys', { accessKey: 'wrong', secretKey: 'S3RVER' }, undefined],
    ['a bucket which is not there', S3_KEYS, 'elsewhere'],
  ])('with %s is unavailable', async (_, keys, bucket) => {
    const server = await startS3(await folder());
    cleanups.push(() => server.close());
    const storage = open(s3Url(server.port, bucket), keys);
    await expect(storage.put(newKey(), SMALL, factsOf(SMALL))).rejects.toThrow(StorageUnavailable);
    expect(await storage.healthy()).toMatchObject({ ok: false });
  });
});

describe('a download', () => {
  test('fails when the storage stalls', async () => {
    const stalled = new Readable({ read: () => undefined });
    stalled.push('first');
    await expect(buffer(failingOnStall(stalled, 50))).rejects.toThrow(StorageUnavailable);
    expect(stalled.destroyed).toBe(true);
  });

  test('fails when the storage breaks, even before it is read', async () => {
    const broken = new Readable({ read: () => undefined });
    const guarded = failingOnStall(broken, 1000);
    broken.destroy(new Error('connection lost'));
    await once(broken, 'error');
    await expect(buffer(guarded)).rejects.toThrow(StorageUnavailable);
  });

  test('lets the storage go when nobody wants it', async () => {
    const source = new Readable({ read: () => undefined });
    failingOnStall(source, 1000).destroy();
    await once(source, 'close');
    expect(source.destroyed).toBe(true);
  });
});

describe('createStorage', () => {
  test.each(['http://host/', 's3:', '/relative'])('refuses %s', (url) => {
    expect(() => createStorage(url, S3_KEYS)).toThrow(/storage is named|Invalid URL/);
  });

  test('refuses S3 without keys', () => {
    expect(() => createStorage('s3://bucket')).toThrow('access key');
  });
});
