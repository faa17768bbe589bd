import { invoiceTransitions } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { invoicePaid } from './invoices.errors.ts';
import { lockInvoice, markCancelled } from './invoices.repository.ts';

const { from, to } = invoiceTransitions.cancelled;

/** Cancels an unpaid invoice; cancelled already is done already. Throws `not_found` and `invoice_paid`. */
export async function cancelInvoice(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  issuerId: string,
  number: string,
): Promise<void> {
  await database.transaction(async (tx) => {
    const invoice = await lockInvoice(tx, issuerId, number);
    if (!invoice) throw notFound();
    if (invoice.status === to) return;
    if (invoice.status !== from) throw invoicePaid();
    await markCancelled(tx, issuerId, invoice.id, now());
  });
}
