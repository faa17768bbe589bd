import { randomUUID } from 'node:crypto';
import type { ImportReport, Problem } from '@rnoce/schemas';
import { and, count, eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { invoices } from '../../db/schema/invoices.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { makeInvoice, makeIssuer } from '../../testing/invoices.ts';

let test: TestApp;
let headers: { cookie: string };
beforeAll(async () => {
  test = await testApp();
  ({ headers } = await signedInAgent(test, { role: 'finance' }));
});
let issuer: { id: string; code: string };
beforeEach(async () => {
  issuer = await makeIssuer(test);
});

const send = async (payload: string | Buffer, type = 'text/csv', extra: Record<string, string> = {}) =>
  test.app.inject({
    method: 'POST',
    url: '/api/v1/invoices/import',
    query: { issuer: issuer.code },
    headers: { ...headers, 'content-type': type, ...extra },
    payload,
  });
const refusal = async (payload: string | Buffer, type?: string) => {
  const answer = await send(payload, type);
  expect(answer.json()).toMatchObject({ status: 422, code: 'import_refused' });
  const { errors = [] } = answer.json<Problem>();
  return errors.map(({ pointer, code, params }) => [pointer, code, ...(params ? [params] : [])]);
};
const kept = () =>
  test.deps.database
    .select()
    .from(invoices)
    .where(eq(invoices.issuerId, issuer.id))
    .orderBy(sql`upper(${invoices.number})`);
const keptCount = async () => (await kept()).length;

const header = 'number;clientCode;clientName;issuedOn;dueOn;amount';
const row = (number: string, amount = '840,00') =>
  `${number};1206;Ste IMP SARL;29/12/2020;2022-10-29;${amount}`;
const line = (number: string, changes: object = {}) => ({
  number,
  clientCode: '1206',
  clientName: 'Ste IMP SARL',
  issuedOn: '2020-12-29',
  dueOn: '2022-10-29',
  amount: '840.00',
  ...changes,
});
const json = (lines: unknown) => send(JSON.stringify({ invoices: lines }), 'application/json');

describe('a file', () => {
  it.each([
    ['semicolons, CRLF, byte order mark', `\ufeff${header}\r\n${row('WAF3')}\r\n${row('WAF4', '20,5')}\r\n`],
    ['line feeds, no end, blank lines', `${header}\n${row('WAF3')}\n\n;;;;;\n${row('WAF4', '20.50')}`],
    ['old Macintosh', `${header}\r${row('WAF3')}\r${row('WAF4', '20,50')}`],
    [
      'commas and quotes',
      `number,clientCode,clientName,issuedOn,dueOn,amount\nWAF3,1206,"Ste IMP SARL",29/12/2020,2022-10-29,"840,00"\nWAF4,1206,Ste IMP SARL,2020-12-29,29/10/2022,20.5\n`,
    ],
    [
      'columns in another order and case',
      `AMOUNT;Number;clientname;clientcode;dueOn;issuedOn\n840;WAF3;Ste IMP SARL;1206;2022-10-29;2020-12-29\n20,5;WAF4;Ste IMP SARL;1206;2022-10-29;2020-12-29`,
    ],
  ])('of %s is read', async (_, text) => {
    expect((await send(text)).json()).toEqual({ lines: 2, created: 2, changed: 0, unchanged: 0 });
    expect(await kept()).toMatchObject([
      {
        number: 'WAF3',
        clientCode: '1206',
        clientName: 'Ste IMP SARL',
        clientIsPerson: false,
        issuedOn: '2020-12-29',
        dueOn: '2022-10-29',
        amountCentimes: 84_000,
        methods: ['amanpay', 'cmi'],
      },
      { number: 'WAF4', amountCentimes: 2050 },
    ]);
  });

  it('may say the kind of client, the currency and the methods, and its text is only text', async () => {
    await send(
      `${header};clientKind;currency;methods\n"=1+1|cmd";276242762427624;"@Benali ""Ahmed""\nbis";2020-12-29;2022-10-29;1 234,50;Person;mad;CMI|amanpay\nB;1206;Ahmed Benali;2020-12-29;2022-10-29;1;;;cmi`,
      'text/csv; charset=utf-8',
    );
    expect(await kept()).toMatchObject([
      {
        number: '=1+1|cmd',
        clientName: '@Benali "Ahmed"\nbis',
        clientIsPerson: true,
        amountCentimes: 123_450,
        methods: ['amanpay', 'cmi'],
      },
      { number: 'B', clientIsPerson: true, amountCentimes: 100, methods: ['cmi'] },
    ]);
  });

  it('as JSON says the same', async () => {
    expect((await json([line('WAF3'), line('WAF4', { amount: '20.50', methods: ['cmi'] })])).json()).toEqual({
      lines: 2,
      created: 2,
      changed: 0,
      unchanged: 0,
    });
  });

  it('again changes nothing; what differs is changed, what was cancelled is open', async () => {
    await json([line('A'), line('B'), line('C')]);
    await test.deps.database
      .update(invoices)
      .set({ status: 'cancelled' })
      .where(and(eq(invoices.issuerId, issuer.id), eq(invoices.number, 'C')));
    const answer = await json([line('A'), line('b', { amount: '1.00' }), line('C'), line('D')]);
    expect(answer.json()).toEqual({ lines: 4, created: 1, changed: 2, unchanged: 1 });
    expect(await kept()).toMatchObject([
      { number: 'A', version: 1 },
      { number: 'b', version: 2, amountCentimes: 100 },
      { number: 'C', version: 2, status: 'unpaid' },
      { number: 'D', version: 1 },
    ]);
  });

  it('with one key is imported once, for one issuer', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await send(`${header}\n${row('A')}`, 'text/csv', key);
    const again = await send(`${header}\n${row('A')}`, 'text/csv', key);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.json<ImportReport>()).toEqual(first.json());
    issuer = await makeIssuer(test);
    expect((await send(`${header}\n${row('A')}`, 'text/csv', key)).json()).toMatchObject({
      code: 'idempotency_key_reused',
    });
  });
});

