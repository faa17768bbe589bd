/**
 * `npm run bench -- invoices`: the public search beside a bare Fastify and pg handler of the same statement, with the API's logs, limits and
 * validation on; how it grows with the number of invoices; whether an unknown code can be told from an empty one by time.
 * `BENCH_INVOICES=5000000` is the whole measure, a few minutes more; results go to bench/invoices.results.json.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { compare } from './compare.ts';
import { codeCount, codeOf, emptyCount, fillInvoices } from './invoice-data.ts';
import { type Answer, type Figures, keepAlive, load, send } from './load.ts';
import { type Measured, startProduct } from './product.ts';

const many = Number(process.env.BENCH_INVOICES ?? 200_000);
const few = 10_000;
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const round = (value: number, places = 2): number => Math.round(value * 10 ** places) / 10 ** places;

/** Spread over the codes, the same for both sides of a comparison. */
const codeAt = (loop: number, turn: number, codes: number): string =>
  codeOf((loop * 7919 + turn * 104_729) % codes);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const sockets = keepAlive(64);
const product = await startProduct({
  RATE_LIMITS: 'true',
  ...Object.fromEntries(
    ['ADDRESS_LOOKUPS', 'ADDRESS_MISSES', 'ADDRESS_PAIR_MISSES', 'MISSES', 'MISSES_MAX'].map((limit) => [
      `SEARCH_${limit}`,
      '1000000000',
    ]),
  ),
});

const search = (code: string): Promise<Answer> =>
  send(sockets, `${product.api.url}/api/v1/public/invoices?subscriptionCode=${code}`, { method: 'GET' });
const bareSearch = (code: string): Promise<Answer> =>
  send(sockets, `${product.bare.url}/invoices?code=${code}`, { method: 'GET' });

/** Processor time of one request, in milliseconds, by a load of its own. */
async function cpuOf(
  measured: Measured,
  codes: number,
  step: (code: string) => Promise<Answer>,
): Promise<number> {
  const before = measured.cpuSeconds();
  const { count } = await load(50, seconds, (loop, turn) => step(codeAt(loop, turn, codes)));
  return ((measured.cpuSeconds() - before) / count) * 1000;
}

/** Latencies of unknown and of empty codes, one after the other, by turns. */
async function missTimes(invoices: number): Promise<{ unknown: number; empty: number; confusion: number }> {
  const first = codeCount(invoices);
  const times = { unknown: [] as number[], empty: [] as number[] };
  for (let turn = 0; turn < 4000; turn += 1) {
    const kind = turn % 2 === 0 ? 'unknown' : 'empty';
    const code = codeOf(first + 2 * ((turn >> 1) % emptyCount) + (kind === 'unknown' ? 1 : 0));
    const start = performance.now();
    await search(code);
    times[kind].push(performance.now() - start);
  }
  // How often an unknown code is slower than an empty one: 0.5 when time tells nothing (Mann-Whitney).
  const sorted = times.empty.toSorted((a, b) => a - b);
  const below = (value: number): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const wins = times.unknown.reduce((sum, value) => sum + below(value), 0);
  return {
    unknown: median(times.unknown),
    empty: median(times.empty),
    confusion: wins / (times.unknown.length * times.empty.length),
  };
}

try {
  const { api, bare, databaseUrl } = product;
  const atTen = (codes: number): Promise<Figures> =>
    load(10, seconds, (loop, turn) => search(codeAt(loop, turn, codes)));
  await fillInvoices(databaseUrl, few);
  await atTen(codeCount(few));
  const small = await atTen(codeCount(few));
  const loading = performance.now();
  await fillInvoices(databaseUrl, many);
  const loadedIn = (performance.now() - loading) / 1000;
  const codes = codeCount(many);
  await atTen(codes);
  const large = await atTen(codes);
  const result = await compare(
    'search by a code',
    50,
    (loop, turn) => search(codeAt(loop, turn, codes)),
    (loop, turn) => bareSearch(codeAt(loop, turn, codes)),
  );
  const cpu = { api: await cpuOf(api, codes, search), bare: await cpuOf(bare, codes, bareSearch) };
  const misses = await missTimes(many);
  console.table({
    [`search, ${String(many)} invoices`]: {
      'API /s': round(result.api.rate),
      'bare /s': round(result.bare.rate),
      ratio: round(result.ratio),
      'p50 ms': round(result.api.p50),
      'p99 ms': round(result.api.p99),
      'bare p99 ms': round(result.bare.p99),
      'CPU ms': round(cpu.api, 3),
      'bare CPU ms': round(cpu.bare, 3),
    },
  });
  console.table({
    growth: {
      [`p50 at ${String(few)}`]: round(small.p50),
      [`p50 at ${String(many)}`]: round(large.p50),
      ratio: round(large.p50 / small.p50),
    },
  });
  console.table({
    misses: {
      'unknown p50 ms': round(misses.unknown, 3),
      'empty p50 ms': round(misses.empty, 3),
      'unknown slower': round(misses.confusion, 3),
    },
  });
  writeFileSync(
    new URL('invoices.results.json', import.meta.url),
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, invoices: many, loadedInSeconds: round(loadedIn, 1), search: result, cpuMilliseconds: cpu, growth: { small, large }, misses }, null, 2)}\n`,
  );
} finally {
  sockets.destroy();
  await product.stop();
}
