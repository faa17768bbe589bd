import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newReceipt, readReceiptCode } from './new-receipt.ts';

const unpaid = { number: 123, receiptNumber: null, receiptCode: null };

it('is numbered by its order and the year in Morocco, and never drawn twice for one order', () => {
  const receipt = newReceipt(unpaid, new Date('2025-12-31T23:30:00Z'));
  expect(receipt.receiptNumber).toBe('R-2026-0000000123');
  expect(receipt.receiptCode).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(newReceipt({ number: 123, ...receipt }, new Date('2027-01-01T12:00:00Z'))).toEqual(receipt);
});

it('has a code of 140 bits, each of which counts', () => {
  const codeOf = (bytes: Uint8Array) => newReceipt(unpaid, new Date(), () => bytes).receiptCode;
  const bytes = fc.uint8Array({ minLength: 28, maxLength: 28 });
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      const same = one.every((byte, index) => (byte & 31) === ((other[index] ?? 0) & 31));
      expect(codeOf(one) === codeOf(other)).toBe(same);
    }),
  );
});

it('is read as people copy it', () => {
  const code = '7QKD-0M4X-9R2B-VZ8N-1HTE-5SCA-3JWG';
  for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', ' ')])
    expect(readReceiptCode(typed)).toBe(code);
  expect(readReceiptCode('7QKD-OM4X-9R2B-VZ8N-IHTE-5SCA-3JWG')).toBe(code);
  expect(readReceiptCode('７QKD0M4X9R2BVZ8NLHTE5SCA3JWG')).toBe(code);
  for (const wrong of ['', code.slice(1), `${code}0`, code.replace('7', 'U'), "' or 1=1 --"])
    expect(readReceiptCode(wrong)).toBeUndefined();
});
