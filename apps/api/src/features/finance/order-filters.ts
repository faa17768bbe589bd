import {
  type ListFinanceOrdersQuery,
  normaliseSubscriptionCode,
  paymentProviders,
  startOfCasablancaDay,
} from '@rnoce/schemas';
import { and, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import type { Executor } from '../../db/database.ts';
import { invoices, issuers } from '../../db/schema/invoices.ts';
import { paymentAttempts, paymentOrderLines, paymentOrders, refunds } from '../../db/schema/payments.ts';

export type OrderFilters = Omit<z.output<typeof ListFinanceOrdersQuery>, 'page' | 'pageSize' | 'sort'>;

/** The calendar date after one. */
const dayAfter = (isoDate: string): string =>
  new Date(Date.parse(`${isoDate}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Where a calendar date of Morocco begins and ends. */
export const dayBounds = (isoDate: string): { from: Date; before: Date } => ({
  from: startOfCasablancaDay(isoDate),
  before: startOfCasablancaDay(dayAfter(isoDate)),
});

/** The number of an order as people write it: `PN-0000032241`, `32241`; undefined for what is none. */
function orderNumber(typed: string): number | undefined {
  const digits = /^(?:PN-?)?0*(\d{1,12})$/.exec(typed)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The orders that a number or a code names. Each branch is a look-up by an index of its own. */
function ordersNamed(executor: Executor, typed: string): SQL {
  const upper = typed.toUpperCase();
  const number = orderNumber(upper);
  const forms = [...new Set([typed, upper])];
  const byOrder = executor
    .select({ id: paymentOrders.id })
    .from(paymentOrders)
    .where(
      or(
        eq(paymentOrders.receiptNumber, upper),
        number === undefined ? undefined : eq(paymentOrders.number, number),
      ),
    );
  const byAttempt = executor
    .select({ id: paymentAttempts.orderId })
    .from(paymentAttempts)
    .where(
      or(
        eq(paymentAttempts.reference, upper),
        and(
          inArray(paymentAttempts.provider, [...paymentProviders]),
          or(
            inArray(paymentAttempts.gatewayTransactionId, forms),
            inArray(paymentAttempts.gatewayReference, forms),
          ),
        ),
      ),
    );
  const byRefund = executor
    .select({ id: refunds.orderId })
    .from(refunds)
    .where(inArray(refunds.transactionId, forms));
  const everyIssuer = executor.select({ id: issuers.id }).from(issuers);
  const byInvoice = executor
    .select({ id: paymentOrderLines.orderId })
    .from(paymentOrderLines)
    .innerJoin(invoices, eq(invoices.id, paymentOrderLines.invoiceId))
    .where(and(inArray(invoices.issuerId, everyIssuer), sql`upper(${invoices.number}) = upper(${typed})`));
  const byClient = executor
    .select({ id: paymentOrderLines.orderId })
    .from(paymentOrderLines)
    .where(eq(paymentOrderLines.clientCode, normaliseSubscriptionCode(typed)));
  return inArray(paymentOrders.id, unionAll(byOrder, byAttempt, byRefund, byInvoice, byClient));
}

/** The condition of the filters, about the orders' own columns: nothing is joined for it. Undefined when there are none. */
export function ordersWhere(
  executor: Executor,
  { q, status, issuer, method, channel, from, to }: OrderFilters,
): SQL | undefined {
  return and(
    status === undefined ? undefined : eq(paymentOrders.status, status),
    issuer === undefined
      ? undefined
      : eq(
          paymentOrders.issuerId,
          sql`(select ${issuers.id} from ${issuers} where ${issuers.code} = ${issuer})`,
        ),
    method === undefined ? undefined : eq(paymentOrders.method, method),
    channel === undefined ? undefined : eq(paymentOrders.channel, channel),
    from === undefined ? undefined : gte(paymentOrders.createdAt, dayBounds(from).from),
    to === undefined ? undefined : lt(paymentOrders.createdAt, dayBounds(to).before),
    q === undefined || q === '' ? undefined : ordersNamed(executor, q),
  );
}
