import { expect, it } from 'vitest';
import type { Client } from './call.ts';
import { walk } from './walk.ts';

const client = { call: () => Promise.reject(new Error('not called')), url: () => '' } satisfies Client;
interface Asked {
  readonly query?: { readonly cursor?: string | undefined; readonly limit?: number };
}
/** Numbers 1 to `last`, as many a part as is asked; the cursor is the last one given. `growing`: the end leads on too. */
const numbers = (last: number, growing: boolean, asked: Asked[] = []) => {
  const read = (_: Client, input: Asked) => {
    asked.push(input);
    const { cursor = '0', limit = 2 } = input.query ?? {};
    const start = Number(cursor);
    const items = Array.from({ length: Math.min(limit, last - start) }, (_, index) => start + index + 1);
    const end = start + items.length;
    const nextCursor = growing ? (end === 0 ? null : String(end)) : end < last ? String(end) : null;
    return Promise.resolve({ data: { items, nextCursor } });
  };
  return { read, asked };
};
const partsOf = async (walking: AsyncIterable<{ items: readonly number[]; nextCursor: string | null }>) => {
  const parts = [];
  for await (const { items, nextCursor } of walking) parts.push([...items, nextCursor]);
  return parts;
};

it('walks to the present end, and goes on from there later', async () => {
  expect(await partsOf(walk(client, numbers(3, true).read, {}))).toEqual([
    [1, 2, '2'],
    [3, '3'],
  ]);
  expect(await partsOf(walk(client, numbers(3, true).read, { query: { cursor: '3' } }))).toEqual([]);
  expect(await partsOf(walk(client, numbers(5, true).read, { query: { cursor: '3' } }))).toEqual([
    [4, 5, '5'],
  ]);
});

it('ends where nothing was ever there, and where a journal ends', async () => {
  expect(await partsOf(walk(client, numbers(0, true).read, {}))).toEqual([]);
  const journal = numbers(4, false);
  expect(await partsOf(walk(client, journal.read, {}))).toEqual([
    [1, 2, '2'],
    [3, 4, null],
  ]);
  expect(journal.asked).toHaveLength(2);
});

it('asks each part with what was asked of the first', async () => {
  const { read, asked } = numbers(2, true);
  await partsOf(walk(client, read, { query: { limit: 1 } }));
  expect(asked.map(({ query }) => query)).toEqual([
    { limit: 1 },
    { limit: 1, cursor: '1' },
    { limit: 1, cursor: '2' },
  ]);
});

it('reads no further than it is walked', async () => {
  const { read, asked } = numbers(100, true);
  for await (const { items } of walk(client, read, {})) if (items.includes(3)) break;
  expect(asked).toHaveLength(2);
});
