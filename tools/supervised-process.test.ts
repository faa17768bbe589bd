import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SupervisedProcess, supervise } from './supervised-process.ts';

const WAIT = { timeout: 10_000 };
let folder: string;
let said: string[];
let one: SupervisedProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rnoce-supervise-'));
  said = [];
});
afterEach(async () => {
  await one?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function run(source: string): SupervisedProcess {
  const script = join(folder, 'script.mjs');
  writeFileSync(script, source);
  const logFile = join(folder, 'log');
  one = supervise({
    name: 'one',
    script,
    env: process.env,
    logFile,
    say: (_name, message) => said.push(message),
  });
  one.start();
  return one;
}

test('a killed process is started again, and a stopped one is not', async () => {
  const supervised = run('setInterval(() => {}, 1000);');
  const first = supervised.pid();
  process.kill(first, 'SIGKILL');
  await expect.poll(() => ![0, first].includes(supervised.pid()), WAIT).toBe(true);
  expect(said).toEqual([expect.stringContaining('SIGKILL')]);
  await supervised.stop();
  expect(supervised.pid()).toBe(0);
  expect(supervised.failures()).toBe(1);
});

test('the log keeps all; a person sees warnings and errors, each once in a row', async () => {
  const lines = [
    { level: 30, msg: 'listening' },
    { level: 40, msg: 'slow' },
    { level: 40, msg: 'refused', problem: 'overloaded' },
    { level: 40, msg: 'refused', problem: 'overloaded' },
    { level: 50, msg: 'failed', err: { message: 'no mail' } },
  ];
  run(
    `${lines.map((line) => `console.log('${JSON.stringify(line)}');`).join('\n')}\nsetInterval(() => {}, 1000);`,
  );
  await expect.poll(() => said, WAIT).toEqual(['slow', 'refused (overloaded)', 'failed (no mail)']);
  await expect.poll(() => readFileSync(join(folder, 'log'), 'utf8'), WAIT).toContain('listening');
});

test('two restarts at once leave one process', async () => {
  const supervised = run('setInterval(() => {}, 1000);');
  const first = supervised.pid();
  await Promise.all([supervised.restart(), supervised.restart()]);
  expect(supervised.pid()).not.toBe(first);
  expect(() => process.kill(first, 0)).toThrow('ESRCH');
});

test('a log that can’t be written is said, and the process goes on', async () => {
  mkdirSync(join(folder, 'log'));
  const supervised = run("console.error('here'); setInterval(() => {}, 1000);");
  await expect.poll(() => said, WAIT).toEqual([expect.stringContaining('EISDIR'), 'here']);
  expect(supervised.failures()).toBe(0);
});
