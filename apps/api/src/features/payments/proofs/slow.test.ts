/**
 * A gateway is answered within two seconds whatever is slow or away on our side (reference/payment-gateways.md §4.4, 10), never by taking money
 * that isn't written, and the money is settled later from the store.
 */
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PaymentApp, paymentApp } from '../../../testing/payments.ts';

/** The two seconds of the gateways, and what a busy machine of tests needs to send and to hear. */
const patience = 2500;

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
type Gateway = keyof typeof channels;
const gateways = Object.keys(channels) as Gateway[];

async function begin(gateway: Gateway, payerEmail?: string) {
  const bills = await test.bill(2);
  const order = await test.order(bills, { ...channels[gateway], ...(payerEmail && { payerEmail }) });
  if (order.next?.type === 'redirect') await test.visit(order);
  return { bills, id: order.id, reference: await test.referenceOf(order.id) };
}

/** Somebody else holds what `statement` locks, until the returned function is called. */
async function hold(statement: string, values: unknown[] = []): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: test.deps.environment.DATABASE_URL });
  await client.connect();
  await client.query('begin');
  await client.query(statement, values);
  return async () => {
    await client.query('rollback');
    await client.end();
  };
}

/** Pays at the gateway; gives the answer that it heard, and how long it waited. */
async function notified(gateway: Gateway, reference: string) {
  await test.desk(gateway, reference, 'pay');
  const { items } = await test.control<{
    items: { status?: number; answer?: string; durationMs?: number }[];
  }>('GET', `/api/${gateway}/callbacks?reference=${reference}`);
  const [{ status, answer, durationMs } = {}] = items;
  return { status, answer, waited: durationMs ?? Number.POSITIVE_INFINITY };
}

async function settleLater(): Promise<void> {
  // Past the time in which the receiving process works on its messages itself.
  for (const minutes of [1, 10, 20]) {
    test.setNow(new Date(Date.now() + minutes * 60_000));
    await test.sweep();
  }
}

async function expectPaid(
  gateway: Gateway,
  { id, reference }: { id: string; reference: string },
): Promise<void> {
  expect(await test.read(id)).toMatchObject({ status: 'paid', refund: null });
  expect(await test.ledger(gateway, reference)).toMatchObject({ state: 'captured', captured: 168_000 });
  expect(await test.rows(sql`select count(*)::int as n from settlements where order_id = ${id}`)).toEqual([
    { n: 2 },
  ]);
  expect(
    await test.rows(
      sql`select count(*)::int as n from payment_history where order_id = ${id} and attempt_id is null and to_status = 'paid'`,
    ),
  ).toEqual([{ n: 1 }]);
}

const taking = ['ACTION=POSTAUTH', 'OK'];

describe.each(gateways)('%s is answered in time', (gateway) => {
  it('while somebody holds the invoices', async () => {
    const begun = await begin(gateway);
    const letGo = await hold('select 1 from invoices where id = any($1) for update', [begun.bills]);
    const { answer, waited } = await notified(gateway, begun.reference);
    expect(waited).toBeLessThan(patience);
    expect(taking).not.toContain(answer);
    expect((await test.read(begun.id)).status).toBe('pending');
    await letGo();
    await settleLater();
    await expectPaid(gateway, begun);
  });

  it('while its message can’t even be stored', async () => {
    const begun = await begin(gateway);
    const letGo = await hold('lock table gateway_messages in access exclusive mode');
    const { answer, waited } = await notified(gateway, begun.reference);
    expect(waited).toBeLessThan(patience);
    expect(taking).not.toContain(answer);
    await letGo();
    await settleLater();
    await expectPaid(gateway, begun);
  });

  it('when PostgreSQL drops every connection in the middle', async () => {
    const begun = await begin(gateway);
    const letGo = await hold('select 1 from invoices where id = any($1) for update', [begun.bills]);
    const asked = notified(gateway, begun.reference);
    const warden = new Client({ connectionString: test.deps.environment.DATABASE_URL });
    await warden.connect();
    for (let struck = 0, turns = 0; struck === 0 && turns < 400; turns += 1) {
      const { rows } = await warden.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      struck = rows.length;
    }
    const { answer, waited } = await asked;
    await warden.end();
    expect(waited).toBeLessThan(patience);
    expect(taking).not.toContain(answer);
    await letGo();
    await settleLater();
    await expectPaid(gateway, begun);
  });

  it('with the mail away: it pays at once, and the e-mail waits', async () => {
    const begun = await begin(gateway, 'payeur@exemple.example');
    const { waited } = await notified(gateway, begun.reference);
    expect(waited).toBeLessThan(patience);
    await expectPaid(gateway, begun);
    const mails = await test.rows(
      sql`select 1 from emails where "to" = 'payeur@exemple.example' and event like ${`%${begun.id}%`} and sent_at is null`,
    );
    expect(mails.length).toBeGreaterThan(0);
  });

  it.each(['down', 'slow', 'error', 'nonsense'])('with its own interface %s', async (api) => {
    const begun = await begin(gateway);
    await test.control('PUT', `/api/${gateway}/mode`, {
      api,
      apiDelayMs: 60_000,
      reference: begun.reference,
    });
    const { status, waited } = await notified(gateway, begun.reference);
    expect(waited).toBeLessThan(patience);
    expect(status).toBe(200);
    // CMI's word is enough; the others' own interface has to confirm it.
    expect((await test.read(begun.id)).status).toBe(gateway === 'cmi' ? 'paid' : 'pending');
    await test.control('PUT', `/api/${gateway}/mode`, { normal: true, reference: begun.reference });
    await settleLater();
    await expectPaid(gateway, begun);
  });
});
