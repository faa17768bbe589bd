/**
 * Thousands of payments on two processes of the API and a worker: overlapping baskets, several payers on one invoice, refusals, second payments,
 * other amounts, money taken back; each notification comes one to five times, out of order, or first gets lost. At the end the gateways'
 * registers are compared with our books row by row. `PAYMENTS_PROOF=10000` is the whole proof; its figures stand in docs/performance.md.
 */
import type { PaymentOrder } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invoices } from '../../../db/schema/invoices.ts';
import { chanceOf, inParallel } from '../../../testing/chance.ts';
import { makeIssuer } from '../../../testing/invoices.ts';
import { compareBooks } from '../../../testing/ledgers.ts';
import { type Message, type Network, type Reply, startNetwork } from '../../../testing/network.ts';
import { type PaymentApp, paymentApp } from '../../../testing/payments.ts';
import {
  freePort,
  processSettings,
  type ServerProcess,
  startServerProcess,
  startWorkerProcess,
} from '../../../testing/process.ts';

const payments = Number(process.env.PAYMENTS_PROOF ?? 200);
const wave = 100;
const atOnce = 12;
const chance = chanceOf(20_261_122);

const choices = [
  { gateway: 'cmi', method: 'cmi', channel: 'card' },
  { gateway: 'cmi', method: 'cmi', channel: 'card' },
  { gateway: 'fatourati', method: 'cmi', channel: 'fatourati' },
  { gateway: 'amanpay', method: 'amanpay', channel: 'card' },
  { gateway: 'amanpay', method: 'amanpay', channel: 'tashilat' },
  { gateway: 'amanpay', method: 'amanpay', channel: 'direct_debit' },
] as const;
type Choice = (typeof choices)[number];
/** What becomes of a payment at its gateway, by hundredths; the rest is paid and no more. */
const fates = [
  ['refuse_then_pay', 12],
  ['refuse', 5],
  ['cancel', 4],
  ['nothing', 3],
  ['pay_twice', 4],
  ['other_amount', 2],
  ['void_capture', 2],
  ['take_back', 6],
] as const;
type Fate = (typeof fates)[number][0] | 'pay';

function drawFate(): Fate {
  let left = chance.below(100);
  for (const [fate, share] of fates) {
    if (left < share) return fate;
    left -= share;
  }
  return 'pay';
}

let test: PaymentApp;
let network: Network;
let servers: ServerProcess[] = [];
let worker: Pick<ServerProcess, 'kill'>;
beforeAll(async () => {
  network = await startNetwork(carry);
  test = await paymentApp({ environment: { PUBLIC_URL: network.url, DATABASE_POOL: '10' } });
  const settings = processSettings(test.deps.environment);
  servers = [
    await startServerProcess(settings, await freePort()),
    await startServerProcess(settings, await freePort()),
  ];
  worker = await startWorkerProcess(settings);
});
afterAll(async () => {
  await Promise.all([...servers, worker].map(({ kill }) => kill()));
  await network.close();
});

/** Copies that come later, among everybody's. */
let late: Message[] = [];
const carried = { messages: 0, deliveries: 0, lost: 0, postauth: 0, unheard: 0 };
/** What CMI was answered for the same bytes, but « later »; and captures that weren't written when they were answered. */
const cmiAnswers = new Map<string, Set<string>>();
const uncommitted: string[] = [];
const serverErrors: string[] = [];

async function deliver(message: Message): Promise<Reply | undefined> {
  const reply = await network.deliver(chance.pick(servers).url, message);
  carried.deliveries += 1;
  if (!reply) carried.unheard += 1;
  if (message.path.endsWith('/cmi/callback') && reply) {
    const body = message.body.toString();
    if (reply.body !== 'FAILURE')
      cmiAnswers.set(body, (cmiAnswers.get(body) ?? new Set<string>()).add(reply.body));
    if (reply.body === 'ACTION=POSTAUTH') {
      carried.postauth += 1;
      const reference = new URLSearchParams(body).get('oid');
      const written = await test.rows(sql`
        select 1 from payment_history h join payment_attempts a on a.id = h.attempt_id
        where a.reference = ${reference} and h.to_status = 'capture_requested'`);
      if (written.length === 0) uncommitted.push(String(reference));
    }
  }
  // 503 asks AmanPay to send again what couldn't be written in time.
  if (reply && reply.status >= 500 && reply.status !== 503)
    serverErrors.push(`${String(reply.status)} ${message.path} ${reply.body}`);
  return reply;
}

