import type { PaymentOrder, PaymentOrderId } from '@rnoce/schemas';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { invoices, issuers } from '../../db/schema/invoices.ts';
import {
  paymentAttempts,
  paymentOrderLines,
  paymentOrders,
  refunds,
  settlements,
} from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import type { StartedAttempt } from '../../integrations/payment-gateway/payment-gateway.ts';
import { notFound } from '../../plugins/problems.ts';
import { presentOrder } from './payments.presenter.ts';

/**
 * An order as whoever holds its link sees it. `started` is what its gateway just gave for the payer: a redirection is told once, at its creation.
 * Throws `not_found`.
 */
export async function getOrder(
  { database }: Pick<Deps, 'database'>,
  id: PaymentOrderId | string,
  started?: StartedAttempt,
): Promise<PaymentOrder> {
  const [found] = await database
    .select({ order: paymentOrders, issuer: { code: issuers.code, name: paymentOrders.issuerName } })
    .from(paymentOrders)
    .innerJoin(issuers, eq(issuers.id, paymentOrders.issuerId))
    .where(eq(paymentOrders.id, id));
  if (!found) throw notFound();
  const [lines, attempts, owed, [settling]] = await Promise.all([
    database
      .select({
        line: paymentOrderLines,
        invoice: {
          status: invoices.status,
          clientCode: invoices.clientCode,
          amountCentimes: invoices.amountCentimes,
          methods: invoices.methods,
        },
      })
      .from(paymentOrderLines)
      .innerJoin(invoices, eq(invoices.id, paymentOrderLines.invoiceId))
      .where(eq(paymentOrderLines.orderId, id))
      .orderBy(asc(paymentOrderLines.number)),
    database
      .select()
      .from(paymentAttempts)
      .where(eq(paymentAttempts.orderId, id))
      .orderBy(asc(paymentAttempts.id)),
    database.select().from(refunds).where(eq(refunds.orderId, id)),
    database
      .select({ attemptId: settlements.attemptId })
      .from(settlements)
      .where(and(eq(settlements.orderId, id), isNull(settlements.releasedAt)))
      .limit(1),
  ]);
  return presentOrder({
    ...found,
    lines,
    attempts,
    refunds: owed,
    settlingAttemptId: settling?.attemptId,
    started,
  });
}
