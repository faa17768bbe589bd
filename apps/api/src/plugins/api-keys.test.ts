import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { Writable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildApp } from '../app.ts';
import { apiKeys, integrators } from '../db/schema/integrators.ts';
import { logOptions } from '../process.ts';
import { testApp } from '../testing/app.ts';
import { signedInAgent } from '../testing/factories.ts';
import { integratorOf, makeApiKey } from '../testing/integrators.ts';
import { drawKey, hashOfKey, isAllowedAddress, prefixOfKey } from './api-keys.ts';

const test = await testApp();
const { app, deps } = test;
afterEach(() => test.setNow(undefined));

const ask = (authorization: string, { url = '/api/v1/invoices', remoteAddress = '127.0.0.1' } = {}) =>
  app.inject({ url, headers: { authorization }, remoteAddress });
const withKey = (key: string) => `Bearer ${key}`;

describe('a drawn key', () => {
  it('has its form, is found by its prefix and kept by its hash', () => {
    const { key, prefix, hash } = drawKey();
    expect(key).toMatch(/^rnoce_[0-9A-Za-z]{12}_[0-9A-Za-z]{40}$/);
    expect(prefixOfKey(key)).toBe(prefix);
    expect(hashOfKey(key)).toBe(hash);
    expect(hash).not.toContain(key);
  });

  it('is another one each time, of all 62 characters, none favoured', () => {
    const secrets = Array.from({ length: 5000 }, () => drawKey().key.slice(19));
    expect(new Set(secrets).size).toBe(5000);
    const counts = Map.groupBy(secrets.join(''), (character) => character);
    expect(counts.size).toBe(62);
    // Of 200,000, each comes 3226 times, give or take 56; remainders of a byte by 62 would bring eight of them 3906 times.
    for (const drawn of counts.values()) expect(Math.abs(drawn.length - 3226)).toBeLessThan(450);
  });

  it.each(['', 'rnoce', 'rnoce_short_x', 'RNOCE_7fK2mQ9xW4pT_', `rnoce_7fK2mQ9xW4p!_${'a'.repeat(40)}`])(
    'is not what has another form: %s',
    (other) => expect(prefixOfKey(other)).toBeUndefined(),
  );
});

describe('allowed addresses', () => {
  it.each([
    ['203.0.113.9', [], true],
    ['203.0.113.9', ['203.0.113.9'], true],
    ['203.0.113.9', ['203.0.113.10'], false],
    ['203.0.113.9', ['198.51.100.0/24', '203.0.113.0/24'], true],
    ['203.0.114.9', ['203.0.113.0/24'], false],
    ['203.0.113.9', ['203.0.113.9/32'], true],
    ['::ffff:203.0.113.9', ['203.0.113.0/24'], true],
    ['203.0.113.9', ['::ffff:203.0.113.9'], true],
    ['203.0.113.9', ['::ffff:203.0.113.0/120'], true],
    ['203.0.114.9', ['::ffff:203.0.113.0/120'], false],
    ['2001:db8:0:1::7', ['2001:db8::/32'], true],
    ['2001:db9::7', ['2001:db8::/32'], false],
    ['2001:db8:0:0:0:0:0:7', ['2001:db8::7'], true],
    ['2001:db8::7', ['203.0.113.0/24'], false],
    ['203.0.113.9', ['2001:db8::/32'], false],
    // Every IPv6 address: a mapped one is IPv4, which nobody allowed.
    ['203.0.113.9', ['::/1'], false],
    ['not an address', ['203.0.113.0/24'], false],
    ['203.0.113.9', ['not an address'], false],
  ])('%s, allowed %j: %s', (address, allowed, expected) => {
    expect(isAllowedAddress(address, allowed)).toBe(expected);
  });

  it('are judged at each request, and the answer tells the address that came', async () => {
    const { headers } = await integratorOf(test, {
      kind: 'issuer',
      allowedAddresses: ['203.0.113.0/24', '2001:db8::/32'],
    });
    const from = async (remoteAddress: string) => await ask(headers.authorization, { remoteAddress });
    for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::7'])
      expect((await from(address)).statusCode).toBe(200);
    const refused = await from('::ffff:198.51.100.7');
    expect(refused.json()).toMatchObject({
      status: 403,
      code: 'address_not_allowed',
      params: { address: '198.51.100.7' },
    });
    expect((await from('2001:db9::7')).statusCode).toBe(403);
  });

  it('are those behind a trusted proxy, and of nobody else’s saying', async () => {
    const { headers } = await integratorOf(test, { kind: 'issuer', allowedAddresses: ['203.0.113.9'] });
    const forwarded = { ...headers, 'x-forwarded-for': '203.0.113.9' };
    const request = { url: '/api/v1/invoices', headers: forwarded, remoteAddress: '10.0.0.1' };
    expect((await app.inject(request)).statusCode).toBe(403);
    const behind = await buildApp({
      ...deps,
      environment: { ...deps.environment, TRUSTED_PROXIES: ['10.0.0.1'] },
    });
    expect((await behind.inject(request)).statusCode).toBe(200);
    const lying = { ...request, headers: { ...headers, 'x-forwarded-for': '203.0.113.9, 198.51.100.7' } };
    expect((await behind.inject(lying)).statusCode).toBe(403);
    await behind.close();
  });
});

