import {
  cancelInvoice,
  getInvoice,
  type ImportReport,
  type Invoice,
  importInvoices,
  listInvoices,
  listOwnInvoices,
  putInvoice,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { issuers } from '../../db/schema/invoices.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAccount, signedInAgent } from '../../testing/factories.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { makeInvoice, makeIssuer, makeSubscriptionCode } from '../../testing/invoices.ts';
import { testKeyAccess } from '../../testing/key-access.ts';
import { refusalOf } from '../../testing/refusals.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const body = {
  clientCode: '1206',
  clientName: 'Ste IMP SARL',
  issuedOn: '2026-07-01',
  dueOn: '2026-07-31',
  amount: '64.00',
};
const imported = { invoices: [{ ...body, number: 'F-8' }] };
const params = { number: 'PERSONNE-1' };
const onlyIssuers = { customs: 'forbidden', portnet: 'forbidden', operator: 'forbidden' } as const;

describe('access', () => {
  testKeyAccess(
    () => test,
    [
      { route: listInvoices, scope: 'invoices:read', issuer: 200, ...onlyIssuers },
      { route: getInvoice, params, scope: 'invoices:read', issuer: 404, ...onlyIssuers },
      { route: putInvoice, params, body, scope: 'invoices:write', issuer: 200, ...onlyIssuers },
      { route: cancelInvoice, params, scope: 'invoices:write', issuer: 404, ...onlyIssuers },
      { route: importInvoices, body: imported, scope: 'invoices:write', issuer: 200, ...onlyIssuers },
      {
        route: listOwnInvoices,
        scope: 'invoices:read',
        issuer: 'forbidden',
        customs: 'forbidden',
        portnet: 'forbidden',
        operator: 200,
      },
    ],
  );
});

type Caller = { headers: Record<string, string> };
const send = (
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  { headers }: Caller,
  given: { payload?: object; headers?: Record<string, string> } = {},
) =>
  test.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...headers, ...given.headers },
    ...(given.payload ? { payload: given.payload } : {}),
  });

/** An issuer, and its system. */
async function issuing() {
  const issuer = await makeIssuer(test);
  return { issuer, key: await integratorOf(test, { kind: 'issuer', issuerId: issuer.id }) };
}

