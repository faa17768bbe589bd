import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface JsonFile {
  /** The stored value, or undefined when nothing was stored yet. Throws when the file isn't JSON. */
  read(): Promise<unknown>;
  /**
   * Stores what `snapshot` returns at the moment of writing; resolves once it is on disk.
   * Calls made while a write is under way share the next one.
   */
  write(snapshot: () => unknown): Promise<void>;
}

/** A JSON file replaced as a whole by a rename, so that a process killed at any moment leaves the old or the new value. */
export function createJsonFile(path: string): JsonFile {
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;

  const replace = async (snapshot: () => unknown) => {
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.new`;
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(JSON.stringify(snapshot()));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  };

  return {
    async read() {
      try {
        return JSON.parse(await readFile(path, 'utf8'));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write(snapshot) {
      waiting ??= running
        .catch(() => undefined)
        .then(() => {
          running = waiting ?? Promise.resolve();
          waiting = undefined;
          return replace(snapshot);
        });
      return waiting;
    },
  };
}
