import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

export interface JournalOptions<T> {
  path: string;
  schema: z.ZodType<T>;
  keyOf: (value: T) => string;
}

/**
 * Records by key, one JSON line for each change on disk, the last one of a key counting. Made for thousands of payments, where rewriting
 * a whole file at each change would take too long. A killed process may leave its last line unfinished: that one is dropped.
 */
export class Journal<T> {
  readonly #options: JournalOptions<T>;
  #records = new Map<string, T>();
  #lines: string[] = [];
  /** The next write replaces the file. */
  #isCleared = false;
  #running: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;

  private constructor(options: JournalOptions<T>) {
    this.#options = options;
  }

  static async open<T>(options: JournalOptions<T>): Promise<Journal<T>> {
    const journal = new Journal(options);
    await mkdir(dirname(options.path), { recursive: true });
    const content = await readFile(options.path, 'utf8').catch(() => '');
    for (const line of content.split('\n')) {
      const value = journal.#parse(line);
      if (value !== undefined) journal.#records.set(options.keyOf(value), value);
    }
    await journal.#rewrite();
    return journal;
  }

  #parse(line: string): T | undefined {
    try {
      return this.#options.schema.safeParse(JSON.parse(line)).data;
    } catch {
      return undefined;
    }
  }

  get(key: string): T | undefined {
    return this.#records.get(key);
  }

  /** In the order of their first appearance. */
  values(): T[] {
    return [...this.#records.values()];
  }

  /** Keeps a value at once for readers; resolves when it is on disk. Values kept while a write is under way share the next one. */
  put(value: T): Promise<void> {
    this.#records.set(this.#options.keyOf(value), value);
    this.#lines.push(`${JSON.stringify(value)}\n`);
    return this.#write();
  }

  clear(): Promise<void> {
    this.#records.clear();
    this.#isCleared = true;
    return this.#write();
  }

  #write(): Promise<void> {
    this.#waiting ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#running = this.#waiting ?? Promise.resolve();
        this.#waiting = undefined;
        const lines = this.#lines.splice(0).join('');
        if (!this.#isCleared) return appendFile(this.#options.path, lines);
        this.#isCleared = false;
        return this.#rewrite();
      });
    return this.#waiting;
  }

  async #rewrite(): Promise<void> {
    const { path } = this.#options;
    await writeFile(
      `${path}.new`,
      this.values()
        .map((value) => `${JSON.stringify(value)}\n`)
        .join(''),
    );
    await rename(`${path}.new`, path);
  }
}
