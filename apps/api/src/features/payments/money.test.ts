import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { openGateways } from '../../gateways.ts';
import { GatewayRefusalError } from '../../integrations/payment-gateway/gateway-errors.ts';
import { capturePayment } from '../../jobs/move-money.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { applyNews } from './apply-news.ts';
import { inquireAttempt } from './ask-gateway.ts';

let test: PaymentApp;
beforeAll(async () => {
  test = await paymentApp();
});
afterEach(async () => {
  test.setNow(undefined);
  for (const gateway of ['cmi', 'fatourati', 'amanpay'] as const)
    await test.control('PUT', `/api/${gateway}/mode`, { normal: true });
});

const settlements = async (bills: readonly string[]) =>
  await test.rows<{ status: string; settlements: number }>(
    sql`select i.status, (select count(*)::int from settlements s where s.invoice_id = i.id and s.released_at is null) as settlements
        from invoices i where i.id in ${[...bills]} order by i.id`,
  );
const paid = { status: 'paid', settlements: 1 };
const unpaid = { status: 'unpaid', settlements: 0 };
const refundsOf = async (orderId: string) =>
  await test.rows(
    sql`select amount_centimes::int as amount, status, cause from refunds where order_id = ${orderId} order by id`,
  );
const anomaliesOf = async (reference: string) =>
  (
    await test.rows<{ kind: string }>(
      sql`select kind from payment_anomalies where subject = ${reference} order by kind`,
    )
  ).map(({ kind }) => kind);
const attemptsOf = async (orderId: string) =>
  (
    await test.rows<{ status: string }>(
      sql`select status from payment_attempts where order_id = ${orderId} order by id`,
    )
  ).map(({ status }) => status);
const later = (minutes: number) => test.setNow(new Date(Date.now() + minutes * 60_000));
const cancel = async (id: string) =>
  await test.app.inject({ method: 'DELETE', url: `/api/v1/payment-orders/${id}` });

/** An order at a Fatourati that nobody reaches: it has no access token to begin with. */
async function paymentAway(invoiceIds: readonly string[]) {
  const gateways = openGateways(
    {
      ...test.deps.environment,
      FATOURATI_TOKEN_URL: 'http://127.0.0.1:1/',
      FATOURATI_API_URL: 'http://127.0.0.1:1',
    },
    test.deps.now,
  );
  const app = await buildApp({ ...test.deps, gateways });
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/payment-orders',
    payload: { invoiceIds, method: 'cmi', channel: 'fatourati' },
  });
  await app.close();
  return answer;
}

/** An order whose payer is at CMI's page. */
async function atCmi(bills: readonly string[]) {
  const order = await test.order(bills);
  await test.visit(order);
  return { id: order.id, reference: await test.referenceOf(order.id) };
}
async function withReference(bills: readonly string[], method: 'cmi' | 'amanpay' = 'cmi') {
  const order = await test.order(bills, { method, channel: method === 'cmi' ? 'fatourati' : 'tashilat' });
  return { id: order.id, reference: await test.referenceOf(order.id) };
}

