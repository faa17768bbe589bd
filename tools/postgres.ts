import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './ports.ts';
import { findPostgresCommand, type PostgresCommand } from './postgres-command.ts';
import { isProcessAlive } from './process-lock.mjs';

const DATABASE = 'rnoce';
const START_ATTEMPTS = 6;
/** Recovery after a crash replays at most `max_wal_size` of log; a slow disk needs time for it. */
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 30_000;
const KILLED_WITH_LAUNCHER = `
  process.stdin.resume();
  process.stdin.on('end', () => { try { process.kill(Number(process.argv[1]), 'SIGINT'); } catch {} process.exit(); });
`;

export type PostgresOptions = {
  /** Folder of the cluster; made when absent. */
  dataDir: string;
  /** 0 takes any free port. */
  port?: number;
  /** False gives up surviving a crash of the machine, for tests. */
  durable: boolean;
  /** Gets what a person should know: the first creation, a recovery. */
  log: (message: string) => void;
};

export type RunningPostgres = {
  /** Connection string of the database, its password included: not for a log. */
  url: string;
  port: number;
  pid: number;
  /** Settles when the server has ended, wanted or not. */
  exited: Promise<void>;
  /** Fast shutdown: sessions are ended, data are flushed. */
  stop: () => Promise<void>;
};

