import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { FSDriver } from 'flydrive/drivers/fs';
import { StorageUnavailable } from './storage-errors.ts';

/** Files being written, inside the storage's folder so that renaming does not copy. No storage key leads there. */
const INCOMING = '.incoming';

const ABANDONED_AFTER_MS = 3_600_000;

/** Makes the entries of a folder survive a power cut. Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A folder of files which are whole or absent, whenever the process or the machine stops. */
export class DurableFolder extends FSDriver {
  private readonly root: string;
  private readonly newId: () => string;
  /** Folders that this process has seen to be on the disk. */
  private readonly durable = new Set<string>();

  /**
   * @param root absolute path
   * @param newId a new UUID
   */
  constructor(root: string, newId: () => string) {
    super({ location: root, visibility: 'private' });
    this.root = resolve(root);
    this.newId = newId;
  }

  override put(key: string, contents: string | Uint8Array): Promise<void> {
    return this.write(key, contents);
  }

  override putStream(key: string, contents: Readable): Promise<void> {
    return this.write(key, contents);
  }

  /** Fails at once when there is no file, rather than in the stream. */
  override async getStream(key: string): Promise<Readable> {
    try {
      const file = await open(join(this.root, key), 'r');
      return file.createReadStream();
    } catch (error) {
      // A folder without this one is not our storage: a disk which is not mounted has no files to miss.
      const mounted = await stat(join(this.root, INCOMING)).then(
        () => true,
        () => false,
      );
      if (!mounted) throw new StorageUnavailable('the folder is missing or empty', { cause: error });
      throw error;
    }
  }

  /** Writes, reads and removes a small file: a full or read-only disk shows here. */
  async probe(): Promise<void> {
    const { path, file } = await this.openIncoming();
    try {
      await file.writeFile('probe');
      await file.sync();
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  }

  /** Removes what earlier processes left half written. `now` in milliseconds. */
  async sweep(now: number): Promise<void> {
    const folder = join(this.root, INCOMING);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const path = join(folder, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
      if (now - mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
    }
  }

  /**
   * Makes a folder whose entry, and those above it, are on the disk. Another process may have made it and be about
   * to write its entry: so this one does it too, once.
   */
  private async makeFolder(path: string): Promise<void> {
    if (this.durable.has(path)) return;
    await mkdir(path, { recursive: true, mode: 0o700 });
    for (let made = path; made.length >= this.root.length; made = dirname(made)) {
      await syncFolder(dirname(made));
      if (dirname(made) === made) break;
    }
    this.durable.add(path);
  }

  private async openIncoming(): Promise<{ path: string; file: FileHandle }> {
    const folder = join(this.root, INCOMING);
    await this.makeFolder(folder);
    const path = join(folder, this.newId());
    return { path, file: await open(path, 'wx', 0o600) };
  }

  private async write(key: string, contents: string | Uint8Array | Readable): Promise<void> {
    const { path, file } = await this.openIncoming();
    try {
      try {
        await file.writeFile(contents);
        await file.sync();
      } finally {
        await file.close();
      }
      const target = join(this.root, key);
      await this.makeFolder(dirname(target));
      await rename(path, target);
      await syncFolder(dirname(target));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }
}
