import type { listPayments as listRoute, PaymentEntryId, RouteAnswer, RouteQuery } from '@rnoce/schemas';
import { currency, decimalOf } from '@rnoce/schemas/money';
import { and, eq } from 'drizzle-orm';
import {
  paymentAttempts,
  paymentEntries,
  paymentOrderLines,
  paymentOrders,
  settlements,
} from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import { feedBehind, feedOrder, nextCursor } from '../../plugins/feed.ts';
import { orderNumberOf } from '../receipts/order-number.ts';

/**
 * The issuer's settlements and releases behind a cursor, in the order in which they were written; each as its invoice was when it was ordered.
 * Throws `validation` for a cursor that is none of this feed's.
 */
export async function listPayments(
  { database }: Pick<Deps, 'database'>,
  issuerId: string,
  { cursor, limit }: RouteQuery<typeof listRoute>,
): Promise<RouteAnswer<typeof listRoute>> {
  const rows = await database
    .select({
      entry: paymentEntries,
      order: { number: paymentOrders.number },
      line: {
        number: paymentOrderLines.number,
        clientCode: paymentOrderLines.clientCode,
        amountCentimes: paymentOrderLines.amountCentimes,
      },
      attempt: {
        method: paymentAttempts.method,
        channel: paymentAttempts.channel,
        reference: paymentAttempts.reference,
      },
    })
    .from(paymentEntries)
    .innerJoin(settlements, eq(settlements.id, paymentEntries.settlementId))
    .innerJoin(paymentOrders, eq(paymentOrders.id, settlements.orderId))
    .innerJoin(
      paymentOrderLines,
      and(
        eq(paymentOrderLines.orderId, settlements.orderId),
        eq(paymentOrderLines.invoiceId, settlements.invoiceId),
      ),
    )
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, settlements.attemptId))
    .where(and(eq(paymentEntries.issuerId, issuerId), feedBehind('payments', paymentEntries, cursor)))
    .orderBy(...feedOrder(paymentEntries))
    .limit(limit);
  return {
    items: rows.map(({ entry, order, line, attempt }) => ({
      id: entry.id as PaymentEntryId,
      kind: entry.kind,
      at: entry.at.toISOString(),
      invoiceNumber: line.number,
      clientCode: line.clientCode,
      amount: decimalOf(line.amountCentimes),
      currency,
      orderNumber: orderNumberOf(order),
      ...attempt,
    })),
    nextCursor: nextCursor(
      'payments',
      rows.map(({ entry }) => entry),
      cursor,
    ),
  };
}
