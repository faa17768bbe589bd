import { randomBytes } from 'node:crypto';
import { casablancaDate } from '@rnoce/schemas';

/** Crockford's base 32: no letter that is taken for a digit, and no vowel but A and E. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 7;
const groupLength = 4;
const codePattern = new RegExp(`^[${alphabet}]{${String(groups * groupLength)}}$`);

export interface NewReceipt {
  readonly receiptNumber: string;
  readonly receiptCode: string;
}

/**
 * What is printed on the receipt of an order that has just been paid: its number, `R-2026-0000000123`, made of the order's own (one order,
 * one receipt, nothing to count), and the code that its QR code opens, 140 random bits, which can't be guessed from anything printed
 * elsewhere. An order paid again after it was taken back keeps what it has: old prints then tell the truth again.
 */
export function newReceipt(
  order: { readonly number: number } & {
    readonly receiptNumber: string | null;
    readonly receiptCode: string | null;
  },
  paidAt: Date,
  random: (size: number) => Uint8Array = randomBytes,
): NewReceipt {
  const { receiptNumber, receiptCode } = order;
  if (receiptNumber !== null && receiptCode !== null) return { receiptNumber, receiptCode };
  const symbols = Array.from(random(groups * groupLength), (byte) => alphabet.charAt(byte & 31)).join('');
  return {
    receiptNumber: `R-${casablancaDate(paidAt).slice(0, 4)}-${String(order.number).padStart(10, '0')}`,
    receiptCode: grouped(symbols),
  };
}

const grouped = (symbols: string): string =>
  symbols.replaceAll(new RegExp(`.{${String(groupLength)}}(?=.)`, 'g'), '$&-');

/** A code as it is kept, from what a person read and typed; undefined when it can't be one. */
export function readReceiptCode(typed: string): string | undefined {
  const symbols = typed
    .normalize('NFKC')
    .replaceAll(/[\s-]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return codePattern.test(symbols) ? grouped(symbols) : undefined;
}
