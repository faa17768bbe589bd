import { createHash } from 'node:crypto';
import { amanPayForgeries } from '@rnoce/sandbox/amanpay/amanpay-desk';
import { cmiForgeries } from '@rnoce/sandbox/cmi/cmi-callback';
import { fatouratiForgeries } from '@rnoce/sandbox/fatourati/fatourati-desk';
import { eq, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gatewayMessages } from '../../db/schema/payments.ts';
import { inquireAttempt } from '../../jobs/inquire-attempt.ts';
import { capturePayment } from '../../jobs/move-money.ts';
import { processMessages } from '../../jobs/process-messages.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { processMessage } from './process-message.ts';

let test: PaymentApp;
beforeAll(async () => {
  test = await paymentApp();
});
afterEach(async () => {
  test.setNow(undefined);
  for (const gateway of ['cmi', 'fatourati', 'amanpay'] as const)
    await test.control('PUT', `/api/${gateway}/mode`, { normal: true });
});

const channels = {
  cmi: { method: 'cmi', channel: 'card' },
  fatourati: { method: 'cmi', channel: 'fatourati' },
  amanpay: { method: 'amanpay', channel: 'card' },
} as const;

async function begin(gateway: keyof typeof channels) {
  const bills = await test.bill(2);
  const order = await test.order(bills, channels[gateway]);
  if (order.next?.type === 'redirect') await test.visit(order);
  return { bills, id: order.id, reference: await test.referenceOf(order.id) };
}
const countOf = async (query: ReturnType<typeof sql>) => (await test.rows<{ n: number }>(query))[0]?.n;
/** A message that can't be worked on, as if it had been tried so often. */
async function storeImpossible(tries: number): Promise<string> {
  const { reference } = await begin('cmi');
  const told = { notice: 'payment', attemptReference: reference, outcome: 'captured', currency: 'MAD' };
  // More than PostgreSQL can write.
  const reading = { trust: 'verified', message: { ...told, amountCentimes: 1e30, mustInquire: false } };
  const sha256 = createHash('sha256').update(reference).digest('hex');
  const [message] = await test.rows<{ id: string }>(
    sql`insert into gateway_messages (provider, kind, trust, reading, content_type, body, sha256, tries, received_at)
        values ('cmi', 'payment', 'verified', ${JSON.stringify(reading)}, 'text/plain', '', ${sha256}, ${tries}, now() - interval '1 hour')
        returning id`,
  );
  return message?.id ?? '';
}
const settlementsOf = async (orderId: string) =>
  await countOf(sql`select count(*)::int as n from settlements where order_id = ${orderId}`);

describe.each([
  ['cmi', Object.keys(cmiForgeries)],
  ['fatourati', Object.keys(fatouratiForgeries)],
  ['amanpay', Object.keys(amanPayForgeries)],
] as const)('a liar who speaks as %s', (gateway, variants) => {
  it.each(variants)(
    '%s: never settles, never breaks, is recorded, and the payer can still pay',
    async (variant) => {
      const { id, reference } = await begin(gateway);
      const before = await countOf(sql`select count(*)::int as n from gateway_messages`);
      const { answers } = await test.desk(gateway, reference, 'forge', { variant });
      expect(answers).toHaveLength(1);
      expect(answers[0]?.status).toBeLessThan(500);
      expect(answers[0]?.body).not.toBe('ACTION=POSTAUTH');
      expect(await countOf(sql`select count(*)::int as n from gateway_messages`)).toBeGreaterThan(
        before ?? 0,
      );
      await test.sweep();
      expect(await settlementsOf(id)).toBe(0);
      expect((await test.read(id)).status).toBe('pending');
      await test.desk(gateway, reference, 'pay');
      await test.sweep();
      expect(await test.read(id)).toMatchObject({ status: 'paid', refund: null });
      expect(await settlementsOf(id)).toBe(2);
    },
  );
});

describe('a notification that comes again', () => {
  it.each(['cmi', 'fatourati', 'amanpay'] as const)(
    '%s: 100 times at once it gets the same answer, and pays once',
    async (gateway) => {
      const { id, reference } = await begin(gateway);
      await test.control('PUT', `/api/${gateway}/mode`, { copies: 100, reference });
      const { answers } = await test.desk(gateway, reference, 'pay');
      expect(answers).toHaveLength(100);
      expect(new Set(answers.map(({ status, body }) => `${String(status)} ${body}`)).size).toBe(1);
      expect(answers[0]?.status).toBe(200);
      expect(await settlementsOf(id)).toBe(2);
      expect(
        await countOf(
          sql`select count(*)::int as n from payment_history where order_id = ${id} and to_status = 'paid'`,
        ),
      ).toBe(1);
      expect(
        await test.rows(
          sql`select m.repetitions from gateway_messages m join payment_attempts a on a.id = m.attempt_id
              where a.reference = ${reference} and m.kind = 'payment'`,
        ),
      ).toEqual([{ repetitions: 99 }]);
    },
  );

  it('out of order, refusals after the acceptance, changes nothing', async () => {
    const { id, reference } = await begin('cmi');
    await test.control('PUT', '/api/cmi/mode', { callbacks: 'hold', reference });
    await test.desk('cmi', reference, 'refuse');
    await test.desk('cmi', reference, 'refuse', { code: '51' });
    await test.desk('cmi', reference, 'pay');
    const { answers } = await test.control<{ answers: { body: string }[] }>(
      'POST',
      '/api/cmi/callbacks/release',
      { order: 'reverse', reference },
    );
    expect(answers.map(({ body }) => body)).toEqual(['ACTION=POSTAUTH', 'APPROVED', 'APPROVED']);
    expect((await test.read(id)).status).toBe('paid');
    expect(await test.ledger('cmi', reference)).toMatchObject({ state: 'captured' });
  });
});

