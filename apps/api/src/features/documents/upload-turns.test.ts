import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProblemError } from '../../plugins/problems.ts';
import { createUploadTurns } from './upload-turns.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const options = { atOnce: 3, perOwner: 2, maxWaiting: 2, maxWaitMs: 1000 };

/** Uploads that last until they are told to end, and who was let in so far. */
function uploads(turns: ReturnType<typeof createUploadTurns>) {
  const started: string[] = [];
  const start = (owner: string, name: string) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const done = turns(owner, () => {
      started.push(name);
      return promise;
    });
    const outcome = done.catch((error: unknown) => (error instanceof ProblemError ? error.code : 'failed'));
    return { outcome, end: () => resolve(name) };
  };
  return { started, start };
}

it('lets some in at once, few of one owner, and the others as places come free', async () => {
  const { started, start } = uploads(createUploadTurns(options));
  const one = start('a', 'a1');
  start('a', 'a2');
  start('a', 'a3');
  const other = start('b', 'b1');
  start('c', 'c1');
  expect(started).toEqual(['a1', 'a2', 'b1']);
  other.end();
  await other.outcome;
  expect(started).toEqual(['a1', 'a2', 'b1', 'c1']);
  one.end();
  await one.outcome;
  expect(started).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
});

it('turns away those that are too many', async () => {
  const { start } = uploads(createUploadTurns(options));
  for (const name of ['1', '2', '3', '4', '5']) start(name, name);
  expect(await start('6', '6').outcome).toBe('inspection_busy');
});

it('turns away who waited too long, and forgets it', async () => {
  const { started, start } = uploads(createUploadTurns({ ...options, atOnce: 1 }));
  const first = start('a', 'a1');
  const second = start('b', 'b1');
  await vi.advanceTimersByTimeAsync(1000);
  expect(await second.outcome).toBe('inspection_busy');
  first.end();
  await first.outcome;
  start('c', 'c1');
  expect(started).toEqual(['a1', 'c1']);
});

it('frees the place of one that fails', async () => {
  const turns = createUploadTurns({ ...options, atOnce: 1 });
  await expect(turns('a', () => Promise.reject(new Error('cut')))).rejects.toThrow('cut');
  expect(await turns('b', () => Promise.resolve('in'))).toBe('in');
});