describe('the system of an issuer', () => {
  it('publishes, changes, reads and cancels its own invoices, without naming itself', async () => {
    const { issuer, key } = await issuing();
    const published = await send('PUT', '/invoices/F-1', key, { payload: body });
    expect(published.statusCode).toBe(200);
    expect(published.headers.etag).toBe('"1"');
    expect(published.json<Invoice>()).toMatchObject({
      number: 'F-1',
      issuer: { code: issuer.code },
      amount: '64.00',
    });
    const changed = await send('PUT', '/invoices/F-1', key, { payload: { ...body, amount: '65.00' } });
    expect(changed.headers.etag).toBe('"2"');
    const read = await send('GET', '/invoices/F-1', key);
    expect(read.headers.etag).toBe('"2"');
    expect(read.json<Invoice>()).toEqual(changed.json<Invoice>());
    expect((await send('DELETE', '/invoices/F-1', key)).statusCode).toBe(204);
    const listed = await send('GET', '/invoices', key);
    expect(listed.json()).toMatchObject({ total: 1, items: [{ number: 'F-1', status: 'cancelled' }] });
  });

  it('may name itself, and finds nobody by another name', async () => {
    const { issuer, key } = await issuing();
    const other = await makeIssuer(test);
    const { number } = await makeInvoice(test, { issuerId: other.id, clientCode: '1206' });
    const named = async (code: string) => {
      const query = `?issuer=${code}`;
      return [
        await send('GET', `/invoices${query}`, key),
        await send('PUT', `/invoices/F-9${query}`, key, { payload: body }),
        await send('GET', `/invoices/F-9${query}`, key),
        await send('DELETE', `/invoices/F-9${query}`, key),
        await send('POST', `/invoices/import${query}`, key, {
          payload: imported,
          headers: { 'idempotency-key': crypto.randomUUID() },
        }),
      ];
    };
    for (const { statusCode } of await named(issuer.code.toLowerCase())) expect(statusCode).toBeLessThan(300);
    for (const code of [other.code, 'PERSONNE'])
      for (const answer of await named(code)) expect(refusalOf(answer)).toBe('404 not_found');
    // Numbers are an issuer's own: another one's isn't there.
    expect(refusalOf(await send('GET', `/invoices/${number}`, key))).toBe('404 not_found');
    expect(refusalOf(await send('DELETE', `/invoices/${number}`, key))).toBe('404 not_found');
    expect((await send('GET', '/invoices', key)).json()).toMatchObject({ total: 2 });
  });

  it('reads on when the issuer publishes no more', async () => {
    const { issuer, key } = await issuing();
    await send('PUT', '/invoices/F-1', key, { payload: body });
    await test.deps.database.update(issuers).set({ active: false }).where(eq(issuers.id, issuer.id));
    expect((await send('GET', '/invoices/F-1', key)).statusCode).toBe(200);
    expect((await send('GET', '/invoices', key)).json()).toMatchObject({ total: 1 });
    expect(refusalOf(await send('PUT', '/invoices/F-1', key, { payload: body }))).toBe('422 issuer_unknown');
    expect(refusalOf(await send('DELETE', '/invoices/F-1', key))).toBe('422 issuer_unknown');
  });

  it('may say which version it changes, and changes no other', async () => {
    const { key } = await issuing();
    const put = (version: string, amount: string) =>
      send('PUT', '/invoices/F-1', key, { payload: { ...body, amount }, headers: { 'if-match': version } });
    expect(refusalOf(await put('"1"', '64.00'))).toBe('412 stale');
    expect((await send('GET', '/invoices', key)).json()).toMatchObject({ total: 0 });
    await send('PUT', '/invoices/F-1', key, { payload: body });
    expect((await put('"1"', '65.00')).headers.etag).toBe('"2"');
    const stale = await put('"1"', '66.00');
    expect(refusalOf(stale)).toBe('412 stale');
    expect(stale.json()).toMatchObject({ params: { version: 2 } });
    expect(refusalOf(await put('anything', '66.00'))).toBe('400 if_match_invalid');
    expect((await send('GET', '/invoices/F-1', key)).json()).toMatchObject({ amount: '65.00', version: 2 });
  });

  it.each([41, 101])('gives no number of %i characters', async (length) => {
    const { key } = await issuing();
    const answer = await send('PUT', `/invoices/${'F'.repeat(length)}`, key, { payload: body });
    expect(refusalOf(answer)).toBe('422 validation');
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/number', code: 'too_long' }] });
  });

  it('may say that it changes one that is there, or publishes one that isn’t', async () => {
    const { key } = await issuing();
    const put = (headers: Record<string, string>, amount: string) =>
      send('PUT', '/invoices/F-1', key, { payload: { ...body, amount }, headers });
    expect(refusalOf(await put({ 'if-match': '*' }, '64.00'))).toBe('412 stale');
    expect((await put({ 'if-none-match': '*' }, '65.00')).headers.etag).toBe('"1"');
    expect(refusalOf(await put({ 'if-none-match': '*' }, '66.00'))).toBe('412 stale');
    expect((await put({ 'if-match': '*' }, '67.00')).headers.etag).toBe('"2"');
    expect((await send('GET', '/invoices/F-1', key)).json()).toMatchObject({ amount: '67.00' });
  });

  it('imports once by one key, and not without one', async () => {
    const { key } = await issuing();
    const payload = { invoices: [{ ...body, number: 'F-1' }] };
    const importing = (given: Record<string, string>) =>
      send('POST', '/invoices/import', key, { payload, headers: given });
    expect(refusalOf(await importing({}))).toBe('400 idempotency_key_missing');
    const once = { 'idempotency-key': crypto.randomUUID() };
    expect((await importing(once)).json<ImportReport>()).toMatchObject({ created: 1, unchanged: 0 });
    const again = await importing(once);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.json<ImportReport>()).toMatchObject({ created: 1, unchanged: 0 });
  });
});

it('an agent names the issuer', async () => {
  const agent = await signedInAgent(test, { role: 'finance' });
  for (const answer of [
    send('GET', '/invoices', agent),
    send('PUT', '/invoices/F-1', agent, { payload: body }),
    send('DELETE', '/invoices/F-1', agent),
    send('POST', '/invoices/import', agent, { payload: { invoices: [] } }),
  ])
    expect((await answer).json()).toMatchObject({
      code: 'validation',
      errors: [{ pointer: '/issuer', code: 'required' }],
    });
});

it('the system of an operator reads the invoices of its account, and no others', async () => {
  const { issuer } = await issuing();
  const account = await makeAccount(test);
  const { code } = await makeSubscriptionCode(test, { accountId: account.id });
  const { number } = await makeInvoice(test, { issuerId: issuer.id, clientCode: code });
  await makeInvoice(test, { issuerId: issuer.id, clientCode: '1206' });
  const key = await integratorOf(test, { kind: 'operator', accountId: account.id });
  const answer = await send('GET', '/account/invoices', key);
  expect(answer.json()).toMatchObject({ total: 1, items: [{ number }], subscriptionCodes: [code] });
});
