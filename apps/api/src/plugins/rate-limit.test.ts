import { getCaptcha, getPasswordLink, requestPasswordReset } from '@rnoce/schemas';
import { expect, test } from 'vitest';
import { testApp } from '../testing/app.ts';

const { app } = await testApp({ environment: { RATE_LIMITS: 'true', CAPTCHA: 'altcha' } });
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
