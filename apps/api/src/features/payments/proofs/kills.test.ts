/**
 * The API killed as by a power cut while gateways notify it: at named points between two writes, where PostgreSQL holds it by a trigger, and at
 * random. Nothing is lost, nothing doubled, and CMI never hears `ACTION=POSTAUTH` before the commit. `PAYMENTS_KILLS=100` is the whole proof.
 */
import type { PaymentOrder } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chanceOf } from '../../../testing/chance.ts';
import { compareBooks } from '../../../testing/ledgers.ts';
import { type Message, type Network, type Reply, startNetwork } from '../../../testing/network.ts';
import { type PaymentApp, paymentApp } from '../../../testing/payments.ts';
import {
  freePort,
  processSettings,
  type ServerProcess,
  startServerProcess,
} from '../../../testing/process.ts';

const kills = Number(process.env.PAYMENTS_KILLS ?? 8);
const chance = chanceOf(9);

/** Where PostgreSQL holds a transaction: the key of the lock that its trigger waits for. */
const gates = { storing: 7_000_001, starting: 7_000_002, writing: 7_000_003, committing: 7_000_004 } as const;
type Gate = keyof typeof gates;
/** What happens to the statement that the killed process had sent. */
type End = 'undone' | 'done' | 'unanswered';
const points: readonly { name: string; gate?: Gate; end: End }[] = [
  { name: 'before the message is stored', gate: 'storing', end: 'undone' },
  { name: 'as the message is stored', gate: 'storing', end: 'done' },
  { name: 'after the message is stored', gate: 'starting', end: 'undone' },
  { name: 'between two writes', gate: 'writing', end: 'undone' },
  { name: 'before the commit', gate: 'committing', end: 'undone' },
  { name: 'as it commits', gate: 'committing', end: 'done' },
  { name: 'after the commit, before the answer', gate: 'committing', end: 'unanswered' },
  { name: 'at random', end: 'done' },
];

const trigger = (table: string, when: string, key: number, condition = '') =>
  sql.raw(
    `create ${when} on ${table} ${when.includes('constraint') ? 'deferrable initially deferred' : ''} for each row ${condition} execute function wait_at_gate(${String(key)})`,
  );

let test: PaymentApp;
let network: Network;
let warden: Client;
let current: ServerProcess | undefined;
let next: Promise<ServerProcess> | undefined;
beforeAll(async () => {
  network = await startNetwork(carry);
  test = await paymentApp({ environment: { PUBLIC_URL: network.url } });
  const { database, environment } = test.deps;
  await database.execute(sql`
    create function wait_at_gate() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(tg_argv[0]::bigint); return new; end $$`);
  await database.execute(trigger('gateway_messages', 'trigger gate_storing before insert', gates.storing));
  await database.execute(
    trigger(
      'gateway_messages',
      'trigger gate_starting before update',
      gates.starting,
      'when (new.tries > old.tries)',
    ),
  );
  await database.execute(trigger('payment_history', 'trigger gate_writing before insert', gates.writing));
  await database.execute(
    trigger('payment_history', 'constraint trigger gate_committing after insert', gates.committing),
  );
  warden = new Client({ connectionString: environment.DATABASE_URL });
  await warden.connect();
});
afterAll(async () => {
  await Promise.all([current?.kill(), next?.then(({ kill }) => kill())]);
  await warden.end();
  await network.close();
});

const uncommitted: string[] = [];
const serverErrors: string[] = [];
/** What nobody answered; some gateways send it again. */
let unanswered: Message[] = [];

async function carry(message: Message): Promise<Reply | undefined> {
  const reply = current && (await network.deliver(current.url, message));
  if (!reply) {
    unanswered.push(message);
    return undefined;
  }
  if (reply.status >= 500 && reply.status !== 503) serverErrors.push(`${message.path} ${reply.body}`);
  if (reply.body === 'ACTION=POSTAUTH') {
    const reference = new URLSearchParams(message.body.toString()).get('oid');
    const written = await test.rows(sql`
      select 1 from payment_history h join payment_attempts a on a.id = h.attempt_id
      where a.reference = ${reference} and h.to_status = 'capture_requested'`);
    if (written.length === 0) uncommitted.push(String(reference));
  }
  return reply;
}

const choices = [
  { gateway: 'cmi', method: 'cmi', channel: 'card' },
  { gateway: 'cmi', method: 'cmi', channel: 'card' },
  { gateway: 'fatourati', method: 'cmi', channel: 'fatourati' },
  { gateway: 'amanpay', method: 'amanpay', channel: 'card' },
] as const;

/** Two payers each for two baskets that overlap. */
async function begin() {
  const bills = await test.bill(3);
  const begun: { gateway: (typeof choices)[number]['gateway']; reference: string }[] = [];
  for (const basket of [bills.slice(0, 2), bills.slice(0, 2), bills.slice(1), bills.slice(1)]) {
    const { gateway, method, channel } = chance.pick(choices);
    const order: PaymentOrder = await test.order(basket, { method, channel });
    if (order.next?.type === 'redirect') await test.visit(order);
    begun.push({ gateway, reference: `${order.number}-1` });
  }
  return begun;
}

