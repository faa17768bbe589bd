import type { listFinanceOrders, RouteAnswer, RouteQuery } from '@rnoce/schemas';
import { decimalOf } from '@rnoce/schemas/money';
import { and, asc, count, desc, eq, inArray, isNull, type SQL, sum } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { issuers } from '../../db/schema/invoices.ts';
import { paymentAttempts, paymentOrderLines, paymentOrders, settlements } from '../../db/schema/payments.ts';
import type { OrderRecord } from '../payments/payments.repository.ts';
import { type OrderParts, presentOrderRow } from './finance.presenter.ts';
import { ordersWhere } from './order-filters.ts';

type Query = RouteQuery<typeof listFinanceOrders>;

/** The number settles what the first order leaves open, so that paging neither repeats nor skips. */
const sorts = {
  newest: [desc(paymentOrders.createdAt), desc(paymentOrders.number)],
  oldest: [asc(paymentOrders.createdAt), asc(paymentOrders.number)],
  highest: [desc(paymentOrders.amountCentimes), desc(paymentOrders.number)],
  lowest: [asc(paymentOrders.amountCentimes), desc(paymentOrders.number)],
} as const satisfies Record<Query['sort'], readonly SQL[]>;

/** Orders with their lines, their attempts and which of these settles, in the order given. */
export async function partsOf(
  executor: Executor,
  rows: readonly { order: OrderRecord; issuer: OrderParts['issuer'] }[],
): Promise<OrderParts[]> {
  const ids = rows.map(({ order }) => order.id);
  const lines = await executor
    .select()
    .from(paymentOrderLines)
    .where(inArray(paymentOrderLines.orderId, ids))
    .orderBy(asc(paymentOrderLines.number));
  const attempts = await executor
    .select()
    .from(paymentAttempts)
    .where(inArray(paymentAttempts.orderId, ids))
    .orderBy(asc(paymentAttempts.id));
  const settling = await executor
    .selectDistinct({ orderId: settlements.orderId, attemptId: settlements.attemptId })
    .from(settlements)
    .where(and(inArray(settlements.orderId, ids), isNull(settlements.releasedAt)));
  const settlingOf = new Map(settling.map(({ orderId, attemptId }) => [orderId, attemptId]));
  const linesOf = Map.groupBy(lines, ({ orderId }) => orderId);
  const attemptsOf = Map.groupBy(attempts, ({ orderId }) => orderId);
  return rows.map((row) => ({
    ...row,
    lines: linesOf.get(row.order.id) ?? [],
    attempts: attemptsOf.get(row.order.id) ?? [],
    settlingAttemptId: settlingOf.get(row.order.id),
  }));
}

/** A page of orders, with the totals of each status under the other filters. */
export async function listOrders(
  executor: Executor,
  { page, pageSize, sort, ...filters }: Query,
): Promise<RouteAnswer<typeof listFinanceOrders>> {
  const found = executor
    .select({ order: paymentOrders, issuer: { code: issuers.code, name: paymentOrders.issuerName } })
    .from(paymentOrders)
    .innerJoin(issuers, eq(issuers.id, paymentOrders.issuerId))
    .where(ordersWhere(executor, filters))
    .orderBy(...sorts[sort])
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const rows = await partsOf(executor, await found);
  const { status, ...others } = filters;
  const sums = await executor
    .select({
      status: paymentOrders.status,
      count: count(),
      centimes: sum(paymentOrders.amountCentimes).mapWith(Number),
    })
    .from(paymentOrders)
    .where(ordersWhere(executor, others))
    .groupBy(paymentOrders.status);
  const wanted = sums.filter((row) => status === undefined || row.status === status);
  return {
    items: rows.map(presentOrderRow),
    page,
    pageSize,
    total: wanted.reduce((total, row) => total + row.count, 0),
    totals: sums.map((row) => ({
      status: row.status,
      count: row.count,
      amount: decimalOf(row.centimes ?? 0),
    })),
  };
}
