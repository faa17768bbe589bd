import { randomUUID } from 'node:crypto';
import type { Invoice, Problem } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import type { InjectOptions } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { invoices } from '../../db/schema/invoices.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { makeInvoice, makeIssuer } from '../../testing/invoices.ts';

let test: TestApp;
let headers: { cookie: string };
let issuer: string;
let issuerId: string;
beforeAll(async () => {
  test = await testApp();
  ({ headers } = await signedInAgent(test, { role: 'finance' }));
  ({ code: issuer, id: issuerId } = await makeIssuer(test, { code: 'PORTNET', name: 'PORTNET' }));
});

const send = (method: 'GET' | 'PUT' | 'DELETE', path: string, options: InjectOptions = {}) =>
  test.app.inject({ method, url: `/api/v1${path}`, query: { issuer }, headers, ...options });
const body = {
  clientCode: '1206',
  clientName: 'Ste IMP SARL',
  issuedOn: '2026-07-01',
  dueOn: '2026-07-31',
  amount: '64.00',
};
const put = (number: string, changes: object = {}) =>
  send('PUT', `/invoices/${encodeURIComponent(number)}`, { payload: { ...body, ...changes } });
const rowsOf = (number: string) =>
  test.deps.database.select().from(invoices).where(eq(invoices.number, number));

describe('an invoice published', () => {
  it('is answered and read as it was given', async () => {
    const answer = await put('FACT 13', { clientCode: ' ab1c ', methods: ['cmi', 'cmi'] });
    expect(answer.statusCode).toBe(200);
    const invoice = answer.json<Invoice>();
    expect(invoice).toMatchObject({
      number: 'FACT 13',
      issuer: { code: 'PORTNET', name: 'PORTNET' },
      clientCode: 'AB1C',
      amount: '64.00',
      currency: 'MAD',
      methods: ['cmi'],
      status: 'unpaid',
      paidAt: null,
      version: 1,
    });
    const read = await send('GET', '/invoices/fact%2013');
    expect(read.json()).toEqual(invoice);
    expect(read.headers.etag).toBe('"1"');
  });

  it('again, the same, changes nothing; otherwise it has a new version', async () => {
    await put('R1');
    expect((await put('R1')).json()).toMatchObject({ version: 1 });
    expect((await put('r1')).json()).toMatchObject({ number: 'r1', version: 2 });
    expect((await put('r1', { amount: '65.00' })).json()).toMatchObject({ amount: '65.00', version: 3 });
    expect((await put('r1', { amount: '65.00', clientKind: 'person' })).json()).toMatchObject({ version: 4 });
    expect(await rowsOf('r1')).toMatchObject([{ clientIsPerson: true }]);
  });

  it('is one invoice when it is published many times at once', async () => {
    const number = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => put(number)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(await rowsOf(number)).toHaveLength(1);
  });

  it('is the issuer’s own: another one may have the same number', async () => {
    const other = await makeIssuer(test);
    await put('TWIN');
    const answer = await send('PUT', '/invoices/TWIN', {
      query: { issuer: other.code },
      payload: { ...body, amount: '1.00' },
    });
    expect(answer.json()).toMatchObject({ version: 1, amount: '1.00' });
    expect((await send('GET', '/invoices/TWIN')).json()).toMatchObject({ amount: '64.00' });
  });

  it.each([
    [{ amount: '64' }, undefined],
    [{ amount: '0.00' }, '/amount'],
    [{ amount: '64.5' }, '/amount'],
    [{ amount: '-1.00' }, '/amount'],
    [{ amount: '1e3' }, '/amount'],
    [{ amount: '9999999999.99' }, '/amount'],
    [{ amount: 64 }, '/amount'],
    [{ currency: 'EUR' }, '/currency'],
    [{ clientCode: '12' }, '/clientCode'],
    [{ clientCode: '276242762427624' }, undefined],
    [{ methods: [] }, '/methods'],
    [{ methods: ['cash'] }, '/methods/0'],
    [{ issuedOn: '2026-02-30' }, '/issuedOn'],
    [{ dueOn: '0026-07-31' }, '/dueOn'],
    [{ status: 'paid' }, '/status'],
  ])('%j: refused %s', async (changes, expected) => {
    const answer = await put(randomUUID(), changes);
    const { errors = [] } = answer.json<Problem>();
    expect(errors.map(({ pointer }) => pointer)).toEqual(expected === undefined ? [] : [expected]);
    expect(answer.statusCode).toBe(expected === undefined ? 200 : 422);
  });
});

