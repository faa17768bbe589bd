/**
 * `npm run bench -- import`: 10,000 invoices in one call by an issuer's key, beside a bare handler that inserts the same rows by one statement: with a
 * webhook on each of them or none, as JSON and as a file, changed, and four issuers at once, with the API's memory. Among
 * `BENCH_INVOICES` other invoices (200,000). Results go to bench/import.results.json.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { codeOf, fillInvoices, makeIssuerKey } from './invoice-data.ts';
import { keepAlive, send } from './load.ts';
import { startProduct } from './product.ts';

const others = Number(process.env.BENCH_INVOICES ?? 200_000);
const lines = 10_000;
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const atOnce = 4;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const perSecond = (milliseconds: number): number => Math.round((lines / milliseconds) * 1000);

interface Sent {
  readonly body: string;
  readonly type: string;
}
const columns = ['number', 'clientCode', 'clientName', 'issuedOn', 'dueOn', 'amount'] as const;
const invoicesOf = (prefix: string, amount: string) =>
  Array.from({ length: lines }, (_, index) => ({
    number: `${prefix}-${String(index)}`,
    clientCode: codeOf(index),
    clientName: 'Société de mesure SARL',
    issuedOn: '2026-10-01',
    dueOn: '2026-12-31',
    amount,
  }));
const asJson = (prefix: string, amount = '100.00'): Sent => ({
  type: 'application/json',
  body: JSON.stringify({ invoices: invoicesOf(prefix, amount) }),
});
const asFile = (prefix: string): Sent => ({
  type: 'text/csv',
  body: [columns, ...invoicesOf(prefix, '100,00').map((one) => columns.map((name) => one[name]))]
    .map((cells) => cells.join(';'))
    .join('\n'),
});

const sockets = keepAlive(64);
const product = await startProduct({ WEBHOOK_LOCAL_ADDRESSES: 'true' });
const { api, bare, databaseUrl } = product;

/** Milliseconds of a call. */
async function timed(url: string, headers: Record<string, string>, body: string): Promise<number> {
  const start = performance.now();
  const answer = await send(sockets, url, { method: 'POST', headers, body });
  if (answer.status >= 300)
    throw new Error(
      `the import was answered ${String(answer.status)}: ${answer.body.toString().slice(0, 300)}`,
    );
  return performance.now() - start;
}
const importOf = (key: string, { type, body }: Sent): Promise<number> =>
  timed(
    `${api.url}/api/v1/invoices/import`,
    { 'content-type': type, authorization: `Bearer ${key}`, 'idempotency-key': randomUUID() },
    body,
  );
const bareImport = (issuerId: string, { type, body }: Sent): Promise<number> =>
  timed(`${bare.url}/imports/${issuerId}`, { 'content-type': type }, body);

/** The endpoint is never called, as no worker runs: what is measured is that its deliveries are written. */
async function tellWebhook(key: string): Promise<void> {
  await timed(
    `${api.url}/api/v1/webhook-endpoints`,
    { 'content-type': 'application/json', authorization: `Bearer ${key}`, 'idempotency-key': randomUUID() },
    JSON.stringify({ url: 'http://127.0.0.1:9/', events: ['invoice.created'] }),
  );
}

try {
  await fillInvoices(databaseUrl, others);
  const alone = await makeIssuerKey(databaseUrl, 'BENCH-ALONE');
  const told = await makeIssuerKey(databaseUrl, 'BENCH-TOLD');
  const plain = await makeIssuerKey(databaseUrl, 'BENCH-PLAIN');
  await tellWebhook(told.key);
  const works: Readonly<Record<string, (round: number) => Promise<number>>> = {
    'bare insert': (round) => bareImport(plain.issuerId, asJson(`P${String(round)}`)),
    'JSON, new': (round) => importOf(alone.key, asJson(`J${String(round)}`)),
    'file, new': (round) => importOf(alone.key, asFile(`F${String(round)}`)),
    'JSON, new, a webhook on each': (round) => importOf(told.key, asJson(`W${String(round)}`)),
    'JSON, changed': (round) => importOf(alone.key, asJson(`J${String(round)}`, '101.00')),
    'JSON, the same': (round) => importOf(alone.key, asJson(`J${String(round)}`, '101.00')),
  };
  const before = api.peakMemory();
  // The first of each warms both up.
  for (const work of Object.values(works)) await work(-1);
  const taken = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1)
    for (const [name, work] of Object.entries(works))
      taken.set(name, [...(taken.get(name) ?? []), await work(round)]);
  const oneAfterTheOther = api.peakMemory();
  const issuers = await Promise.all(
    Array.from({ length: atOnce }, (_, index) => makeIssuerKey(databaseUrl, `BENCH-SIDE-${String(index)}`)),
  );
  const sideBySide = await Promise.all(issuers.map(({ key }) => importOf(key, asJson('S'))));

  const bareMs = median(taken.get('bare insert') ?? []);
  const results = [...taken].map(([name, all]) => {
    const ms = median(all);
    return {
      name,
      ms: Math.round(ms),
      linesPerSecond: perSecond(ms),
      ratio: Number((bareMs / ms).toFixed(2)),
    };
  });
  const peakMiB = { before, oneAfterTheOther, [`${String(atOnce)} at once`]: api.peakMemory() };
  const together = {
    ms: Math.round(Math.max(...sideBySide)),
    linesPerSecond: perSecond(Math.max(...sideBySide)) * atOnce,
  };
  console.table(results);
  console.table({ [`${String(atOnce)} issuers at once`]: together, 'peak MiB of the API': peakMiB });
  const machine = {
    at: new Date().toISOString(),
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
  };
  writeFileSync(
    new URL('import.results.json', import.meta.url),
    `${JSON.stringify({ ...machine, others, lines, rounds, results, together, peakMiB }, null, 2)}\n`,
  );
} finally {
  sockets.destroy();
  await product.stop();
}
