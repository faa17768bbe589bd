// The loss of PostgreSQL: the API says so within its time, stays up, and goes on by itself when the database is back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../apps/api/src/db/migrate.ts';
import { type ServerProcess, startServerProcess } from '../apps/api/src/testing/process.ts';
import { freePort } from './ports.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'rnoce-loss-'));
let postgres: RunningPostgres;
let port: number;
let server: ServerProcess;

const start = () => startPostgres({ dataDir: join(folder, 'postgres'), port, durable: true, log: () => {} });

beforeAll(async () => {
  port = await freePort();
  postgres = await start();
  await migrate(postgres.url);
  server = await startServerProcess(
    {
      NODE_ENV: 'test',
      DATABASE_URL: postgres.url,
      STORAGE_URL: `file://${folder}/files`,
      SMTP_URL: 'smtp://127.0.0.1:1',
      BADR_URL: 'http://127.0.0.1:1/badr',
      BADR_KEY: 'test-badr-key-of-no-real-system',
      SESSION_SECRET: 'test-session-secret-of-32-characters',
      CAPTCHA_SECRET: 'test-captcha-secret-of-32-characters',
      TOTP_KEY: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
      WEBHOOK_KEY: 'ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100',
      CAPTCHA: 'none',
      LOG_LEVEL: 'silent',
    },
    await freePort(),
  );
}, 120_000);

afterAll(async () => {
  await server.kill();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const signUp = (email: string) =>
  fetch(`${server.url}/api/v1/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'fr' },
    body: JSON.stringify({
      legalName: 'Atlas Négoce SARL',
      address: '12, rue Oum Keltoum, Casablanca',
      email,
      phone: '0522000000',
      captcha: 'none',
    }),
    signal: AbortSignal.timeout(5000),
  });

test('the API survives the loss of PostgreSQL, says so, and recovers by itself', async () => {
  const kept = ['avant@atlas.example'];
  expect((await signUp('avant@atlas.example')).status).toBe(202);

  process.kill(postgres.pid, 'SIGKILL');
  await postgres.exited;
  // A session of PostgreSQL outlives its server by the moment it needs to notice: what it still answers is kept.
  let email = '';
  let refused: Response | undefined;
  for (let time = 1; refused === undefined && time <= 10; time++) {
    email = `pendant-${String(time)}@atlas.example`;
    const answer = await signUp(email);
    if (answer.status === 202) kept.push(email);
    else refused = answer;
  }
  expect(refused?.status).toBe(503);
  expect(refused?.headers.get('retry-after')).toBe('5');
  expect(await refused?.json()).toMatchObject({
    code: 'database_unavailable',
    title: 'Service momentanément indisponible',
  });
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);

  postgres = await start();
  expect((await signUp(email)).status).toBe(202);
  // What was answered before is still there.
  for (const taken of kept) expect((await signUp(taken)).status).toBe(409);
}, 120_000);