describe('a key that is refused', () => {
  const presented = {
    empty: () => Promise.resolve(''),
    malformed: () => Promise.resolve('rnoce_not_a_key'),
    'of an unknown prefix': () => Promise.resolve(drawKey().key),
    'of another secret': async () => {
      const { key } = await integratorOf(test, { kind: 'issuer' });
      return `${key.slice(0, 19)}${drawKey().key.slice(19)}`;
    },
    revoked: async () => (await integratorOf(test, { kind: 'issuer', revokedAt: deps.now() })).key,
    'revoked and expired': async () =>
      (await integratorOf(test, { kind: 'issuer', revokedAt: deps.now(), expiresOn: '2020-01-01' })).key,
    'of a suspended integrator': async () =>
      (await integratorOf(test, { kind: 'issuer', active: false })).key,
  };

  it.each(Object.entries(presented))('%s has the one answer', async (_, make) => {
    const answer = await ask(withKey(await make()));
    expect(answer.headers).toMatchObject({ 'www-authenticate': 'Bearer' });
    expect(answer.headers).not.toHaveProperty('ratelimit');
    const { requestId: _id, ...told } = answer.json<Record<string, unknown>>();
    expect(told).toEqual({
      type: '/api/docs/problems/key_refused',
      title: expect.any(String),
      status: 401,
      detail: expect.any(String),
      code: 'key_refused',
    });
  });

  it.each(Object.entries(presented))('%s costs the same work', async (_, make) => {
    const authorization = withKey(await make());
    const queries = vi.spyOn(deps.database.$client, 'query');
    const hashes = vi.spyOn(crypto, 'createHash');
    const comparisons = vi.spyOn(crypto, 'timingSafeEqual');
    syncBuiltinESMExports();
    await ask(authorization);
    const work = [queries, hashes, comparisons].map(({ mock }) => mock.calls.length);
    vi.restoreAllMocks();
    syncBuiltinESMExports();
    expect(work).toEqual([1, 1, 1]);
  });
});

describe('the last day of a key', () => {
  it.each([
    // An hour ahead of UTC in summer 2026, level with it from 20 September.
    ['2026-07-01', '2026-07-01T22:59:59Z', 200],
    ['2026-07-01', '2026-07-01T23:00:00Z', 401],
    ['2026-11-30', '2026-11-30T23:59:59Z', 200],
    ['2026-11-30', '2026-12-01T00:00:00Z', 401],
  ])('%s counts until midnight in Casablanca: at %s, %i', async (expiresOn, at, status) => {
    const { headers } = await integratorOf(test, { kind: 'issuer', expiresOn });
    test.setNow(new Date(at));
    expect((await ask(headers.authorization)).statusCode).toBe(status);
  });

  it('over, it says so: its holder asks for the next one', async () => {
    const { headers } = await integratorOf(test, { kind: 'issuer', expiresOn: '2026-01-01' });
    const answer = await ask(headers.authorization);
    expect(answer.json()).toMatchObject({ status: 401, code: 'key_expired' });
    expect(answer.headers).toMatchObject({ 'www-authenticate': 'Bearer' });
  });
});

