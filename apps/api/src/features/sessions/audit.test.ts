import { Writable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { accounts, passwordResetRequests } from '../../db/schema/accounts.ts';
import { refreshCookies } from '../../plugins/principal.ts';
import { logOptions } from '../../process.ts';
import { accountCalls } from '../../testing/accounts.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { answerResetRequest } from '../accounts/request-password-reset.ts';

let test: TestApp;
let lines: string[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});
beforeAll(async () => {
  test = await testApp({ log: pino({ ...logOptions, level: 'info' }, stream) });
});
afterEach(() => {
  test.setNow(undefined);
  lines = [];
});

const { confirmed, newEmail, post, signInAs, tokenFor } = accountCalls(() => test);
const audits = () =>
  lines.map((line): Record<string, unknown> => JSON.parse(line)).filter(({ audit }) => audit !== undefined);
const warn = 40;

it('the life of an account is told by its id and its sessions’, without its e-mail', async () => {
  const account = await confirmed();
  const browser = await signInAs(account);
  const password = 'Autre-quai-77';
  const changed = { currentPassword: account.password, password };
  expect((await browser.request('PUT', '/account/password', changed)).statusCode).toBe(204);
  const ended = { currentPassword: password };
  expect((await browser.request('POST', '/account/session-endings', ended)).statusCode).toBe(204);
  expect((await browser.request('DELETE', '/sessions/current')).statusCode).toBe(204);
  await post('/password-resets', { email: account.email });
  for (const { id } of await test.deps.database.select().from(passwordResetRequests))
    await answerResetRequest(test.deps, id);
  const reset = { token: await tokenFor(account.email), password: 'Quai-retrouve-43' };
  expect((await post('/accounts/password', reset)).statusCode).toBe(204);

  const told = audits();
  expect(told.map(({ audit }) => audit)).toEqual([
    'sign_up_confirmed',
    'signed_in',
    'password_changed',
    'sessions_ended',
    'signed_out',
    'password_reset',
  ]);
  const [row] = await test.deps.database.select().from(accounts).where(eq(accounts.email, account.email));
  expect(new Set(told.map(({ caller }) => caller))).toEqual(new Set([`operator ${row?.id ?? ''}`]));
  // From each session to the one that took its place.
  const [, signedIn, change, end, out] = told;
  expect(change?.sessionId).toBe(signedIn?.sessionId);
  expect(end?.sessionId).toBe(change?.nextSessionId);
  expect(out?.sessionId).toBe(end?.nextSessionId);
  expect(lines.join('')).not.toContain(account.email);
});

it('refused sign-ins are counted by login, and tell no e-mail', async () => {
  const { email } = await confirmed();
  const unknown = newEmail();
  for (const tried of [email, email, unknown, email, email, email, email])
    await post('/sessions', { email: tried, password: 'pas celui-là' });
  const told = audits().filter(({ audit }) => audit === 'attempt_refused');
  const [first, , other] = told.map(({ login }) => login);
  expect(told.map(({ scope, login, problem }) => [scope, login, problem])).toEqual([
    ['operator', first, 'credentials_wrong'],
    ['operator', first, 'credentials_wrong'],
    ['operator', other, 'credentials_wrong'],
    ['operator', first, 'credentials_wrong'],
    ['operator', first, 'credentials_wrong'],
    ['operator', first, 'credentials_wrong'],
    ['operator', first, 'locked'],
  ]);
  expect(other).not.toBe(first);
  expect(told.every(({ reqId }) => typeof reqId === 'string')).toBe(true);
  expect(lines.join('')).not.toMatch(/negoce\.example/);
});

it('a refresh token that comes back is a warning, one that is too old is none', async () => {
  const account = await confirmed();
  const browser = await signInAs(account);
  const stolen = browser.jar.get(refreshCookies.operator) ?? '';
  expect((await browser.request('POST', '/sessions/refresh')).statusCode).toBe(200);
  const use = () =>
    test.app.inject({
      method: 'POST',
      url: '/api/v1/sessions/refresh',
      headers: { cookie: `${refreshCookies.operator}=${stolen}` },
    });
  test.setNow(new Date(Date.now() + 31_000));
  for (const _ of ['a copy', 'once the session is over'])
    expect((await use()).json()).toMatchObject({ code: 'session_expired' });
  const [signedIn] = audits().filter(({ audit }) => audit === 'signed_in');
  const warnings = lines
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ level }) => level === warn);
  expect(warnings).toMatchObject([
    {
      audit: 'refresh_token_replayed',
      caller: signedIn?.caller,
      sessionId: signedIn?.sessionId,
      reqId: expect.any(String),
    },
  ]);
  expect(lines.join('')).not.toContain(stolen);
});
