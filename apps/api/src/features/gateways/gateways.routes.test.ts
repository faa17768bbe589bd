import {
  askFatouratiStatus,
  notifyAmanPay,
  notifyCmi,
  notifyFatouratiCancellation,
  notifyFatouratiPayment,
  returnFromCmi,
} from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { cleanUp } from '../../jobs/clean-up.ts';
import { testAccess } from '../../testing/access.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';

let test: PaymentApp;
beforeAll(async () => {
  test = await paymentApp();
});

/** Who is signed in doesn't matter: a message is believed for its signature. Without one CMI is told so by a word, the others by 400. */
const everybody = (status: number) => ({ anonymous: status, operator: status, agent: status });
describe('access', () => {
  testAccess(
    () => test,
    [
      {
        route: notifyCmi,
        body: {},
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        ...everybody(200),
      },
      {
        route: returnFromCmi,
        body: {},
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        ...everybody(303),
      },
      { route: notifyFatouratiPayment, body: {}, ...everybody(400) },
      { route: askFatouratiStatus, ...everybody(200) },
      { route: notifyFatouratiCancellation, body: {}, ...everybody(400) },
      { route: notifyAmanPay, body: {}, ...everybody(400) },
    ],
  );
});

describe('the browser’s return from CMI', () => {
  it('leads to the order that its signed oid names, and changes nothing', async () => {
    const order = await test.order(await test.bill());
    await test.visit(order);
    const reference = await test.referenceOf(order.id);
    const { fields, url } = await test.control<{ url: string; fields: [string, string][] }>(
      'GET',
      `/api/cmi/orders/${reference}/return`,
    );
    const back = (body: string) =>
      fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
        body,
      });
    const right = await back(new URLSearchParams(fields).toString());
    expect([right.status, right.headers.get('location')]).toEqual([303, `/paiement/commandes/${order.id}`]);
    const forged = fields.map(([name, value]): [string, string] => [
      name,
      name === 'oid' ? `${value}0` : value,
    ]);
    const wrong = await back(new URLSearchParams(forged).toString());
    expect([wrong.status, wrong.headers.get('location')]).toEqual([303, '/paiement/']);
    const repeated = await fetch(url, { redirect: 'manual' });
    expect([repeated.status, repeated.headers.get('location')]).toEqual([303, '/paiement/']);
    expect((await test.read(order.id)).status).toBe('pending');
  });
});

describe('Fatourati’s question', () => {
  it('is answered by the status alone, for numbers that belong together', async () => {
    const bills = await test.bill();
    const order = await test.order(bills, { channel: 'fatourati' });
    const reference = await test.referenceOf(order.id);
    const ask = async () =>
      (await test.control<{ body: string }>('POST', `/api/fatourati/orders/${reference}/ask-status`)).body;
    expect(await ask()).toBe('{"status":"PENDING"}');
    const guess = await test.app.inject({
      url: '/api/v1/gateways/fatourati/status',
      query: { token_ref: '1000000000000', order_id: reference },
    });
    expect(guess.body).toBe('{"status":"NOT_FOUND"}');
    // Paid by somebody else: the bank had better take nothing.
    const winner = await test.order(bills);
    await test.visit(winner);
    await test.desk('cmi', await test.referenceOf(winner.id), 'pay');
    expect(await ask()).toBe('{"status":"CANCELLED"}');
  });
});

describe('a message', () => {
  it('is stored before anything else, its card masked, and done again from the store', async () => {
    const order = await test.order(await test.bill());
    await test.visit(order);
    const reference = await test.referenceOf(order.id);
    await test.desk('cmi', reference, 'pay', { card: '5191630100004896' });
    const [message] = await test.rows<{ body: string; decision: string; tries: number }>(
      sql`select m.body, m.decision, m.tries from gateway_messages m join payment_attempts a on a.id = m.attempt_id
          where a.reference = ${reference} and m.kind = 'payment'`,
    );
    expect(message).toMatchObject({ decision: 'take', tries: 1 });
    expect(message?.body).not.toMatch(/519163|PORTEUR/);
  });

  it('that isn’t one is answered, recorded and believed by nobody', async () => {
    const before = await test.rows(sql`select count(*)::int as n from payment_history`);
    for (const [path, type, body] of [
      ['cmi/callback', 'application/x-www-form-urlencoded', '%%%'],
      ['cmi/callback', 'application/x-www-form-urlencoded', ''],
      ['fatourati/payment', 'application/json', '{'],
      ['fatourati/cancellation', 'application/json', '[]'],
      ['amanpay/notification', 'application/json', '\0'],
    ] as const) {
      const answer = await test.app.inject({
        method: 'POST',
        url: `/api/v1/gateways/${path}`,
        headers: { 'content-type': type },
        payload: body,
      });
      expect(answer.statusCode).toBeLessThan(500);
    }
    expect(await test.rows(sql`select count(*)::int as n from payment_history`)).toEqual(before);
    const [stored] = await test.rows<{ n: number }>(
      sql`select count(*)::int as n from gateway_messages where trust = 'rejected'`,
    );
    expect(stored?.n).toBeGreaterThanOrEqual(5);
  });

  it('that a payer writes in many ways is one: its hash covers neither the encoding nor the names', async () => {
    const order = await test.order(await test.bill());
    const { next } = order;
    if (next?.type !== 'redirect') throw new Error('nothing to visit');
    const signed = next.fields.map(({ name, value }): [string, string] => [name, value]);
    const written = Array.from({ length: 6 }, (_, index) =>
      signed.map(([name, value]): [string, string] =>
        name === 'encoding'
          ? [name, `UTF-8 ${String(index)}`]
          : // In the same place among the names, so that the hash stays right.
            [index > 2 && name === 'rnd' ? `rnd${String(index)}` : name, value],
      ),
    );
    const answers = [];
    for (const fields of [...written, signed.toReversed()])
      answers.push(
        await test.app.inject({
          method: 'POST',
          url: '/api/v1/gateways/cmi/callback',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams(fields).toString(),
        }),
      );
    expect(new Set(answers.map(({ statusCode, body }) => `${String(statusCode)} ${body}`)).size).toBe(1);
    const reference = await test.referenceOf(order.id);
    const stored = await test.rows(
      sql`select trust, repetitions from gateway_messages where body like ${`%oid=${reference}&%`}`,
    );
    expect(stored).toEqual([{ trust: 'verified', repetitions: answers.length - 1 }]);
  });

  it('that nobody signed is forgotten after a month, and what money hangs on never', async () => {
    await test.deps.database.execute(
      sql`update gateway_messages set received_at = now() - interval '31 days'`,
    );
    await cleanUp(test.deps);
    const left = await test.rows<{ trust: string }>(sql`select distinct trust from gateway_messages`);
    expect(left).toEqual([{ trust: 'verified' }]);
  });
});
