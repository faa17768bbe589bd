/**
 * `npm run bench -- webhooks`: 5,000 events to ten endpoints, of which one is dead and one takes five seconds to answer, by one worker process. First as a stream,
 * each event to all ten; then as a burst, ten issuers importing 500 invoices each at once, told to its own endpoint. Measured from the commit to the receipt, at the
 * healthy ones. `BENCH_EVENTS` (5,000) and `BENCH_EVENTS_PER_SECOND` (20, of the stream) are settings; results go to bench/webhooks.results.json.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { codeOf, makeIssuerKey } from './invoice-data.ts';
import { keepAlive, send } from './load.ts';
import { startProduct } from './product.ts';

const total = Number(process.env.BENCH_EVENTS ?? 5000);
const perSecond = Number(process.env.BENCH_EVENTS_PER_SECOND ?? 20);
const endpoints = 10;
const slowMs = 5000;
/** Nobody listens there. */
const deadUrl = 'http://127.0.0.1:9/';
/** Longest wait for the last event of a healthy endpoint. */
const patienceMs = 120_000;

/** When each event came to each path, in milliseconds of this process; an id that comes again keeps its first time. */
const receipts = new Map<string, Map<string, number>>();
let doubled = 0;
const receiver = createServer((request, response) => {
  const path = request.url ?? '';
  const id = String(request.headers['webhook-id']);
  const came = receipts.get(path) ?? new Map<string, number>();
  receipts.set(path, came);
  if (came.has(id)) doubled += 1;
  else came.set(id, Date.now());
  request.resume().on('end', () => {
    if (path.endsWith('slow')) setTimeout(() => response.end(), slowMs);
    else response.end();
  });
});
await once(receiver.listen(0, '127.0.0.1'), 'listening');
const address = receiver.address();
if (address === null || typeof address === 'string') throw new Error('no port');
const receiverUrl = `http://127.0.0.1:${String(address.port)}`;

const sockets = keepAlive(16);
const product = await startProduct();
const pool = new pg.Pool({ connectionString: product.databaseUrl, max: 2 });