/** One to five copies: some at once, by either process, the others later; now and then none at first. */
async function carry(message: Message): Promise<Reply | undefined> {
  carried.messages += 1;
  const copies = 1 + chance.below(5);
  const now = chance.below(20) === 0 ? 0 : 1 + chance.below(copies);
  late.push(...Array.from({ length: copies - now }, () => message));
  if (now === 0) carried.lost += 1;
  const replies = await Promise.all(Array.from({ length: now }, () => deliver(message)));
  return now === 0 ? undefined : chance.pick(replies);
}

async function post(path: string, body: object): Promise<{ status: number; order: PaymentOrder }> {
  const answer = await fetch(`${chance.pick(servers).url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, order: (await answer.json()) as PaymentOrder };
}

interface Payment {
  readonly invoiceIds: readonly string[];
  readonly choice: Choice;
  readonly fate: Fate;
}

async function begin({ invoiceIds, choice: { method, channel } }: Payment): Promise<string> {
  const { status, order } = await post('/payment-orders', { invoiceIds, method, channel, locale: 'fr' });
  expect(status).toBe(201);
  if (order.next?.type === 'redirect') await test.visit(order);
  return `${order.number}-1`;
}

const anomalies = new Set<string>();

/** Acts at the gateway as payer or bank; what the gateway itself no longer allows is its affair. */
async function act({ choice: { gateway, channel }, fate }: Payment, reference: string): Promise<void> {
  const does = (action: Parameters<PaymentApp['desk']>[2]) => test.desk(gateway, reference, action);
  const mode = (fault: object) => test.control('PUT', `/api/${gateway}/mode`, { ...fault, reference });
  if (channel === 'direct_debit' && fate !== 'nothing') await does('debit');
  switch (fate) {
    case 'nothing':
      return;
    case 'refuse':
    case 'cancel':
      await does(fate);
      return;
    case 'refuse_then_pay':
      // AmanPay's refusal is its last word.
      if (gateway !== 'amanpay') await does('refuse');
      await does('pay');
      return;
    case 'pay_twice':
      await does('pay');
      if (gateway === 'fatourati') await does('pay');
      return;
    case 'other_amount':
      await mode({ amountCentimes: 7, calls: 1 });
      anomalies.add(`wrong_amount ${reference}`);
      await does('pay');
      return;
    case 'void_capture':
      if (gateway === 'cmi') {
        await mode({ captureVoid: true, calls: 1 });
        anomalies.add(`capture_lost ${reference}`);
      }
      await does('pay');
      return;
    case 'take_back':
      await does('pay');
      if (gateway === 'amanpay') await does('reverse');
      return;
    case 'pay':
      await does('pay');
  }
}

async function billed(issuerId: string, clientCode: string, count: number): Promise<string[]> {
  const made = await test.deps.database
    .insert(invoices)
    .values(
      Array.from({ length: count }, (_, index) => ({
        issuerId,
        number: `${clientCode}-${String(index)}`,
        clientCode,
        clientName: 'Société de test SARL',
        clientIsPerson: false,
        issuedOn: '2026-10-01',
        dueOn: '2026-12-31',
        amountCentimes: 100 + chance.below(10_000_000),
        methods: ['amanpay' as const, 'cmi' as const],
      })),
    )
    .returning({ id: invoices.id });
  return made.map(({ id }) => id);
}

/** Everything that the portal still expects is asked about by the worker, until nothing is left undecided. */
async function settleDown(): Promise<void> {
  const { database, jobs } = test.deps;
  await test.rows(sql`update payment_attempts set inquire_at = '2000-01-01' where inquire_at is not null`);
  const deadline = Date.now() + 300_000;
  for (;;) {
    await jobs.send(database, 'process-messages', {});
    await jobs.send(database, 'inquire-attempts', {});
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const [left] = await test.rows<{ n: number }>(sql`
      select (select count(*) from payment_attempts where inquire_at <= now()
          or status in ('authorised', 'capture_requested', 'void_requested', 'unknown'))::int
        + (select count(*) from gateway_messages where processed_at is null)::int as n`);
    if (left?.n === 0) return;
    if (Date.now() > deadline)
      throw new Error(`${String(left?.n)} attempts and messages are still undecided`);
    await test.rows(sql`
      update payment_attempts set inquire_at = '2000-01-01'
      where inquire_at > now() and status in ('authorised', 'capture_requested', 'void_requested', 'unknown')
        and changed_at < now() - interval '5 seconds'`);
  }
}

describe(`${String(payments)} payments on two processes`, () => {
  it(
    'settle each invoice once, and the gateways’ ledgers are ours',
    async () => {
      const issuer = await makeIssuer(test);
      const started = performance.now();
      for (let done = 0; done < payments; done += wave) {
        const size = Math.min(wave, payments - done);
        const bills = await billed(issuer.id, `W${String(done)}`, Math.ceil(size * 0.8));
        const planned = Array.from({ length: size }, (): Payment => {
          const first = chance.below(bills.length);
          const basket = bills.slice(first, first + 1 + chance.below(3));
          return { invoiceIds: chance.shuffle(basket), choice: chance.pick(choices), fate: drawFate() };
        });
        const begun: { payment: Payment; reference: string }[] = [];
        await inParallel(planned, atOnce, async (payment) => {
          begun.push({ payment, reference: await begin(payment) });
        });
        await inParallel(chance.shuffle(begun), atOnce, ({ payment, reference }) => act(payment, reference));
        const copies = chance.shuffle(late);
        late = [];
        await inParallel(copies, atOnce, deliver);
      }
      const paying = (performance.now() - started) / 1000;
      await settleDown();
      const whole = (performance.now() - started) / 1000;

      const { gaps, ...books } = await compareBooks(test);
      if (process.env.PAYMENTS_PROOF !== undefined)
        process.stdout.write(
          `${JSON.stringify({ payments, seconds: { paying, whole }, ...carried, ...books })}\n`,
        );
      expect(gaps).toEqual([]);
      expect(uncommitted).toEqual([]);
      expect(serverErrors).toEqual([]);
      expect([...cmiAnswers.values()].filter(({ size }) => size > 1)).toEqual([]);
      expect(books.captured).toBe(books.settled + books.refundDue);
      // It did happen: money settled, money due back, cards refused to losers, every path taken.
      expect(books.settled).toBeGreaterThan(0);
      expect(books.refundDue).toBeGreaterThan(0);
      expect(books.voided).toBeGreaterThan(payments / 50);
      const seen = ['paid', 'failed', 'refund_due', 'pending'];
      // A settled payment that is taken back is too rare for a short run to count on.
      if (payments >= 1000) seen.push('reversed');
      expect(Object.keys(books.orders)).toEqual(expect.arrayContaining(seen));
      const raised = await test.rows<{ said: string }>(
        sql`select kind || ' ' || subject as said from payment_anomalies order by 1`,
      );
      const unexplained = raised.map(({ said }) => said).filter((said) => !anomalies.has(said));
      expect(unexplained).toEqual([]);
      expect(
        await test.rows(
          sql`select name from jobs.job where name in ('inquire-attempt-failed', 'capture-payment-failed', 'void-payment-failed')`,
        ),
      ).toEqual([]);
    },
    120_000 + payments * 150,
  );
});
