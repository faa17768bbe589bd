import type { Invoice, InvoiceId, Issuer, OwnInvoice } from '@rnoce/schemas';
import { currency, decimalOf } from '@rnoce/schemas/money';
import type { InvoiceRecord } from './invoices.repository.ts';

/** An invoice and who published it. */
export interface InvoiceOf {
  readonly invoice: InvoiceRecord;
  readonly issuer: Issuer;
}

const present = ({ invoice, issuer }: InvoiceOf) => ({
  id: invoice.id as InvoiceId,
  number: invoice.number,
  issuer,
  clientCode: invoice.clientCode,
  clientName: invoice.clientName,
  issuedOn: invoice.issuedOn,
  dueOn: invoice.dueOn,
  amount: decimalOf(invoice.amountCentimes),
  currency,
  methods: invoice.methods,
  status: invoice.status,
  paidAt: invoice.paidAt?.toISOString() ?? null,
});

/** As its issuer and agents see it. */
export const presentInvoice = (row: InvoiceOf): Invoice => ({
  ...present(row),
  updatedAt: row.invoice.updatedAt.toISOString(),
  version: row.invoice.version,
});

/** As its operator sees it; `today` is Casablanca's. */
export const presentOwnInvoice = (row: InvoiceOf, today: string): OwnInvoice => ({
  ...present(row),
  overdue: row.invoice.status === 'unpaid' && row.invoice.dueOn < today,
});
