import { createHash } from 'node:crypto';
import type { Problem } from '@rnoce/schemas';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Environment } from '../../env.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeInvoice, makeIssuer, makeSubscriptionCode } from '../../testing/invoices.ts';
import { createSearchBudget, type SearchBudget } from './search-budget.ts';

const limits = {
  SEARCH_ADDRESS_LOOKUPS: 20,
  SEARCH_ADDRESS_MISSES: 4,
  SEARCH_ADDRESS_PAIR_MISSES: 8,
  SEARCH_MISSES: 10,
  SEARCH_MISSES_MAX: 14,
} satisfies Partial<Environment>;

let test: TestApp;
beforeAll(async () => {
  test = await testApp({
    environment: {
      RATE_LIMITS: 'true',
      CAPTCHA: 'altcha',
      ...Object.fromEntries(Object.entries(limits).map(([key, value]) => [key, String(value)])),
    },
  });
});
beforeEach(() => test.deps.database.execute(sql`delete from rate_limits`));

/** As another process: it knows of the first one what PostgreSQL tells. */
const newBudget = () => {
  const budget = createSearchBudget(test.deps);
  open.push(budget);
  return budget;
};
const open: SearchBudget[] = [];
afterEach(() => Promise.all(open.splice(0).map((budget) => budget.close())));

let addresses = 0;
/** An address that nobody has used. */
const newAddress = () => {
  addresses += 1;
  return `10.1.${String(addresses >> 8)}.${String(addresses & 255)}`;
};
const hashOf = (code: string) => createHash('sha256').update(code).digest('hex').slice(0, 4).toUpperCase();

async function lookUp(
  budget: SearchBudget,
  {
    address = newAddress(),
    withNumber = false,
    hit = false,
    captcha,
  }: { address?: string; withNumber?: boolean; hit?: boolean; captcha?: string } = {},
): Promise<'found' | 'nothing' | ProblemError['code']> {
  try {
    const { takeBack } = await budget.admit({ address, code: hashOf(address), withNumber, captcha });
    if (hit) takeBack();
    return hit ? 'found' : 'nothing';
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
}
async function times(count: number, step: () => Promise<unknown>): Promise<unknown[]> {
  const all = [];
  for (let index = 0; index < count; index += 1) all.push(await step());
  return all;
}
const same = (count: number, value: string) => Array.from({ length: count }, () => value);

describe('an address', () => {
  it('has so many misses, then waits, also when it would find something', async () => {
    const budget = newBudget();
    const address = newAddress();
    expect(await times(5, () => lookUp(budget, { address }))).toEqual([
      ...same(4, 'nothing'),
      'rate_limited',
    ]);
    expect(await lookUp(budget, { address, hit: true })).toBe('rate_limited');
    expect(await lookUp(budget)).toBe('nothing');
  });

  it('is let off what it finds, up to its look-ups', async () => {
    const budget = newBudget();
    const address = newAddress();
    expect(await times(21, () => lookUp(budget, { address, hit: true }))).toEqual([
      ...same(20, 'found'),
      'rate_limited',
    ]);
  });

  it('of IPv6 is its network', async () => {
    const budget = newBudget();
    let host = 0;
    const step = () => {
      host += 1;
      return lookUp(budget, { address: `2001:db8:5:1::${String(host)}` });
    };
    expect(await times(5, step)).toEqual([...same(4, 'nothing'), 'rate_limited']);
  });

  it('can’t slip past by asking at once', async () => {
    const budget = newBudget();
    const address = newAddress();
    const answers = await Promise.all(Array.from({ length: 12 }, () => lookUp(budget, { address })));
    expect(answers.filter((answer) => answer === 'nothing')).toHaveLength(4);
  });

  it('counts the same at every process', async () => {
    const [one, other] = [newBudget(), newBudget()];
    const address = newAddress();
    await lookUp(other, { address, hit: true });
    await times(4, () => lookUp(one, { address }));
    await one.sync();
    await other.sync();
    expect(await lookUp(other, { address })).toBe('rate_limited');
  });

  it('starts again when the hour is over, for every process', async () => {
    const budget = newBudget();
    const address = newAddress();
    await times(5, () => lookUp(budget, { address }));
    await budget.sync();
    await test.deps.database.execute(sql`update rate_limits set expires_at = now() - interval '1 second'`);
    test.setNow(new Date(Date.now() + 3_601_000));
    try {
      expect(await lookUp(budget, { address })).toBe('nothing');
      await budget.sync();
      expect(await lookUp(newBudget(), { address })).toBe('nothing');
    } finally {
      test.setNow(undefined);
    }
  });

  it('is in no row of the table', async () => {
    const budget = newBudget();
    await lookUp(budget, { address: '203.0.113.77' });
    await budget.sync();
    const { rows } = await test.deps.database.execute<{ key: string }>(sql`select key from rate_limits`);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.some(({ key }) => key.includes('203.0'))).toBe(false);
  });
});

