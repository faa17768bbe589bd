import { casablancaDate } from '@rnoce/schemas';
import { drawVerificationCode } from '../../verification-code.ts';

export interface NewReceipt {
  readonly receiptNumber: string;
  readonly receiptCode: string;
}

/**
 * What is printed on the receipt of an order that has just been paid: its number, `R-2026-0000000123`, made of the order's own (one order,
 * one receipt, nothing to count), and the code that its QR code opens. An order paid again after it was taken back keeps what it has: old
 * prints then tell the truth again.
 */
export function newReceipt(
  order: { readonly number: number } & {
    readonly receiptNumber: string | null;
    readonly receiptCode: string | null;
  },
  paidAt: Date,
): NewReceipt {
  const { receiptNumber, receiptCode } = order;
  if (receiptNumber !== null && receiptCode !== null) return { receiptNumber, receiptCode };
  return {
    receiptNumber: `R-${casablancaDate(paidAt).slice(0, 4)}-${String(order.number).padStart(10, '0')}`,
    receiptCode: drawVerificationCode(),
  };
}
