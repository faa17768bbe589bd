import { createHmac } from 'node:crypto';
import {
  endSessions,
  getCurrentSession,
  listSessions,
  type OpenSessions,
  refreshSession,
  signIn,
  signOut,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sessions } from '../../db/schema/sessions.ts';
import { accessCookies, refreshCookies } from '../../plugins/principal.ts';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { testBrowser } from '../../testing/browser.ts';
import { makeAccount } from '../../testing/factories.ts';
import { hashPassword } from '../accounts/passwords.ts';

let test: TestApp;
let secure: TestApp;
let limited: TestApp;
let passwordHash: string;
const password = 'Bouregreg-42-quai';
beforeAll(async () => {
  test = await testApp();
  secure = await testApp({ environment: { PUBLIC_URL: 'https://rnoce.example' } });
  limited = await testApp({ environment: { RATE_LIMITS: 'true' } });
  passwordHash = await hashPassword(password);
});
afterEach(() => test.setNow(undefined));

const minutes = (count: number) => count * 60_000;
const laterBy = (ms: number) => test.setNow(new Date(Date.now() + ms));
const account = () => makeAccount(test, { passwordHash });
const signedIn = async (email: string) => {
  const browser = testBrowser(test.app);
  const answer = await browser.request('POST', '/sessions', { email, password });
  expect(answer.statusCode).toBe(200);
  return { ...browser, answer };
};
const sessionsOf = (accountId: string) =>
  test.deps.database.select().from(sessions).where(eq(sessions.accountId, accountId));
const tryPassword = (email: string, tried: string, { app } = test, remoteAddress = '127.0.0.1') =>
  app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: { email, password: tried },
    remoteAddress,
  });

describe('access', () => {
  testAccess(
    () => test,
    [
      {
        route: signIn,
        body: { email: 'personne@societe.example', password: 'x' },
        anonymous: 401,
        operator: 401,
        agent: 401,
      },
      { route: getCurrentSession, anonymous: 401, operator: 200, agent: 401 },
      { route: signOut, anonymous: 401, operator: 204, agent: 401 },
      { route: refreshSession, anonymous: 401, operator: 401, agent: 401 },
      { route: listSessions, anonymous: 401, operator: 200, agent: 401 },
      { route: endSessions, body: {}, anonymous: 401, operator: 422, agent: 401 },
    ],
  );

  it('refuses what another site makes the browser send', async () => {
    const { email } = await account();
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://ailleurs.example' }]) {
      const answer = await test.app.inject({
        method: 'POST',
        url: '/api/v1/sessions',
        payload: { email, password },
        headers,
      });
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({ code: 'cross_site' });
    }
  });
});

