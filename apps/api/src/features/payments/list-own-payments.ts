import type { AccountId, listOwnPayments as listRoute, RouteAnswer, RouteQuery } from '@rnoce/schemas';
import { and, count, desc, eq, exists, inArray, notExists, notInArray } from 'drizzle-orm';
import { issuers } from '../../db/schema/invoices.ts';
import { paymentOrderLines, paymentOrders } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import { findOwnClientCodes } from '../invoices/own-client-codes.ts';
import { presentOwnPayment } from './payments.presenter.ts';

/** Under way, or money that moved; an order given up tells nothing. */
const shown = ['pending', 'paid', 'refund_due', 'refunded', 'reversed'] as const;

/**
 * The orders for the operator's own invoices, whoever paid, the newest first. One that also pays somebody else's invoices isn't listed: it would
 * show them.
 */
export async function listOwnPayments(
  { database }: Pick<Deps, 'database'>,
  accountId: AccountId,
  { page, pageSize }: RouteQuery<typeof listRoute>,
): Promise<RouteAnswer<typeof listRoute>> {
  const { clientCodes } = await findOwnClientCodes(database, accountId);
  const own = [...clientCodes];
  if (own.length === 0) return { items: [], page, pageSize, total: 0 };
  const linesWhere = (codes: ReturnType<typeof inArray>) =>
    database
      .select({ id: paymentOrderLines.orderId })
      .from(paymentOrderLines)
      .where(and(eq(paymentOrderLines.orderId, paymentOrders.id), codes));
  const mine = and(
    inArray(paymentOrders.status, shown),
    exists(linesWhere(inArray(paymentOrderLines.clientCode, own))),
    notExists(linesWhere(notInArray(paymentOrderLines.clientCode, own))),
  );
  const rows = await database
    .select({ order: paymentOrders, issuer: { code: issuers.code, name: paymentOrders.issuerName } })
    .from(paymentOrders)
    .innerJoin(issuers, eq(issuers.id, paymentOrders.issuerId))
    .where(mine)
    .orderBy(desc(paymentOrders.createdAt), desc(paymentOrders.number))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const [counted] = await database.select({ total: count() }).from(paymentOrders).where(mine);
  const lines = await database
    .select()
    .from(paymentOrderLines)
    .where(
      inArray(
        paymentOrderLines.orderId,
        rows.map(({ order }) => order.id),
      ),
    )
    .orderBy(paymentOrderLines.number);
  return {
    items: rows.map(({ order, issuer }) =>
      presentOwnPayment(
        order,
        issuer,
        lines.filter(({ orderId }) => orderId === order.id),
      ),
    ),
    page,
    pageSize,
    total: counted?.total ?? 0,
  };
}
