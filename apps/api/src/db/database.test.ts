import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { isDatabaseAway } from './database.ts';

const withCode = (code: string) => Object.assign(new Error('x'), { code });
const failed = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

it.each(['57P01', '08006', '53300', 'ECONNREFUSED', 'ECONNRESET'])(
  'takes the code %s for a database that is away, also behind another error',
  (code) => {
    expect(isDatabaseAway(withCode(code))).toBe(true);
    expect(isDatabaseAway(new Error('Failed query', { cause: withCode(code) }))).toBe(true);
    expect(isDatabaseAway(new AggregateError([new Error('y'), withCode(code)]))).toBe(true);
  },
);

it.each(['23505', '42P01', '22P02', '40P01'])('takes the code %s for a statement that failed', (code) => {
  expect(isDatabaseAway(withCode(code))).toBe(false);
});

it('tells a socket that is missing from a file that is', async () => {
  const noSocket = new Promise((_, reject) => connect('/nowhere/.s.PGSQL.5432').once('error', reject));
  expect(isDatabaseAway(await failed(noSocket))).toBe(true);
  expect(isDatabaseAway(await failed(readFile('/nowhere/template')))).toBe(false);
});
