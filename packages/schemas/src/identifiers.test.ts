import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlKey, hasValidIceKey, hasValidRibKey, normaliseIdentifier } from './identifiers.ts';
import { toE164 } from './phone.ts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

describe('check digits (reference/identifiers.md §1)', () => {
  it.each([
    ['001561191000066', true],
    ['001561190003197', true],
    ['278802788027880', false],
    ['366663666636666', true],
    ['242432424324243', false],
    ['123456788906533', false],
    ['276242762427624', false],
    ['123456789000057', false],
  ])('ICE %s: %s', (ice, valid) => {
    expect(hasValidIceKey(ice)).toBe(valid);
  });

  it.each([
    ['001810007800020110620318', true],
    ['350810000000000872218644', true],
    ['737738833388892928374859', false],
  ])('RIB %s: %s', (rib, valid) => {
    expect(hasValidRibKey(rib)).toBe(valid);
  });

  it('makes a multiple of 97 of any 13 or 22 digits, with a key from 01 to 97', () => {
    fc.assert(
      fc.property(fc.constantFrom(13, 22).chain(digits), (stem) => {
        const key = controlKey(stem);
        expect(BigInt(stem + key) % 97n).toBe(0n);
        expect(Number(key)).toBeGreaterThanOrEqual(1);
        expect(Number(key)).toBeLessThanOrEqual(97);
      }),
    );
  });

  it('notices any one digit typed wrong', () => {
    fc.assert(
      fc.property(digits(13), fc.nat(14), fc.integer({ min: 1, max: 9 }), (stem, at, by) => {
        const ice = stem + controlKey(stem);
        const wrong = ice.slice(0, at) + String((Number(ice[at]) + by) % 10) + ice.slice(at + 1);
        expect(hasValidIceKey(wrong)).toBe(false);
      }),
    );
  });
});

describe('normaliseIdentifier', () => {
  it.each([
    [' 001 561.191-000 066 ', '001561191000066'],
    ['ae 180358', 'AE180358'],
    ['٠٠١٥٦١', '001561'],
    ['۰۷', '07'],
    ['１２３', '123'],
    ['\u200f81795\u200e', '81795'],
  ])('%j becomes %j', (typed, kept) => {
    expect(normaliseIdentifier(typed)).toBe(kept);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const once = normaliseIdentifier(typed);
        expect(normaliseIdentifier(once)).toBe(once);
      }),
    );
  });
});

describe('toE164 (reference/identifiers.md §2, Phone)', () => {
  it.each([
    ['0661767620', '+212661767620'],
    ['05 20 47 31 00', '+212520473100'],
    ['+212 (0) 661-76-76-20', '+212661767620'],
    ['٠٦٦١٧٦٧٦٢٠', '+212661767620'],
    ['00212661767620', '+212661767620'],
    ['212661767620', '+212661767620'],
    ['+33 1 42 68 53 00', '+33142685300'],
    ['(0537) 71.60.60/61', undefined],
    ['0537/71.60.60', '+212537716060'],
    ['0661\u00a076\u201176\u201120', '+212661767620'],
    ['\u2066+212661767620\u2069', '+212661767620'],
    ['tel 0661767620', undefined],
    ['+212661767620abc', undefined],
    ['0661767620 poste 3', undefined],
    ['0661767620;', undefined],
    ['00000000', undefined],
    ['0161767620', undefined],
    ['téléphone', undefined],
    ['', undefined],
  ])('%j is %j', (typed, number) => {
    expect(toE164(typed)).toBe(number);
  });
});
