/** Starts what is measured: PostgreSQL, the sandbox, the API as its own process, and the bare handlers beside it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portalSettings } from '../apps/sandbox/src/gateways/portal-settings.ts';
import {
  openSigningAuthority,
  type SigningAuthority,
} from '../apps/sandbox/src/signing/signing-authority.ts';
import { startSandbox } from '../apps/sandbox/src/start-sandbox.ts';
import { freePort } from '../tools/ports.ts';
import { startPostgres } from '../tools/postgres.ts';

export interface Measured {
  readonly url: string;
  /** Largest resident memory of the process so far, in MiB. */
  readonly peakMemory: () => number;
  /** Processor time of the process so far. */
  readonly cpuSeconds: () => number;
}
export interface Product {
  readonly api: Measured;
  readonly bare: Measured;
  readonly databaseUrl: string;
  /** The gateways' side. */
  readonly sandboxUrl: string;
  /** The signers whom the API knows, and their root. */
  readonly signing: SigningAuthority;
  /** What the API was started with, for a process of the bench that works beside it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const root = new URL('../', import.meta.url);
/** Of Linux's accounting, on every machine of today. */
const ticksPerSecond = 100;
export const totpKey = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const badrKey = 'sandbox-badr-key-of-the-bench';

interface MeasuredProcess extends Measured {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
}

async function untilReady(file: string, url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    if (attempt > 300 || child.exitCode !== null) throw new Error(`${file} doesn't start`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function spawnMeasured(file: string, port: number, environment: Record<string, string>): MeasuredProcess {
  const child = spawn(process.execPath, [new URL(file, root).pathname], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      // As in production (Dockerfile).
      NODE_OPTIONS: '--max-semi-space-size=8 --max-old-space-size=512',
      MALLOC_ARENA_MAX: '2',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${String(port)}`;
  const peakMemory = () => {
    const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  };
  const cpuSeconds = () => {
    const [, , , , , , , , , , , user = 0, system = 0] = readFileSync(
      `/proc/${String(child.pid)}/stat`,
      'utf8',
    )
      .replace(/^.*\) /, '')
      .split(' ')
      .map(Number);
    return (user + system) / ticksPerSecond;
  };
  return { url, peakMemory, cpuSeconds, process: child, ready: untilReady(file, url, child) };
}

/** Ends a process in good order, if it runs. */
async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await new Promise((resolve) => {
    if (child.exitCode === null && child.signalCode === null) child.once('exit', resolve);
    else resolve(undefined);
  });
}

/** Everything on this machine, in a folder of its own, with a durable PostgreSQL; `stop` removes it all, as does a start which fails. `settings`: of the API, beside those of every measure. */
export async function startProduct(settings: Record<string, string> = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rnoce-bench-'));
  const undo: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  const start = async (file: string, environment: Record<string, string>) => {
    const child = spawnMeasured(file, await freePort(), environment);
    undo.push(() => end(child.process));
    await child.ready;
    return child;
  };
  try {
    const postgres = await startPostgres({
      dataDir: join(dataDir, 'postgres'),
      durable: true,
      log: () => {},
    });
    undo.push(() => postgres.stop());
    const sandbox = await startSandbox({ dataDir, badrKey });
    undo.push(() => sandbox.stop());
    const { migrate } = await import('../apps/api/src/db/migrate.ts');
    await migrate(postgres.url);
    const signing = openSigningAuthority(dataDir);
    const environment = {
      NODE_ENV: 'development',
      DATABASE_URL: postgres.url,
      STORAGE_URL: `file://${dataDir}/files`,
      SMTP_URL: sandbox.smtpUrl,
      BADR_URL: sandbox.badrUrl,
      BADR_KEY: badrKey,
      SESSION_SECRET: 'bench-session-secret-of-32-characters',
      CAPTCHA_SECRET: 'bench-captcha-secret-of-32-characters',
      TOTP_KEY: totpKey,
      WEBHOOK_KEY: totpKey,
      WEBHOOK_LOCAL_ADDRESSES: 'true',
      CAPTCHA: 'none',
      RATE_LIMITS: 'false',
      LOG_LEVEL: 'info',
      ...portalSettings(sandbox.url),
      SIGNATURE_ROOTS: signing.rootFile,
      ...settings,
    };
    const api = await start('apps/api/src/server.ts', environment);
    const bare = await start('bench/bare-server.ts', {
      DATABASE_URL: postgres.url,
      FILES_DIR: join(dataDir, 'bare-files'),
    });
    return { api, bare, databaseUrl: postgres.url, sandboxUrl: sandbox.url, signing, environment, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