describe('a key in an address', () => {
  const { key } = drawKey();
  it.each([
    `/api/v1/invoices?key=${key}`,
    `/api/v1/invoices/${key}`,
    `/api/v1/config?access_token=${key}`,
    `/api/v1/${key}`,
    `/healthz?${key}`,
    `/nowhere/${key}`,
    `/paiement/?a=1&b=${key}x`,
    `/api/v1/invoices?key=${key.replaceAll('_', '%5F')}`,
    `/api/v1/invoices?key=${key.replaceAll('e', '%65').replaceAll('_', '%5f')}`,
  ])('is refused, wherever it stands: %s', async (url) => {
    const { headers } = await integratorOf(test, { kind: 'issuer' });
    expect((await app.inject({ url, headers })).json()).toMatchObject({ status: 400, code: 'key_in_url' });
  });

  it('is no word that begins like one', async () => {
    const answer = await ask(withKey(key), { url: '/api/v1/invoices?number=rnoce_7fK2mQ9xW4pT_b0Rv' });
    expect(answer.json()).toMatchObject({ code: 'key_refused' });
  });
});

it('the log says which integrator and key asked, and nothing by which another could', async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const heard = await buildApp({ ...deps, log: pino({ ...logOptions, level: 'trace' }, stream) });
  const { headers, key, keyId, integratorId } = await integratorOf(test, { kind: 'issuer' });
  await heard.inject({ url: '/api/v1/invoices', headers });
  await heard.inject({ url: '/api/v1/filings', headers });
  for (const url of [`/api/v1/invoices/${key}?${key}`, `/nowhere/${key.replaceAll('_', '%5F')}`])
    await heard.inject({ url, headers });
  await heard.inject({ url: `/%zz/${key}`, headers });
  await heard.close();
  const text = lines.join('');
  expect(text).toContain(`"caller":"integrator ${integratorId}","keyId":"${keyId}"`);
  expect(text).toContain(`${key.slice(0, 19)}[secret]`);
  expect(text).not.toContain(key.slice(19));
});

