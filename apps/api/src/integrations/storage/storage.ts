import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { Disk } from 'flydrive';
import { AbortableBucket } from './abortable-bucket.ts';
import { DurableFolder } from './durable-folder.ts';
import type { FileStorage, StorageHealth, StoredFileFacts } from './file-storage.ts';
import { FileMissing, StorageMismatch, StorageUnavailable } from './storage-errors.ts';
import { requireStorageKey } from './storage-key.ts';
import { failingOnStall, withinLimit } from './time-limits.ts';
import { verifiedBody } from './verified-body.ts';

export interface StorageOptions {
  /** S3 credentials; a folder needs none. */
  readonly accessKey?: string;
  readonly secretKey?: string;
  /** Milliseconds that a call may take, an upload as a whole included. */
  readonly timeoutMs?: number;
  /** Milliseconds that a download may give nothing while it is being read. */
  readonly stallMs?: number;
}

/** A disk, what its own way of telling « no such file » is, and how to try it. */
interface Backend {
  readonly disk: Disk;
  /** Streams up to this size are gathered before they are sent, so that sending can be tried again. */
  readonly gatheredBytes: number;
  readonly probe: () => Promise<unknown>;
  readonly close: () => void;
}

/** The errors behind an error, the outermost first. */
function* causesOf(error: unknown): Generator<Error> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) yield cause;
}

function isMissing(error: unknown): boolean {
  for (const cause of causesOf(error)) {
    if (cause instanceof StorageUnavailable) return false;
    if (cause.name === 'NoSuchKey' || cause.name === 'NotFound') return true;
    if ('code' in cause && cause.code === 'ENOENT') return true;
  }
  return false;
}

function mismatchIn(error: unknown): StorageMismatch | undefined {
  for (const cause of causesOf(error)) if (cause instanceof StorageMismatch) return cause;
  return undefined;
}

class DiskStorage implements FileStorage {
  private readonly backend: Backend;
  private readonly timeoutMs: number;
  private readonly stallMs: number;

  constructor(backend: Backend, { timeoutMs = 15_000, stallMs = 10_000 }: StorageOptions) {
    this.backend = backend;
    this.timeoutMs = timeoutMs;
    this.stallMs = stallMs;
  }

  async put(key: string, body: Readable | Uint8Array, facts: StoredFileFacts): Promise<void> {
    requireStorageKey(key);
    try {
      await withinLimit('put', this.timeoutMs, this.send(key, verifiedBody(key, body, facts), facts));
    } catch (error) {
      throw mismatchIn(error) ?? unavailable('put', error);
    }
  }

  async get(key: string): Promise<Readable> {
    requireStorageKey(key);
    const opening = this.backend.disk.getStream(key);
    try {
      const stream = await withinLimit('get', this.timeoutMs, opening, (late) => late.destroy());
      return failingOnStall(stream, this.stallMs);
    } catch (error) {
      throw isMissing(error) ? new FileMissing(key) : unavailable('get', error);
    }
  }

  async delete(key: string): Promise<void> {
    requireStorageKey(key);
    try {
      await withinLimit('delete', this.timeoutMs, this.backend.disk.delete(key));
    } catch (error) {
      if (!isMissing(error)) throw unavailable('delete', error);
    }
  }

  async exists(key: string): Promise<boolean> {
    requireStorageKey(key);
    try {
      return await withinLimit('exists', this.timeoutMs, this.backend.disk.exists(key));
    } catch (error) {
      throw unavailable('exists', error);
    }
  }

  async healthy(): Promise<StorageHealth> {
    try {
      await withinLimit('probe', this.timeoutMs, this.backend.probe());
      return { ok: true };
    } catch (error) {
      const cause = [...causesOf(error)].at(-1);
      return { ok: false, reason: cause === undefined ? 'unknown' : cause.message || cause.name };
    }
  }

  close(): void {
    this.backend.close();
  }

  private async send(key: string, body: Readable | Uint8Array, { size }: StoredFileFacts): Promise<void> {
    const { disk, gatheredBytes } = this.backend;
    const options = { contentLength: size, contentType: 'application/octet-stream' };
    if (body instanceof Uint8Array) {
      await disk.put(key, body, options);
    } else if (size <= gatheredBytes) {
      await disk.put(key, await buffer(body), options);
    } else {
      let failure: unknown;
      body.once('error', (error) => {
        failure = error;
      });
      await disk.putStream(key, body, options).catch((error: unknown) => {
        throw failure ?? error;
      });
    }
  }
}

function unavailable(action: string, error: unknown): StorageUnavailable {
  return error instanceof StorageUnavailable ? error : new StorageUnavailable(action, { cause: error });
}

function folderBackend(url: URL): Backend {
  const folder = new DurableFolder(fileURLToPath(url), randomUUID);
  // What a killed process left half written is no file and stays unseen; removing it can wait and may fail.
  folder.sweep(Date.now()).catch(() => undefined);
  return {
    disk: new Disk(folder),
    gatheredBytes: 0,
    probe: () => folder.probe(),
    close: () => undefined,
  };
}

/** Every uploaded file (3 MiB at most) is below. */
const GATHERED_BYTES = 8_388_608;

const nothing = (): void => undefined;
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

function bucketBackend(url: URL, { accessKey, secretKey, timeoutMs = 15_000 }: StorageOptions): Backend {
  if (accessKey === undefined || accessKey === '' || secretKey === undefined || secretKey === '') {
    throw new Error('S3 storage needs an access key and a secret key');
  }
  const endpoint = url.searchParams.get('endpoint');
  const client = new S3Client({
    region: url.searchParams.get('region') ?? 'us-east-1',
    ...(endpoint === null ? {} : { endpoint }),
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    // S3-compatible servers do not all know the newer checksums; ours is the SHA-256 in the database.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    // What fails is told by what we throw; the SDK would print it as well.
    logger: SILENT,
    requestHandler: {
      connectionTimeout: Math.min(3000, timeoutMs),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
  });
  const bucket = url.hostname;
  return {
    disk: new Disk(new AbortableBucket(client, bucket)),
    gatheredBytes: GATHERED_BYTES,
    probe: () => client.send(new HeadBucketCommand({ Bucket: bucket })),
    close: () => client.destroy(),
  };
}

/**
 * The storage that a URL names: `file:///absolute/folder`, or `s3://bucket?endpoint=https%3A%2F%2Fhost&region=name`
 * with its keys in the options (path-style addresses). Nothing is contacted yet.
 *
 * @throws Error for another URL, or S3 without keys.
 */
export function createStorage(url: string, options: StorageOptions = {}): FileStorage {
  const parsed = new URL(url);
  if (parsed.protocol === 'file:') return new DiskStorage(folderBackend(parsed), options);
  if (parsed.protocol === 's3:' && parsed.hostname !== '') {
    return new DiskStorage(bucketBackend(parsed, options), options);
  }
  throw new Error('The storage is named by file:///absolute/folder or s3://bucket?endpoint=…&region=…');
}
