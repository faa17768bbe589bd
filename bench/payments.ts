/**
 * `npm run bench -- payments`: orders opened and CMI's callbacks taken, beside bare handlers that write the same rows; then a sweep of 10,000 pending
 * attempts beside the bare questions to the same gateway. Results go to bench/payments.results.json.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import pg from 'pg';
import { parseEnvironment } from '../apps/api/src/env.ts';
import { inquireAttempts } from '../apps/api/src/jobs/inquire-attempts.ts';
import { openDeps } from '../apps/api/src/process.ts';
import { resultFields } from '../apps/sandbox/src/cmi/cmi-callback.ts';
import { sandboxCmiMerchant } from '../apps/sandbox/src/cmi/cmi-merchant.ts';
import { compare, type Result, seconds } from './compare.ts';
import { type Answer, keepAlive, load, send } from './load.ts';
import { startProduct } from './product.ts';

const invoiceCount = 100_000;
const pending = Number(process.env.BENCH_PENDING ?? 10_000);
const loops = 8;
const amountCentimes = 84_000;
const round = (value: number, places = 2): number => Math.round(value * 10 ** places) / 10 ** places;

const sockets = keepAlive(64);
const product = await startProduct();
const { api, bare, databaseUrl } = product;
const database = new pg.Client({ connectionString: databaseUrl });
await database.connect();
const json = { 'content-type': 'application/json' };

interface Opened {
  readonly number: string;
  readonly next: { readonly fields: readonly { name: string; value: string }[] };
}

async function fillInvoices(): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `with issuer as (insert into issuers (code, name) values ('BENCH-PAY', 'Émetteur') returning id)
     insert into invoices (issuer_id, number, client_code, client_name, client_is_person, issued_on, due_on, amount_centimes, methods)
     select issuer.id, 'P' || n, 'AB12', 'Société de mesure SARL', false, '2026-10-01', '2026-12-31', $2, '{cmi,amanpay}'
     from issuer, generate_series(1, $1::int) n returning id`,
    [invoiceCount, amountCentimes],
  );
  await database.query('analyze invoices');
  return rows.map(({ id }) => id);
}

/** The callback that approves an opened order, signed as CMI signs. */
function approvalOf({ number, next }: Opened): string {
  const now = new Date();
  const oid = `${number}-1`;
  const at = now.toISOString();
  const fields = resultFields(
    {
      oid,
      request: next.fields.map(({ name, value }) => [name, value]),
      state: 'A',
      amount: amountCentimes,
      authorised: amountCentimes,
      captured: 0,
      refunded: 0,
      openedAt: at,
      expiresAt: at,
      changedAt: at,
      transId: `26001BENC${oid}`,
      authCode: '123456',
      hostRefNum: '400100000001',
      maskedPan: '400000***0010',
      mdStatus: '1',
      movements: [],
      voidOnCapture: false,
    },
    { code: '00', message: '' },
    sandboxCmiMerchant.storeKey,
    now,
  );
  return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
}

/** Pending card pages that nobody paid, each of an invoice of its own, all due to be asked about. */
async function fillPending(): Promise<void> {
  await database.query('update payment_attempts set inquire_at = null where inquire_at is not null');
  await database.query(
    `with made as (
       insert into payment_orders (issuer_id, issuer_name, method, channel, amount_centimes, status, locale, attempts)
       select (select id from issuers where code = 'BENCH-PAY'), 'PORTNET', 'cmi', 'card', $2, 'pending', 'fr', 1 from generate_series(1, $1::int) returning id, number),
     numbered as (select id, number, row_number() over (order by number) as rank from made),
     payable as (select *, row_number() over (order by id desc) as rank from invoices where status = 'unpaid'),
     lines as (
       insert into payment_order_lines (order_id, invoice_id, number, client_code, client_name, client_is_person, issued_on, due_on, amount_centimes)
       select o.id, i.id, i.number, i.client_code, i.client_name, false, i.issued_on, i.due_on, i.amount_centimes
       from numbered o join payable i using (rank))
     insert into payment_attempts (order_id, reference, provider, method, channel, status, amount_centimes, expires_at, inquire_at)
     select id, 'PN-' || lpad(number::text, 10, '0') || '-1', 'cmi', 'cmi', 'card', 'redirected', $2, now() + interval '30 minutes', now() from made`,
    [pending, amountCentimes],
  );
}

