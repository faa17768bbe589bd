import { centimesOf, decimalOf } from '@rnoce/schemas/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amanPaySettlement } from '../amanpay/amanpay-settlement.ts';
import { cmiSettlement } from '../cmi/cmi-settlement.ts';
import { readForm, recordOf } from './callback-body.ts';
import { maskCardNumbers, maskField, maskJson } from './card-data.ts';
import { localTime } from './local-time.ts';
import { centimesOfDigits } from './money.ts';
import { parseSettlementCsv } from './settlement-file.ts';

describe('money', () => {
  it('goes to a decimal and back without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (centimes) => {
        expect(centimesOf(decimalOf(centimes))).toBe(centimes);
        expect(centimesOfDigits(String(centimes))).toBe(centimes);
      }),
    );
    expect(decimalOf(5)).toBe('0.05');
    expect(centimesOf('840')).toBe(84_000);
  });
  it.each(['', '-1', '+1', '1.1', '1.111', '1,00', '1e3', ' 1', '0x1', '١', '99999999999999'])(
    'does not read %j',
    (text) => expect(centimesOf(text)).toBeUndefined(),
  );
  it.each([-1, 0.5, Number.NaN, 2 ** 60])('does not write %d', (centimes) =>
    expect(() => decimalOf(centimes)).toThrow(RangeError),
  );
});

describe('card data', () => {
  it('is hidden by its name', () => {
    expect(maskField('MaskedPan', '400000***0010')).toBe('***0010');
    expect(maskField('maskedCreditCard', '4000 00** **** 0010')).toBe('***0010');
    expect(maskField('cardHolderName', 'NADIA ALAMI')).toBe('***');
    expect(maskField('cavv', 'AAAB')).toBe('***');
    expect(maskField('cv2', '')).toBe('');
    expect(maskField('oid', 'PN-0000032241-1')).toBe('PN-0000032241-1');
  });
  it('is hidden by its digits, wherever it stands', () => {
    expect(maskCardNumbers('card 4000000000000010, 4000-0000-0000-0010.')).toBe('card ***0010, ***0010.');
    expect(maskCardNumbers('12 4000000000000010 7')).toBe('12 ***0010 7');
    expect(maskCardNumbers('4000000000000011 1000300000071')).toBe('4000000000000011 1000300000071');
    expect(
      maskJson({ a: [{ pan: '4000000000000010' }, { x: 'n° 4000000000000010' }], n: 4000000000000010 }),
    ).toEqual({
      a: [{ pan: '***0010' }, { x: 'n° ***0010' }],
      n: '***',
    });
  });
  it('never comes out of a stored callback', () => {
    const card = '4000000000000010';
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{1,8}$/),
        fc.string(),
        fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain'),
        (name, text, type) => {
          const words = `${text} ${card} ${text}`;
          const body = type.includes('json')
            ? JSON.stringify({ [name]: words })
            : type.includes('form')
              ? `${name}=${encodeURIComponent(words)}`
              : words;
          const record = recordOf({
            body: Buffer.from(body),
            headers: { 'content-type': type },
            notice: 'payment',
          });
          expect(record.body).not.toContain(card);
        },
      ),
    );
  });
});

describe('forms', () => {
  it('keep repeated names, order and bytes', () => {
    expect(readForm(Buffer.from('a=1&A=2&b=%C3%A9+x%2B&c&=d'))).toEqual([
      ['a', '1'],
      ['A', '2'],
      ['b', 'é x+'],
      ['c', ''],
      ['', 'd'],
    ]);
  });
  it('are nothing when they are not UTF-8', () => {
    expect(readForm(Buffer.from('a=%E9'))).toBeUndefined();
    expect(readForm(Buffer.from([0x61, 0x3d, 0xe9]))).toBeUndefined();
    expect(readForm(Buffer.alloc(0))).toBeUndefined();
  });
});

describe('settlement files', () => {
  const cmi = (text: string) => parseSettlementCsv(Buffer.from(text), cmiSettlement);
  const header = 'OID;TRANSID;TYPE;AMOUNT;CURRENCY;DATE';

  it('are read with quotes, a BOM, other columns and any line end', () => {
    const file = cmi(
      '\uFEFFTRANSID;OID;TYPE;AMOUNT;CURRENCY;DATE;NOTE\r\n"T;1";PN-1;SALE;840.00;504;d;"dit ""oui"""\r\nT2;PN-2;CREDIT;1.00;504;d;\r\n',
    );
    expect(file.faults).toEqual([]);
    expect(file.rows).toMatchObject([
      { gatewayTransactionId: 'T;1', kind: 'payment', amountCentimes: 84_000, currency: 'MAD' },
      { kind: 'refund', amountCentimes: 100 },
    ]);
  });

  it('name each line that can not be read', () => {
    const file = cmi(
      `${header}\nPN-1;T1;SALE;840,00;504;d\nPN-1;T1;GIFT;1.00;504;d\n;T;SALE;1.00;504;d\nx\n"x;y\nPN-2;T2;SALE;2.00;978;d`,
    );
    expect(file.faults).toEqual([
      { line: 2, reason: 'wrong_amount' },
      { line: 3, reason: 'wrong_type' },
      { line: 4, reason: 'missing_reference' },
      { line: 5, reason: 'wrong_columns' },
      { line: 6, reason: 'wrong_columns' },
    ]);
    expect(file.rows).toMatchObject([{ attemptReference: 'PN-2', currency: '978' }]);
  });

  it('are refused as a whole without their header or in another encoding', () => {
    expect(cmi('')).toMatchObject({ faults: [{ line: 1, reason: 'wrong_header' }] });
    expect(cmi('OID;OID;TRANSID;TYPE;AMOUNT;CURRENCY;DATE')).toMatchObject({
      faults: [{ reason: 'wrong_header' }],
    });
    expect(parseSettlementCsv(Buffer.from([0xff, 0xfe]), amanPaySettlement)).toMatchObject({
      faults: [{ reason: 'not_utf8' }],
    });
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ';', '\n', 'a', '\r') }), (text) => {
        expect(() => cmi(`${header}\n${text}`)).not.toThrow();
      }),
    );
  });
});

it('writes local times with their zone’s own distance from UTC', () => {
  const winter = new Date('2024-01-02T23:11:12Z');
  expect(localTime(winter, 'UTC')).toBe('2024-01-02T23:11:12');
  expect(localTime(winter, 'Africa/Casablanca')).toBe('2024-01-03T00:11:12');
  // Since September 2026, which not every machine's zone data know.
  expect(localTime(new Date('2026-11-21T23:42:05Z'), 'Africa/Casablanca')).toBe('2026-11-21T23:42:05');
});