describe('sign-in', () => {
  it('opens a session in cookies that scripts can’t read and other sites don’t send', async () => {
    const { email, id } = await account();
    const { answer, request } = await signedIn(email);
    expect(answer.json()).toMatchObject({ account: { id, email } });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).not.toContain('argon2');
    expect(answer.cookies).toEqual([
      expect.objectContaining({ name: 'rnoce_operator', httpOnly: true, sameSite: 'Strict', path: '/api' }),
      expect.objectContaining({
        name: 'rnoce_operator_refresh',
        httpOnly: true,
        sameSite: 'Strict',
        path: '/api/v1/sessions',
      }),
      expect.objectContaining({
        name: 'rnoce_device',
        httpOnly: true,
        sameSite: 'Strict',
        path: '/api/v1/sessions',
      }),
    ]);
    expect((await request('GET', '/sessions/current')).json()).toMatchObject({ account: { email } });
    const [kept] = await sessionsOf(id);
    expect(kept?.refreshHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says no more of an unknown e-mail than of a wrong password or a missing one', async () => {
    const { email } = await account();
    const unconfirmed = await makeAccount(test, { emailConfirmedAt: null });
    const bodies = [];
    for (const tried of [email, 'inconnu@societe.example', unconfirmed.email]) {
      const answer = await tryPassword(tried, 'pas celui-là');
      expect(answer.statusCode).toBe(401);
      bodies.push({ ...answer.json<object>(), requestId: '' });
    }
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  it('gives a new session each time, and ends the one that the browser had', async () => {
    const { email, id } = await account();
    const { request } = await signedIn(email);
    expect((await request('POST', '/sessions', { email, password })).statusCode).toBe(200);
    const rows = await sessionsOf(id);
    expect(rows.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
    expect(rows).toHaveLength(2);
    expect((await request('GET', '/sessions/current')).statusCode).toBe(200);
  });

  it('does not open a session for a password that is changed meanwhile', async () => {
    const { email, id } = await account();
    const client = await test.deps.database.$client.connect();
    try {
      await client.query('begin');
      await client.query('update accounts set password_hash = $1 where id = $2', ['autre', id]);
      const signingIn = tryPassword(email, password);
      // The sign-in has read the old hash and waits for this change once it is seen waiting for the row.
      await expect
        .poll(async () => {
          const { rows } = await test.deps.database.$client.query<{ waiting: number }>(
            "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
          );
          return rows[0]?.waiting;
        })
        .toBe(1);
      await client.query('commit');
      expect((await signingIn).statusCode).toBe(401);
    } finally {
      client.release();
    }
    expect(await sessionsOf(id)).toEqual([]);
  });
});

describe('repeated failures', () => {
  it.each(['known', 'unknown'])('lock the login of an e-mail that is %s', async (kind) => {
    const email = kind === 'known' ? (await account()).email : `jamais-vu-${kind}@societe.example`;
    let clock = Date.now();
    const waits: number[] = [];
    for (let failures = 1; failures <= 11; failures += 1) {
      test.setNow(new Date(clock));
      expect((await tryPassword(email, 'pas celui-là')).statusCode).toBe(401);
      if (failures < 5) continue;
      const refused = await tryPassword(email, password);
      expect(refused.statusCode).toBe(429);
      expect(refused.json()).toMatchObject({ code: 'locked', params: { minutes: expect.any(Number) } });
      const wait = Number(refused.headers['retry-after']);
      waits.push(wait);
      clock += wait * 1000;
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900]);
    test.setNow(new Date(clock));
    expect((await tryPassword(email, password)).statusCode).toBe(kind === 'known' ? 200 : 401);
  });

  it('can’t be outrun by trying many at once', async () => {
    const { email } = await account();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => tryPassword(email, `essai-${String(index)}`)),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(25);
  });

  it('of strangers don’t lock out the owner in a browser where they signed in before', async () => {
    const { email } = await account();
    const { email: other } = await account();
    const own = await signedIn(email);
    const stranger = await signedIn(other);
    for (let index = 0; index < 5; index += 1) await tryPassword(email, 'pas celui-là');
    expect((await stranger.request('POST', '/sessions', { email, password })).statusCode).toBe(429);
    const forged = testBrowser(test.app);
    forged.jar.set('rnoce_device', `${'A'.repeat(22)}.${'A'.repeat(43)}`);
    expect((await forged.request('POST', '/sessions', { email, password })).statusCode).toBe(429);
    expect((await own.request('POST', '/sessions', { email, password })).statusCode).toBe(200);
    // It is no way around the limit: that browser counts too, by itself.
    const tried = await Promise.all(
      Array.from({ length: 8 }, () => own.request('POST', '/sessions', { email, password: 'pas celui-là' })),
    );
    expect(tried.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
    expect(tried.filter(({ statusCode }) => statusCode === 429)).toHaveLength(3);
  });

  it('start again from nothing after a success', async () => {
    const { email } = await account();
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 4; index += 1)
        expect((await tryPassword(email, 'pas celui-là')).statusCode).toBe(401);
      expect((await tryPassword(email, password)).statusCode).toBe(200);
    }
  });

  it('lock an address that tries many logins; signing in to one’s own doesn’t lift it', async () => {
    const { email } = await account();
    const tryFrom = async (tried: string, word: string, address = '2001:db8:1:2:3:4:5:6') =>
      (await tryPassword(tried, word, limited, address)).statusCode;
    const statuses: number[] = [];
    const own: number[] = [];
    for (let index = 0; index < 31; index += 1) {
      if (index % 10 === 9) own.push(await tryFrom(email, password));
      statuses.push(await tryFrom(`cible-${String(index)}@societe.example`, 'x'));
    }
    expect(own).toEqual([200, 200, 200]);
    expect(statuses).toEqual([...Array<number>(30).fill(401), 429]);
    // Another address of the same /64 is the same; another network isn't.
    expect(await tryFrom(email, password, '2001:db8:1:2::9')).toBe(429);
    expect(await tryFrom(email, password, '2001:db8:1:3::9')).toBe(200);
  });

  it('don’t count by address where limits are off, and lock a login all the same', async () => {
    const { email } = await account();
    for (let index = 0; index < 61; index += 1) {
      const login = `essai-${String(index)}@societe.example`;
      expect((await tryPassword(login, 'x')).statusCode).toBe(401);
    }
    for (let index = 0; index < 5; index += 1) await tryPassword(email, 'pas celui-là');
    expect((await tryPassword(email, password)).statusCode).toBe(429);
  });

  it('keep no e-mail in clear', async () => {
    const { email } = await account();
    for (let index = 0; index < 5; index += 1) await tryPassword(email, 'pas celui-là');
    expect((await tryPassword(email, password)).statusCode).toBe(429);
    const { rows } = await test.deps.database.$client.query('select * from sign_in_attempts');
    expect(JSON.stringify(rows)).not.toContain('societe.example');
  });
});

