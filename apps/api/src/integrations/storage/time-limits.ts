import { Readable } from 'node:stream';
import { StorageUnavailable } from './storage-errors.ts';

/**
 * Waits for an outside call no longer than a limit in milliseconds. What comes later is passed to `late`, to be
 * cleaned up; the call itself may go on, and its own limits end it.
 *
 * @throws StorageUnavailable at the limit.
 */
export async function withinLimit<Result>(
  action: string,
  limitMs: number,
  call: Promise<Result>,
  late?: (result: Result) => void,
): Promise<Result> {
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      over = true;
      reject(new StorageUnavailable(`${action}: no answer within ${limitMs} ms`));
    }, limitMs);
  });
  call.then(
    (result) => {
      if (over) late?.(result);
    },
    // Already answered for by the race, or by the limit.
    () => undefined,
  );
  try {
    return await Promise.race([call, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function* readWithin(source: Readable, stallMs: number): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await withinLimit('read', stallMs, chunks.next());
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    throw error instanceof StorageUnavailable ? error : new StorageUnavailable('read', { cause: error });
  }
}

/**
 * The same bytes, failing with `StorageUnavailable` when the source fails, or gives nothing for so many
 * milliseconds while it is being asked: a reader that pauses is not a stall.
 */
export function failingOnStall(source: Readable, stallMs: number): Readable {
  // An error before anybody reads is kept by the stream, and told when read.
  source.on('error', () => undefined);
  const guarded = Readable.from(readWithin(source, stallMs), { objectMode: false });
  guarded.once('close', () => source.destroy());
  return guarded;
}
