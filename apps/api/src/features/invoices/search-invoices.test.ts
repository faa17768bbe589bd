import type { RouteAnswer, searchPublicInvoices } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeInvoice, makeIssuer, makeSubscriptionCode, newIce } from '../../testing/invoices.ts';
import { searchStatement, searchValues } from './search-query.ts';

type Found = RouteAnswer<typeof searchPublicInvoices>;

let test: TestApp;
let portnet: { id: string; code: string; name: string };
let tuv: typeof portnet;
beforeAll(async () => {
  test = await testApp({ environment: { RATE_LIMITS: 'true' } });
  portnet = await makeIssuer(test, { code: 'PORTNET', name: 'PORTNET' });
  tuv = await makeIssuer(test, { code: 'TUV', name: 'TUV Rheinland' });
});
let holder: { code: string; ice: string };
beforeEach(async () => {
  await test.deps.database.execute(sql`delete from invoices`);
  holder = await makeSubscriptionCode(test);
});

const ask = (query: Record<string, string>) => test.app.inject({ url: '/api/v1/public/invoices', query });
const search = async (query: Record<string, string> = {}): Promise<Found> => {
  const answer = await ask({ subscriptionCode: holder.code, ...query });
  expect(answer.statusCode).toBe(200);
  return answer.json<Found>();
};
const numbers = ({ items }: Found) => items.map(({ number }) => number);
const give = (given: Partial<Parameters<typeof makeInvoice>[1]> = {}) =>
  makeInvoice(test, { issuerId: portnet.id, clientCode: holder.code, ...given });

describe('a code', () => {
  it('finds its unpaid invoices and those of its holder’s ICE, with what the table shows and nothing else', async () => {
    const own = await give({ number: '00293P', dueOn: '2020-01-31' });
    await give({
      number: 'FACT 13',
      clientCode: holder.ice,
      issuerId: tuv.id,
      dueOn: '2099-01-31',
      methods: ['cmi'],
    });
    await give({ status: 'paid', paidAt: new Date() });
    await give({ status: 'cancelled' });
    await give({ clientCode: newIce() });
    const found = await search();
    expect(found).toEqual({
      items: [
        {
          id: own.id,
          number: '00293P',
          issuer: { code: 'PORTNET', name: 'PORTNET' },
          clientCode: holder.code,
          clientName: 'Société de test SARL',
          issuedOn: '2026-10-01',
          dueOn: '2020-01-31',
          overdue: true,
          amount: '840.00',
          currency: 'MAD',
          methods: ['amanpay', 'cmi'],
        },
        expect.objectContaining({
          number: 'FACT 13',
          clientCode: holder.ice,
          overdue: false,
          methods: ['cmi'],
        }),
      ],
      page: 1,
      pageSize: 10,
      total: 2,
      issuers: [
        { code: 'PORTNET', name: 'PORTNET' },
        { code: 'TUV', name: 'TUV Rheinland' },
      ],
      unfiltered: 2,
    });
  });

  it('is the same in small letters and among blanks', async () => {
    await give({ number: 'A' });
    expect(numbers(await search({ subscriptionCode: ` ${holder.code.toLowerCase()} ` }))).toEqual(['A']);
  });

  it('masks the name of a natural person', async () => {
    await give({ clientName: 'M. Ahmed Benali', clientIsPerson: true });
    expect((await search()).items).toMatchObject([{ clientName: 'M. A••• B•••' }]);
  });

  it('is no ICE: an ICE finds nothing by itself', async () => {
    await give({ clientCode: holder.ice });
    const answer = await ask({ subscriptionCode: holder.ice });
    expect(answer.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/subscriptionCode', code: 'subscription_code_invalid' }],
    });
  });

  it.each(['', '12', '12345', '12 é', '%%%%', "1';--"])('« %s » is none', async (subscriptionCode) => {
    expect((await ask({ subscriptionCode })).statusCode).toBe(422);
  });
});

