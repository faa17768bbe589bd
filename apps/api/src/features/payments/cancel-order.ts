import type { PaymentOrder, PaymentOrderId } from '@rnoce/schemas';
import { orderStates } from '@rnoce/schemas/payment-states';
import { eq } from 'drizzle-orm';
import { paymentAttempts, paymentOrders } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { inquireAttempt } from './ask-gateway.ts';
import { isOpenAttempt } from './attempt-times.ts';
import { getOrder } from './get-order.ts';
import { gatewayUnavailable, orderClosed } from './payments.errors.ts';

/** How long the gateways are asked while the payer waits, in milliseconds. */
const inquiryMs = 6000;

/**
 * Gives an order up, once its gateways were asked and show no money; what they show instead is what the order becomes. A reference that is out
 * can't be called back: money that comes by it later has its place. Throws `not_found`, `order_closed`, `gateway_unavailable`.
 */
export async function cancelOrder(deps: Deps, id: PaymentOrderId): Promise<PaymentOrder> {
  const { database } = deps;
  const [order] = await database
    .select({ status: paymentOrders.status })
    .from(paymentOrders)
    .where(eq(paymentOrders.id, id));
  if (!order) throw notFound();
  if (orderStates[order.status].closed) throw orderClosed();
  const attempts = await database
    .select({ id: paymentAttempts.id, status: paymentAttempts.status })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.orderId, id));
  const signal = AbortSignal.timeout(inquiryMs);
  for (const attempt of attempts.filter(({ status }) => isOpenAttempt(status))) {
    const { verdict, stale } = await inquireAttempt(deps, attempt.id, {
      givenUp: true,
      actor: { kind: 'payer' },
      signal,
    });
    // What changed meanwhile is shown; a gateway that can't be asked might hold money.
    if (verdict.answer === 'later' && !stale) throw gatewayUnavailable();
  }
  return await getOrder(deps, id);
}
