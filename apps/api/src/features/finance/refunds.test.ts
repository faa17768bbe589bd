import type { FinanceOrder, Refund } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { inquireAttempts } from '../../jobs/inquire-attempts.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';

let test: PaymentApp;
type Agent = Awaited<ReturnType<typeof signedInAgent>>;
let samir: Agent;
let hind: Agent;
beforeAll(async () => {
  test = await paymentApp();
  samir = await signedInAgent(test, { role: 'finance', name: 'Samir Lahlou' });
  hind = await signedInAgent(test, { role: 'finance', name: 'Hind Alaoui' });
});

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  as?: Agent;
  version?: number;
  key?: string;
  body?: object;
}
const call = (path: string, { method = 'GET', as = samir, version, key, body }: Call = {}) =>
  test.app.inject({
    method,
    url: `/api/v1/finance${path}`,
    headers: {
      ...as.headers,
      ...(version !== undefined && { 'if-match': `"${String(version)}"` }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body && { payload: body }),
  });
const refundOf = async (orderId: string): Promise<Refund> => {
  const { refunds } = (await call(`/orders/${orderId}`)).json<{ refunds: [Refund] }>();
  return refunds[0];
};
const record = { way: 'transfer', proof: 'VIR-2026-0001', refundedOn: '2026-11-20', note: 'RIB du payeur' };

/** Two payers pay the same invoice by reference: the second one's money goes back. */
async function secondPayer(method: 'cmi' | 'amanpay' = 'amanpay') {
  const bills = await test.bill();
  const channel = method === 'cmi' ? 'fatourati' : 'tashilat';
  const gateway = method === 'cmi' ? 'fatourati' : 'amanpay';
  const first = await test.order(bills, { method, channel });
  const second = await test.order(bills, { method, channel, payerEmail: 'second@exemple.example' });
  for (const { id } of [first, second]) await test.desk(gateway, await test.referenceOf(id), 'pay');
  expect(await test.read(second.id)).toMatchObject({ status: 'refund_due' });
  return { first, second, reference: await test.referenceOf(second.id) };
}

/** A card that was captured while another order settled: only a lie or a slow bank makes it, so it is made by rows. */
async function capturedCard(state: 'captured' | 'settled' = 'settled') {
  const bills = await test.bill();
  const order = await test.order(bills, { payerEmail: 'carte@exemple.example' });
  await test.visit(order);
  const reference = await test.referenceOf(order.id);
  await test.desk('cmi', reference, 'pay');
  await test.sweep();
  if (state === 'settled') await test.control('POST', '/api/cmi/settle');
  await test.deps.database.execute(
    sql`update settlements set released_at = now() where order_id = ${order.id}`,
  );
  await test.deps.database.execute(
    sql`update invoices set status = 'unpaid', paid_at = null where id in ${bills}`,
  );
  await test.deps.database.execute(
    sql`update payment_orders set status = 'refund_due' where id = ${order.id}`,
  );
  await test.deps.database.execute(
    sql`insert into refunds (order_id, attempt_id, amount_centimes, transaction_id, cause, due_since)
        select order_id, id, amount_centimes, gateway_transaction_id, 'lost_to_another_order', now()
        from payment_attempts where reference = ${reference}`,
  );
  return { order, reference };
}
const statusOf = async (orderId: string) => {
  const [row] = await test.rows<{ order: string; attempt: string }>(
    sql`select o.status as order, a.status as attempt from payment_orders o join payment_attempts a on a.order_id = o.id where o.id = ${orderId}`,
  );
  return row;
};
const emailsOf = (orderId: string) =>
  test.rows(sql`select 1 from emails where event like ${`order:${orderId}:refunded:%`}`);

it('an order paid twice is listed by the transaction that pays it, not by the one that goes back', async () => {
  const order = await test.order(await test.bill(), { method: 'cmi', channel: 'fatourati' });
  const first = await test.referenceOf(order.id);
  const retried = await test.app.inject({
    method: 'POST',
    url: `/api/v1/payment-orders/${order.id}/attempts`,
    payload: { method: 'amanpay', channel: 'tashilat' },
  });
  expect(retried.statusCode).toBeLessThan(300);
  const { entry } = await test.desk('fatourati', first, 'pay');
  await test.desk('amanpay', await test.referenceOf(order.id), 'pay');
  const shown = (await call(`/orders/${order.id}`)).json<FinanceOrder>();
  expect(shown.refunds).toMatchObject([{ status: 'due' }]);
  expect(shown).toMatchObject({ status: 'paid', transactionNumber: entry.transactionId });
});

describe('a refund that is due', () => {
  it('is listed with its owner, its age and its address masked', async () => {
    const { second } = await secondPayer();
    const due = await refundOf(second.id);
    const { items, counts } = (await call('/refunds?pageSize=100')).json<{
      items: Refund[];
      counts: { due: number; amountDue: string };
    }>();
    const listed = items.find(({ id }) => id === due.id);
    expect(listed).toMatchObject({
      status: 'due',
      amount: '840.00',
      owner: null,
      payerEmail: 's•••@e•••.example',
      gateway: 'none',
      cause: 'lost_to_another_order',
    });
    expect(due.payerEmail).toBe('second@exemple.example');
    expect(counts.due).toBe(items.filter(({ status }) => status === 'due').length);
    expect(Date.parse(due.dueBy) - Date.parse(due.dueSince)).toBe(7 * 86_400_000);
  });

  it('is taken and given back, and the others see by whom', async () => {
    const { second } = await secondPayer();
    const { id, version } = await refundOf(second.id);
    expect((await call(`/refunds/${id}/owner`, { method: 'PUT' })).statusCode).toBe(428);
    const taken = await call(`/refunds/${id}/owner`, { method: 'PUT', version });
    expect(taken.json<Refund>().owner?.name).toBe('Samir Lahlou');
    expect(taken.headers.etag).toBe(`"${String(version + 1)}"`);
    expect((await call(`/refunds/${id}/owner`, { method: 'PUT', version, as: hind })).statusCode).toBe(412);
    const mine = await call('/refunds?owner=mine&pageSize=100');
    expect(mine.json<{ items: Refund[] }>().items.map((refund) => refund.id)).toContain(id);
    const others = await call('/refunds?owner=others&pageSize=100', { as: hind });
    expect(others.json<{ items: Refund[] }>().items.map((refund) => refund.id)).toContain(id);
    const kept = await call(`/refunds/${id}/owner`, { method: 'DELETE', version: version + 1, as: hind });
    expect(kept.json<Refund>().owner?.name).toBe('Samir Lahlou');
    const released = await call(`/refunds/${id}/owner`, { method: 'DELETE', version: version + 1 });
    expect(released.json<Refund>()).toMatchObject({ owner: null, version: version + 2 });
  });

  it('is recorded once, by one of 20 agents at once; the order and the payer hear of it', async () => {
    const { first, second } = await secondPayer();
    const { id, version } = await refundOf(second.id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        call(`/refunds/${id}/record`, {
          method: 'POST',
          as: index % 2 === 0 ? samir : hind,
          version,
          body: { ...record, proof: `VIR-${String(index)}` },
        }),
      ),
    );
    const statuses = answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other);
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
    const winner = answers.find(({ statusCode }) => statusCode === 200)?.json<Refund>();
    expect(await refundOf(second.id)).toMatchObject({
      status: 'refunded',
      proof: winner?.proof,
      way: 'transfer',
    });
    expect(await statusOf(second.id)).toEqual({ order: 'refunded', attempt: 'refunded' });
    expect(await statusOf(first.id)).toEqual({ order: 'paid', attempt: 'captured' });
    expect(await emailsOf(second.id)).toHaveLength(1);
    expect(
      await test.rows(
        sql`select actor, to_status from payment_history where order_id = ${second.id} and cause = 'refund_recorded' order by id`,
      ),
    ).toEqual([
      { actor: 'agent', to_status: 'refunded' },
      { actor: 'agent', to_status: 'refunded' },
    ]);
  });

  it('answers a repeated click as the first one', async () => {
    const { second } = await secondPayer('cmi');
    const { id, version } = await refundOf(second.id);
    const click = { method: 'POST', version, key: `click-${id}`, body: record } as const;
    const first = await call(`/refunds/${id}/record`, click);
    const again = await call(`/refunds/${id}/record`, click);
    expect([first.statusCode, again.statusCode]).toEqual([200, 200]);
    expect(again.json()).toEqual(first.json());
    expect((await call(`/refunds/${id}/record`, { method: 'POST', version, body: record })).statusCode).toBe(
      409,
    );
    expect(await emailsOf(second.id)).toHaveLength(1);
  });

  it('is not recorded for a day to come, by the API, nor without a proof', async () => {
    const { second } = await secondPayer();
    const { id, version } = await refundOf(second.id);
    for (const wrong of [
      { refundedOn: '2099-01-01' },
      { proof: ' ' },
      { way: 'gateway' },
      { amount: '1.00' },
    ]) {
      const answer = await call(`/refunds/${id}/record`, {
        method: 'POST',
        version,
        body: { ...record, ...wrong },
      });
      expect(answer.statusCode).toBe(422);
    }
    expect((await refundOf(second.id)).status).toBe('due');
  });

  it('of a second payment of a reference leaves the first one paid', async () => {
    const { first } = await secondPayer('cmi');
    await test.deps.database.execute(
      sql`insert into refunds (order_id, attempt_id, amount_centimes, transaction_id, cause, due_since)
          select order_id, id, amount_centimes, 'SECOND-1', 'paid_already', now() from payment_attempts where order_id = ${first.id}`,
    );
    const { id, version } = await refundOf(first.id);
    const answer = await call(`/refunds/${id}/record`, { method: 'POST', version, body: record });
    expect(answer.json<Refund>().status).toBe('refunded');
    expect(await statusOf(first.id)).toEqual({ order: 'paid', attempt: 'captured' });
    expect(
      await test.rows(
        sql`select to_status from payment_history where order_id = ${first.id} and cause = 'refund_recorded'`,
      ),
    ).toEqual([{ to_status: 'captured' }]);
  });
});

