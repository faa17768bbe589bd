import { randomUUID } from 'node:crypto';
import type { ManagedIssuer, Problem } from '@rnoce/schemas';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signedInAgent } from '../../testing/factories.ts';
import { actsOf } from '../../testing/history.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { makeInvoice, makeIssuer, makeSubscriptionCode } from '../../testing/invoices.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';

let test: PaymentApp;
let administrator: Awaited<ReturnType<typeof signedInAgent>>;
beforeAll(async () => {
  test = await paymentApp();
  administrator = await signedInAgent(test, { role: 'administrator', name: 'Driss Bennani' });
});
afterEach(() => test.setNow(undefined));

type Caller = { headers: Record<string, string> };
const send = (
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
  { headers }: Caller = administrator,
) =>
  test.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...headers, ...(method === 'POST' && { 'idempotency-key': randomUUID() }) },
    ...(payload && { payload }),
  });
const create = (body: object) => send('POST', '/admin/issuers', body);
const change = (code: string, body: object) => send('PATCH', `/admin/issuers/${code}`, body);
const errorsOf = (answer: { json: () => unknown }) =>
  (answer.json() as Problem).errors?.map(({ pointer, code }) => `${pointer} ${code}`);
const newCode = () => `E${randomUUID().slice(0, 8)}`.toUpperCase();
const invoice = {
  clientCode: '1206',
  clientName: 'Ste IMP SARL',
  issuedOn: '2026-07-01',
  dueOn: '2026-07-31',
  amount: '64.00',
};
/** What it answers to an issuer's key, and to an administrator who publishes in its name. */
const publications = async (code: string, key: Caller) => {
  const calls = [
    ['PUT', `/invoices/${newCode()}`, invoice],
    ['DELETE', '/invoices/PERSONNE', undefined],
    ['POST', '/invoices/import', { invoices: [{ ...invoice, number: newCode() }] }],
  ] as const;
  const answers = [];
  for (const [method, path, body] of calls) {
    answers.push(await send(method, path, body, key));
    answers.push(await send(method, `${path}?issuer=${code}`, body));
  }
  return answers.map((answer) => answer.statusCode);
};

