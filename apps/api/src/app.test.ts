import { once } from 'node:events';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { signIn } from '@rnoce/schemas';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { hashPassword } from './features/accounts/passwords.ts';
import { logOptions } from './process.ts';
import { testApp } from './testing/app.ts';
import { testBrowser } from './testing/browser.ts';
import { makeAccount, signedInOperator } from './testing/factories.ts';

const lines: string[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});
// At debug a request is told when it comes, too.
const test = await testApp({ log: pino({ ...logOptions, level: 'debug' }, stream) });
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

it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'takes no body of the type %s, which any site can have a browser send',
  async (type) => {
    const { headers } = await signedInOperator(test);
    const url = '/api/v1/subscriptions/01991f36-0000-7000-8000-000000000000/rectification';
    const answer = await app.inject({
      method: 'POST',
      url,
      payload: 'a=b',
      headers: { ...headers, 'content-type': type },
    });
    expect(answer.statusCode).toBe(415);
  },
);

it('logs who asked what, by an id, and nothing that people typed', async () => {
  const password = 'Bouregreg-42-quai';
  const account = await makeAccount(test, { passwordHash: await hashPassword(password) });
  const browser = testBrowser(app);
  lines.splice(0);
  for (const typed of ['pas celui-là', password])
    await browser.request('POST', '/sessions', { email: account.email, password: typed });
  await browser.request('GET', '/account');
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const told = logged.map(({ msg, problem, caller }) => [msg, problem ?? caller]);
  const caller = `operator ${account.id}`;
  expect(told.filter(([, what]) => what !== undefined)).toEqual([
    ['an attempt was refused', 'credentials_wrong'],
    ['refused', 'credentials_wrong'],
    ['signed in', caller],
    ['request completed', caller],
  ]);
  expect(logged.every(({ reqId, time }) => Boolean(reqId && time))).toBe(true);
  expect(lines.join('')).not.toMatch(new RegExp(`${account.email}|${password}|pas celui|argon2|eyJ`));
});

it('has one line for a request, with what was answered, unless more is asked for', async () => {
  lines.splice(0);
  const { statusCode, headers } = await app.inject({
    url: '/api/v1/config?q=recherche',
    remoteAddress: '10.9.8.7',
  });
  expect(statusCode).toBe(200);
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(logged.filter(({ level }) => Number(level) >= 30)).toEqual([
    expect.objectContaining({
      msg: 'request completed',
      reqId: headers['x-request-id'],
      req: { method: 'GET', url: '/api/v1/config', remoteAddress: '10.9.8.7' },
      res: { statusCode: 200 },
      responseTime: expect.any(Number),
    }),
  ]);
});

it('writes no secret of an address in the line of a request', async () => {
  lines.splice(0);
  await app.inject({ url: '/espace-prive/registre/creer-mot-de-passe/secret-du-lien?q=recherche' });
  expect(lines.join('')).toContain('/registre/creer-mot-de-passe/[secret]');
  expect(lines.join('')).not.toMatch(/secret-du-lien|recherche/);
});

it.each([
  ['a page', '/healthz', 200],
  ['an answer', '/api/v1/config', 200],
  ['a problem', '/api/v1/public/invoices?subscriptionCode=%20', 422],
  ['nothing', '/nulle-part', 404],
  ['an address that can’t be read', '/%E0%A4%A', 400],
])('tells browsers not to trust %s further than needed', async (_, url, status) => {
  const { statusCode, headers } = await app.inject({ url });
  expect(statusCode).toBe(status);
  expect(headers).toMatchObject({
    'content-security-policy': expect.stringMatching(
      /^default-src 'none';.*form-action 'self';frame-ancestors 'none'$/,
    ),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(headers).not.toHaveProperty('strict-transport-security');
});

it('doesn’t take a sender who hangs up for a database that is away', async () => {
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  const head = `POST /api/v1${signIn.path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
  socket.write(`${head}content-length: 500\r\n\r\n{"email":`);
  await vi.waitFor(() => expect(lines.join('')).toContain('incoming request'));
  lines.splice(0);
  socket.destroy();
  await vi.waitFor(() => expect(lines.join('')).toMatch(/refused|internal|unavailable/));
  await vi.waitFor(() => expect(lines.join('')).toContain('request aborted'));
  expect(lines.join('')).toContain('"problem":"malformed"');
  expect(lines.join('')).not.toContain('"level":50');
});
