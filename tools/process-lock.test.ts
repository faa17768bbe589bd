import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock, lockHolder } from './process-lock.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rnoce-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('one holder at a time; released, it can be taken again', () => {
  const first = acquireLock(file);
  expect(first.acquired).toBe(true);
  expect(acquireLock(file)).toMatchObject({ acquired: false, holder: { pid: process.pid } });
  if (first.acquired) first.release();
  expect(existsSync(file)).toBe(false);
  expect(acquireLock(file).acquired).toBe(true);
});

test('the lock of a dead process is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file, JSON.stringify({ pid, startedAt: 'whenever' }));
  expect(acquireLock(file).acquired).toBe(true);
});

test('a process id used again since is not the holder', () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: 'before the last boot' }));
  expect(lockHolder(file)).toBeUndefined();
  expect(acquireLock(file).acquired).toBe(true);
});

test('an unreadable lock is taken over', () => {
  writeFileSync(file, '{"pid":');
  expect(acquireLock(file).acquired).toBe(true);
});

test('of many processes at once, one gets it', async () => {
  const lock = join(import.meta.dirname, 'process-lock.mjs');
  const script = `
    import { acquireLock } from ${JSON.stringify(lock)};
    const { acquired } = acquireLock(${JSON.stringify(file)});
    process.stdout.write(acquired ? 'mine' : 'not');
    process.stdin.resume();
  `;
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file, JSON.stringify({ pid, startedAt: '' }));
  const children = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const answers = await Promise.all(
    children.map(async (child) => {
      const { promise, resolve } = Promise.withResolvers<string>();
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
      return promise;
    }),
  );
  const holder = JSON.parse(readFileSync(file, 'utf8')).pid;
  for (const child of children) child.stdin.end();
  expect(answers.filter((answer) => answer === 'mine')).toHaveLength(1);
  expect(children[answers.indexOf('mine')]?.pid).toBe(holder);
});