describe('what a key opens', () => {
  it('is judged by the scope of the route', async () => {
    const { headers } = await integratorOf(test, { kind: 'issuer', scopes: ['payments:read'] });
    expect((await ask(headers.authorization)).json()).toMatchObject({
      status: 403,
      code: 'scope_missing',
      params: { scope: 'invoices:read' },
    });
  });

  it.each(['authority', 'operator'] as const)(
    "isn't an issuer's for an integrator of kind %s",
    async (kind) => {
      const { headers } = await integratorOf(test, { kind });
      expect((await ask(headers.authorization)).json()).toMatchObject({ status: 403, code: 'forbidden' });
    },
  );

  it("isn't what is for people, whoever's cookie stands beside it", async () => {
    const { headers } = await integratorOf(test, { kind: 'issuer' });
    const { headers: cookie } = await signedInAgent(test, { role: 'administrator' });
    const url = '/api/v1/admin/integrators';
    expect((await app.inject({ url, headers: cookie })).statusCode).toBe(200);
    const both = await app.inject({ url, headers: { ...cookie, ...headers } });
    expect(both.json()).toMatchObject({ status: 403, code: 'forbidden' });
    const wrong = await app.inject({ url, headers: { ...cookie, authorization: withKey(drawKey().key) } });
    expect(wrong.json()).toMatchObject({ status: 401, code: 'key_refused' });
  });

  it('is asked for by the scheme in any letters, as RFC 9110 has it', async () => {
    const { key } = await integratorOf(test, { kind: 'issuer' });
    for (const scheme of ['bearer', 'BEARER']) expect((await ask(`${scheme} ${key}`)).statusCode).toBe(200);
    expect((await ask(`Basic ${key}`)).json()).toMatchObject({ status: 401, code: 'not_signed_in' });
  });

  it('never matters to what is for anyone', async () => {
    expect((await ask(withKey('wrong'), { url: '/api/v1/config' })).statusCode).toBe(200);
    expect((await ask(withKey('wrong'), { url: '/healthz' })).statusCode).toBe(200);
  });

  it('is not judged by the site that it is called from: no cookie is lent', async () => {
    const { headers } = await integratorOf(test, { kind: 'issuer' });
    const elsewhere = { ...headers, origin: 'https://erp.example', 'sec-fetch-site': 'cross-site' };
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/invoices/import',
      headers: { ...elsewhere, 'idempotency-key': crypto.randomUUID() },
      payload: { invoices: [] },
    });
    expect(answer.json()).not.toMatchObject({ code: 'cross_site' });
  });

  it('creates nothing without an Idempotency-Key', async () => {
    const { headers } = await integratorOf(test, { kind: 'issuer' });
    const request = { method: 'POST', url: '/api/v1/invoices/import', payload: { invoices: [] } } as const;
    const answer = await app.inject({ ...request, headers });
    expect(answer.json()).toMatchObject({ status: 400, code: 'idempotency_key_missing' });
    const agent = await signedInAgent(test, { role: 'finance' });
    const byHand = await app.inject({ ...request, headers: agent.headers });
    expect(byHand.json()).not.toMatchObject({ code: 'idempotency_key_missing' });
  });
});

it('two keys of an integrator are one caller: a retry with the next key has the answer of the first', async () => {
  const { integratorId, headers } = await integratorOf(test, { kind: 'issuer' });
  const next = await makeApiKey(test, integratorId, { scopes: ['invoices:write'] });
  const send = (one: { authorization: string }) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/invoices/import',
      headers: { ...one, 'idempotency-key': 'import-of-november' },
      payload: { invoices: [] },
    });
  const first = await send(headers);
  const again = await send(next.headers);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(again.body).toBe(first.body);
});

describe('the last use', () => {
  it('is written beside the answer, at most once a minute, with the address', async () => {
    const { headers, keyId } = await integratorOf(test, { kind: 'issuer' });
    const useAt = async (at: string, remoteAddress: string) => {
      test.setNow(new Date(at));
      // A process ends once what it had to write is written.
      const process = await buildApp(deps);
      await process.inject({ url: '/api/v1/invoices', headers, remoteAddress });
      await process.close();
      const [row] = await deps.database.select().from(apiKeys).where(eq(apiKeys.id, keyId));
      return [row?.lastUsedAt?.toISOString(), row?.lastUsedFrom];
    };
    const first = ['2026-11-22T10:00:00.000Z', '203.0.113.9'];
    expect(await useAt('2026-11-22T10:00:00Z', '203.0.113.9')).toEqual(first);
    expect(await useAt('2026-11-22T10:00:59Z', '203.0.113.10')).toEqual(first);
    expect(await useAt('2026-11-22T10:01:00Z', '::ffff:203.0.113.11')).toEqual([
      '2026-11-22T10:01:00.000Z',
      '203.0.113.11',
    ]);
  });

  it('of a refused key is none', async () => {
    const { headers, keyId, integratorId } = await integratorOf(test, { kind: 'issuer' });
    await deps.database.update(integrators).set({ active: false }).where(eq(integrators.id, integratorId));
    const process = await buildApp(deps);
    await process.inject({ url: '/api/v1/invoices', headers });
    await process.close();
    const [row] = await deps.database.select().from(apiKeys).where(eq(apiKeys.id, keyId));
    expect(row).toMatchObject({ lastUsedAt: null, lastUsedFrom: null });
  });
});
