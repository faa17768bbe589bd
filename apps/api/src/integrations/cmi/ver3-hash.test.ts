import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ver3 } from '../../../../sandbox/src/cmi/cmi-hash.ts';
import type { FormField } from '../payment-gateway/payment-gateway.ts';
import { decodeHtmlEntities } from './html-entities.ts';
import { checkReceived, signRequest, ver3Text } from './ver3-hash.ts';

const fieldsOf = (record: Record<string, string>): FormField[] => Object.entries(record);

const first = fieldsOf({
  clientid: '190100000',
  storetype: '3d_pay',
  amount: '100.25',
  oid: 'order222',
  okUrl: 'https://domain.com/success',
  failUrl: 'https://domain.com/fail_url',
  rnd: 'rand',
  lang: 'tr',
  currency: '949',
  taksit: '',
  islemtipi: 'Auth',
  firmaadi: 'siparis veren',
  Email: 'test@test.com',
  hashAlgorithm: 'ver3',
});
const second = fieldsOf({
  clientid: '190100000',
  storetype: '3d',
  amount: '100.25',
  oid: 'order222',
  okUrl: 'https://domain.com/success',
  failUrl: 'https://domain.com/fail_url',
  rnd: '12345',
  hashAlgorithm: 'ver3',
  lang: 'tr',
  currency: '949',
  islemtipi: 'Auth',
  taksit: '',
});
const key = 'TEST_STORE_KEY_01';
const namesAndValues = (names: string, text: string): FormField[] => {
  const values = text.split('|');
  return names.split(' ').map((name, index): FormField => [name, values[index] ?? '']);
};
const textA =
  '840.00|true|504|Société Exemple|true|https://portal.example/api/v1/gateways/cmi/callback|600000999|504|payeur@example.ma|https://portal.example/pay/return/fail|ver3|fr|PN-0000032241-1|https://portal.example/pay/return/ok|5|0.123456 1700000000|1800|https://portal.example/pay/cancel|3D_PAY_HOSTING|PreAuth';
const vectorA = namesAndValues(
  'amount AutoRedirect BillToCountry BillToName CallbackResponse callbackUrl clientid currency email failUrl hashAlgorithm lang oid okUrl refreshtime rnd sessiontimeout shopurl storetype TranType',
  textA,
);
const textC =
  '840.00|123456|true|600000999|504||20240102 10:11:12|ver3|400100000001|400000***0010|1|PN-0000032241-1|00|Approved|PN-0000032241-1|aB3dE5|3D_PAY_HOSTING|24001ABCD00001|PreAuth';
const vectorC = namesAndValues(
  'amount AuthCode callbackCall clientid currency ErrMsg EXTRA.TRXDATE hashAlgorithm HostRefNum MaskedPan mdStatus oid ProcReturnCode Response ReturnOid rnd storetype TransId TranType',
  textC,
);
const hashOfD = '1pz3h1WcEV921Nsld8Ql6Gfo1QchEfJyKk286vcXlJbyPVEs5zjGtaM1R9L/CQJGssdnOPIhwrdmuquRsFes0w==';

describe('vectors', () => {
  it('has the platform’s published hashes', () => {
    expect(ver3Text(first, '123456')).toBe(
      '100.25|190100000|949|test@test.com|https://domain.com/fail_url|siparis veren|ver3|Auth|tr|order222|https://domain.com/success|rand|3d_pay||123456',
    );
    expect(signRequest(first, '123456')).toBe(
      '/uPxhEKWCEGi3NsDOOQ4u8Hu5g71v5GWspOid70WehTWEz97PqxG3IN1Jv5jsbOXOw3Z3Rr/0UtywzEgbqFfdA==',
    );
    expect(signRequest(second, '123456')).toBe(
      '4aUsG5hqlIFLc9s8PKc5rWb2OLhmxDDewNgKa2XrwoYCIxlyVq8Fjl4IVaZzoqL983CfTseicmnTA0PjZr74xg==',
    );
  });

  it('A: a request', () => {
    expect(ver3Text(vectorA, key)).toBe(`${textA}|${key}`);
    expect(signRequest([...vectorA, ['encoding', 'UTF-8']], key)).toBe(
      'oRdKydaMmxmkLy7BQzybonR4O97f+oY9OHPQxK+9doPOsSX++4tUBKdiPhB8gR+QfhyYT7n+Md3SvKopz/OL4Q==',
    );
  });

  it('B: escapes', () => {
    const fields = fieldsOf({
      BillToName: 'C:\\D|E',
      clientid: '600000999',
      hashAlgorithm: 'ver3',
      oid: 'A|B',
      rnd: '',
    });
    expect(ver3Text(fields, 'k|e\\y')).toBe('C:\\\\D\\|E|600000999|ver3|A\\|B||k\\|e\\\\y');
    expect(signRequest(fields, 'k|e\\y')).toBe(
      'yC9GoTUnaZTzFmWMoL25L7tT61fKghed5apDNDl8036dgqM3bkbxsnLxgEXGW2IZg0YB0SasgcanCdHE3LvLaw==',
    );
  });

  it('C: a callback', () => {
    expect(ver3Text(vectorC, key)).toBe(`${textC}|${key}`);
    const hash = 'T1Ovt9brcDBZCHY6WLcKVo5rohglXZxirxRVVjSXUJfvjkH/e5edUYZ6+iwiLDWCcsEVes+ucbxT8ZqyJZdG2g==';
    expect(checkReceived([...vectorC, ['HASH', hash], ['encoding', 'UTF-8']], key).hash).toBe('right');
  });

  it('D: a request with renamed fields keeps its hash, which is why a hash is not enough', () => {
    const request: FormField[] = [...vectorA, ['tel', '00']];
    expect(signRequest(request, key)).toBe(hashOfD);
    const renaming: Record<string, string> = {
      refreshtime: 'p1',
      rnd: 'p2',
      sessiontimeout: 'p3',
      shopurl: 'p4',
      storetype: 'p5',
      tel: 'ProcReturnCode',
      TranType: 'TransId',
    };
    const renamed = request.map(([name, value]): FormField => [renaming[name] ?? name, value]);
    expect(checkReceived([...renamed, ['HASH', hashOfD]], key).hash).toBe('right');
  });
});

