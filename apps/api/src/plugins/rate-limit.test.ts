import { getCaptcha, getPasswordLink, requestPasswordReset } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { buildApp } from '../app.ts';
import { rateLimits } from '../db/schema/requests.ts';
import { testApp } from '../testing/app.ts';
import { integratorOf, makeApiKey } from '../testing/integrators.ts';

const testing = await testApp({
  environment: { RATE_LIMITS: 'true', CAPTCHA: 'altcha', INTEGRATOR_REQUESTS_PER_MINUTE: '3' },
});
const { app, deps } = testing;
const call = ({ method, path }: { method: 'GET' | 'POST'; path: string }, payload?: object) =>
  app.inject({ method, url: `/api/v1${path}`, ...(payload ? { payload } : {}) });

test('each route counts its own requests, and says when to come back', async () => {
  const { max } = requestPasswordReset.rateLimit;
  for (let sent = 0; sent < max + 2; sent++) expect((await call(getCaptcha)).statusCode).toBe(200);
  expect((await call(getPasswordLink, { token: 'unknown' })).statusCode).toBe(404);

  for (let sent = 0; sent < max; sent++)
    expect((await call(requestPasswordReset, { email: 'nobody@atlas.example' })).statusCode).toBe(202);
  const refused = await call(requestPasswordReset, { email: 'nobody@atlas.example' });
  expect(refused.statusCode).toBe(429);
  expect(refused.json()).toMatchObject({ code: 'rate_limited' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});

test('to ask for the headers alone is to ask: HEAD has no share of its own', async () => {
  const { max } = getCaptcha.rateLimit;
  const ask = (method: 'GET' | 'HEAD') =>
    app.inject({ method, url: `/api/v1${getCaptcha.path}`, remoteAddress: '192.0.2.7' });
  for (let sent = 0; sent < max; sent++)
    expect((await ask(sent % 2 === 0 ? 'GET' : 'HEAD')).statusCode).toBe(200);
  expect((await ask('HEAD')).statusCode).toBe(429);
  expect((await ask('GET')).statusCode).toBe(429);
});

test('a network of IPv6 counts as one: who has a /64 has no more than the others', async () => {
  const { max } = requestPasswordReset.rateLimit;
  const ask = (remoteAddress: string) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/password-resets',
      payload: { email: 'nobody@atlas.example' },
      remoteAddress,
    });
  for (let sent = 1; sent <= max; sent++)
    expect((await ask(`2001:db8:0:1::${String(sent)}`)).statusCode).toBe(202);
  expect((await ask('2001:db8:0:1:ffff::1')).statusCode).toBe(429);
  expect((await ask('2001:db8:0:2::1')).statusCode).toBe(202);
});

const minute = (at: string) => testing.setNow(new Date(`2026-11-22T${at}Z`));
const askInvoices = (headers: { authorization: string }, place = app) =>
  place.inject({ url: '/api/v1/invoices', headers });

test('each answer to a key tells what is left of its minute, refusals too; beyond it, when to come back', async () => {
  const { headers, integratorId } = await integratorOf(testing, { kind: 'issuer' });
  minute('10:00:00');
  const first = await askInvoices(headers);
  expect(first.headers).toMatchObject({ 'ratelimit-policy': '"key";q=3;w=60', ratelimit: '"key";r=2;t=60' });
  minute('10:00:10.500');
  const closed = await app.inject({ url: '/api/v1/filings', headers });
  expect(closed.statusCode).toBe(403);
  expect(closed.headers).toMatchObject({ ratelimit: '"key";r=1;t=50' });
  expect((await askInvoices(headers)).headers).toMatchObject({ ratelimit: '"key";r=0;t=50' });
  const refused = await askInvoices(headers);
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited', params: { seconds: 50 } });
  expect(refused.headers).toMatchObject({ ratelimit: '"key";r=0;t=50', 'retry-after': '50' });
  const other = await makeApiKey(testing, integratorId, { scopes: ['invoices:read'] });
  expect((await askInvoices(other.headers)).headers).toMatchObject({ ratelimit: '"key";r=2;t=60' });
  testing.setNow(undefined);
});

test("a key's minute is one for every process, and ends", async () => {
  const { headers } = await integratorOf(testing, { kind: 'issuer' });
  const one = await buildApp(deps);
  for (let sent = 0; sent < 3; sent++) expect((await askInvoices(headers, one)).statusCode).toBe(200);
  // It tells the others what it counted, at the latest now.
  await one.close();
  const another = await buildApp(deps);
  expect((await askInvoices(headers, another)).statusCode).toBe(429);
  await another.close();
  await deps.database.update(rateLimits).set({ expiresAt: sql`now()` });
  const later = await buildApp(deps);
  expect((await askInvoices(headers, later)).headers).toMatchObject({ ratelimit: '"key";r=2;t=60' });
  await later.close();
});
