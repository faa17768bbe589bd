import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { accountCalls } from '../../testing/accounts.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});
const { confirmed, signInAs } = accountCalls(() => test);

const root = new URL('../../', import.meta.url).pathname;
/** Runs the command as the installation does, on this file's database. */
const endSessions = async (...given: string[]) => {
  const { DATABASE_URL, STORAGE_URL, SMTP_URL, BADR_URL, BADR_KEY } = test.deps.environment;
  const { SESSION_SECRET, CAPTCHA_SECRET, TOTP_KEY, WEBHOOK_KEY } = test.deps.environment;
  const secrets = { BADR_KEY, SESSION_SECRET, CAPTCHA_SECRET, TOTP_KEY, WEBHOOK_KEY };
  const run = promisify(execFile)(process.execPath, [`${root}end-sessions.ts`, ...given], {
    env: { NODE_ENV: 'test', DATABASE_URL, STORAGE_URL, SMTP_URL, BADR_URL, ...secrets },
  });
  return await run.then(
    ({ stdout }) => stdout,
    (error: { stderr?: string }) => error.stderr ?? '',
  );
};
const signedIn = async (account: Awaited<ReturnType<typeof confirmed>>) => {
  const { request } = await signInAs(account);
  return async () => (await request('GET', '/sessions/current')).statusCode === 200;
};

it('ends the sessions of one operator, or of everybody', async () => {
  const [one, other] = [await confirmed(), await confirmed()];
  const own = [await signedIn(one), await signedIn(one)];
  const others = await signedIn(other);
  const { headers } = await signedInAgent(test);
  const agents = async () =>
    (await test.app.inject({ url: '/api/v1/agent-sessions/current', headers })).statusCode === 200;

  expect(await endSessions('--email', one.email)).toBe('Sessions ended: 2\n');
  expect([await own[0]?.(), await own[1]?.(), await others(), await agents()]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(await endSessions('--everybody')).toBe('Sessions ended: 2\n');
  expect([await others(), await agents()]).toEqual([false, false]);
  // Whoever knows the password signs in again.
  expect(await (await signedIn(one))()).toBe(true);
});

it('says what it lacks, and ends nothing', async () => {
  const isIn = await signedIn(await confirmed());
  expect(await endSessions()).toContain('one of the two');
  expect(await endSessions('--everybody', '--email', 'a@b.example')).toContain('one of the two');
  expect(await endSessions('--email', 'personne@societe.example')).toContain('Nobody has this e-mail.');
  expect(await isIn()).toBe(true);
});
