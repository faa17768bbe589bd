import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
/** A process which lived that long was well: its next failure starts again from the shortest pause. */
const STEADY_MS = 30_000;
const STOP_LIMIT_MS = 15_000;
const LOG_LIMIT_BYTES = 5 * 1024 * 1024;
const WARNING_LEVEL = 40;
const LAST_LINES = 12;

export type ProcessOptions = {
  name: string;
  /** The TypeScript entry, run by this Node. */
  script: string;
  args?: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  say: (name: string, message: string) => void;
  /** Called at each start, the first one included: the process id is a new one. */
  onStart?: () => void;
};

/** One process kept alive: started again when it dies, its log written to a file, its warnings shown. */
export type SupervisedProcess = {
  name: string;
  start: () => void;
  stop: () => Promise<void>;
  restart: () => Promise<void>;
  /** Times it ended without being asked to. */
  failures: () => number;
  /** Process id; 0 while it is not running. */
  pid: () => number;
  lastLines: () => string[];
};

export function supervise(options: ProcessOptions): SupervisedProcess {
  const { name, say } = options;
  const lines: string[] = [];
  const log = openLog(options);
  let child: ChildProcess | undefined;
  let wanted = false;
  let failures = 0;
  let pause = FIRST_PAUSE_MS;
  let retry: NodeJS.Timeout | undefined;

  const start = () => {
    wanted = true;
    const startedAt = Date.now();
    child = launch(options);
    options.onStart?.();
    readLines(child, (line, isError) => {
      if (log.writable) log.write(`${line}\n`);
      const shown = worthShowing(line);
      // Plain text on the standard output is chatter: « listening on… ».
      if (shown === undefined || (!isError && shown === line)) return;
      // The same again and again, as while a busy machine starts, is told once.
      if (shown === lines.at(-1)) return;
      lines.push(shown);
      if (lines.length > LAST_LINES) lines.shift();
      say(name, shown);
    });
    let ended = false;
    const onEnd = (reason: string) => {
      if (ended) return;
      ended = true;
      child = undefined;
      if (!wanted) return;
      failures++;
      if (Date.now() - startedAt > STEADY_MS) pause = FIRST_PAUSE_MS;
      say(name, `ended unexpectedly (${reason}), starting it again…`);
      retry = setTimeout(start, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    };
    child.once('error', (error) => onEnd(error.message));
    child.once('exit', (code, signal) => onEnd(signal ?? `code ${code}`));
  };

  const halt = async () => {
    wanted = false;
    clearTimeout(retry);
    if (child) await end(child);
  };

  let closed = false;
  let turn = Promise.resolve();
  return {
    name,
    start,
    stop: async () => {
      closed = true;
      await halt();
      await closeLog(log);
    },
    // One after the other: two at once would leave two processes on one port.
    restart: () => {
      turn = turn.then(async () => {
        if (closed) return;
        await halt();
        if (!closed) start();
      });
      return turn;
    },
    failures: () => failures,
    pid: () => child?.pid ?? 0,
    lastLines: () => [...lines],
  };
}

/** Runs a script to its end, its output shown as it comes. `done` tells whether it succeeded; `stop` ends it before, with no more words. */
export function runToEnd(options: ProcessOptions): { done: Promise<boolean>; stop: () => Promise<void> } {
  const log = openLog(options);
  const child = launch(options);
  let stopped = false;
  readLines(child, (line) => {
    if (log.writable) log.write(`${line}\n`);
    const shown = worthShowing(line);
    if (shown !== undefined && !stopped) options.say(options.name, shown);
  });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  child.once('error', () => resolve(false));
  child.once('close', (code) => resolve(code === 0));
  const finish = async () => {
    const succeeded = await promise;
    await closeLog(log);
    return succeeded;
  };
  return {
    done: finish(),
    stop: async () => {
      stopped = true;
      await end(child);
    },
  };
}

function launch({ script, args = [], env }: ProcessOptions): ChildProcess {
  const preload = join(import.meta.dirname, 'die-with-launcher.mjs');
  const nodeArgs = ['--disable-warning=ExperimentalWarning', `--import=${new URL(`file://${preload}`).href}`];
  return spawn(process.execPath, [...nodeArgs, script, ...args], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own group: Ctrl-C in the terminal reaches the launcher alone, which stops all in order.
    detached: process.platform !== 'win32',
  });
}

async function end(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const cut = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await promise;
  clearTimeout(cut);
}

function readLines(child: ChildProcess, onLine: (line: string, isError: boolean) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    const reader = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    reader.on('line', (line) => onLine(line, stream === child.stderr));
  }
}

/** The short form of a line a person should see: warnings and errors of a JSON log, and whatever is not one. */
function worthShowing(line: string): string | undefined {
  if (line.trim() === '') return undefined;
  if (!line.startsWith('{')) return line;
  try {
    const entry: { level?: unknown; msg?: unknown; problem?: unknown; err?: { message?: unknown } } =
      JSON.parse(line);
    if (typeof entry.level !== 'number' || entry.level < WARNING_LEVEL) return undefined;
    const message = typeof entry.msg === 'string' ? entry.msg : '';
    const cause = [entry.err?.message, entry.problem].find((one) => typeof one === 'string') ?? '';
    return cause && cause !== message ? `${message} (${cause})` : message;
  } catch {
    return line;
  }
}

/** A log over its size at start is put aside, replacing the one put aside before. A log that can't be written is said, and ends nothing. */
function openLog({ name, logFile, say }: ProcessOptions): WriteStream {
  mkdirSync(dirname(logFile), { recursive: true });
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`);
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  log.once('error', (error) => say(name, `its log can't be written any more: ${error.message}`));
  return log;
}

/** Done when all that was said is in the file, or can't be. */
async function closeLog(log: WriteStream): Promise<void> {
  log.end();
  await finished(log).catch(() => {});
}
