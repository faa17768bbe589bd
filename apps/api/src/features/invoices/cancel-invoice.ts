import { invoiceTransitions } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import type { IssuerRecord } from '../issuers/issuers.repository.ts';
import { recordInvoiceEvents } from './invoice-events.ts';
import { invoicePaid } from './invoices.errors.ts';
import { lockInvoice, markCancelled } from './invoices.repository.ts';

const { from, to } = invoiceTransitions.cancelled;

/** Cancels an unpaid invoice; cancelled already is done already. Throws `not_found` and `invoice_paid`. */
export async function cancelInvoice(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  issuer: IssuerRecord,
  number: string,
): Promise<void> {
  await database.transaction(async (tx) => {
    const invoice = await lockInvoice(tx, issuer.id, number);
    if (!invoice) throw notFound();
    if (invoice.status === to) return;
    if (invoice.status !== from) throw invoicePaid();
    const at = now();
    await markCancelled(tx, issuer.id, invoice.id, at);
    await recordInvoiceEvents(tx, 'invoice.cancelled', issuer, [invoice], at);
  });
}