describe('what is slow or away on our side', () => {
  /** Somebody else holds the invoices, until the returned function is called. */
  async function hold(bills: readonly string[]): Promise<() => Promise<void>> {
    const client = new Client({ connectionString: test.deps.environment.DATABASE_URL });
    await client.connect();
    await client.query('begin');
    await client.query('select 1 from invoices where id = any($1) for update', [bills]);
    return async () => {
      await client.query('rollback');
      await client.end();
    };
  }

  it('CMI isn’t told to capture what isn’t committed; it is captured once it is', async () => {
    const { bills, id, reference } = await begin('cmi');
    const letGo = await hold(bills);
    const { answers } = await test.desk('cmi', reference, 'pay');
    expect(answers).toEqual([{ status: 200, body: 'FAILURE' }]);
    expect((await test.read(id)).status).toBe('pending');
    await letGo();
    test.setNow(new Date(Date.now() + 60_000));
    await processMessages(test.deps);
    expect(await test.read(id)).toMatchObject({ status: 'paid', cause: 'callback' });
    const [attempt] = await test.rows<{ id: string }>(
      sql`select id from payment_attempts where reference = ${reference}`,
    );
    await capturePayment(test.deps, { attemptId: String(attempt?.id) });
    expect(await test.ledger('cmi', reference)).toMatchObject({ state: 'captured' });
  });

  it('AmanPay is asked to send again what couldn’t be written', async () => {
    const { bills, id, reference } = await begin('amanpay');
    const letGo = await hold(bills);
    const { answers } = await test.desk('amanpay', reference, 'pay');
    expect(answers).toMatchObject([{ status: 503 }]);
    await letGo();
    test.setNow(new Date(Date.now() + 60_000));
    await processMessages(test.deps);
    expect((await test.read(id)).status).toBe('paid');
  });

  it('a message that can’t be worked on is tried twenty times, then shown to a person', async () => {
    const id = await storeImpossible(18);
    const shown = () =>
      test.rows(sql`select kind, subject from payment_anomalies where message_id = ${id} order by id`);
    await processMessages(test.deps);
    expect(await shown()).toEqual([]);
    await processMessages(test.deps);
    expect(await shown()).toEqual([{ kind: 'gap_state', subject: `cmi ${id}` }]);
    await processMessages(test.deps);
    expect(await test.rows(sql`select tries from gateway_messages where id = ${id}`)).toEqual([
      { tries: 20 },
    ]);
  });

  it('a message that came again and again, and could never be done, is left to the store and then to a person', async () => {
    const id = await storeImpossible(0);
    const [stored] = await test.deps.database
      .select()
      .from(gatewayMessages)
      .where(eq(gatewayMessages.id, id));
    if (!stored) throw new Error('it was not stored');
    for (let time = 0; time < 25; time += 1)
      await expect(processMessage(test.deps, stored, { live: true })).rejects.toThrow('Failed query');
    for (let time = 0; time < 20; time += 1) await processMessages(test.deps);
    expect(await test.rows(sql`select kind from payment_anomalies where message_id = ${id}`)).toEqual([
      { kind: 'gap_state' },
    ]);
  });

  it('a gateway that can’t confirm its own notification is asked again by a job', async () => {
    const { id, reference } = await begin('amanpay');
    await test.control('PUT', '/api/amanpay/mode', { api: 'slow', apiDelayMs: 60_000, reference });
    const { answers } = await test.desk('amanpay', reference, 'pay');
    expect(answers).toMatchObject([{ status: 200 }]);
    expect((await test.read(id)).status).toBe('pending');
    expect(
      await countOf(
        sql`select count(*)::int as n from jobs.job j join payment_attempts a on a.id::text = j.data->>'attemptId'
            where j.name = 'inquire-attempt' and a.reference = ${reference}`,
      ),
    ).toBe(1);
    const [attempt] = await test.rows<{ id: string }>(
      sql`select id from payment_attempts where reference = ${reference}`,
    );
    const attemptId = attempt?.id ?? '';
    const asked = (about: object) =>
      inquireAttempt(test.deps, { attemptId, ...about }, AbortSignal.timeout(300));
    // What only the notification named would be forgotten: the sweep doesn't know it.
    await expect(asked({ transactionId: 'named-by-it' })).rejects.toThrow(attemptId);
    await asked({});
    await test.control('PUT', '/api/amanpay/mode', { normal: true, reference });
    await test.sweep();
    expect((await test.read(id)).status).toBe('paid');
  });
});