describe('two payers of one invoice', () => {
  it('by card: the first wins, the second isn’t charged', async () => {
    const bills = await test.bill(2);
    const [shared = ''] = bills;
    const first = await atCmi(bills);
    const second = await atCmi([shared]);
    expect((await test.desk('cmi', first.reference, 'pay')).answers).toMatchObject([
      { body: 'ACTION=POSTAUTH' },
    ]);
    expect((await test.desk('cmi', second.reference, 'pay')).answers).toMatchObject([{ body: 'APPROVED' }]);
    expect(await test.read(second.id)).toMatchObject({
      status: 'failed',
      cause: 'lost_to_another_order',
      payableAgain: false,
      watch: true,
    });
    await test.sweep();
    expect(await test.ledger('cmi', second.reference)).toMatchObject({ state: 'voided', captured: 0 });
    expect(await attemptsOf(second.id)).toEqual(['voided']);
    expect(await test.read(second.id)).toMatchObject({ status: 'failed', refund: null, watch: false });
    expect(await settlements(bills)).toEqual([paid, paid]);
  });

  it('by a reference: the second one’s money is due back, and they are told', async () => {
    const bills = await test.bill();
    const order = await test.order(bills, { channel: 'fatourati', payerEmail: 'second@exemple.example' });
    const first = await atCmi(bills);
    await test.desk('cmi', first.reference, 'pay');
    await test.desk('fatourati', await test.referenceOf(order.id), 'pay');
    expect(await test.read(order.id)).toMatchObject({
      status: 'refund_due',
      cause: 'lost_to_another_order',
      refund: { amount: '840.00', status: 'due' },
    });
    expect(await settlements(bills)).toEqual([paid]);
    expect(
      await test.rows(
        sql`select 1 from emails where "to" = 'second@exemple.example' and template = 'payment_refund_due'`,
      ),
    ).toHaveLength(1);
  });

  it('with overlapping baskets, at once and in opposite orders: one wins, nobody waits for ever', async () => {
    const bills = await test.bill(6);
    const [a = '', b = '', c = '', d = '', e = '', f = ''] = bills;
    const baskets = [
      [a, b, c],
      [c, b, d],
      [d, a, e],
      [e, c, f],
    ];
    const payers = await Promise.all(baskets.map(atCmi));
    await Promise.all(payers.map(({ reference }) => test.desk('cmi', reference, 'pay')));
    await test.sweep();
    const orders = await Promise.all(payers.map(({ id }) => test.read(id)));
    const won = orders.filter(({ status }) => status === 'paid');
    expect(won.length).toBeGreaterThan(0);
    const wonIds = won.flatMap(({ lines }) => lines.map(({ invoiceId }) => String(invoiceId)));
    expect(new Set(wonIds).size).toBe(wonIds.length);
    for (const row of await test.rows<{ id: string; status: string; n: number }>(
      sql`select i.id, i.status, (select count(*)::int from settlements s where s.invoice_id = i.id) as n
          from invoices i where i.id in ${bills}`,
    ))
      expect(row).toMatchObject(
        wonIds.includes(row.id) ? { status: 'paid', n: 1 } : { status: 'unpaid', n: 0 },
      );
    for (const [index, { reference }] of payers.entries())
      expect(await test.ledger('cmi', reference)).toMatchObject({
        state: orders[index]?.status === 'paid' ? 'captured' : 'voided',
      });
  });
});

describe('an order', () => {
  it('expires only once its gateway shows no money, and money that comes later pays it', async () => {
    const bills = await test.bill();
    const { id, reference } = await atCmi(bills);
    await test.sweep();
    expect((await test.read(id)).status).toBe('pending');
    later(46);
    await test.sweep();
    expect(await test.read(id)).toMatchObject({ status: 'expired', cause: 'time_over', payableAgain: true });
    test.setNow(undefined);
    await test.desk('cmi', reference, 'pay');
    expect(await test.read(id)).toMatchObject({ status: 'paid', cause: 'late' });
    expect(await settlements(bills)).toEqual([paid]);
  });

  it('by AmanPay’s card page expires after a quarter of an hour more, by a reference after a day more', async () => {
    const card = await test.order(await test.bill(), { method: 'amanpay', channel: 'card' });
    const code = await withReference(await test.bill());
    later(46);
    await test.sweep();
    expect((await test.read(card.id)).status).toBe('expired');
    expect((await test.read(code.id)).status).toBe('pending');
  });

  it('doesn’t expire while its gateway is silent, which a person is told', async () => {
    const { id, reference } = await withReference(await test.bill());
    await test.control('PUT', '/api/fatourati/mode', { api: 'error' });
    await test.sweep();
    later(60 * 49);
    await test.sweep();
    expect((await test.read(id)).status).toBe('pending');
    expect(await anomaliesOf(reference)).toEqual(['gateway_silent']);
  });

  it('is found paid by our own inquiry when no notification comes', async () => {
    await test.control('PUT', '/api/cmi/mode', { callbacks: 'silent' });
    await test.control('PUT', '/api/amanpay/mode', { callbacks: 'silent' });
    const card = await atCmi(await test.bill());
    const code = await withReference(await test.bill(), 'amanpay');
    await test.desk('cmi', card.reference, 'pay');
    await test.desk('amanpay', code.reference, 'pay');
    await test.sweep();
    expect(await test.read(card.id)).toMatchObject({ status: 'paid', cause: 'inquiry' });
    expect(await test.read(code.id)).toMatchObject({ status: 'paid', cause: 'inquiry' });
    expect(await test.ledger('cmi', card.reference)).toMatchObject({ state: 'captured' });
  });

  it('is given up once its gateway was asked, and later money pays it all the same', async () => {
    const bills = await test.bill();
    const { id, reference } = await withReference(bills);
    expect((await cancel(id)).json()).toMatchObject({ status: 'cancelled', cause: 'payer_cancelled' });
    expect((await cancel(id)).json()).toMatchObject({ code: 'order_closed' });
    await test.desk('fatourati', reference, 'pay');
    expect(await test.read(id)).toMatchObject({ status: 'paid', cause: 'late' });
    expect(await settlements(bills)).toEqual([paid]);
  });

  it('given up after it was paid unheard is paid', async () => {
    await test.control('PUT', '/api/cmi/mode', { callbacks: 'silent' });
    const { id, reference } = await atCmi(await test.bill());
    await test.desk('cmi', reference, 'pay');
    expect((await cancel(id)).json()).toMatchObject({ status: 'paid' });
  });

  it('isn’t given up while its gateway can’t be asked', async () => {
    await test.control('PUT', '/api/cmi/mode', { api: 'error' });
    const { id } = await atCmi(await test.bill());
    expect((await cancel(id)).json()).toMatchObject({ code: 'gateway_unavailable' });
    expect((await test.read(id)).status).toBe('pending');
  });

  it.each([
    ['changed', sql`amount_centimes = 1000`],
    ['given to another client', sql`client_code = 'ZZZZ'`],
    ['cancelled', sql`status = 'cancelled'`],
  ])('whose invoice was %s meanwhile takes no money by card, and gives back the other', async (_, change) => {
    const [bill = ''] = await test.bill();
    const card = await atCmi([bill]);
    const reference = await withReference([bill]);
    await test.deps.database.execute(sql`update invoices set ${change} where id = ${bill}`);
    expect((await test.desk('cmi', card.reference, 'pay')).answers).toMatchObject([{ body: 'APPROVED' }]);
    await test.desk('fatourati', reference.reference, 'pay');
    await test.sweep();
    expect(await test.read(card.id)).toMatchObject({ status: 'failed', cause: 'invoice_changed' });
    expect(await test.ledger('cmi', card.reference)).toMatchObject({ state: 'voided' });
    expect(await test.read(reference.id)).toMatchObject({ status: 'refund_due', cause: 'invoice_changed' });
    expect(await refundsOf(reference.id)).toEqual([
      { amount: 84_000, status: 'due', cause: 'invoice_changed' },
    ]);
  });
});

