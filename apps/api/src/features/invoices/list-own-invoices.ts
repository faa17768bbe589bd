import {
  type AccountId,
  casablancaDate,
  type RouteAnswer,
  type RouteQuery,
  type listOwnInvoices as route,
} from '@rnoce/schemas';
import { decimalOf } from '@rnoce/schemas/money';
import type { Deps } from '../../deps.ts';
import { presentOwnInvoice } from './invoices.presenter.ts';
import { listClientInvoices, sumUnpaid } from './invoices.repository.ts';
import { findOwnClientCodes } from './own-client-codes.ts';

/** « Mes factures »: what is published for the codes and the ICE that the account has proved, what is to pay first. */
export async function listOwnInvoices(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  accountId: AccountId,
  { page, pageSize, status, sort }: RouteQuery<typeof route>,
): Promise<RouteAnswer<typeof route>> {
  const { subscriptionCodes, clientCodes } = await findOwnClientCodes(database, accountId);
  const { rows, total } = await listClientInvoices(database, clientCodes, { status, sort, page, pageSize });
  const unpaid = await sumUnpaid(database, clientCodes);
  const today = casablancaDate(now());
  return {
    items: rows.map((row) => presentOwnInvoice(row, today)),
    page,
    pageSize,
    total,
    subscriptionCodes: [...subscriptionCodes],
    unpaid: { count: unpaid.count, amount: decimalOf(unpaid.centimes) },
  };
}
