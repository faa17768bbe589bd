import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Environment } from '../env.ts';
import { builtEntry } from './built-processes.ts';

export interface ServerProcess {
  readonly url: string;
  /** Ends it as a power cut would: no handler of its runs. */
  kill: () => Promise<void>;
}

/** Settings as a process of its own reads them. */
export const processSettings = (environment: Environment): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));

/** A port that nobody has now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const exited = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Starts the API as its own process, as in production, and waits until it is ready. */
export async function startServerProcess(
  environment: Record<string, string>,
  port: number,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [builtEntry('server')], {
    env: { PATH: process.env.PATH, ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${String(port)}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    if (ready?.ok) break;
    if (exited(child) || Date.now() > deadline) {
      await killChild(child);
      throw new Error('the API process does not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, kill: () => killChild(child) };
}

async function killChild(child: ChildProcess): Promise<void> {
  if (exited(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Starts the worker as its own process, and waits until it takes jobs. */
export async function startWorkerProcess(
  environment: Record<string, string>,
): Promise<Pick<ServerProcess, 'kill'>> {
  const child = spawn(process.execPath, [builtEntry('worker')], {
    env: { PATH: process.env.PATH, ...environment, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('the worker is ready')) resolve();
    });
    child.once('exit', () => reject(new Error('the worker does not start')));
  });
  return { kill: () => killChild(child) };
}