/**
 * Starts the embedded PostgreSQL 18 on 127.0.0.1, making its cluster the first time. The server dies with this
 * process, however it dies.
 *
 * @throws when it does not start, with the end of its own log in the message.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dirname(dataDir), { recursive: true });
  const command = findPostgresCommand(dataDir);
  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    options.log('creating the database…');
    createCluster(command, dataDir);
  }
  const password = readFileSync(passwordFile(dataDir), 'utf8').trim();
  await clearFormerServer(dataDir, options.log);

  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await freePort());
    const server = launch(command, dataDir, port, options.durable);
    if (await untilReady(server, dataDir, options.log))
      return running(server, command, dataDir, port, password);
    // What may pass by itself: processes of a crashed server still ending, a port taken in between.
    if (attempt === START_ATTEMPTS) {
      throw new Error(
        `PostgreSQL did not start (data in ${dataDir}). Its last words:\n${lastWords(dataDir)}`,
      );
    }
    options.log(`PostgreSQL did not start, trying again (${attempt}/${START_ATTEMPTS - 1})…`);
    await delay(500 * attempt);
  }
}

function passwordFile(dataDir: string): string {
  return join(dataDir, 'rnoce-password');
}

function logFile(dataDir: string): string {
  return join(dataDir, 'server.log');
}

/** The cluster appears under its name only when it is whole: a creation cut short starts again from nothing. */
function createCluster(command: PostgresCommand, dataDir: string): void {
  const draft = join(dirname(dataDir), `.${basename(dataDir)}.new`);
  rmSync(draft, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const secret = `${draft}-password`;
  writeFileSync(secret, randomBytes(24).toString('hex'), { mode: 0o600 });
  command.own(draft);
  command.own(secret);
  try {
    // Code-point order and full Unicode case rules, alike on every system; lists for people sort by an ICU collation.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const account = [`--username=${DATABASE}`, `--pwfile=${secret}`, '--auth=scram-sha-256'];
    runOnce(command, [command.initdb, '-D', draft, ...account, ...locale, '--no-instructions', '--no-sync']);
    runOnce(
      command,
      [command.postgres, '--single', '-D', draft, 'postgres'],
      `CREATE DATABASE ${DATABASE}\n`,
    );
    renameSync(secret, passwordFile(draft));
    renameSync(draft, dataDir);
  } finally {
    rmSync(secret, { force: true });
  }
}

function runOnce(command: PostgresCommand, args: string[], input = ''): void {
  const [program = '', ...rest] = [...command.prefix, ...args];
  const result = spawnSync(program, rest, {
    input,
    encoding: 'utf8',
    env: serverEnvironment(),
    timeout: START_LIMIT_MS,
  });
  if (result.status !== 0) {
    const reason = result.error?.message ?? `${result.stderr}${result.stdout}`.trim();
    throw new Error(`${basename(args[0] ?? '')} failed: ${reason}`);
  }
}

/** Nothing of the caller's own settings (PGDATA, PGPORT, PGOPTIONS…) may change what we start. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_'),
  );
  return { ...Object.fromEntries(kept), LANG: 'C', TZ: 'UTC' };
}

function settings(port: number, durable: boolean): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    // A socket's path has a length limit which a deep folder exceeds; TCP on the loopback is enough.
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    log_timezone: 'UTC',
    timezone: 'UTC',
    log_checkpoints: 'off',
    // Query texts and values never reach the log: they may hold personal data.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable
      ? {}
      : {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          wal_level: 'minimal',
          max_wal_senders: 0,
        }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function launch(command: PostgresCommand, dataDir: string, port: number, durable: boolean): ChildProcess {
  const [program = '', ...args] = [
    ...command.prefix,
    command.postgres,
    '-D',
    dataDir,
    ...settings(port, durable),
  ];
  const log = openSync(logFile(dataDir), 'w', 0o600);
  try {
    // Its own process group: Ctrl-C in the terminal reaches the launcher alone, which stops the server last.
    const server = spawn(program, args, {
      env: serverEnvironment(),
      stdio: ['ignore', log, log],
      detached: true,
    });
    if (!command.diesWithLauncher && server.pid) watchLauncher(server.pid, server);
    return server;
  } finally {
    closeSync(log);
  }
}

/** Where the kernel cannot tell the server of the launcher's death, a helper learns it from its closed input. */
function watchLauncher(serverPid: number, server: ChildProcess): void {
  const watch = spawn(process.execPath, ['-e', KILLED_WITH_LAUNCHER, String(serverPid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.on('error', () => {});
  watch.unref();
  server.once('exit', () => watch.kill());
}

/** True once the server accepts connections; false when it ended instead. */
async function untilReady(
  server: ChildProcess,
  dataDir: string,
  log: (message: string) => void,
): Promise<boolean> {
  let failed = false;
  server.once('error', () => {
    failed = true;
  });
  const hasEnded = () => failed || server.exitCode !== null || server.signalCode !== null;
  const started = Date.now();
  let told = false;
  while (!hasEnded() && Date.now() - started < START_LIMIT_MS) {
    const [pid, , , , , , , status] = pidFile(dataDir);
    if (Number(pid) === server.pid && status?.trim() === 'ready') return true;
    if (!told && Date.now() - started > 5_000) {
      log('PostgreSQL is recovering after a crash…');
      told = true;
    }
    await delay(20);
  }
  if (!hasEnded()) server.kill('SIGQUIT');
  return false;
}

function pidFile(dataDir: string): string[] {
  try {
    return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/**
 * The server of a dead launcher is given time to end by itself, then told to. A process id taken by another program
 * since (usual after a container's restart) would keep PostgreSQL from starting: its file is removed.
 */
async function clearFormerServer(dataDir: string, log: (message: string) => void): Promise<void> {
  const pid = Number(pidFile(dataDir)[0]);
  if (!pid || !isProcessAlive(pid)) return;
  if (!isServerOf(pid, dataDir)) {
    rmSync(join(dataDir, 'postmaster.pid'), { force: true });
    return;
  }
  log('a former PostgreSQL is still ending, waiting…');
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + STOP_LIMIT_MS;
  while (isProcessAlive(pid) && pidFile(dataDir).length > 0) {
    if (Date.now() > deadline)
      throw new Error(`Another PostgreSQL (process ${pid}) uses ${dataDir} and does not end.`);
    await delay(50);
  }
}

/** Where the system does not show command lines, the answer is yes: a live server is never run over. */
function isServerOf(pid: number, dataDir: string): boolean {
  if (process.platform === 'win32') return true;
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataDir);
    } catch {
      return isProcessAlive(pid);
    }
  }
  const shown = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 });
  return shown.status === 0 ? shown.stdout.includes(dataDir) : isProcessAlive(pid);
}

function running(
  server: ChildProcess,
  command: PostgresCommand,
  dataDir: string,
  port: number,
  password: string,
): RunningPostgres {
  const exited = new Promise<void>((done) => {
    if (server.exitCode !== null || server.signalCode !== null) done();
    else server.once('exit', () => done());
  });
  const stop = async () => {
    if (process.platform === 'win32') spawnSync(command.pgCtl, ['stop', '-D', dataDir, '-m', 'fast', '-W']);
    else server.kill('SIGINT');
    // A server which does not end in time is cut: its log makes it whole at the next start.
    const cut = setTimeout(() => server.kill('SIGQUIT'), STOP_LIMIT_MS);
    await exited;
    clearTimeout(cut);
  };
  const url = `postgres://${DATABASE}:${password}@127.0.0.1:${port}/${DATABASE}`;
  return { url, port, pid: server.pid ?? 0, exited, stop };
}

function lastWords(dataDir: string): string {
  try {
    return readFileSync(logFile(dataDir), 'utf8').trim().split('\n').slice(-8).join('\n');
  } catch {
    return '(nothing)';
  }
}