describe('an issuer', () => {
  it('is made, publishes at once, and is found by its code', async () => {
    const code = newCode();
    test.setNow(new Date('2026-11-22T09:00:00.000Z'));
    const made = await create({ code: ` ${code.toLowerCase()} `, name: '  Bureau Véritas  ' });
    expect(made.statusCode).toBe(201);
    const issuer: ManagedIssuer = {
      code,
      name: 'Bureau Véritas',
      active: true,
      createdAt: '2026-11-22T09:00:00.000Z',
      unpaidInvoices: 0,
      integrators: 0,
    };
    expect(made.json()).toEqual(issuer);
    expect(await actsOf(test, administrator, { issuer: code })).toEqual([
      {
        at: '2026-11-22T09:00:00.000Z',
        act: 'issuer_created',
        by: 'Driss Bennani',
        changes: [],
        detail: null,
      },
    ]);
    test.setNow(undefined);
    expect((await send('PUT', `/invoices/F-1?issuer=${code}`, invoice)).statusCode).toBe(200);
    expect((await send('GET', `/admin/issuers/${code.toLowerCase()}`)).json()).toEqual({
      ...issuer,
      unpaidInvoices: 1,
    });
  });

  it.each([
    [{ code: 'BUREAU VERITAS', name: 'Essai' }, ['/code']],
    [{ code: 'É', name: '' }, ['/code', '/name']],
    [{ name: 'x'.repeat(121) }, ['/code', '/name']],
    [{ code: 'ESSAI', name: 'Essai', active: false }, ['/active']],
  ])('of %j is refused at its fields', async (body, pointers) => {
    const answer = await create(body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<Problem>().errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('has a code of its own, whatever its case, even when two are made at once', async () => {
    const code = newCode();
    const answers = await Promise.all(
      [code, code.toLowerCase(), code, code].map((one, index) =>
        create({ code: one, name: `Émetteur ${String(index)}` }),
      ),
    );
    const statuses = answers.map(({ statusCode }) => String(statusCode));
    expect(statuses.toSorted()).toEqual(['201', '409', '409', '409']);
    const refused = answers.find(({ statusCode }) => statusCode === 409);
    expect(refused?.json()).toMatchObject({ code: 'issuer_exists' });
    expect(await actsOf(test, administrator, { issuer: code })).toHaveLength(1);
    await change(code, { active: false });
    expect((await create({ code, name: 'Le même' })).json()).toMatchObject({ code: 'issuer_exists' });
  });

  it('is made once by a retry with the same Idempotency-Key', async () => {
    const code = newCode();
    const headers = { ...administrator.headers, 'idempotency-key': randomUUID() };
    const url = '/api/v1/admin/issuers';
    const make = () => test.app.inject({ method: 'POST', url, headers, payload: { code, name: 'Une fois' } });
    const [first, again] = [await make(), await make()];
    expect([first.statusCode, again.statusCode]).toEqual([201, 201]);
    expect(await actsOf(test, administrator, { issuer: code })).toHaveLength(1);
  });

  it('of nobody is not there', async () => {
    expect((await send('GET', '/admin/issuers/PERSONNE')).json()).toMatchObject({ code: 'not_found' });
    expect((await change('PERSONNE', { name: 'Moi' })).json()).toMatchObject({ code: 'not_found' });
    expect((await send('GET', '/admin/issuers/%C3%89')).statusCode).toBe(404);
  });
});

describe('the list of issuers', () => {
  it('tells what is unpaid and how many systems there are, by code, in pages', async () => {
    const mark = newCode();
    const [first, second] = [
      await makeIssuer(test, { code: `${mark}-A`, name: 'Contrôle Généralisé 100 %' }),
      await makeIssuer(test, { code: `${mark}-B`, name: 'Veille', active: false }),
    ];
    for (const status of ['unpaid', 'unpaid', 'cancelled'] as const)
      await makeInvoice(test, { issuerId: first.id, clientCode: '1206', status });
    await makeInvoice(test, { issuerId: first.id, clientCode: '1206', status: 'paid', paidAt: new Date() });
    await integratorOf(test, { kind: 'issuer', issuerId: second.id });
    await integratorOf(test, { kind: 'issuer', issuerId: second.id, active: false });
    const list = async (query: string) =>
      (await send('GET', `/admin/issuers?${query}`)).json<{ items: ManagedIssuer[]; total: number }>();
    expect(await list(`q=${mark}`)).toMatchObject({
      items: [
        { code: first.code, active: true, unpaidInvoices: 2, integrators: 0 },
        { code: second.code, active: false, unpaidInvoices: 0, integrators: 2 },
      ],
      total: 2,
    });
    const codes = async (query: string) => (await list(query)).items.map(({ code }) => code);
    expect(await codes(`q=${mark}&active=false`)).toEqual([second.code]);
    expect(await codes(`q=${mark}&active=true`)).toEqual([first.code]);
    expect(await codes(`q=${mark.toLowerCase()}+GENERALISE`)).toEqual([first.code]);
    expect(await codes(`q=${mark}+%25`)).toEqual([first.code]);
    expect(await codes('q=_')).toEqual([]);
    expect(await list(`q=${mark}&page=2&pageSize=1`)).toMatchObject({
      items: [{ code: second.code }],
      page: 2,
      pageSize: 1,
      total: 2,
    });
    expect((await list('page=1000')).items).toEqual([]);
    expect(errorsOf(await send('GET', '/admin/issuers?issuer=TUV'))).toEqual(['/issuer unknown_field']);
  });
});

describe('an issuer that is suspended', () => {
  it('publishes nothing, by its key or by agents, until it is restored', async () => {
    const issuer = await makeIssuer(test);
    const key = await integratorOf(test, { kind: 'issuer', issuerId: issuer.id });
    const open = [200, 200, 404, 404, 200, 200];
    expect(await publications(issuer.code, key)).toEqual(open);
    expect((await change(issuer.code, { active: false })).json()).toMatchObject({
      code: issuer.code,
      active: false,
      unpaidInvoices: 2,
      integrators: 1,
    });
    expect(await publications(issuer.code, key)).toEqual([422, 422, 422, 422, 422, 422]);
    const { items } = (await send('GET', '/issuers')).json<{ items: { code: string; active: boolean }[] }>();
    expect(items.find(({ code }) => code === issuer.code)).toMatchObject({ active: false });
    // It reads on, to reconcile.
    expect((await send('GET', '/invoices', undefined, key)).json()).toMatchObject({ total: 2 });
    expect((await send('GET', '/payments', undefined, key)).statusCode).toBe(200);
    expect((await change(issuer.code, { active: true })).json()).toMatchObject({ active: true });
    expect(await publications(issuer.code, key)).toEqual(open);
    expect((await actsOf(test, administrator, { issuer: issuer.code })).map(({ act }) => act)).toEqual([
      'issuer_restored',
      'issuer_suspended',
    ]);
  });

  it('is paid what it published before: found, ordered, settled', async () => {
    const issuer = await makeIssuer(test, { name: 'Émetteur en pause' });
    const { code: subscriptionCode } = await makeSubscriptionCode(test);
    const [before, after] = await test.bill(2, { issuerId: issuer.id, clientCode: subscriptionCode });
    const begun = await test.order([before ?? '']);
    await change(issuer.code, { active: false });
    const found = await test.app.inject({ url: '/api/v1/public/invoices', query: { subscriptionCode } });
    expect(found.json()).toMatchObject({ total: 2, items: [{ issuer: { name: 'Émetteur en pause' } }, {}] });
    for (const order of [begun, await test.order([after ?? ''])]) {
      await test.visit(order);
      await test.desk('cmi', await test.referenceOf(order.id), 'pay');
      await test.sweep();
      expect((await test.read(order.id)).status).toBe('paid');
    }
    expect((await send('GET', `/admin/issuers/${issuer.code}`)).json()).toMatchObject({ unpaidInvoices: 0 });
  });
});

describe('an issuer that is renamed', () => {
  it('has its new name where payers search, and in their orders the name of then', async () => {
    const issuer = await makeIssuer(test, { name: 'Bureau Veritas' });
    const { code: subscriptionCode } = await makeSubscriptionCode(test);
    const bills = await test.bill(2, { issuerId: issuer.id, clientCode: subscriptionCode });
    const { id } = await test.order(bills.slice(0, 1));
    const renamed = await change(issuer.code, { name: ' BV Maroc ' });
    expect(renamed.json()).toMatchObject({ code: issuer.code, name: 'BV Maroc', active: true });
    const found = await test.app.inject({ url: '/api/v1/public/invoices', query: { subscriptionCode } });
    const current = { code: issuer.code, name: 'BV Maroc' };
    expect(found.json()).toMatchObject({ items: [{ issuer: current }, { issuer: current }] });
    expect((await test.read(id)).issuer).toEqual({ code: issuer.code, name: 'Bureau Veritas' });
    expect((await test.order(bills.slice(1))).issuer).toEqual(current);
    expect(await actsOf(test, administrator, { issuer: issuer.code })).toMatchObject([
      {
        act: 'issuer_changed',
        by: 'Driss Bennani',
        changes: [{ field: 'name', from: 'Bureau Veritas', to: 'BV Maroc' }],
      },
    ]);
  });

  it('and suspended at once has a line for each; what changes nothing has none', async () => {
    const issuer = await makeIssuer(test, { name: 'Avant' });
    await change(issuer.code, {});
    await change(issuer.code, { name: 'Avant', active: true });
    expect(await actsOf(test, administrator, { issuer: issuer.code })).toEqual([]);
    await change(issuer.code, { name: 'Après', active: false });
    await change(issuer.code, { name: 'Après', active: false });
    expect((await actsOf(test, administrator, { issuer: issuer.code })).map(({ act }) => act)).toEqual([
      'issuer_suspended',
      'issuer_changed',
    ]);
  });

  it('by several at once is told of in one line after the other, each from what the one before made', async () => {
    const { code } = await makeIssuer(test, { name: '0' });
    await Promise.all(['1', '2', '3', '4', '5'].map((name) => change(code, { name })));
    const acts = await actsOf(test, administrator, { issuer: code });
    const changes = acts.toReversed().flatMap((act) => act.changes);
    expect(changes).toHaveLength(5);
    expect(changes.map(({ from }) => from)).toEqual(['0', ...changes.slice(0, -1).map(({ to }) => to)]);
    expect((await send('GET', `/admin/issuers/${code}`)).json()).toMatchObject({ name: changes.at(-1)?.to });
  });

  it('to nothing is refused, and its code never changes', async () => {
    const { code } = await makeIssuer(test);
    expect(errorsOf(await change(code, { name: ' ' }))).toEqual(['/name required']);
    expect(errorsOf(await change(code, { code: 'AUTRE' }))).toEqual(['/code unknown_field']);
  });
});
