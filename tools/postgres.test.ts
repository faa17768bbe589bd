import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from './postgres.ts';

let folder: string;
let dataDir: string;
const start = (port = 0) => startPostgres({ dataDir, port, durable: true, log: () => {} });
const pidFile = () => join(dataDir, 'postmaster.pid');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rnoce-postgres-'));
  dataDir = join(folder, 'postgres');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('starts on a new folder, listens, and stops whole', async () => {
  const postgres = await start();
  expect(await listens(postgres.port)).toBe(true);
  expect(postgres.url).toMatch(/^postgres:\/\/rnoce:[0-9a-f]{48}@127\.0\.0\.1:\d+\/rnoce$/);
  expect(statSync(join(dataDir, 'rnoce-password')).mode & 0o077).toBe(0);
  await postgres.stop();
  expect(await listens(postgres.port)).toBe(false);
  expect(existsSync(pidFile())).toBe(false);
});

test('a killed server is started again at the same address', async () => {
  const killed = await start();
  process.kill(killed.pid, 'SIGKILL');
  await killed.exited;
  const again = await start(killed.port);
  expect(again.url).toBe(killed.url);
  expect(await listens(again.port)).toBe(true);
  await again.stop();
});

test('a process id of something else, left in its file, does not keep it from starting', async () => {
  writeFileSync(pidFile(), `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n\nready   \n`);
  const postgres = await start();
  expect(await listens(postgres.port)).toBe(true);
  await postgres.stop();
});

test('it ends with its launcher, even killed', async () => {
  const script = `
    import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'postgres.ts'))};
    const { port } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: true, log: () => {} });
    process.stdout.write(String(port));
    setInterval(() => {}, 1000);
  `;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = Number(await firstOutput(launcher));
  expect(await listens(port)).toBe(true);
  launcher.kill('SIGKILL');
  await expect.poll(() => existsSync(pidFile()), { timeout: 20_000 }).toBe(false);
  await expect
    .poll(() => readFileSync(join(dataDir, 'server.log'), 'utf8'), { timeout: 20_000 })
    .toContain('database system is shut down');
});

async function firstOutput(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString()));
  child.once('exit', () => reject(new Error('It ended without a word.')));
  return promise;
}

async function listens(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  const answer = await promise;
  socket.destroy();
  return answer;
}
