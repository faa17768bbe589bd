import { expect, it } from 'vitest';
import { newReceipt } from './new-receipt.ts';

const unpaid = { number: 123, receiptNumber: null, receiptCode: null };

it('is numbered by its order and the year in Morocco, and never drawn twice for one order', () => {
  const receipt = newReceipt(unpaid, new Date('2025-12-31T23:30:00Z'));
  expect(receipt.receiptNumber).toBe('R-2026-0000000123');
  expect(receipt.receiptCode).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(newReceipt({ number: 123, ...receipt }, new Date('2027-01-01T12:00:00Z'))).toEqual(receipt);
});
