import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { banner } from './announce.ts';
import { readSettings } from './local-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rnoce-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm start` says, and how it ends; `heard` may end it before. */
async function start(env: Record<string, string>, heard: (said: string, pid: number) => void = () => {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], {
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      heard(said, child.pid ?? 0);
    });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once('close', resolve);
  return { code: await promise, said };
}

test.each([
  [{ PORT: '3111', SANDBOX_PORT: '3111' }, 'PORT and SANDBOX_PORT are both 3111'],
  [{ PORT: '3112', SMTP_PORT: '3112' }, 'PORT and SMTP_PORT are both 3112'],
])('one port for two is refused before anything is made: %o', async (env, sentence) => {
  const { code, said } = await start(env);
  expect(code).toBe(1);
  expect(said).toContain(sentence);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('in production, tells why it may not serve the public, and nothing else', async () => {
  const { code, said } = await start({
    NODE_ENV: 'production',
    PORT: '0',
    SANDBOX_PORT: '0',
    SMTP_PORT: '0',
  });
  expect(code).toBe(1);
  expect(said).toContain("These settings can't serve the public:");
  expect(said).toContain("SIGNATURE_ROOTS is the sandbox's");
  expect(said).not.toMatch(/could not be prepared|\bat .+:\d+/);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('the box gives way to a terminal that is narrower', async () => {
  const settings = await readSettings({ DATA_DIR: folder });
  const boxed = banner(settings, 1);
  const width = boxed.split('\n')[1]?.length ?? 0;
  expect(banner(settings, 1, width)).toBe(boxed);
  expect(banner(settings, 1, width - 1)).not.toMatch(/[│┌└]/);
});
