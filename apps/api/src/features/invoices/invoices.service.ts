import type { Invoice, listInvoices as listRoute, RouteAnswer, RouteQuery } from '@rnoce/schemas';
import { normaliseSubscriptionCode } from '@rnoce/schemas/subscription-code';
import type { Executor } from '../../db/database.ts';
import { notFound } from '../../plugins/problems.ts';
import type { IssuerRecord } from '../issuers/issuers.repository.ts';
import { presentInvoice } from './invoices.presenter.ts';
import { findInvoice, listIssuerInvoices } from './invoices.repository.ts';

/** One invoice of the issuer. Throws `not_found`. */
export async function getInvoice(executor: Executor, issuer: IssuerRecord, number: string): Promise<Invoice> {
  const invoice = await findInvoice(executor, issuer.id, number);
  if (!invoice) throw notFound();
  return presentInvoice({ invoice, issuer });
}

/** The issuer's invoices, the newest first. */
export async function listInvoices(
  executor: Executor,
  issuer: IssuerRecord,
  { page, pageSize, clientCode, ...filters }: RouteQuery<typeof listRoute>,
): Promise<RouteAnswer<typeof listRoute>> {
  const { rows, total } = await listIssuerInvoices(
    executor,
    issuer.id,
    { ...filters, clientCode: clientCode && normaliseSubscriptionCode(clientCode) },
    { page, pageSize },
  );
  return {
    items: rows.map((invoice) => presentInvoice({ invoice, issuer })),
    page,
    pageSize,
    total,
  };
}
