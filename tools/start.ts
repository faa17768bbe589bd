// `npm start`: the whole product on one machine. `node tools/start.ts [--dev] [--no-demo]`
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parseEnvironment } from '../apps/api/src/env.ts';
import { portalSettings } from '../apps/sandbox/src/gateways/portal-settings.ts';
import { openSigningAuthority } from '../apps/sandbox/src/signing/signing-authority.ts';
import { banner, tell } from './announce.ts';
import { buildSpas, SPA_DIR } from './build.ts';
import { type DevSite, startDevSite } from './dev-site.ts';
import { type LocalSettings, localSecrets, readSettings, writePrivate } from './local-settings.ts';
import { freePort, isPortFree } from './ports.ts';
import { keepPostgres } from './postgres-keeper.ts';
import { acquireLock } from './process-lock.mjs';
import { runToEnd, type SupervisedProcess, supervise } from './supervised-process.ts';
import { watchSources } from './watch-sources.ts';

const ROOT = join(import.meta.dirname, '..');
const READY_LIMIT_MS = 90_000;

const { values: flags } = parseArgs({
  options: { dev: { type: 'boolean', default: false }, 'no-demo': { type: 'boolean', default: false } },
});

/** What to undo at the end, last made first. */
const undo: (() => unknown)[] = [];
let stopping: Promise<void> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Asked twice, a person wants it now: the children end with their launcher.
    if (stopping) process.exit(1);
    stopOnRequest();
  });
}
// A closed terminal must not keep the rest from being stopped in order.
process.stdout.on('error', () => {});
// Between npm and this process stands a shell which, told to end, does not pass it on.
if (process.env.npm_lifecycle_event) {
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell && !stopping) stopOnRequest();
  }, 500).unref();
}

try {
  await startAll();
} catch (error) {
  // What was stopped halfway didn't fail.
  if (!stopping) {
    tell('start', `\n${error instanceof Error ? error.message : String(error)}\n`);
    await stopAll();
    process.exit(1);
  }
}

function stopOnRequest(): void {
  tell('start', 'stopping…');
  void stopAll().then(() => process.exit(0));
}

async function startAll(): Promise<void> {
  const began = performance.now();
  const settings = await readSettings(process.env);
  refuseProduction(settings);
  takeDataFolder(settings.dataDir);
  await refuseTakenPorts(settings);

  const site = flags.dev ? undefined : buildSpas((message) => tell('build', message));
  // Awaited further down; a failure before that must not end the process unheard.
  site?.catch(() => {});
  const databaseUrl = settings.databaseUrl ?? (await startDatabase(settings.dataDir));
  const apiPort = flags.dev ? await freePort() : settings.port;
  const env = environment(settings, databaseUrl, apiPort, {
    secrets: localSecrets(settings.dataDir, process.env),
    signatureRoots: openSigningAuthority(settings.dataDir).rootFile,
  });
  await migrate(settings, env);
  await site;
  if (stopping) return;

  const processes: SupervisedProcess[] = [];
  let ready = false;
  const publish = () => {
    if (ready && !stopping) publishInstance(settings, databaseUrl, processes);
  };
  const sandboxEnv = { ...env, PORT: String(settings.sandboxPort) };
  processes.push(
    child('sandbox', 'apps/sandbox/src/server.ts', settings, sandboxEnv, publish),
    child('api', 'apps/api/src/server.ts', settings, env, publish),
    child('worker', 'apps/api/src/worker.ts', settings, env, publish),
  );
  for (const one of processes) one.start();
  undo.push(() => Promise.all(processes.map((one) => one.stop())));
  if (flags.dev) {
    undo.push(watchSources(ROOT, processes, (message) => tell('start', message)));
    const dev: DevSite = await startDevSite({
      root: ROOT,
      host: settings.host,
      port: settings.port,
      apiPort,
    });
    undo.push(dev.close);
  }
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host;
  await untilReady(`http://${host}:${apiPort}/readyz`, processes);
  await untilReady(`http://127.0.0.1:${settings.sandboxPort}/healthz`, processes);

  if (stopping) return;
  ready = true;
  publish();
  undo.push(() => rmSync(instanceFile(settings), { force: true }));
  console.log(banner(settings, (performance.now() - began) / 1000, process.stdout.columns));
}

function instanceFile(settings: LocalSettings): string {
  return join(settings.dataDir, 'running.json');
}

/** Tells tests and tools where this instance is; the file is there only while it runs and is ready. */
function publishInstance(settings: LocalSettings, databaseUrl: string, processes: SupervisedProcess[]): void {
  writePrivate(instanceFile(settings), {
    pid: process.pid,
    siteUrl: settings.siteUrl,
    sandboxUrl: settings.sandboxUrl,
    databaseUrl,
    processes: Object.fromEntries(processes.map((one) => [one.name, one.pid()])),
  });
}