describe('a wrong file keeps nothing, and tells', () => {
  it('every wrong line, numbered as the person sees it', async () => {
    const text = [
      header,
      row('A'),
      row('B', '12,345'),
      '',
      'C;12;Ste IMP SARL;31/02/2020;2022-10-29;1',
      'D;1206;"Deux\nlignes";2020-12-29;2022-10-29;x',
      'E;1206;Ste;IMP;2020-12-29;2022-10-29;1',
      ';1206;Ste IMP SARL;2020-12-29;2022-10-29;1.234,50',
      row('a'),
    ].join('\r\n');
    expect(await refusal(text)).toEqual([
      ['/lines/2/number', 'number_repeated', { line: 10 }],
      ['/lines/3/amount', 'amount_invalid'],
      ['/lines/5/clientCode', 'client_code_invalid'],
      ['/lines/5/issuedOn', 'date_invalid'],
      ['/lines/6/amount', 'amount_invalid'],
      ['/lines/8', 'columns_differ', { expected: 6, found: 7 }],
      ['/lines/9/number', 'required'],
      ['/lines/9/amount', 'amount_invalid'],
      ['/lines/10/number', 'number_repeated', { line: 2 }],
    ]);
    expect(await keptCount()).toBe(0);
  });

  it('a paid invoice that it would change, and not one that is the same', async () => {
    const paid = {
      issuerId: issuer.id,
      clientCode: '1206',
      clientName: 'Ste IMP SARL',
      issuedOn: '2020-12-29',
      dueOn: '2022-10-29',
      status: 'paid',
      paidAt: new Date(),
    } as const;
    await makeInvoice(test, { ...paid, number: 'P1' });
    await makeInvoice(test, { ...paid, number: 'P2' });
    expect(await refusal(`${header}\n${row('N')}\n${row('P1')}\n${row('P2', '1,00')}`)).toEqual([
      ['/lines/4/number', 'invoice_paid'],
    ]);
    expect(await keptCount()).toBe(2);
    expect((await send(`${header}\n${row('N')}\n${row('P1')}`)).json()).toMatchObject({
      created: 1,
      unchanged: 1,
    });
  });

  it('its encoding, in plain words', async () => {
    const text = `${header}\n${row('A')}\nB;1206;Société;2020-12-29;2022-10-29;1\n`;
    expect(await refusal(Buffer.from(text, 'utf16le'))).toEqual([['', 'encoding_utf16']]);
    expect(await refusal(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual([['', 'encoding_utf16']]);
    expect(await refusal(Buffer.from(text, 'latin1'))).toEqual([['/lines/3', 'encoding_not_utf8']]);
    const answer = await send(Buffer.from(text, 'latin1'));
    expect(answer.json<Problem>().errors?.[0]?.message).toContain('CSV UTF-8');
  });

  it('one without invoices', async () => {
    expect(await refusal('')).toEqual([['', 'required']]);
    expect(await refusal(`${header}\n`)).toEqual([['', 'required']]);
    expect(await refusal('{"invoices":[]}', 'application/json')).toEqual([['/invoices', 'required']]);
  });

  it('its header', async () => {
    expect(await refusal(`number;clientCode;clientName;issuedOn;amount;amount;prix\n`)).toEqual([
      ['/lines/1', 'column_missing', { column: 'dueOn' }],
      ['/lines/1', 'column_repeated', { column: 'amount' }],
      ['/lines/1', 'column_unknown', { column: 'prix' }],
    ]);
  });

  it('the quotation mark after which nothing can be read', async () => {
    expect(await refusal(`${header}\n${row('A', 'x')}\n"B;1206\n${row('C')}`)).toEqual([
      ['/lines/2/amount', 'amount_invalid'],
      ['/lines/3', 'quotes_unbalanced'],
    ]);
    expect(await refusal(`${header}\n${row('A')}\nB"x;1206\n`)).toEqual([['/lines/3', 'quotes_unbalanced']]);
  });

  it('in JSON by a pointer into the body', async () => {
    expect(
      await refusal(
        JSON.stringify({
          invoices: [line('A'), line('B', { amount: '1,5', prix: 1 }), 'x', line('a')],
          more: 1,
        }),
        'application/json',
      ),
    ).toEqual([
      ['/more', 'unknown_field'],
      ['/invoices/0/number', 'number_repeated', { line: 4 }],
      ['/invoices/1/amount', 'amount_invalid'],
      ['/invoices/1/prix', 'unknown_field'],
      ['/invoices/2', 'invalid'],
      ['/invoices/3/number', 'number_repeated', { line: 1 }],
    ]);
    expect(await refusal('[]', 'application/json')).toEqual([['/invoices', 'required']]);
    expect((await send('{"invoices":', 'application/json')).json()).toMatchObject({
      status: 400,
      code: 'malformed',
    });
  });

  it('a thousand faults one by one, and how many more', async () => {
    const errors = await refusal(
      [header, ...Array.from({ length: 1500 }, (_, index) => row(`N${String(index)}`, 'x'))].join('\n'),
    );
    expect(errors).toHaveLength(1001);
    expect(errors.at(-1)).toEqual(['', 'more_faults', { more: 500 }]);
  });

  it.each(['text/csv', 'application/json'])('more than 10,000 lines (%s)', async (type) => {
    const numbers = Array.from({ length: 10_001 }, (_, index) => `N${String(index)}`);
    const errors = await refusal(
      type === 'text/csv'
        ? [header, ...numbers.map((number) => row(number))].join('\n')
        : JSON.stringify({ invoices: numbers.map((number) => line(number)) }),
      type,
    );
    expect(errors).toEqual([[type === 'text/csv' ? '' : '/invoices', 'max_items', { max: 10_000 }]]);
  });

  it('another type, or too many bytes', async () => {
    expect((await send('x', 'text/plain')).statusCode).toBe(415);
    expect((await send('x'.repeat(8 * 1024 * 1024 + 1))).statusCode).toBe(413);
  });
});

describe('ten thousand lines', () => {
  it('are published whole, then changed whole', async () => {
    const numbers = Array.from({ length: 10_000 }, (_, index) => `N${String(index)}`);
    const file = (amount: string) => [header, ...numbers.map((number) => row(number, amount))].join('\n');
    expect((await send(file('1,00'))).json()).toEqual({
      lines: 10_000,
      created: 10_000,
      changed: 0,
      unchanged: 0,
    });
    expect((await send(file('2,00'))).json()).toEqual({
      lines: 10_000,
      created: 0,
      changed: 10_000,
      unchanged: 0,
    });
    const [row2] = await test.deps.database
      .select({ n: count() })
      .from(invoices)
      .where(
        and(eq(invoices.issuerId, issuer.id), eq(invoices.amountCentimes, 200), eq(invoices.version, 2)),
      );
    expect(row2?.n).toBe(10_000);
  });

  it('of several files at once, with single publications between, wait in no circle', async () => {
    const numbers = Array.from({ length: 400 }, (_, index) => `N${String(index)}`);
    const answers = await Promise.all([
      json(numbers.map((number) => line(number, { amount: '1.00' }))),
      json(numbers.toReversed().map((number) => line(number, { amount: '2.00' }))),
      ...numbers.slice(0, 20).map((number) =>
        test.app.inject({
          method: 'PUT',
          url: `/api/v1/invoices/${number}`,
          query: { issuer: issuer.code },
          headers,
          payload: { ...line(number), number: undefined },
        }),
      ),
    ]);
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(await keptCount()).toBe(400);
  });
});

describe('any file', () => {
  it('whatever its bytes, is imported or refused, never a fault of ours', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('"', ';', '\n', '\r\n', '1206', '840,00', ''),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 6 }), async (rows) => {
        const answer = await send(`${header}\n${rows.map((cells) => cells.join(';')).join('\n')}`);
        expect([200, 422]).toContain(answer.statusCode);
      }),
      { numRuns: 60 },
    );
  });

  it('gives amounts back to the centime, however they are written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 99_999_999_999 }),
        fc.constantFrom(',', '.'),
        fc.boolean(),
        async (centimes, separator, grouped) => {
          const whole = String(Math.floor(centimes / 100));
          const written = `${grouped ? whole.replaceAll(/\B(?=(\d{3})+$)/g, '\u202f') : whole}${separator}${String(centimes % 100).padStart(2, '0')}`;
          await send(`${header}\n${row('A', written)}`);
          expect(await kept()).toMatchObject([{ amountCentimes: centimes }]);
        },
      ),
      { numRuns: 30 },
    );
  });
});
