import type { InvoiceStatus } from '@rnoce/schemas';

interface Owed {
  readonly amountCentimes: number;
  readonly clientCode: string;
}

/**
 * Whether an invoice can still be paid as it was ordered: unpaid, of the same client, for the same amount. Whatever else its issuer changed
 * is no other debt.
 */
export const isAsOrdered = (
  line: Owed,
  invoice: (Owed & { readonly status: InvoiceStatus }) | undefined,
): boolean =>
  invoice?.status === 'unpaid' &&
  invoice.amountCentimes === line.amountCentimes &&
  invoice.clientCode === line.clientCode;