describe('everybody', () => {
  const spend = (budget: SearchBudget, misses: number) => times(misses, () => lookUp(budget));

  it('has a budget of misses; past it a code alone needs a proof of work', async () => {
    const [one, other] = [newBudget(), newBudget()];
    expect(await spend(one, 10)).toEqual(same(10, 'nothing'));
    expect(await lookUp(one)).toBe('proof_of_work_missing');
    await one.sync();
    expect(await lookUp(other)).toBe('proof_of_work_missing');
    expect(await lookUp(other, { captcha: 'faux' })).toBe('captcha_failed');
  });

  it('spends nothing by what is found, nor by a question without its proof', async () => {
    const budget = newBudget();
    await times(30, () => lookUp(budget, { hit: true }));
    await spend(budget, 10);
    await times(30, () => lookUp(budget));
    await budget.sync();
    const { rows } = await test.deps.database.execute(
      sql`select count from rate_limits where key = 'search misses'`,
    );
    expect(rows).toEqual([{ count: 10 }]);
  });

  it('past the second budget waits', async () => {
    const budget = newBudget();
    await spend(budget, 10);
    for (let index = 0; index < 4; index += 1)
      expect(await lookUp(budget, { captcha: await solved() })).toBe('nothing');
    expect(await lookUp(budget, { captcha: await solved() })).toBe('rate_limited');
  });

  it('is never slowed by code and number together, whose wrong pairs spend an allowance of the address alone', async () => {
    const budget = newBudget();
    await spend(budget, 12);
    const address = newAddress();
    expect(await times(50, () => lookUp(budget, { address, withNumber: true, hit: true }))).toEqual(
      same(50, 'found'),
    );
    expect(await times(9, () => lookUp(budget, { address, withNumber: true }))).toEqual([
      ...same(8, 'nothing'),
      'rate_limited',
    ]);
    expect(await lookUp(budget, { withNumber: true, hit: true })).toBe('found');
  });
});

const solved = async () => {
  const challenge = (await test.app.inject({ url: '/api/v1/captcha' })).json<Challenge>();
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
};

describe('over HTTP', () => {
  const ask = (query: Record<string, string>, remoteAddress: string, headers: Record<string, string> = {}) =>
    test.app.inject({ url: '/api/v1/public/invoices', query, remoteAddress, headers });
  let codes = 0;
  const unknownCode = () => {
    codes += 1;
    return `Z${codes.toString(36).padStart(3, '0')}`;
  };

  it('one solution serves one code, as often as pages are turned, from where it was solved', async () => {
    const { database } = test.deps;
    const [first, second] = [await makeSubscriptionCode(test), await makeSubscriptionCode(test)];
    for (const { code } of [first, second])
      await makeInvoice(test, { issuerId: (await makeIssuer(test)).id, clientCode: code, number: 'F1' });
    const seen = { key: 'search misses', count: 10 };
    await database.execute(
      sql`insert into rate_limits (key, count, expires_at) values (${seen.key}, ${seen.count}, now() + interval '1 hour')`,
    );
    const app = await testApp({
      environment: { RATE_LIMITS: 'true', CAPTCHA: 'altcha', SEARCH_MISSES: '10', SEARCH_MISSES_MAX: '20' },
    });
    const askApp = (query: Record<string, string>, remoteAddress: string) =>
      app.app.inject({ url: '/api/v1/public/invoices', query, remoteAddress });
    const remoteAddress = newAddress();
    const alone = await askApp({ subscriptionCode: first.code }, remoteAddress);
    expect(alone.json()).toMatchObject({ status: 428, code: 'proof_of_work_missing' });
    expect(
      (await askApp({ subscriptionCode: first.code, number: 'f1' }, remoteAddress)).json(),
    ).toMatchObject({ total: 1 });
    const captcha = await solved();
    for (const page of ['1', '2'])
      expect(
        (await askApp({ subscriptionCode: first.code, captcha, page }, remoteAddress)).json(),
      ).toMatchObject({ total: 1 });
    const others = await Promise.all([
      askApp({ subscriptionCode: second.code, captcha }, remoteAddress),
      askApp({ subscriptionCode: second.code, captcha }, remoteAddress),
      askApp({ subscriptionCode: first.code, captcha }, newAddress()),
    ]);
    for (const answer of others) expect(answer.json()).toMatchObject({ status: 422, code: 'captcha_failed' });
  });

  it('headers that name another address change nothing, and the wait is told', async () => {
    const remoteAddress = newAddress();
    for (let index = 0; index < 4; index += 1)
      expect((await ask({ subscriptionCode: unknownCode() }, remoteAddress)).statusCode).toBe(200);
    for (const headers of [
      { 'x-forwarded-for': '198.51.100.7' },
      { forwarded: 'for=198.51.100.7' },
      { 'x-real-ip': '198.51.100.7' },
      { 'x-forwarded-for': '198.51.100.7, 127.0.0.1' },
    ] as Record<string, string>[]) {
      const answer = await ask({ subscriptionCode: unknownCode() }, remoteAddress, headers);
      expect(answer.json<Problem>()).toMatchObject({ status: 429, code: 'rate_limited' });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
  });
});