describe('received fields', () => {
  const sign = (fields: FormField[]): FormField[] => [...fields, ['HASH', signRequest(fields, key)]];

  it('are decoded once, and lose one final newline', () => {
    const posted = sign([
      ['a', 'Société & <b> "l’été" ع'],
      ['b', 'x&eacute;'],
    ]).map(([name, value]): FormField => {
      const encoded = value
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('"', '&quot;')
        .replaceAll('é', '&eacute;')
        .replaceAll('’', '&#8217;')
        .replaceAll('ع', '&#x639;');
      return [name, name === 'a' ? `${encoded}\n` : encoded];
    });
    const { hash, fields } = checkReceived(posted, key);
    expect(hash).toBe('right');
    expect(fields[0]?.[1]).toBe('Société & <b> "l’été" ع');
    expect(fields[1]?.[1]).toBe('x&eacute;');
  });

  it('without HASH, with an empty one or two of them, are not signed', () => {
    const fields: FormField[] = [['a', '1']];
    const hash = signRequest(fields, key);
    expect(checkReceived(fields, key).hash).toBe('missing');
    expect(checkReceived([...fields, ['hash', '']], key).hash).toBe('missing');
    expect(checkReceived([...fields, ['hash', hash], ['HASH', hash]], key).hash).toBe('wrong');
    expect(checkReceived([...fields, ['Hash', hash], ['Encoding', 'x']], key).hash).toBe('right');
    expect(checkReceived([...fields, ['HASH', `${hash} `]], key).hash).toBe('wrong');
  });

  it('keep what is no entity', () => {
    for (const text of ['&', '&;', '&nope;', '&#0;', '&#55296;', '&#x110000;', '&eacute', 'a&b;c'])
      expect(decodeHtmlEntities(text)).toBe(text);
    expect(decodeHtmlEntities('&euro;&yuml;&Omega;&diams;&#10;')).toBe('€ÿΩ♦\n');
  });
});

describe('properties', () => {
  const name = fc.stringMatching(/^[a-z]{1,12}$/);
  const record = fc.dictionary(name, fc.string({ unit: 'grapheme', maxLength: 20 }), {
    minKeys: 1,
    maxKeys: 12,
  });
  const plain = (value: string) => value.trim() === value && !/[&\n]/.test(value);

  it('the order in which fields come does not count', () => {
    fc.assert(
      fc.property(record, fc.infiniteStream(fc.nat()), (fields, numbers) => {
        const shuffled = fieldsOf(fields)
          .map((field) => ({ field, rank: numbers.next().value }))
          .toSorted((left, right) => Number(left.rank) - Number(right.rank))
          .map(({ field }) => field);
        expect(signRequest(shuffled, key)).toBe(signRequest(fieldsOf(fields), key));
      }),
    );
  });

  it('other values make another text: separators can not be smuggled in', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '|', '\\', ''), maxLength: 8 });
    const text = (values: string[]) =>
      ver3Text(
        values.map((one, index): FormField => [String.fromCodePoint(97 + index), one]),
        key,
      );
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 6 }), (pairs) => {
        const [left, right] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
        expect(text(left) === text(right)).toBe(JSON.stringify(left) === JSON.stringify(right));
      }),
      { numRuns: 2_000 },
    );
  });

  it('the bank’s side, written apart, agrees', () => {
    fc.assert(
      fc.property(record, (fields) => {
        const values = fieldsOf(fields).filter(([, value]) => plain(value));
        expect(checkReceived([...values, ['HASH', ver3(values, key)]], key).hash).toBe('right');
        expect(signRequest(values, key)).toBe(ver3(values, key));
      }),
    );
  });

  it('any change of one value is noticed', () => {
    fc.assert(
      fc.property(record, fc.string({ minLength: 1 }), (fields, other) => {
        const values = fieldsOf(fields).filter(([, value]) => plain(value));
        const [target] = values;
        fc.pre(target !== undefined && plain(other) && other !== target[1]);
        const changed = values.map((field): FormField => (field === target ? [field[0], other] : field));
        expect(checkReceived([...changed, ['HASH', ver3(values, key)]], key).hash).toBe('wrong');
      }),
    );
  });
});
