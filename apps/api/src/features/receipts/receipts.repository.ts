import { and, asc, desc, eq, getTableColumns, isNotNull, isNull } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { issuers } from '../../db/schema/invoices.ts';
import { paymentAttempts, paymentOrderLines, paymentOrders, settlements } from '../../db/schema/payments.ts';

type OrderRow = typeof paymentOrders.$inferSelect;

/** An order that stands paid, with what its receipt tells. */
export interface PaidOrder extends OrderRow {
  readonly receiptNumber: string;
  readonly receiptCode: string;
  readonly paidAt: Date;
  readonly issuer: { readonly code: string; readonly name: string };
  readonly lines: readonly (typeof paymentOrderLines.$inferSelect)[];
  /** The gateway's; null when it gave none. */
  readonly transactionNumber: string | null;
}

interface ReceiptOrder extends OrderRow {
  readonly issuer: { readonly code: string; readonly name: string };
}

async function findOrder(
  executor: Executor,
  where: ReturnType<typeof eq>,
): Promise<ReceiptOrder | undefined> {
  const [row] = await executor
    .select({
      ...getTableColumns(paymentOrders),
      issuer: { code: issuers.code, name: paymentOrders.issuerName },
    })
    .from(paymentOrders)
    .innerJoin(issuers, eq(issuers.id, paymentOrders.issuerId))
    .where(where);
  return row;
}

/** The order of that id. */
export const findOrderById = (executor: Executor, orderId: string) =>
  findOrder(executor, eq(paymentOrders.id, orderId));

/** The order whose receipt bears that code. */
export const findOrderByCode = (executor: Executor, code: string) =>
  findOrder(executor, eq(paymentOrders.receiptCode, code));

/** What an order pays, by the invoices' numbers. */
export const findLines = (executor: Executor, orderId: string) =>
  executor
    .select()
    .from(paymentOrderLines)
    .where(eq(paymentOrderLines.orderId, orderId))
    .orderBy(asc(paymentOrderLines.number), asc(paymentOrderLines.invoiceId));

/** The order with what stands on its receipt; undefined unless it stands paid now. */
export async function completePaidOrder(
  executor: Executor,
  order: ReceiptOrder,
): Promise<PaidOrder | undefined> {
  const { receiptNumber, receiptCode, paidAt } = order;
  if (order.status !== 'paid' || receiptNumber === null || receiptCode === null || paidAt === null) return;
  const [settling] = await executor
    .select({ transactionNumber: paymentAttempts.gatewayTransactionId })
    .from(settlements)
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, settlements.attemptId))
    .where(
      and(
        eq(settlements.orderId, order.id),
        isNull(settlements.releasedAt),
        isNotNull(paymentAttempts.gatewayTransactionId),
      ),
    )
    .orderBy(desc(settlements.settledAt))
    .limit(1);
  return {
    ...order,
    receiptNumber,
    receiptCode,
    paidAt,
    lines: await findLines(executor, order.id),
    transactionNumber: settling?.transactionNumber ?? null,
  };
}