describe('a wrong amount', () => {
  it('authorised on a card is voided, and shown to a person', async () => {
    const bills = await test.bill();
    const { id, reference } = await atCmi(bills);
    await test.control('PUT', '/api/cmi/mode', { amountCentimes: 100, reference });
    expect((await test.desk('cmi', reference, 'pay')).answers).toMatchObject([{ body: 'FAILURE' }]);
    await test.sweep();
    expect(await test.ledger('cmi', reference)).toMatchObject({ state: 'voided' });
    expect(await test.read(id)).toMatchObject({ status: 'failed', cause: 'wrong_amount' });
    expect(await settlements(bills)).toEqual([unpaid]);
    expect(await anomaliesOf(reference)).toEqual(['wrong_amount']);
  });

  it('taken by a reference is due back, as much as was taken', async () => {
    const bills = await test.bill();
    const { id, reference } = await withReference(bills);
    await test.control('PUT', '/api/fatourati/mode', { amountCentimes: 83_999, reference });
    await test.desk('fatourati', reference, 'pay');
    await test.sweep();
    expect(await test.read(id)).toMatchObject({
      status: 'refund_due',
      refund: { amount: '839.99', status: 'due' },
    });
    expect(await settlements(bills)).toEqual([unpaid]);
    expect(await anomaliesOf(reference)).toEqual(['wrong_amount']);
  });
});

