import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idempotencyKeys } from '../db/schema/requests.ts';
import { testApp } from '../testing/app.ts';

const { app, deps } = await testApp();
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

test('a key belongs to who sent it: another address runs anew', async () => {
  const key = randomUUID();
  await send('/api/v1/accounts', key);
  const other = await send('/api/v1/accounts', key, { legalName: 'Autre' }, '10.0.0.2');
  expect(other.headers).not.toHaveProperty('idempotent-replayed');
  expect(other.statusCode).toBe(422);
  expect(other.json()).toMatchObject({ code: 'validation' });
});

test.each(['court', 'x'.repeat(201), 'avec espace'])('%s is no key', async (key) => {
  expect((await send('/api/v1/accounts', key)).statusCode).toBe(400);
});