/** This machine's own settings must not serve the public: what is asked to, is told why before anything is made. Throws with every reason. */
function refuseProduction(settings: LocalSettings): void {
  if (process.env.NODE_ENV !== 'production') return;
  const secrets = localSecrets(settings.dataDir, process.env, { keep: false });
  const databaseUrl = settings.databaseUrl ?? 'postgres://127.0.0.1/rnoce';
  parseEnvironment(environment(settings, databaseUrl, settings.port, { secrets, signatureRoots: 'sandbox' }));
}

function takeDataFolder(dataDir: string): void {
  const lock = acquireLock(join(dataDir, 'instance.lock'));
  if (!lock.acquired) {
    throw new Error(
      `Another instance (process ${lock.holder.pid}) uses ${dataDir}. Stop it first, or choose another folder and ` +
        'other ports: DATA_DIR=.data-2 PORT=3001 SANDBOX_PORT=3101 SMTP_PORT=3126 npm start',
    );
  }
  undo.push(lock.release);
  // Left by an instance which was killed: whoever waits for this one must not read it.
  rmSync(join(dataDir, 'running.json'), { force: true });
}

async function refuseTakenPorts(settings: LocalSettings): Promise<void> {
  const wanted = [
    ['PORT', settings.port, settings.host],
    ['SANDBOX_PORT', settings.sandboxPort, '127.0.0.1'],
    ['SMTP_PORT', settings.smtpPort, '127.0.0.1'],
  ] as const;
  for (const [name, port, host] of wanted) {
    if (await isPortFree(port, host)) continue;
    throw new Error(
      `Port ${port} is taken by another program. Choose another: ${name}=${port + 1} npm start`,
    );
  }
}

async function startDatabase(dataDir: string): Promise<string> {
  const keeper = await keepPostgres(join(dataDir, 'postgres'), (message) => tell('postgres', message));
  undo.push(keeper.stop);
  return keeper.url;
}

function environment(
  settings: LocalSettings,
  databaseUrl: string,
  apiPort: number,
  made: { secrets: Record<string, string>; signatureRoots: string },
): NodeJS.ProcessEnv {
  const sandbox = `http://127.0.0.1:${settings.sandboxPort}`;
  const usual: Record<string, string> = {
    HOST: settings.host,
    PUBLIC_URL: settings.siteUrl,
    SPA_DIR: flags.dev ? '' : SPA_DIR,
    STORAGE_URL: pathToFileURL(join(settings.dataDir, 'documents')).href,
    SMTP_URL: `smtp://127.0.0.1:${settings.smtpPort}`,
    BADR_URL: `${sandbox}/badr`,
    ...portalSettings(sandbox, settings.sandboxUrl),
    SIGNATURE_ROOTS: made.signatureRoots,
    // The programs that try the interface run on this machine.
    WEBHOOK_LOCAL_ADDRESSES: 'true',
    // As in production (Dockerfile): garbage is collected early, and a flood of uploads stays below 400 MB.
    NODE_OPTIONS: '--max-semi-space-size=8 --max-old-space-size=512',
    MALLOC_ARENA_MAX: '2',
  };
  const ours: Record<string, string> = {
    ...made.secrets,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: databaseUrl,
    PORT: String(apiPort),
    SANDBOX_PORT: String(settings.sandboxPort),
    SMTP_PORT: String(settings.smtpPort),
    // The development site stands before the API as a proxy of this machine.
    ...(flags.dev ? { TRUSTED_PROXIES: '127.0.0.1' } : {}),
  };
  return { ...usual, ...process.env, ...ours };
}

async function migrate(settings: LocalSettings, env: NodeJS.ProcessEnv): Promise<void> {
  const run = runToEnd({
    name: 'migrate',
    script: join(ROOT, 'apps/api/src/migrate.ts'),
    args: flags['no-demo'] ? [] : ['--demo'],
    env,
    logFile: join(settings.dataDir, 'logs', 'migrate.log'),
    say: tell,
  });
  undo.push(run.stop);
  if (!(await run.done))
    throw new Error(
      `The database could not be prepared; see ${join(settings.dataDir, 'logs', 'migrate.log')}`,
    );
}

function child(
  name: string,
  script: string,
  settings: LocalSettings,
  env: NodeJS.ProcessEnv,
  onStart: () => void,
): SupervisedProcess {
  const logFile = join(settings.dataDir, 'logs', `${name}.log`);
  return supervise({ name, script: join(ROOT, script), env, logFile, say: tell, onStart });
}

async function untilReady(url: string, processes: SupervisedProcess[]): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS;
  while (Date.now() < deadline) {
    if (stopping) return;
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    if (processes.some((one) => one.failures() >= 3)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const words = processes
    .filter((one) => one.lastLines().length > 0)
    .map((one) => `${one.name}: ${one.lastLines().join('\n  ')}`);
  throw new Error(`The site did not start: ${url} does not answer.\n${words.join('\n')}`);
}

async function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const step of undo.splice(0).toReversed()) {
      try {
        await step();
      } catch (error) {
        tell('start', `while stopping: ${String(error)}`);
      }
    }
  })();
  await stopping;
}
