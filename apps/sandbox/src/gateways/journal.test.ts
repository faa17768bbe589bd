import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { Journal } from './journal.ts';

const Value = z.object({ id: z.string(), n: z.number() });
let folder: string;
const open = () =>
  Journal.open({ path: join(folder, 'deep', 'journal.jsonl'), schema: Value, keyOf: ({ id }) => id });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps the last value of each key over a restart', async () => {
  const journal = await open();
  await Promise.all(Array.from({ length: 300 }, (_, n) => journal.put({ id: String(n % 3), n })));
  const again = await open();
  expect(again.values()).toEqual([
    { id: '0', n: 297 },
    { id: '1', n: 298 },
    { id: '2', n: 299 },
  ]);
});

it('writes what it holds in fewer lines when opened', async () => {
  const journal = await open();
  for (let n = 0; n < 10; n += 1) await journal.put({ id: 'a', n });
  await open();
  expect((await readFile(join(folder, 'deep', 'journal.jsonl'), 'utf8')).trim().split('\n')).toEqual([
    '{"id":"a","n":9}',
  ]);
});

it('drops a line that a killed process left unfinished', async () => {
  const journal = await open();
  await journal.put({ id: 'a', n: 1 });
  await appendFile(join(folder, 'deep', 'journal.jsonl'), '{"id":"a","n":');
  expect((await open()).get('a')).toEqual({ id: 'a', n: 1 });
});

it('is empty once cleared, also on disk', async () => {
  const journal = await open();
  await journal.put({ id: 'a', n: 1 });
  await journal.clear();
  expect(journal.values()).toEqual([]);
  expect((await open()).values()).toEqual([]);
});