describe('money that doesn’t stay', () => {
  it('a capture that turns out void opens the invoices again', async () => {
    const bills = await test.bill();
    const { id, reference } = await atCmi(bills);
    await test.control('PUT', '/api/cmi/mode', { captureVoid: true, reference });
    await test.desk('cmi', reference, 'pay');
    expect((await test.read(id)).status).toBe('paid');
    await test.sweep();
    expect(await test.read(id)).toMatchObject({
      status: 'failed',
      cause: 'capture_lost',
      payableAgain: true,
    });
    expect(await settlements(bills)).toEqual([unpaid]);
    expect(await anomaliesOf(reference)).toEqual(['capture_lost']);
    const again = await atCmi(bills);
    await test.desk('cmi', again.reference, 'pay');
    expect(await settlements(bills)).toEqual([paid]);
  });

  it('so does one that our own order took: the gateway is asked what became of it', async () => {
    const bills = await test.bill();
    const { id, reference } = await atCmi(bills);
    await test.control('PUT', '/api/cmi/mode', { callbacks: 'silent', captureVoid: true, reference });
    await test.desk('cmi', reference, 'pay');
    await test.sweep();
    expect(await test.ledger('cmi', reference)).toMatchObject({ state: 'voided' });
    expect(await test.read(id)).toMatchObject({ status: 'failed', cause: 'capture_lost' });
    expect(await settlements(bills)).toEqual([unpaid]);
    expect(await anomaliesOf(reference)).toEqual(['capture_lost']);
  });

  it('a capture whose answer was lost is asked for again', async () => {
    const bills = await test.bill();
    const { id, reference } = await atCmi(bills);
    await test.control('PUT', '/api/cmi/mode', { callbacks: 'hold', reference });
    await test.desk('cmi', reference, 'pay');
    const [held] = await test.rows<{ id: string }>(
      sql`select id from payment_attempts where reference = ${reference}`,
    );
    expect(held).toBeDefined();
    // What was decided stands; its answer never leaves.
    await test.sweep();
    expect(await test.read(id)).toMatchObject({ status: 'paid' });
    expect(await test.ledger('cmi', reference)).toMatchObject({ state: 'captured' });
    const answers = await test.control<{ answers: { body: string }[] }>(
      'POST',
      '/api/cmi/callbacks/release',
      {},
    );
    expect(answers.answers).toMatchObject([{ body: 'ACTION=POSTAUTH' }]);
    expect(await settlements(bills)).toEqual([paid]);
  });

  it.each([
    ['amanpay', 'amanpay', 'direct_debit'],
    ['fatourati', 'cmi', 'fatourati'],
  ] as const)('%s takes it back: the invoices are unpaid again', async (gateway, method, channel) => {
    const bills = await test.bill();
    const order = await test.order(bills, { method, channel, payerEmail: `${gateway}@exemple.example` });
    if (order.next?.type === 'redirect') await test.visit(order);
    const reference = await test.referenceOf(order.id);
    await test.desk(gateway, reference, 'pay');
    expect(await settlements(bills)).toEqual([paid]);
    await test.desk(gateway, reference, 'reverse');
    expect(await test.read(order.id)).toMatchObject({
      status: 'reversed',
      cause: 'taken_back',
      receipt: null,
    });
    expect(await settlements(bills)).toEqual([unpaid]);
    expect(
      await test.rows(
        sql`select template from emails where "to" = ${`${gateway}@exemple.example`} order by id`,
      ),
    ).toContainEqual({ template: 'payment_taken_back' });
  });

  it('a direct debit that comes back unheard is found by the later inquiries', async () => {
    const bills = await test.bill();
    const order = await test.order(bills, { method: 'amanpay', channel: 'direct_debit' });
    await test.visit(order);
    const reference = await test.referenceOf(order.id);
    await test.desk('amanpay', reference, 'pay');
    await test.control('PUT', '/api/amanpay/mode', { callbacks: 'silent' });
    await test.desk('amanpay', reference, 'reverse');
    await test.sweep();
    expect(await test.read(order.id)).toMatchObject({ status: 'reversed' });
    expect(await settlements(bills)).toEqual([unpaid]);
  });

  it('a reference paid twice settles once, and the other payment is due back', async () => {
    const bills = await test.bill();
    const { id, reference } = await withReference(bills);
    await test.desk('fatourati', reference, 'pay');
    await test.desk('fatourati', reference, 'pay');
    expect(await test.read(id)).toMatchObject({
      status: 'paid',
      refund: { amount: '840.00', status: 'due' },
    });
    expect(await settlements(bills)).toEqual([paid]);
    expect(await refundsOf(id)).toEqual([{ amount: 84_000, status: 'due', cause: 'paid_already' }]);
  });

  it('of a reference paid twice after another payer, each payment goes back on its own', async () => {
    const bills = await test.bill();
    const { id, reference } = await withReference(bills);
    const card = await atCmi(bills);
    await test.desk('cmi', card.reference, 'pay');
    await test.desk('fatourati', reference, 'pay');
    await test.desk('fatourati', reference, 'pay');
    const due = { amount: 84_000, status: 'due' };
    expect(await refundsOf(id)).toMatchObject([due, due]);
    const kept = await test.rows<{ attemptId: string; transactionId: string }>(
      sql`select attempt_id as "attemptId", transaction_id as "transactionId" from refunds where order_id = ${id} order by id`,
    );
    const [first, second] = kept;
    if (!first || !second) throw new Error('two refunds are due');
    const giveBack = async (gatewayTransactionId: string | undefined) =>
      await applyNews(test.deps, {
        attemptId: first.attemptId,
        told: { says: 'refunded', trust: 'verified', gatewayTransactionId },
        source: 'inquiry',
        actor: { kind: 'gateway' },
      });
    await giveBack(undefined);
    expect(await refundsOf(id)).toMatchObject([due, due]);
    expect(await anomaliesOf(reference)).toContain('gap_state');
    await giveBack(second.transactionId);
    expect(await refundsOf(id)).toMatchObject([due, { status: 'refunded' }]);
    expect(await test.read(id)).toMatchObject({ status: 'refund_due' });
    await giveBack(first.transactionId);
    expect(await refundsOf(id)).toMatchObject([{ status: 'refunded' }, { status: 'refunded' }]);
    expect(await test.read(id)).toMatchObject({ status: 'refunded' });
  });

  it('a second payment of the same order by another channel is due back', async () => {
    const bills = await test.bill();
    const { id, reference } = await withReference(bills);
    await test.app.inject({
      method: 'POST',
      url: `/api/v1/payment-orders/${id}/attempts`,
      payload: { method: 'amanpay', channel: 'tashilat' },
    });
    const second = await test.referenceOf(id);
    await test.desk('fatourati', reference, 'pay');
    await test.desk('amanpay', second, 'pay');
    const { transactionId } = await test.ledger('fatourati', reference);
    expect(await test.read(id)).toMatchObject({
      status: 'paid',
      transactionNumber: transactionId,
      refund: { amount: '840.00', status: 'due' },
    });
    expect(await settlements(bills)).toEqual([paid]);
  });
});