async function call(key: string, method: 'POST' | 'PUT', path: string, body: object): Promise<void> {
  const answer = await send(sockets, `${product.api.url}/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
    },
    body: JSON.stringify(body),
  });
  if (answer.status >= 300) throw new Error(`${path}: ${String(answer.status)} ${answer.body.toString()}`);
}

/** The ten addresses of one run: the first is dead, the second slow. */
const addressesOf = (run: string): string[] =>
  Array.from({ length: endpoints }, (_, index) => {
    if (index === 0) return deadUrl;
    return `${receiverUrl}/${run}-${index === 1 ? 'slow' : String(index)}`;
  });
const healthyPaths = (run: string): string[] =>
  Array.from({ length: endpoints - 2 }, (_, index) => `/${run}-${String(index + 2)}`);
const addEndpoint = (key: string, url: string): Promise<void> =>
  call(key, 'POST', '/webhook-endpoints', { url, events: ['invoice.created'] });
const invoice = (index: number) => ({
  clientCode: codeOf(index),
  clientName: 'Société de mesure SARL',
  issuedOn: '2026-10-01',
  dueOn: '2026-12-31',
  amount: '100.00',
});

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [new URL('../apps/api/src/worker.ts', import.meta.url).pathname], {
    env: { PATH: process.env.PATH, ...product.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('the worker is ready')) resolve();
    });
    child.once('exit', () => reject(new Error('the worker does not start')));
  });
  return child;
}

/** Waits until every healthy endpoint of a run got so many events. */
async function awaitHealthy(run: string, each: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  const missing = () => healthyPaths(run).filter((path) => (receipts.get(path)?.size ?? 0) < each);
  while (missing().length > 0) {
    if (Date.now() > deadline) throw new Error(`${run}: events are missing at ${missing().join(', ')}`);
    await sleep(50);
  }
}

/**
 * How late each event came to the healthy endpoints. The commit of an event is a moment after `clock_timestamp()` of its row, which is written
 * last in its transaction: so the figures are a little too large, never too small.
 */
async function lateness(run: string, committedAt: ReadonlyMap<string, number>) {
  const times = healthyPaths(run)
    .flatMap((path) => [...(receipts.get(path) ?? [])])
    .map(([id, at]) => at - (committedAt.get(id) ?? Number.NaN))
    .toSorted((one, other) => one - other);
  const at = (share: number) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN);
  const { rows } = await pool.query<{ status: string; n: number }>(
    'select status, count(*)::int as n from webhook_deliveries group by status order by status',
  );
  return {
    run,
    deliveries: times.length,
    'p50 ms': at(0.5),
    'p95 ms': at(0.95),
    'p99 ms': at(0.99),
    'max ms': at(1),
    'came twice': doubled,
    kept: Object.fromEntries(rows.map(({ status, n }) => [status, n])),
  };
}

let worker: ChildProcess | undefined;
try {
  worker = await startWorker();

  const streaming = await makeIssuerKey(product.databaseUrl, 'BENCH-STREAM');
  for (const url of addressesOf('stream')) await addEndpoint(streaming.key, url);
  const begun = Date.now();
  const streamed = new Map<string, number>();
  for (let index = 0; index < total; index += 1) {
    await sleep(Math.max(0, begun + (index * 1000) / perSecond - Date.now()));
    await call(streaming.key, 'PUT', `/invoices/S-${String(index)}`, invoice(index));
  }
  const took = (Date.now() - begun) / 1000;
  await awaitHealthy('stream', total);
  // `at` of an event is taken when its call begins: earlier than its commit.
  const { rows: ofStream } = await pool.query<{ id: string; at: Date }>(
    'select id, created_at as at from events where issuer_id = $1',
    [streaming.issuerId],
  );
  for (const { id, at } of ofStream) streamed.set(id, at.getTime());
  const stream = await lateness('stream', streamed);

  const each = Math.floor(total / endpoints);
  const urls = addressesOf('burst');
  const issuers = await Promise.all(
    urls.map((_, index) => makeIssuerKey(product.databaseUrl, `BENCH-BURST-${String(index)}`)),
  );
  for (const [index, { key }] of issuers.entries()) await addEndpoint(key, urls[index] ?? deadUrl);
  const committed = new Map<string, number>();
  await Promise.all(
    issuers.map(async ({ key, issuerId }, index) => {
      const invoices = Array.from({ length: each }, (_, one) => ({
        ...invoice(one),
        number: `B-${String(index)}-${String(one)}`,
      }));
      await call(key, 'POST', '/invoices/import', { invoices });
      const answeredAt = Date.now();
      const { rows } = await pool.query<{ id: string; at: Date }>(
        'select id, created_at as at from events where issuer_id = $1',
        [issuerId],
      );
      for (const { id, at } of rows) committed.set(id, Math.min(at.getTime(), answeredAt));
    }),
  );
  await awaitHealthy('burst', each);
  const burst = await lateness('burst', committed);

  const lost = await pool.query<{ n: number }>(
    `select count(*)::int as n from events e join integrators i on i.issuer_id = e.issuer_id join webhook_endpoints w on w.integrator_id = i.id
     where not exists (select 1 from webhook_deliveries d where d.event_id = e.id and d.endpoint_id = w.id)`,
  );
  const failed = await pool.query<{ n: number }>(
    "select count(*)::int as n from webhook_deliveries where status = 'failed'",
  );
  const eventsPerSecond = Math.round((total / took) * 10) / 10;
  const nothing = { 'without a delivery': lost.rows[0]?.n, 'given up': failed.rows[0]?.n };
  console.table([stream, burst].map(({ kept, ...shown }) => ({ ...shown, ...kept })));
  console.table({ lost: nothing, stream: { 'events/s': eventsPerSecond } });
  writeFileSync(
    new URL('webhooks.results.json', import.meta.url),
    `${JSON.stringify(
      {
        at: new Date().toISOString(),
        node: process.version,
        cpu: cpus()[0]?.model,
        cores: cpus().length,
        load: loadavg(),
        total,
        eventsPerSecond,
        stream,
        burst,
        lost: nothing,
      },
      null,
      2,
    )}\n`,
  );
} finally {
  worker?.kill('SIGTERM');
  if (worker && worker.exitCode === null) await once(worker, 'exit');
  sockets.destroy();
  receiver.closeAllConnections();
  receiver.close();
  await pool.end();
  await product.stop();
}
