import type { AccountId, listOwnInvoices, RouteAnswer } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { filings } from '../../db/schema/filings.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInOperator } from '../../testing/factories.ts';
import { draftFiling } from '../../testing/filings.ts';
import { makeInvoice, makeIssuer, makeSubscriptionCode, newIce } from '../../testing/invoices.ts';

type Own = RouteAnswer<typeof listOwnInvoices>;

let test: TestApp;
let issuerId: string;
beforeAll(async () => {
  test = await testApp();
  ({ id: issuerId } = await makeIssuer(test));
});
let operator: Awaited<ReturnType<typeof signedInOperator>>;
let ice: string;
beforeEach(async () => {
  operator = await signedInOperator(test);
  ice = newIce();
});

const list = async (query: Record<string, string> = {}): Promise<Own> => {
  const answer = await test.app.inject({ url: '/api/v1/account/invoices', query, headers: operator.headers });
  expect(answer.statusCode).toBe(200);
  return answer.json<Own>();
};
const numbersOf = async (query: Record<string, string> = {}) =>
  (await list(query)).items.map(({ number }) => number);
const give = (clientCode: string, given: Partial<Parameters<typeof makeInvoice>[1]> = {}) =>
  makeInvoice(test, { issuerId, clientCode, ...given });
/** A customs filing of the operator in this state, whose ICE has an invoice. */
async function filed(
  state: Partial<typeof filings.$inferInsert>,
  confirmedAt?: Date,
  account: { id: AccountId } = operator.account,
) {
  const { id } = await draftFiling(test, {
    account,
    company: { ice },
    subscription: confirmedAt ? { registryConfirmedAt: confirmedAt } : {},
  });
  await test.deps.database.update(filings).set(state).where(eq(filings.id, id));
  return await give(ice);
}

describe('an account that has proved nothing', () => {
  it('has no invoice', async () => {
    await give('1206');
    expect(await list()).toEqual({
      items: [],
      page: 1,
      pageSize: 20,
      total: 0,
      subscriptionCodes: [],
      unpaid: { count: 0, amount: '0.00' },
    });
  });

  it.each([
    ['a draft', { status: 'draft' }, undefined],
    ['a filing in review', { status: 'in_review' }, undefined],
    ['a filing that BADR alone attached', { status: 'validated', attached: true }, undefined],
  ] as const)('has none by %s: a typed ICE is no proof', async (_, state, confirmedAt) => {
    await filed(state, confirmedAt);
    expect(await numbersOf()).toEqual([]);
  });
});

describe('an account sees the invoices', () => {
  it('of the codes that the single window gave it, and of their ICE', async () => {
    const { code } = await makeSubscriptionCode(test, { ice, accountId: operator.account.id });
    await give(code, { number: 'BY-CODE', dueOn: '2026-01-01' });
    await give(ice, { number: 'BY-ICE', dueOn: '2026-01-02' });
    expect(await numbersOf()).toEqual(['BY-CODE', 'BY-ICE']);
    expect(await list()).toMatchObject({ subscriptionCodes: [code] });
  });

  it.each([
    ['that an agent validated', { attached: false }, undefined],
    ['attached, once the mailbox of BADR was proved', { attached: true }, new Date()],
  ])('of the ICE of a filing %s, and of its code', async (_, { attached }, confirmedAt) => {
    const { number } = await filed({ status: 'validated', attached }, confirmedAt);
    const { code } = await makeSubscriptionCode(test, { ice });
    const byCode = await give(code);
    expect(new Set(await numbersOf())).toEqual(new Set([number, byCode.number]));
  });

  it('and never those of another account’s code or filing', async () => {
    const other = await signedInOperator(test);
    await filed({ status: 'validated' }, undefined, other.account);
    const { code } = await makeSubscriptionCode(test, { accountId: other.account.id });
    await give(code);
    expect(await numbersOf()).toEqual([]);
    await makeSubscriptionCode(test, { accountId: operator.account.id });
    expect(await numbersOf()).toEqual([]);
  });
});

describe('the list', () => {
  let code: string;
  beforeEach(async () => {
    ({ code } = await makeSubscriptionCode(test, { accountId: operator.account.id }));
    const prefix = code;
    await give(code, {
      number: `${prefix}-paid`,
      status: 'paid',
      paidAt: new Date('2026-11-02T09:30:00Z'),
      dueOn: '2020-01-01',
    });
    await give(code, { number: `${prefix}-gone`, status: 'cancelled', dueOn: '2020-01-02' });
    await give(code, { number: `${prefix}-late`, dueOn: '2026-01-01', amountCentimes: 1001 });
    await give(code, {
      number: `${prefix}-due`,
      dueOn: '2099-01-01',
      amountCentimes: 2002,
      clientName: 'Ahmed Benali',
      clientIsPerson: true,
    });
  });
  const short = async (query: Record<string, string> = {}) =>
    (await numbersOf(query)).map((number) => number.split('-')[1]);

  it('has what is to pay first, then the order asked, by pages', async () => {
    expect(await short()).toEqual(['late', 'due', 'paid', 'gone']);
    expect(await short({ sort: '-amount' })).toEqual(['due', 'late', 'paid', 'gone']);
    expect(await short({ page: '2', pageSize: '3' })).toEqual(['gone']);
    expect(await short({ status: 'paid' })).toEqual(['paid']);
  });

  it('tells what is owed, what is late, when it was paid, and the owner’s own name', async () => {
    const { items, unpaid, total } = await list();
    expect({ unpaid, total }).toEqual({ unpaid: { count: 2, amount: '30.03' }, total: 4 });
    expect(items).toMatchObject([
      { status: 'unpaid', overdue: true, paidAt: null },
      { status: 'unpaid', overdue: false, clientName: 'Ahmed Benali' },
      { status: 'paid', overdue: false, paidAt: '2026-11-02T09:30:00.000Z' },
      { status: 'cancelled', overdue: false },
    ]);
  });
});