describe('the session', () => {
  it('is prolonged by activity, and ends after 30 minutes without any', async () => {
    const { email } = await account();
    const { request } = await signedIn(email);
    laterBy(minutes(29));
    const answer = await request('POST', '/sessions/refresh');
    expect(answer.statusCode).toBe(200);
    expect(new Date(answer.json<{ expiresAt: string }>().expiresAt).getTime()).toBeGreaterThan(
      Date.now() + minutes(58),
    );
    laterBy(minutes(60));
    expect((await request('GET', '/sessions/current')).statusCode).toBe(401);
    const refused = await request('POST', '/sessions/refresh');
    expect(refused.json()).toMatchObject({ code: 'session_expired' });
  });

  it('ends after 12 hours in any case', async () => {
    const { email } = await account();
    const { request } = await signedIn(email);
    for (let passed = 25; passed < 720; passed += 25) {
      laterBy(minutes(passed));
      expect((await request('POST', '/sessions/refresh')).statusCode).toBe(200);
    }
    laterBy(minutes(721));
    expect((await request('POST', '/sessions/refresh')).statusCode).toBe(401);
  });

  it('survives two tabs which refresh at once: both are given the same next token', async () => {
    const { email } = await account();
    const { request, jar } = await signedIn(email);
    const cookie = `${refreshCookies.operator}=${jar.get(refreshCookies.operator) ?? ''}`;
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        test.app.inject({ method: 'POST', url: '/api/v1/sessions/refresh', headers: { cookie } }),
      ),
    );
    const tokens = answers.map(
      ({ cookies }) => cookies.find(({ name }) => name === refreshCookies.operator)?.value,
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(new Set(tokens).size).toBe(1);
    jar.set(refreshCookies.operator, tokens[0] ?? '');
    expect((await request('POST', '/sessions/refresh')).statusCode).toBe(200);
  });

  it('ends when an old token comes back: somebody kept a copy', async () => {
    const { email, id } = await account();
    const { request, jar } = await signedIn(email);
    const stolen = jar.get(refreshCookies.operator) ?? '';
    expect((await request('POST', '/sessions/refresh')).statusCode).toBe(200);
    laterBy(31_000);
    const thief = await test.app.inject({
      method: 'POST',
      url: '/api/v1/sessions/refresh',
      headers: { cookie: `${refreshCookies.operator}=${stolen}` },
    });
    expect(thief.statusCode).toBe(401);
    expect((await request('GET', '/sessions/current')).statusCode).toBe(401);
    expect((await request('POST', '/sessions/refresh')).statusCode).toBe(401);
    expect((await sessionsOf(id))[0]?.endedAt).not.toBeNull();
  });

  it('ends with « Se déconnecter », whose cookies go', async () => {
    const { email } = await account();
    const { request, jar } = await signedIn(email);
    const kept = new Map(jar);
    expect((await request('DELETE', '/sessions/current')).statusCode).toBe(204);
    expect([...jar.keys()]).toEqual(['rnoce_device']);
    for (const [name, value] of kept) jar.set(name, value);
    expect((await request('GET', '/sessions/current')).statusCode).toBe(401);
    expect((await request('POST', '/sessions/refresh')).statusCode).toBe(401);
  });

  it.each(['', 'x', `${crypto.randomUUID()}.${'a'.repeat(43)}`])(
    'is not opened by the token %j',
    async (token) => {
      const answer = await test.app.inject({
        method: 'POST',
        url: '/api/v1/sessions/refresh',
        headers: { cookie: `${refreshCookies.operator}=${token}` },
      });
      expect(answer.json()).toMatchObject({ code: 'session_expired' });
    },
  );

  it('is not opened by a token of another algorithm, or of none', async () => {
    const { email } = await account();
    const { jar } = await signedIn(email);
    const [, payload = ''] = (jar.get(accessCookies.operator) ?? '').split('.');
    const header = (alg: string) => Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url');
    const signed = (alg: string, hash: string) => {
      const text = `${header(alg)}.${payload}`;
      return `${text}.${createHmac(hash, test.deps.environment.SESSION_SECRET).update(text).digest('base64url')}`;
    };
    const tokens = [signed('HS256', 'sha256'), signed('HS512', 'sha512'), `${header('none')}.${payload}.`];
    const statuses = [];
    for (const token of tokens) {
      const cookie = `${accessCookies.operator}=${token}`;
      statuses.push((await test.app.inject({ url: '/api/v1/account', headers: { cookie } })).statusCode);
    }
    expect(statuses).toEqual([200, 401, 401]);
  });

  it('is not an agent’s', async () => {
    const { email } = await account();
    const { jar } = await signedIn(email);
    const answer = await test.app.inject({
      url: '/api/v1/agent-sessions/current',
      headers: { cookie: `${accessCookies.agent}=${jar.get(accessCookies.operator) ?? ''}` },
    });
    expect(answer.statusCode).toBe(401);
  });
});