describe('a refund by CMI', () => {
  const ask = (id: string, version: number, as = samir) =>
    call(`/refunds/${id}/gateway-refund`, { method: 'POST', version, as });
  const mode = (fault: object) => test.control('PUT', '/api/cmi/mode', fault);

  it('is made once, whoever clicks how often', async () => {
    const { order, reference } = await capturedCard();
    const { id, version, gateway } = await refundOf(order.id);
    expect(gateway).toBe('offered');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ask(id, version, index % 2 === 0 ? samir : hind)),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect((await test.ledger('cmi', reference)).refunded).toBe(84_000);
    expect(await refundOf(order.id)).toMatchObject({ status: 'refunded', way: 'gateway', gateway: 'none' });
    expect(await statusOf(order.id)).toEqual({ order: 'refunded', attempt: 'refunded' });
    expect(await emailsOf(order.id)).toHaveLength(1);
  });

  it('gives up whole a sale that is not settled yet', async () => {
    const { order, reference } = await capturedCard('captured');
    const { id, version } = await refundOf(order.id);
    expect((await ask(id, version)).json<Refund>()).toMatchObject({ status: 'refunded', way: 'gateway' });
    expect(await test.ledger('cmi', reference)).toMatchObject({ state: 'voided', captured: 0, refunded: 0 });
    expect(await statusOf(order.id)).toEqual({ order: 'refunded', attempt: 'refunded' });
  });

  it('whose answer is lost is asked about, and never ordered twice', async () => {
    const { order, reference } = await capturedCard();
    const { id, version } = await refundOf(order.id);
    await mode({ api: 'lost', calls: 1, reference });
    const answer = await ask(id, version);
    expect(answer.json<Refund>()).toMatchObject({ status: 'due', gateway: 'requested' });
    expect((await ask(id, version + 1)).statusCode).toBe(409);
    expect((await test.ledger('cmi', reference)).refunded).toBe(84_000);
    expect(
      await test.rows(
        sql`select kind from payment_anomalies where subject = ${reference} and closed_at is null`,
      ),
    ).toEqual([{ kind: 'refund_unknown' }]);
    await test.deps.database.execute(
      sql`update payment_attempts set inquire_at = '2000-01-01' where reference = ${reference}`,
    );
    await inquireAttempts(test.deps);
    expect(await refundOf(order.id)).toMatchObject({ status: 'refunded', way: 'gateway' });
    expect(await statusOf(order.id)).toEqual({ order: 'refunded', attempt: 'refunded' });
    expect(await emailsOf(order.id)).toHaveLength(1);
    expect(
      await test.rows(
        sql`select 1 from payment_anomalies where subject = ${reference} and closed_at is null`,
      ),
    ).toEqual([]);
  });

  it('that was ordered in vain may be ordered again once CMI says so', async () => {
    const { order, reference } = await capturedCard();
    const { id, version } = await refundOf(order.id);
    await mode({ api: 'error', calls: 1, reference });
    expect((await ask(id, version)).json<Refund>()).toMatchObject({ status: 'due', gateway: 'requested' });
    expect((await test.ledger('cmi', reference)).refunded).toBe(0);
    const checked = await call(`/refunds/${id}/gateway-refund/check`, { method: 'POST' });
    expect(checked.json<Refund>()).toMatchObject({ status: 'due', gateway: 'offered' });
    expect(await statusOf(order.id)).toEqual({ order: 'refund_due', attempt: 'captured' });
    expect((await ask(id, checked.json<Refund>().version)).json<Refund>().status).toBe('refunded');
    expect((await test.ledger('cmi', reference)).refunded).toBe(84_000);
  });

  it('whose process died before or after the order is shown to a person within the hour', async () => {
    const { order, reference } = await capturedCard();
    const twoHoursAgo = sql`now() - interval '2 hours'`;
    await test.deps.database.execute(
      sql`update payment_attempts set status = 'refund_requested', changed_at = ${twoHoursAgo}, inquire_at = '2000-01-01' where reference = ${reference}`,
    );
    await test.deps.database.execute(
      sql`update refunds set requested_at = ${twoHoursAgo} where order_id = ${order.id}`,
    );
    await inquireAttempts(test.deps);
    expect(await refundOf(order.id)).toMatchObject({ status: 'due', gateway: 'requested' });
    expect(
      await test.rows(
        sql`select kind from payment_anomalies where subject = ${reference} and closed_at is null`,
      ),
    ).toEqual([{ kind: 'refund_unknown' }]);
  });

  it('that may still be on its way to CMI is not free for another, though CMI doesn’t show it yet', async () => {
    const { order, reference } = await capturedCard();
    const { id } = await refundOf(order.id);
    const begun = async (age: string) => {
      await test.deps.database.execute(
        sql`update payment_attempts set status = 'refund_requested', changed_at = now() - ${age}::interval where reference = ${reference}`,
      );
      await test.deps.database.execute(
        sql`update refunds set requested_at = now() - ${age}::interval where id = ${id}`,
      );
    };
    const check = () => call(`/refunds/${id}/gateway-refund/check`, { method: 'POST' });
    await begun('2 seconds');
    const early = await check();
    expect(early.json()).toMatchObject({ status: 503, code: 'provider_unavailable' });
    expect(Number(early.headers['retry-after'])).toBeGreaterThan(0);
    expect(await refundOf(order.id)).toMatchObject({ status: 'due', gateway: 'requested' });
    await begun('2 minutes');
    expect((await check()).json<Refund>()).toMatchObject({ status: 'due', gateway: 'offered' });
  });

  it('that CMI refuses is due as before, with its reason', async () => {
    const { order, reference } = await capturedCard();
    await test.deps.gateways.cmi?.refund?.({ reference, channel: 'card', amountCentimes: 84_000 }, 1);
    const { id, version } = await refundOf(order.id);
    const answer = await ask(id, version);
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ code: 'refund_refused' });
    expect(answer.json<{ detail: string }>().detail).toContain('2503');
    expect(await refundOf(order.id)).toMatchObject({ status: 'due', gateway: 'offered' });
    expect(await statusOf(order.id)).toEqual({ order: 'refund_due', attempt: 'captured' });
  });

  it('is not offered where only a person can do it', async () => {
    const { second } = await secondPayer();
    const { id, version } = await refundOf(second.id);
    const answer = await ask(id, version);
    expect(answer.json()).toMatchObject({ code: 'refund_impossible' });
    expect((await call(`/refunds/${id}/gateway-refund/check`, { method: 'POST' })).statusCode).toBe(409);
  });
});