describe('a capture that the gateway refuses', () => {
  it('is ordered again by the next inquiry alone, and a person is told', async () => {
    await test.control('PUT', '/api/cmi/mode', { callbacks: 'silent' });
    const { id, reference } = await atCmi(await test.bill());
    await test.desk('cmi', reference, 'pay');
    const { cmi } = test.deps.gateways;
    if (!cmi) throw new Error('CMI is configured');
    const [{ attempt } = { attempt: '' }] = await test.rows<{ attempt: string }>(
      sql`select id as attempt from payment_attempts where order_id = ${id}`,
    );
    await inquireAttempt(test.deps, attempt);
    const orders = async () =>
      await test.rows(
        sql`select 1 from jobs.job where name = 'capture-payment' and data->>'attemptId' = ${attempt}`,
      );
    expect(await orders()).toHaveLength(1);
    const refusing = {
      ...test.deps,
      gateways: {
        cmi: {
          ...cmi,
          capture: () => Promise.reject(new GatewayRefusalError('cmi', 'too_old', 'CORE-2513')),
        },
      },
    };
    await capturePayment(refusing, { attemptId: attempt });
    expect(await orders()).toHaveLength(1);
    expect(await anomaliesOf(reference)).toEqual(['capture_late']);
    expect((await test.read(id)).status).toBe('paid');
    await test.sweep();
    expect(await test.ledger('cmi', reference)).toMatchObject({ state: 'captured' });
  });
});

describe('a gateway that is away when the order is made', () => {
  it('and did nothing: the order fails, the payer is told, and nothing is owed', async () => {
    const bills = await test.bill();
    const failed = sql`select o.status, o.cause, a.status as attempt from payment_orders o
      join payment_attempts a on a.order_id = o.id join payment_order_lines l on l.order_id = o.id
      where l.invoice_id = ${bills[0]}`;
    const away = await paymentAway(bills);
    expect(away.statusCode).toBe(503);
    expect(away.json()).toMatchObject({ code: 'gateway_unavailable' });
    expect(away.headers['retry-after']).toBe('10');
    expect(await test.rows(failed)).toEqual([
      { status: 'failed', cause: 'gateway_unavailable', attempt: 'abandoned' },
    ]);
  });

  it('and may have done it: the order is watched, and fails once the gateway knows nothing of it', async () => {
    await test.control('PUT', '/api/amanpay/mode', { api: 'error', calls: 1 });
    const order = await test.order(await test.bill(), { method: 'amanpay', channel: 'tashilat' });
    expect(order).toMatchObject({ status: 'pending', next: null, watch: true });
    await test.sweep();
    expect(await test.read(order.id)).toMatchObject({ status: 'failed', cause: 'gateway_unavailable' });
  });

  it('and did it, but its answer was lost: the reference is found, and never made twice', async () => {
    const bills = await test.bill();
    await test.control('PUT', '/api/amanpay/mode', { api: 'lost', calls: 1 });
    const order = await test.order(bills, { method: 'amanpay', channel: 'tashilat' });
    expect(order).toMatchObject({ status: 'pending', next: null });
    expect(await attemptsOf(order.id)).toEqual(['unknown']);
    await test.sweep();
    expect(await test.read(order.id)).toMatchObject({ status: 'pending', next: { type: 'reference' } });
    const ledger = await test.control<{ items: { reference: string }[] }>('GET', '/api/amanpay/orders');
    expect(ledger.items.filter(({ reference }) => reference.startsWith(order.number))).toHaveLength(1);
  });
});
