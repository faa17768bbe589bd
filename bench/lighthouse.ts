/**
 * `npm run bench -- lighthouse`: Lighthouse's mobile performance score of the payment page as it is served, empty and with the invoices of a
 * code. Its simulated phone and link don't depend on this machine, but the processor time of the scripts does: it wants a quiet one. Results go to
 * bench/lighthouse.results.json. Lighthouse is fetched by npx when it is asked for: it would weigh more than the rest of an installation.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findBrowser } from '../e2e/fixtures/browser.ts';
import { buildSpas, SPA_DIR } from '../tools/build.ts';
import { freePort } from '../tools/ports.ts';
import { codeOf, fillInvoices } from './invoice-data.ts';
import { startProduct } from './product.ts';

const runs = Number(process.env.BENCH_RUNS ?? 3);
const pages = {
  'payment, empty': '/paiement/',
  'payment, invoices found': `/paiement/?code=${codeOf(1)}`,
} as const;
/** What is shown beside the score, in Lighthouse's own units: milliseconds, and a share of the screen. */
const audits = {
  'FCP ms': 'first-contentful-paint',
  'LCP ms': 'largest-contentful-paint',
  'TBT ms': 'total-blocking-time',
  CLS: 'cumulative-layout-shift',
  'bytes sent': 'total-byte-weight',
} as const;
type Column = keyof typeof audits;
type Score = { readonly score: number } & Readonly<Record<Column, number>>;

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** A browser with nothing in its cache, and the port at which it takes orders. */
async function startBrowser(): Promise<{ port: number; stop: () => Promise<void> }> {
  const { executablePath, env } = await findBrowser();
  const [port, profile] = [await freePort(), mkdtempSync(join(tmpdir(), 'rnoce-lighthouse-'))];
  const browser = spawn(
    executablePath,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--remote-debugging-port=${String(port)}`,
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: 'ignore', ...(env && { env: { ...process.env, ...env } }) },
  );
  const stop = async () => {
    if (browser.exitCode === null && browser.signalCode === null) {
      browser.kill();
      await once(browser, 'exit');
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/json/version`).catch(() => undefined);
    if (answer?.ok) return { port, stop };
    if (attempt > 200 || browser.exitCode !== null) {
      await stop();
      throw new Error(`${executablePath} doesn't start`);
    }
    await delay(100);
  }
}

interface Report {
  readonly runtimeError?: { readonly message: string };
  readonly categories: { readonly performance?: { readonly score: number | null } };
  readonly audits: Readonly<Record<string, { readonly numericValue?: number }>>;
}

/** A page's report; fetching Lighthouse the first time may take a minute. */
async function report(url: string, port: number): Promise<Report> {
  const asked = ['--yes', 'lighthouse@13.5.0', url, `--port=${String(port)}`];
  const form = ['--output=json', '--quiet', '--only-categories=performance'];
  const limits = { timeout: 300_000, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)('npx', [...asked, ...form], limits);
  return JSON.parse(stdout) as Report;
}

async function scoreOf(url: string): Promise<Score> {
  const browser = await startBrowser();
  try {
    const lhr = await report(url, browser.port);
    const score = lhr.categories.performance?.score;
    if (lhr.runtimeError || typeof score !== 'number')
      throw new Error(`Lighthouse gives no score for ${url}: ${lhr.runtimeError?.message ?? 'no result'}`);
    const columns = Object.entries(audits).map(([column, audit]) => [
      column,
      round(lhr.audits[audit]?.numericValue ?? Number.NaN),
    ]);
    return { score: Math.round(score * 100), ...(Object.fromEntries(columns) as Record<Column, number>) };
  } finally {
    await browser.stop();
  }
}

await buildSpas(console.log);
const product = await startProduct({ SPA_DIR });
try {
  await fillInvoices(product.databaseUrl, 10_000);
  const results: Record<string, Score> = {};
  for (const [name, path] of Object.entries(pages)) {
    const scores: Score[] = [];
    for (let run = 0; run < runs; run += 1) scores.push(await scoreOf(`${product.api.url}${path}`));
    const median = scores.toSorted((a, b) => a.score - b.score)[Math.floor(runs / 2)];
    if (median) results[name] = median;
  }
  console.table(results);
  writeFileSync(
    new URL('lighthouse.results.json', import.meta.url),
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, runs, results }, null, 2)}\n`,
  );
} finally {
  await product.stop();
}
