import type { Invoice, InvoiceBody } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { IssuerRecord } from '../issuers/issuers.repository.ts';
import { invoicePaid } from './invoices.errors.ts';
import { presentInvoice } from './invoices.presenter.ts';
import { holdIssuer, insertInvoice, lockInvoice, republishInvoice } from './invoices.repository.ts';
import { judgePublication, readLine } from './invoices.states.ts';

/**
 * Publishes an invoice, or changes it while it isn't paid; a cancelled one is open again. The same again changes nothing. Throws
 * `invoice_paid`. Money on its way for what it was before doesn't settle it: an order's lines keep the amount that was asked.
 */
export async function putInvoice(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  issuer: IssuerRecord,
  number: string,
  body: InvoiceBody,
): Promise<Invoice> {
  const given = readLine({ ...body, number });
  const at = now();
  return await database.transaction(async (tx) => {
    await holdIssuer(tx, issuer.id, 'shared');
    const inserted = await insertInvoice(tx, issuer.id, given, at);
    if (inserted) return presentInvoice({ invoice: inserted, issuer });
    const kept = await lockInvoice(tx, issuer.id, number);
    if (!kept) throw new Error('an invoice stood in the way and is gone');
    const publication = judgePublication(kept, given);
    if (publication === 'refused') throw invoicePaid();
    if (publication === 'unchanged') return presentInvoice({ invoice: kept, issuer });
    return presentInvoice({
      invoice: await republishInvoice(tx, issuer.id, kept.id, given, at),
      issuer,
    });
  });
}