const waiting = async (gate: Gate): Promise<number[]> =>
  (
    await warden.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and objid = $1 and not granted`,
      [gates[gate]],
    )
  ).rows.map(({ pid }) => pid);

async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

/** Kills the process while PostgreSQL holds it at the gate, and lets what it had sent end as asked. */
async function killAt(server: ServerProcess, gate: Gate, end: End, name: string): Promise<void> {
  const held = await until(async () => {
    const pids = await waiting(gate);
    return pids.length > 0 ? pids : undefined;
  }, name);
  if (end === 'unanswered') {
    // It commits, and is held again as it prepares its answer, for which it reads the order.
    const barrier = new Client({ connectionString: test.deps.environment.DATABASE_URL });
    await barrier.connect();
    await barrier.query('begin');
    const locked = barrier.query('lock table payment_orders in access exclusive mode');
    await until(async () => {
      const { rows } = await warden.query(
        "select 1 from pg_locks where mode = 'AccessExclusiveLock' and relation = 'payment_orders'::regclass",
      );
      return rows.length > 0 ? true : undefined;
    }, name);
    await warden.query('select pg_advisory_unlock_all()');
    await locked;
    await server.kill();
    await barrier.query('rollback');
    await barrier.end();
    return;
  }
  await server.kill();
  if (end === 'undone') {
    const pids = [...new Set([...held, ...(await waiting(gate))])];
    await warden.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [pids]);
  }
  await warden.query('select pg_advisory_unlock_all()');
}

describe(`${String(kills)} kill -9 of the API during callbacks`, () => {
  it(
    'lose nothing, double nothing, and no capture is answered before its commit',
    async () => {
      const settings = processSettings(test.deps.environment);
      const start = async () => startServerProcess(settings, await freePort());
      const struck: Record<string, number> = {};
      const started = performance.now();
      next = start();
      for (let round = 0; round < kills; round += 1) {
        const { name, gate, end } = points[round % points.length] ?? chance.pick(points);
        const begun = await begin();
        const server = await next;
        current = server;
        next = start();
        if (gate) await warden.query('select pg_advisory_lock($1)', [gates[gate]]);
        const again = unanswered.filter(() => chance.below(2) === 0);
        unanswered = [];
        const acts = [
          ...chance.shuffle(begun).map(({ gateway, reference }) => test.desk(gateway, reference, 'pay')),
          ...again.map((message) => carry(message)),
        ];
        if (gate) await killAt(server, gate, end, name);
        else {
          await new Promise((resolve) => setTimeout(resolve, chance.below(60)));
          await server.kill();
        }
        struck[name] = (struck[name] ?? 0) + 1;
        await Promise.all(acts);
      }

      const undecided = async () =>
        (
          await test.rows<{ n: number }>(sql`
          select (select count(*) from payment_attempts where status in ('authorised', 'capture_requested', 'void_requested', 'unknown'))::int
            + (select count(*) from gateway_messages where processed_at is null)::int as n`)
        )[0]?.n ?? 0;
      current = await next;
      const before = await undecided();
      // Past the time in which the receiving process works on its messages itself.
      test.setNow(new Date(Date.now() + 60_000));
      for (let turn = 0; turn < 5 && (turn === 0 || (await undecided()) > 0); turn += 1) await test.sweep();

      const { gaps, ...books } = await compareBooks(test);
      if (process.env.PAYMENTS_KILLS !== undefined)
        process.stdout.write(
          `${JSON.stringify({ kills, seconds: (performance.now() - started) / 1000, struck, before, ...books })}\n`,
        );
      expect(gaps).toEqual([]);
      expect(uncommitted).toEqual([]);
      expect(serverErrors).toEqual([]);
      expect(Object.keys(struck)).toHaveLength(points.length);
      expect(books.captured).toBe(books.settled + books.refundDue);
      expect(books.settled).toBeGreaterThan(0);
      // Every payment was made at its gateway: what isn't voided there is ours.
      expect(books.orders).not.toHaveProperty('pending');
      const { items } = await test.control<{ items: { reference: string; answer?: string }[] }>(
        'GET',
        '/api/cmi/callbacks?limit=20000',
      );
      const captures = items.filter(({ answer }) => answer === 'ACTION=POSTAUTH');
      const asked = await test.rows<{ reference: string }>(sql`
      select distinct a.reference from payment_history h join payment_attempts a on a.id = h.attempt_id
      where h.to_status = 'capture_requested'`);
      const written = new Set(asked.map(({ reference }) => reference));
      expect(captures.filter(({ reference }) => !written.has(reference))).toEqual([]);
      expect(await test.rows(sql`select kind, subject from payment_anomalies`)).toEqual([]);
    },
    60_000 + kills * 12_000,
  );
});
