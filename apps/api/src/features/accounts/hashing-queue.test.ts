import { expect, it } from 'vitest';
import { createHashingQueue } from './hashing-queue.ts';

/** Work that ends when it is told to. */
function steps() {
  const running: (() => void)[] = [];
  const started: string[] = [];
  const work = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve) => running.push(() => resolve(name)));
  };
  const endOne = () => running.shift()?.();
  return { work, started, endOne };
}

it('lets a few work at once, the next in the order in which they came', async () => {
  const inTurn = createHashingQueue({ concurrency: 2, maxWaiting: 10 });
  const { work, started, endOne } = steps();
  const done = ['a', 'b', 'c', 'd'].map((name) => inTurn(work(name)));
  expect(started).toEqual(['a', 'b']);
  endOne();
  await done[0];
  await expect.poll(() => started).toEqual(['a', 'b', 'c']);
  endOne();
  await expect.poll(() => started).toEqual(['a', 'b', 'c', 'd']);
  endOne();
  endOne();
  expect(await Promise.all(done)).toEqual(['a', 'b', 'c', 'd']);
});

it('tells those who are too many to come back, and takes others once a place is free', async () => {
  const inTurn = createHashingQueue({ concurrency: 1, maxWaiting: 1 });
  const { work, endOne } = steps();
  const first = inTurn(work('a'));
  const second = inTurn(work('b'));
  await expect(inTurn(work('c'))).rejects.toMatchObject({ code: 'overloaded', retryAfterSeconds: 5 });
  endOne();
  await first;
  const third = inTurn(work('d'));
  endOne();
  expect(await second).toBe('b');
  await expect.poll(endOne).toBeUndefined();
  endOne();
  expect(await third).toBe('d');
});

it('gives its place back when the work fails', async () => {
  const inTurn = createHashingQueue({ concurrency: 1, maxWaiting: 1 });
  await expect(inTurn(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
  expect(await inTurn(() => Promise.resolve('next'))).toBe('next');
});