/** The same questions, as many at once, and no more than that. */
async function bareQuestions(): Promise<void> {
  const { clientId, apiName, apiPassword } = sandboxCmiMerchant;
  let left = pending;
  const ask = async () => {
    while (left > 0) {
      left -= 1;
      await send(sockets, `${product.sandboxUrl}/cmi/fim/api`, {
        method: 'POST',
        headers: { 'content-type': 'application/xml' },
        body: `<CC5Request><Name>${apiName}</Name><Password>${apiPassword}</Password><ClientId>${clientId}</ClientId><OrderId>PN-${String(left)}-1</OrderId><Extra><ORDERSTATUS>QUERY</ORDERSTATUS></Extra></CC5Request>`,
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, ask));
}

const timed = async (work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

async function sweeps() {
  await fillPending();
  const deps = await openDeps(parseEnvironment({ ...product.environment, LOG_LEVEL: 'warn' }), 'bench');
  try {
    const before = process.memoryUsage().rss;
    const ours = await timed(() => inquireAttempts(deps));
    const { rows } = await database.query<{ left: number }>(
      'select count(*)::int as left from payment_attempts where inquire_at <= now()',
    );
    if (rows[0]?.left !== 0) throw new Error(`${String(rows[0]?.left)} attempts were not asked about`);
    return {
      attempts: pending,
      seconds: ours,
      bareSeconds: await timed(bareQuestions),
      grownMiB: (process.memoryUsage().rss - before) / 2 ** 20,
    };
  } finally {
    await deps.close();
  }
}

try {
  const invoices = await fillInvoices();
  let next = 0;
  const newInvoice = () => {
    const id = invoices[next];
    next += 1;
    if (id === undefined) throw new Error('the invoices are used up');
    return id;
  };
  const opened = { api: [] as Opened[], bare: [] as string[] };
  const open = async (): Promise<Answer> => {
    const answer = await send(sockets, `${api.url}/api/v1/payment-orders`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ invoiceIds: [newInvoice()], method: 'cmi', channel: 'card', locale: 'fr' }),
    });
    if (answer.status === 201) opened.api.push(JSON.parse(answer.body.toString()) as Opened);
    return answer;
  };
  const openBare = async (): Promise<Answer> => {
    const answer = await send(sockets, `${bare.url}/payment-orders`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ invoiceIds: [newInvoice()] }),
    });
    opened.bare.push((JSON.parse(answer.body.toString()) as { reference: string }).reference);
    return answer;
  };
  const orders = await compare('an order by card', loops, open, openBare);
  // More than the callbacks can use up.
  await load(loops, seconds * 2, open);
  await load(loops, seconds, openBare);
  const approvals = opened.api.map(approvalOf);
  const callbacks = await compare(
    'a callback of CMI',
    loops,
    async () => {
      const body = approvals.pop();
      if (body === undefined) throw new Error('the orders are used up');
      const answer = await send(sockets, `${api.url}/api/v1/gateways/cmi/callback`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
      if (answer.body.toString() !== 'ACTION=POSTAUTH')
        throw new Error(`a true callback was answered ${answer.body.toString()}`);
      return answer;
    },
    () =>
      send(sockets, `${bare.url}/callbacks`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ reference: opened.bare.pop() }),
      }),
  );
  const sweep = await sweeps();
  const row = ({ api: ours, bare: theirs, ratio }: Result) => ({
    'API /s': round(ours.rate, 0),
    'bare /s': round(theirs.rate, 0),
    ratio: round(ratio),
    'p50 ms': round(ours.p50, 1),
    'p95 ms': round(ours.p95, 1),
    'p99 ms': round(ours.p99, 1),
    'bare p95 ms': round(theirs.p95, 1),
  });
  console.table({ [orders.name]: row(orders), [callbacks.name]: row(callbacks) });
  console.table({
    [`a sweep of ${String(pending)} pending attempts`]: {
      seconds: round(sweep.seconds, 1),
      '/s': round(pending / sweep.seconds, 0),
      'bare questions s': round(sweep.bareSeconds, 1),
      'grown MiB': round(sweep.grownMiB, 0),
    },
  });
  writeFileSync(
    new URL('payments.results.json', import.meta.url),
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, orders, callbacks, sweep }, null, 2)}\n`,
  );
} finally {
  sockets.destroy();
  await database.end();
  await product.stop();
}
