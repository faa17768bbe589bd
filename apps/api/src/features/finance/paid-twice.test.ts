import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OneReference, oneReference } from '../../testing/one-reference.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { inquireAttempt } from '../payments/ask-gateway.ts';

let test: PaymentApp;
beforeAll(async () => {
  test = await paymentApp();
});
afterEach(async () => {
  for (const gateway of ['fatourati', 'amanpay'] as const)
    await test.control('PUT', `/api/${gateway}/mode`, { normal: true });
});

const t1 = { number: 'T1' };
const t2 = { number: 'T2' };
const due = '84000 due';
const back = '84000 refunded';

/** A reference paid by T1, which settles, and by T2, which went back. */
async function paidTwice(): Promise<OneReference> {
  const one = await oneReference(test, await test.bill());
  await one.ask([t1]);
  await one.ask([t1, t2], { told: 'T2' });
  expect(await one.books()).toMatchObject({ order: 'paid', refunds: { T2: due } });
  await one.giveBack('T2');
  return one;
}
const standing = { order: 'paid', attempt: 'captured', own: 'T1', invoice: 'paid', anomalies: [] };

describe('a refund that was made already', () => {
  it('told again, is not another one that is still due', async () => {
    const bills = await test.bill();
    const one = await oneReference(test, bills);
    await one.paidByAnother();
    await one.ask([t1, t2]);
    expect((await one.books()).refunds).toEqual({ T1: due, T2: due });
    await one.giveBack('T1');
    for (const told of ['T1', 'T2', undefined])
      await one.ask([{ ...t1, refunded: '840.00' }, t2], told === undefined ? {} : { told });
    expect(await one.books()).toMatchObject({
      order: 'refund_due',
      attempt: 'captured',
      refunds: { T1: back, T2: due },
      anomalies: [],
    });
  });

  it.each([
    ['by its own transaction', [t1, { ...t2, refunded: '840.00' }], {}],
    ['as cancelled', [t1, { ...t2, status: 'CANCELLED' }], {}],
    ['as cancelled, alone', [{ ...t2, status: 'CANCELLED' }], {}],
    ['by the token’s sums', [t1, t2], { paidAmount: '1680.00', refundedAmount: '840.00' }],
  ] as const)('told again %s, leaves the payment that settles', async (_, payments, token) => {
    const one = await paidTwice();
    await one.ask(payments, { told: 'T2', token });
    await one.ask(payments, { token });
    expect(await one.books()).toMatchObject({ ...standing, refunds: { T2: back } });
  });

  it('is not what settles: a number that nobody knows is shown to a person', async () => {
    const one = await paidTwice();
    await one.ask([{ number: 'T3', status: 'CANCELLED' }], { told: 'T3' });
    expect(await one.books()).toMatchObject({ ...standing, anomalies: ['gap_state'] });
  });
});

describe('two payments in one answer', () => {
  it('are both in our books: one settles, the other is due back', async () => {
    await test.control('PUT', '/api/fatourati/mode', { callbacks: 'silent' });
    const bills = await test.bill();
    const { id } = await test.order(bills, {
      method: 'cmi',
      channel: 'fatourati',
      payerEmail: 'deux@exemple.example',
    });
    const reference = await test.referenceOf(id);
    await test.desk('fatourati', reference, 'pay');
    await test.desk('fatourati', reference, 'pay');
    await test.sweep();
    expect(await test.read(id)).toMatchObject({
      status: 'paid',
      refund: { amount: '840.00', status: 'due' },
    });
    expect(
      await test.rows(sql`select template from emails where "to" = 'deux@exemple.example' order by template`),
    ).toEqual([
      { template: 'payment_receipt' },
      { template: 'payment_reference' },
      { template: 'payment_refund_due' },
    ]);
  });

  it('of which the first was cancelled: the second settles, whichever was told', async () => {
    for (const told of ['T1', 'T2']) {
      const one = await oneReference(test, await test.bill());
      await one.ask([t1]);
      await one.ask([{ ...t1, status: 'CANCELLED' }, t2], { told });
      expect(await one.books()).toEqual({ ...standing, own: 'T2', refunds: {} });
    }
  });

  it('of which the one that is due back was cancelled: it isn’t due any more', async () => {
    const one = await oneReference(test, await test.bill());
    await one.ask([t1, t2]);
    await one.ask([t1, { ...t2, status: 'CANCELLED' }], { told: 'T2' });
    expect(await one.books()).toEqual({ ...standing, refunds: { T2: back } });
  });

  it('of which the one that settles goes back: what is due back stays so, and the order says it', async () => {
    const one = await oneReference(test, await test.bill());
    await one.ask([t1, t2]);
    const gone = [{ ...t1, refunded: '840.00' }, t2];
    for (const told of ['T1', 'T2', 'T1']) await one.ask(gone, { told });
    expect(await one.books()).toEqual({
      ...standing,
      order: 'refund_due',
      invoice: 'unpaid',
      refunds: { T2: due },
    });
    await one.giveBack('T2');
    expect(await one.books()).toMatchObject({ order: 'refunded', attempt: 'refunded' });
  });

  it('a notice of one that the gateway doesn’t show is no payment of ours, though another one is', async () => {
    const { id } = await test.order(await test.bill(), { method: 'cmi', channel: 'fatourati' });
    const reference = await test.referenceOf(id);
    await test.desk('fatourati', reference, 'pay');
    const { answers } = await test.desk('fatourati', reference, 'forge', { variant: 'unknown_transaction' });
    expect(answers).toMatchObject([{ status: 400 }]);
    expect(await test.read(id)).toMatchObject({ status: 'paid', refund: null });
  });
});

