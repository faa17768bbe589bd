import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { idempotencyKeys } from '../db/schema/requests.ts';
import { testApp } from '../testing/app.ts';
import { badrMode, knownIdentifiers, operatorBrowser } from '../testing/subscriptions.ts';

const testing = await testApp();
const { app, deps } = testing;
const noSignUp = { legalName: '' };
const send = (url: string, key: string, payload: object = noSignUp, remoteAddress = '10.0.0.1') =>
  app.inject({ method: 'POST', url, headers: { 'idempotency-key': key }, payload, remoteAddress });

test('a key is one whatever question is put behind the address, however long', async () => {
  const key = randomUUID();
  const first = await send('/api/v1/accounts', key);
  expect(first.statusCode).toBe(422);
  const long = Array.from({ length: 200 }, () => randomUUID()).join('');
  const again = await send(`/api/v1/accounts?${long}`, key);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(again.body).toBe(first.body);
  expect(await deps.database.select().from(idempotencyKeys)).toHaveLength(1);
});

test('a key that a stranger may meet belongs to its address: another one runs anew', async () => {
  const key = 'inscription-1';
  await send('/api/v1/accounts', key);
  const other = await send('/api/v1/accounts', key, { legalName: 'Autre' }, '10.0.0.2');
  expect(other.headers).not.toHaveProperty('idempotent-replayed');
  expect(other.statusCode).toBe(422);
  expect(other.json()).toMatchObject({ code: 'validation' });
});

test('a key that only its holder can know follows them to another address', async () => {
  const key = randomUUID();
  const first = await send('/api/v1/accounts', key);
  const again = await send('/api/v1/accounts', key, noSignUp, '10.0.0.2');
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(again.body).toBe(first.body);
});

test('a key with another body is refused', async () => {
  const key = randomUUID();
  await send('/api/v1/accounts', key);
  const other = await send('/api/v1/accounts', key, { legalName: 'Autre' });
  expect(other.json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
});

/** Makes the kept answer of a key older, or one that never came. */
const change = async (key: string, age: string, running: boolean) => {
  const createdAt = sql`now() - ${age}::interval`;
  await deps.database
    .update(idempotencyKeys)
    .set({ createdAt, ...(running ? { status: null } : {}) })
    .where(eq(idempotencyKeys.key, key));
};

test.each([
  [
    'whose twin still runs waits',
    '59 seconds',
    true,
    { status: 409, code: 'request_running', replayed: false },
  ],
  ['whose twin died runs anew', '61 seconds', true, { status: 422, code: 'validation', replayed: false }],
  ['is kept for a day', '23 hours 59 minutes', false, { status: 422, code: 'validation', replayed: true }],
  [
    'is kept for a day only',
    '24 hours 1 minute',
    false,
    { status: 422, code: 'validation', replayed: false },
  ],
])('a key %s', async (_, age, running, expected) => {
  const key = randomUUID();
  await send('/api/v1/accounts', key);
  await change(key, age, running);
  const again = await send('/api/v1/accounts', key);
  const { status, code } = again.json<{ status: number; code: string }>();
  expect({ status, code, replayed: 'idempotent-replayed' in again.headers }).toEqual(expected);
});

test('a failure of ours is no answer to keep: the same key may succeed', async () => {
  const browser = await operatorBrowser(testing);
  const identifiers = knownIdentifiers('atlasNegoce');
  const ask = () =>
    browser.call('POST', '/subscriptions', {
      body: { authorities: ['customs'], purpose: 'update_only', identifiers },
      headers: { 'idempotency-key': 'une-seule-clef' },
    });
  await badrMode(testing, { mode: 'down' });
  expect((await ask()).statusCode).toBe(503);
  await badrMode(testing, { mode: 'normal' });
  expect((await ask()).statusCode).toBe(201);
});

test.each(['court', 'x'.repeat(201), 'avec espace'])('%s is no key', async (key) => {
  expect((await send('/api/v1/accounts', key)).json()).toMatchObject({
    status: 400,
    code: 'idempotency_key_invalid',
  });
});

test('a program is known by the key that it shows, also where none is needed', async () => {
  const order = { invoiceIds: [randomUUID()], method: 'cmi', channel: 'card' };
  const headers = { authorization: 'Bearer rnoce_of_a_program' };
  const ask = (more: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/payment-orders',
      headers: { ...headers, ...more },
      payload: order,
    });
  expect((await ask()).json()).toMatchObject({ status: 400, code: 'idempotency_key_missing' });
  expect((await ask({ 'idempotency-key': randomUUID() })).json()).not.toMatchObject({ status: 400 });
});
