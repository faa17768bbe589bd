import { signIn } from '@rnoce/schemas';
import { expect, it } from 'vitest';
import { testApp } from './testing/app.ts';
import { signedInOperator } from './testing/factories.ts';

const test = await testApp();
const { app } = test;

it.each(['/api/v1/%c0', '/espace-prive/%c0%ae', '/%'])(
  'answers the address %s as it does any wrong one',
  async (url) => {
    const answer = await app.inject({ url, headers: { 'accept-language': 'en' } });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ code: 'malformed', requestId: expect.any(String) });
    expect(answer.body).not.toContain('%c0');
  },
);

it('reads little of what nobody has signed', async () => {
  const sized = (length: number) => ({ email: 'a@b.example', password: 'x'.repeat(length) });
  const post = (payload: object) => app.inject({ method: 'POST', url: `/api/v1${signIn.path}`, payload });
  expect((await post(sized(20_000))).statusCode).toBe(422);
  expect((await post(sized(40_000))).json()).toMatchObject({ code: 'body_too_large' });
});

it('reads a whole form of who is signed in', async () => {
  const { headers } = await signedInOperator(test);
  const payload = { address: 'x'.repeat(200_000) };
  const answer = await app.inject({ method: 'PATCH', url: '/api/v1/account', payload, headers });
  expect(answer.statusCode).toBe(422);
});