describe('a cancelled invoice', () => {
  it('is cancelled once or twice, and open again when it is published again', async () => {
    await put('C1');
    expect((await send('DELETE', '/invoices/C1')).statusCode).toBe(204);
    expect((await send('DELETE', '/invoices/c1')).statusCode).toBe(204);
    expect((await send('GET', '/invoices/C1')).json()).toMatchObject({ status: 'cancelled', version: 2 });
    expect((await put('C1')).json()).toMatchObject({ status: 'unpaid', version: 3 });
  });

  it('must be there', async () => {
    expect((await send('DELETE', '/invoices/ABSENTE')).statusCode).toBe(404);
  });
});

describe('a paid invoice', () => {
  const paid = { number: 'PAYEE', clientCode: '1206', status: 'paid', paidAt: new Date() } as const;

  it('neither changes nor is cancelled, and the same again is no fault', async () => {
    await makeInvoice(test, {
      ...paid,
      issuerId,
      clientName: body.clientName,
      issuedOn: body.issuedOn,
      dueOn: body.dueOn,
      amountCentimes: 6400,
      methods: ['cmi', 'amanpay'],
    });
    expect((await put('PAYEE')).json()).toMatchObject({ status: 'paid', version: 1 });
    expect((await put('PAYEE', { amount: '63.00' })).json()).toMatchObject({
      status: 409,
      code: 'invoice_paid',
    });
    expect((await send('DELETE', '/invoices/PAYEE')).json()).toMatchObject({ code: 'invoice_paid' });
  });
});

describe('an issuer who publishes no more', () => {
  it('is unknown to publish for, and what it published is read', async () => {
    const closed = await makeIssuer(test, { active: false });
    await makeInvoice(test, { issuerId: closed.id, clientCode: '1206', number: 'OLD' });
    const query = { issuer: closed.code };
    expect((await send('PUT', '/invoices/N', { query, payload: body })).json()).toMatchObject({
      code: 'issuer_unknown',
    });
    expect((await send('GET', '/invoices/OLD', { query })).statusCode).toBe(200);
  });
});

describe('the list', () => {
  it('has the newest first, by pages, and filters', async () => {
    const { code, id } = await makeIssuer(test);
    for (let day = 1; day <= 5; day += 1)
      await makeInvoice(test, {
        issuerId: id,
        number: `L${String(day)}`,
        clientCode: day === 3 ? 'AB1C' : '1206',
        issuedOn: `2026-01-0${String(day)}`,
        status: day === 5 ? 'cancelled' : 'unpaid',
      });
    const list = async (query: Record<string, string>) => {
      const { items, ...page } = (
        await send('GET', '/invoices', { query: { issuer: code, ...query } })
      ).json<{
        items: Invoice[];
        total: number;
      }>();
      return { numbers: items.map(({ number }) => number), ...page };
    };
    expect(await list({ pageSize: '2', page: '2' })).toEqual({
      numbers: ['L3', 'L2'],
      total: 5,
      page: 2,
      pageSize: 2,
    });
    expect(await list({ status: 'cancelled' })).toMatchObject({ numbers: ['L5'], total: 1 });
    expect(await list({ clientCode: 'ab1c' })).toMatchObject({ numbers: ['L3'] });
    expect(await list({ number: 'l2' })).toMatchObject({ numbers: ['L2'] });
  });
});
