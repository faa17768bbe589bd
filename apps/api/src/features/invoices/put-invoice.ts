import type { Invoice, InvoiceBody } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { Precondition } from '../../plugins/serve.ts';
import type { IssuerRecord } from '../issuers/issuers.repository.ts';
import { recordInvoiceEvents } from './invoice-events.ts';
import { invoicePaid, invoiceStale } from './invoices.errors.ts';
import { presentInvoice } from './invoices.presenter.ts';
import { holdIssuer, insertInvoice, lockInvoice, republishInvoice } from './invoices.repository.ts';
import { judgePublication, readLine } from './invoices.states.ts';

/**
 * Publishes an invoice, or changes it while it isn't paid; a cancelled one is open again. The same again changes nothing. Throws
 * `invoice_paid`, and `stale` when the issuer says which version it changes (`seen`), or that it is there or isn't, and it isn't so. Money on its way for what it was before doesn't settle it: an order's lines keep the amount that was asked.
 */
export async function putInvoice(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  issuer: IssuerRecord,
  number: string,
  seen: Precondition | undefined,
  body: InvoiceBody,
): Promise<Invoice> {
  const given = readLine({ ...body, number });
  const at = now();
  return await database.transaction(async (tx) => {
    await holdIssuer(tx, issuer.id, 'shared');
    const inserted = await insertInvoice(tx, issuer.id, given, at);
    if (inserted && seen !== undefined && seen !== 'none') throw invoiceStale(undefined);
    if (inserted) {
      await recordInvoiceEvents(tx, 'invoice.created', issuer, [inserted], at);
      return presentInvoice({ invoice: inserted, issuer });
    }
    const kept = await lockInvoice(tx, issuer.id, number);
    if (!kept) throw new Error('an invoice stood in the way and is gone');
    if (seen !== undefined && seen !== 'any' && kept.version !== seen) throw invoiceStale(kept.version);
    const publication = judgePublication(kept, given);
    if (publication === 'refused') throw invoicePaid();
    if (publication === 'unchanged') return presentInvoice({ invoice: kept, issuer });
    const invoice = await republishInvoice(tx, issuer.id, kept.id, given, at);
    if (kept.status === 'cancelled') await recordInvoiceEvents(tx, 'invoice.created', issuer, [invoice], at);
    return presentInvoice({ invoice, issuer });
  });
}
