import { Writable } from 'node:stream';
import fastify, { type FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import { logOptions } from '../process.ts';
import { handleProblems, ProblemError } from './problems.ts';

const lines: string[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});
afterEach(() => lines.splice(0));

const withCode = (code: string) => Object.assign(new Error('of sales@atlas.example'), { code });

/** What is answered and logged when a handler throws. */
async function thrown(error: unknown) {
  const log: FastifyBaseLogger = pino({ ...logOptions, level: 'warn' }, stream);
  const app = fastify({ loggerInstance: log });
  handleProblems(app);
  app.get('/', () => {
    throw error;
  });
  const answer = await app.inject({ url: '/', headers: { 'accept-language': 'en' } });
  return { answer, logged: lines.map((line) => JSON.parse(line) as { level: number; err?: object }) };
}

it.each([
  [withCode('FST_ERR_CTP_BODY_TOO_LARGE'), 413, 'body_too_large'],
  [Object.assign(new Error('x'), { statusCode: 400 }), 400, 'malformed'],
  [new ProblemError('locked', { retryAfterSeconds: 0.2 }), 429, 'locked'],
])('answers %s as %i, without a word in the log', async (error, status, code) => {
  const { answer, logged } = await thrown(error);
  expect(answer.json()).toMatchObject({ status, code });
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(logged).toEqual([]);
});

it.each([
  [new Error('secret of sales@atlas.example'), 500, 'internal'],
  ['no error at all', 500, 'internal'],
  [withCode('57P01'), 503, 'database_unavailable'],
  [new ProblemError('storage_unavailable'), 503, 'storage_unavailable'],
])('answers %s as %i: the log tells why, the answer does not', async (error, status, code) => {
  const { answer, logged } = await thrown(error);
  expect(answer.json()).toMatchObject({ status, code, requestId: expect.any(String) });
  expect(answer.body).not.toMatch(/secret|atlas|no error|stack/);
  expect(logged).toMatchObject([{ level: 50, msg: code }]);
  expect(lines.join('')).not.toContain('atlas');
});

it.each([withCode('FST_UNDER_PRESSURE'), new ProblemError('overloaded', { retryAfterSeconds: 5 })])(
  'turns away in a flood with one short line: %s',
  async (error) => {
    const { answer, logged } = await thrown(error);
    expect(answer.json()).toMatchObject({ status: 503, code: 'overloaded' });
    expect(answer.headers['retry-after']).toBe('5');
    expect(logged).toMatchObject([{ level: 40, msg: 'refused', problem: 'overloaded' }]);
    expect(logged[0]).not.toHaveProperty('err');
  },
);

it('tells no less than a second to wait', async () => {
  const { answer } = await thrown(new ProblemError('locked', { retryAfterSeconds: 0.2 }));
  expect(answer.headers['retry-after']).toBe('1');
});