describe('filters, order and pages', () => {
  beforeEach(async () => {
    for (let index = 1; index <= 23; index += 1)
      await give({
        number: `F${String(index).padStart(2, '0')}`,
        issuerId: index % 2 === 0 ? portnet.id : tuv.id,
        issuedOn: `2026-01-${String(index).padStart(2, '0')}`,
        dueOn: `2026-03-${String(24 - index).padStart(2, '0')}`,
        amountCentimes: 100 * ((index * 7) % 23) + 100,
      });
  });

  it('of ten, in the order asked', async () => {
    expect(await search()).toMatchObject({ total: 23, unfiltered: 23, pageSize: 10 });
    expect(numbers(await search())).toEqual([
      'F23',
      'F22',
      'F21',
      'F20',
      'F19',
      'F18',
      'F17',
      'F16',
      'F15',
      'F14',
    ]);
    expect(numbers(await search({ page: '3' }))).toEqual(['F03', 'F02', 'F01']);
    expect(numbers(await search({ page: '4' }))).toEqual([]);
    expect(numbers(await search({ sort: 'number', page: '3' }))).toEqual(['F21', 'F22', 'F23']);
    expect(numbers(await search({ sort: '-issuedOn' })).slice(0, 2)).toEqual(['F23', 'F22']);
    const issuersOf = ({ items }: Found) => new Set(items.map(({ issuer }) => issuer.code));
    expect(issuersOf(await search({ sort: '-issuer' }))).toEqual(new Set(['TUV']));
    const amounts = (await search({ sort: '-amount' })).items.map(({ amount }) => Number(amount));
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
    expect(amounts[0]).toBe(23);
    expect((await search({ sort: 'clientCode' })).total).toBe(23);
  });

  it('by issuer and by dates, both ends included', async () => {
    const found = await search({
      issuer: 'portnet',
      issuedFrom: '2026-01-04',
      issuedTo: '2026-01-08',
      sort: 'number',
    });
    expect(numbers(found)).toEqual(['F04', 'F06', 'F08']);
    expect(found).toMatchObject({
      total: 3,
      unfiltered: 23,
      issuers: [{ code: 'PORTNET' }, { code: 'TUV' }],
    });
    expect(await search({ issuer: 'NOBODY' })).toMatchObject({ items: [], total: 0, unfiltered: 23 });
  });

  it('by the whole number, whatever its case, of which alone the answer then tells', async () => {
    expect(await search({ number: ' f04 ' })).toMatchObject({
      items: [{ number: 'F04' }],
      total: 1,
      unfiltered: 1,
      issuers: [{ code: 'PORTNET' }],
    });
    expect((await search({ number: 'F0' })).total).toBe(0);
    expect((await search({ number: '' })).total).toBe(23);
  });

  it.each<Record<string, string>>([
    { page: '0' },
    { sort: 'clientName' },
    { issuedFrom: '2026-02-30' },
    { prix: '1' },
  ])('%j is refused', async (query) => {
    expect((await ask({ subscriptionCode: holder.code, ...query })).statusCode).toBe(422);
  });
});

describe('nothing found', () => {
  const counted = async (query: Record<string, string>) => {
    const run = vi.spyOn(test.deps.database.$client, 'query');
    try {
      const { body, headers } = await ask(query);
      return { body, queries: run.mock.calls.length, headers: Object.keys(headers).toSorted() };
    } finally {
      run.mockRestore();
    }
  };

  it('is the same bytes by the same queries for an unknown code, an empty one, a paid one and a wrong number', async () => {
    const unknown = await makeSubscriptionCode(test);
    await test.deps.database.execute(sql`delete from subscription_codes where code = ${unknown.code}`);
    const empty = await makeSubscriptionCode(test);
    const paid = await makeSubscriptionCode(test);
    await give({ clientCode: paid.code, status: 'paid', paidAt: new Date() });
    await give({ number: 'A' });
    await counted({ subscriptionCode: unknown.code });
    const expected = await counted({ subscriptionCode: unknown.code });
    expect(expected.queries).toBe(1);
    expect(await counted({ subscriptionCode: empty.code })).toEqual(expected);
    expect(await counted({ subscriptionCode: paid.code })).toEqual(expected);
    expect(await counted({ subscriptionCode: holder.code, number: 'B' })).toEqual(expected);
  });
});

describe('among many invoices', () => {
  it('reads its own by an index, planned once for all codes', async () => {
    const { database } = test.deps;
    await database.execute(sql`
      insert into invoices (issuer_id, number, client_code, client_name, client_is_person, issued_on, due_on, amount_centimes, methods, status, paid_at)
      select ${portnet.id}::uuid, 'B' || n, lpad(to_hex(n % 5000), 4, '0'), 'Société', false, '2026-01-01', '2026-02-01', 100, '{cmi}',
        case when n % 10 = 0 then 'unpaid' else 'paid' end, case when n % 10 = 0 then null else now() end
      from generate_series(1, 20000) n`);
    await database.execute(sql`
      insert into subscription_codes (code, ice, legal_name)
      select 'Y' || lpad(n::text, 3, '0'), lpad(n::text, 15, '0'), 'Société' from generate_series(1, 900) n`);
    await database.execute(sql`analyze invoices, subscription_codes`);
    const client = await database.$client.connect();
    try {
      await client.query('set plan_cache_mode = force_generic_plan');
      await client.query(`prepare plan_of_search as ${searchStatement('dueOn')}`);
      const values = searchValues({ subscriptionCode: '0A11', page: 1, sort: 'dueOn' });
      const literals = values.map((value) => (value === null ? 'null' : `'${String(value)}'`)).join(', ');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain execute plan_of_search(${literals})`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('invoices_client_unpaid');
      expect(plan).not.toContain('Seq Scan on');
    } finally {
      client.release(true);
    }
  });
});
