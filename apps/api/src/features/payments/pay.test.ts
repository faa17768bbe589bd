import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';

let test: PaymentApp;
beforeAll(async () => {
  test = await paymentApp();
});

const settled = async (invoiceIds: readonly string[]) =>
  await test.rows<{ status: string; settlements: number }>(
    sql`select i.status, (select count(*)::int from settlements s where s.invoice_id = i.id and s.released_at is null) as settlements
        from invoices i where i.id in ${[...invoiceIds]} order by i.id`,
  );
const paidOnce = { status: 'paid', settlements: 1 };
const unpaid = { status: 'unpaid', settlements: 0 };

describe('a card at CMI', () => {
  it('pays the invoices, and is captured by our answer alone', async () => {
    const bills = await test.bill(2);
    const order = await test.order(bills, { payerEmail: 'payeur@exemple.example' });
    expect(order).toMatchObject({
      status: 'pending',
      cause: 'sent_to_gateway',
      amount: '1680.00',
      payerEmail: 'p•••@e•••.example',
      watch: true,
      receipt: null,
      next: { type: 'redirect', method: 'POST' },
    });
    await test.visit(order);
    const reference = await test.referenceOf(order.id);
    expect(reference).toBe(`${order.number}-1`);
    const { answers, entry } = await test.desk('cmi', reference, 'pay');
    expect(answers).toEqual([{ status: 200, body: 'ACTION=POSTAUTH' }]);
    expect(entry.authorised).toBe(168_000);
    expect(await settled(bills)).toEqual([paidOnce, paidOnce]);
    const paid = await test.read(order.id);
    expect(paid).toMatchObject({ status: 'paid', cause: 'callback', watch: false, next: null });
    expect(paid.receipt?.number).toMatch(/^R-\d{4}-\d{10}$/);
    expect((await test.ledger('cmi', reference)).captured).toBe(168_000);
    await test.sweep();
    expect(
      await test.rows(
        sql`select from_status, to_status, cause from payment_history where order_id = ${order.id} order by id`,
      ),
    ).toEqual([
      { from_status: null, to_status: 'created', cause: 'ordered' },
      { from_status: null, to_status: 'created', cause: 'ordered' },
      { from_status: 'created', to_status: 'redirected', cause: 'sent_to_gateway' },
      { from_status: 'created', to_status: 'pending', cause: 'sent_to_gateway' },
      { from_status: 'redirected', to_status: 'authorised', cause: 'callback' },
      { from_status: 'authorised', to_status: 'capture_requested', cause: 'callback' },
      { from_status: 'pending', to_status: 'paid', cause: 'callback' },
      { from_status: 'capture_requested', to_status: 'captured', cause: 'inquiry' },
    ]);
  });

  it('is refused, says why, and is accepted by another try on the same page', async () => {
    const bills = await test.bill();
    const order = await test.order(bills);
    await test.visit(order);
    const reference = await test.referenceOf(order.id);
    const refused = await test.desk('cmi', reference, 'refuse', { code: '51' });
    expect(refused.answers).toEqual([{ status: 200, body: 'APPROVED' }]);
    expect(await test.read(order.id)).toMatchObject({ status: 'pending', refusal: 'insufficient_funds' });
    expect((await test.desk('cmi', reference, 'pay')).answers).toEqual([
      { status: 200, body: 'ACTION=POSTAUTH' },
    ]);
    expect(await test.read(order.id)).toMatchObject({ status: 'paid', refusal: null });
    expect(await settled(bills)).toEqual([paidOnce]);
  });
});

describe.each([
  ['fatourati', 'cmi', 'fatourati'],
  ['amanpay', 'amanpay', 'tashilat'],
] as const)('a reference of %s', (gateway, method, channel) => {
  it('is shown at every visit, and pays', async () => {
    const bills = await test.bill(2);
    const order = await test.order(bills, { method, channel, payerEmail: 'payeur@exemple.example' });
    expect(order).toMatchObject({ status: 'pending', next: { type: 'reference' } });
    expect((await test.read(order.id)).next).toEqual(order.next);
    const reference = await test.referenceOf(order.id);
    const { answers } = await test.desk(gateway, reference, 'pay');
    expect(answers.map(({ status }) => status)).toEqual([200]);
    expect(await settled(bills)).toEqual([paidOnce, paidOnce]);
    const paid = await test.read(order.id);
    expect(paid).toMatchObject({ status: 'paid', channel });
    // Fatourati wants our receipt's number, AmanPay a bare word.
    expect(answers[0]?.body).toContain(gateway === 'fatourati' ? paid.receipt?.number : 'OK');
  });
});

describe.each(['card', 'direct_debit'] as const)('AmanPay, %s', (channel) => {
  it('pays', async () => {
    const bills = await test.bill();
    const order = await test.order(bills, { method: 'amanpay', channel });
    await test.visit(order);
    const reference = await test.referenceOf(order.id);
    if (channel === 'direct_debit') await test.desk('amanpay', reference, 'debit');
    await test.sweep();
    expect(await test.read(order.id)).toMatchObject({ status: 'pending', watch: true });
    expect((await test.desk('amanpay', reference, 'pay')).answers).toMatchObject([{ status: 200 }]);
    expect(await test.read(order.id)).toMatchObject({ status: 'paid' });
    expect(await settled(bills)).toEqual([paidOnce]);
  });

  it('is refused for good', async () => {
    const bills = await test.bill();
    const order = await test.order(bills, { method: 'amanpay', channel });
    await test.visit(order);
    await test.desk('amanpay', await test.referenceOf(order.id), 'refuse');
    expect(await test.read(order.id)).toMatchObject({
      status: 'failed',
      cause: 'gateway_refused',
      refusal: 'declined',
      payableAgain: true,
    });
    expect(await settled(bills)).toEqual([unpaid]);
  });
});