it('behind https has cookies that no other host of the domain can set', async () => {
  const { email } = await account();
  const browser = testBrowser(secure.app);
  const { cookies } = await browser.request('POST', '/sessions', { email, password });
  expect(cookies).toHaveLength(3);
  for (const cookie of cookies)
    expect(cookie).toMatchObject({
      name: expect.stringMatching(/^__Host-rnoce_/),
      secure: true,
      httpOnly: true,
      path: '/',
    });
  expect((await browser.request('GET', '/sessions/current')).statusCode).toBe(200);
  expect((await browser.request('POST', '/sessions/refresh')).statusCode).toBe(200);
  const plain = [...browser.jar].map(([name, value]) => `${name.replace('__Host-', '')}=${value}`).join('; ');
  const tossed = await secure.app.inject({ url: '/api/v1/sessions/current', headers: { cookie: plain } });
  expect(tossed.statusCode).toBe(401);
  const end = await browser.request('DELETE', '/sessions/current');
  expect(end.cookies.map(({ secure: marked, path }) => [marked, path])).toEqual([
    [true, '/'],
    [true, '/'],
  ]);
});

describe('open sessions', () => {
  type Browser = Awaited<ReturnType<typeof signedIn>>;
  const isIn = async ({ request }: Browser) => (await request('GET', '/sessions/current')).statusCode === 200;
  const listOf = async ({ request }: Browser) =>
    (await request('GET', '/account/sessions')).json<OpenSessions>().items;
  const end = ({ request }: Browser, id?: string, currentPassword = password) =>
    request('POST', '/account/session-endings', { currentPassword, ...(id === undefined ? {} : { id }) });

  it('are seen, this one first, without those that are over', async () => {
    const { email } = await account();
    const here = await signedIn(email);
    laterBy(minutes(2));
    await signedIn(email);
    const gone = await signedIn(email);
    await gone.request('DELETE', '/sessions/current');
    const items = await listOf(here);
    expect(items).toMatchObject([
      { current: true, userAgent: 'Navigateur de test' },
      { current: false, userAgent: 'Navigateur de test' },
    ]);
    expect(Object.keys(items[0] ?? {}).toSorted()).toEqual([
      'createdAt',
      'current',
      'id',
      'lastUsedAt',
      'userAgent',
    ]);
    laterBy(minutes(31));
    const later = await signedIn(email);
    expect(await listOf(later)).toHaveLength(2);
  });

  it('are ended one by one, or all the others', async () => {
    const { email } = await account();
    const [here, second, third] = [await signedIn(email), await signedIn(email), await signedIn(email)];
    const id = (await listOf(second)).find(({ current }) => current)?.id;
    expect((await end(here, id)).statusCode).toBe(204);
    expect([await isIn(here), await isIn(second), await isIn(third)]).toEqual([true, false, true]);
    expect((await end(here, id)).statusCode).toBe(404);
    expect((await end(here)).statusCode).toBe(204);
    expect([await isIn(here), await isIn(third)]).toEqual([true, false]);
    expect(await listOf(here)).toHaveLength(1);
  });

  it('are ended by who knows the password, and can’t be used to guess it', async () => {
    const { email } = await account();
    const [here, other] = [await signedIn(email), await signedIn(email)];
    expect((await end(here, undefined, 'non')).json()).toMatchObject({ code: 'password_wrong' });
    expect(await isIn(other)).toBe(true);
    await Promise.all(Array.from({ length: 8 }, () => end(here, undefined, 'non')));
    expect((await end(here)).json()).toMatchObject({ code: 'locked' });
  });

  it('of somebody else aren’t there', async () => {
    const stranger = await signedIn((await account()).email);
    const here = await signedIn((await account()).email);
    const id = (await listOf(stranger))[0]?.id;
    expect((await end(here, id)).statusCode).toBe(404);
    expect(await isIn(stranger)).toBe(true);
  });
});