describe('a second number', () => {
  it('of the exact amount pays what a wrong amount didn’t', async () => {
    const one = await oneReference(test, await test.bill());
    const wrong = { number: 'W1', amount: '800.00' };
    await one.ask([wrong]);
    expect(await one.books()).toMatchObject({ order: 'refund_due', own: 'W1', invoice: 'unpaid' });
    await one.ask([wrong, { number: 'X2' }], { told: 'X2' });
    expect(await one.books()).toEqual({
      ...standing,
      own: 'X2',
      refunds: { W1: '80000 due' },
      anomalies: ['wrong_amount'],
    });
  });

  it('of another wrong amount is due back beside the first', async () => {
    const one = await oneReference(test, await test.bill());
    const wrong = [
      { number: 'W1', amount: '800.00' },
      { number: 'W2', amount: '41.00' },
    ];
    await one.ask(wrong.slice(0, 1));
    await one.ask(wrong, { told: 'W2' });
    expect(await one.books()).toMatchObject({
      order: 'refund_due',
      refunds: { W1: '80000 due', W2: '4100 due' },
    });
  });

  it('pays invoices that are as ordered again, after money that had to go back', async () => {
    const bills = await test.bill();
    const one = await oneReference(test, bills);
    const price = (centimes: number) =>
      test.deps.database.execute(
        sql`update invoices set amount_centimes = ${centimes} where id = ${bills[0]}`,
      );
    await price(90_000);
    await one.ask([t1]);
    expect(await one.books()).toMatchObject({ order: 'refund_due', refunds: { T1: due } });
    await price(84_000);
    await one.ask([t1, t2], { told: 'T2' });
    expect(await one.books()).toEqual({ ...standing, own: 'T2', refunds: { T1: due } });
    expect(await test.read(one.id)).toMatchObject({ cause: 'late', refund: { status: 'due' } });
  });

  it('after money that went back is money again', async () => {
    const bills = await test.bill();
    const one = await oneReference(test, bills);
    await one.paidByAnother();
    await one.ask([t1]);
    await one.giveBack('T1');
    expect((await one.books()).attempt).toBe('refunded');
    await one.ask([t1, t2], { told: 'T2' });
    expect(await one.books()).toMatchObject({
      order: 'refund_due',
      attempt: 'captured',
      refunds: { T1: back, T2: due },
    });
  });

  it('of a payment that the token counts once is no money, and a person looks', async () => {
    const one = await oneReference(test, await test.bill());
    const token = { paidAmount: '840.00' };
    await one.ask([t1], { token });
    const { verdict } = await one.ask([t1, t2], { told: 'T2', token });
    // The bank isn't told a fault, or it would take back the payment that stands.
    expect(verdict.answer).toBe('take');
    expect(await one.books()).toEqual({ ...standing, refunds: {}, anomalies: ['gap_state'] });
    await one.ask([t1, t2], { told: 'T2', token: { paidAmount: '1680.00' } });
    expect((await one.books()).refunds).toEqual({ T2: due });
  });
});

it('the settling one of two attempts is taken back: the order says that the other is due back', async () => {
  const order = await test.order(await test.bill(), { method: 'amanpay', channel: 'direct_debit' });
  await test.visit(order);
  const first = await test.referenceOf(order.id);
  await test.app.inject({
    method: 'POST',
    url: `/api/v1/payment-orders/${order.id}/attempts`,
    payload: { method: 'cmi', channel: 'fatourati' },
  });
  await test.desk('amanpay', first, 'pay');
  await test.desk('fatourati', await test.referenceOf(order.id), 'pay');
  await test.desk('amanpay', first, 'reverse');
  expect(await test.read(order.id)).toMatchObject({
    status: 'refund_due',
    cause: 'taken_back',
    refund: { amount: '840.00', status: 'due' },
  });
});

it('a payment given back in part at CMI stands, and its credit’s number is no second one', async () => {
  const order = await test.order(await test.bill());
  await test.visit(order);
  const reference = await test.referenceOf(order.id);
  await test.desk('cmi', reference, 'pay');
  await test.sweep();
  const { cmi } = test.deps.gateways;
  if (!cmi) throw new Error('CMI is configured');
  const credit = {
    state: 'refunded',
    currency: 'MAD',
    refundedCentimes: 10_000,
    gatewayTransactionId: 'CREDIT-1',
  } as const;
  const deps = {
    ...test.deps,
    gateways: { ...test.deps.gateways, cmi: { ...cmi, inquire: () => Promise.resolve(credit) } },
  };
  const [attempt] = await test.rows<{ id: string }>(
    sql`select id from payment_attempts where reference = ${reference}`,
  );
  await inquireAttempt(deps, attempt?.id ?? '', { transactionId: 'CREDIT-1' });
  expect(await test.read(order.id)).toMatchObject({ status: 'paid', refund: null });
});
