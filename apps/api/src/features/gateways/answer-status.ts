import { and, eq } from 'drizzle-orm';
import { invoices } from '../../db/schema/invoices.ts';
import { paymentAttempts, paymentOrderLines, paymentOrders } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import type { CallbackAnswer } from '../../integrations/payment-gateway/payment-gateway.ts';
import { notFound } from '../../plugins/problems.ts';
import { isAsOrdered } from '../payments/as-ordered.ts';
import { isOpenAttempt } from '../payments/attempt-times.ts';

type Status = 'paid' | 'pending' | 'cancelled' | 'expired' | 'not_found';

/**
 * Fatourati's question about a reference, which isn't signed: both numbers must belong together, and nothing but the status is answered. A
 * reference whose invoices can't be paid any more is `cancelled`, one that is past its time `expired`, so that the bank takes no money that would
 * have to go back.
 */
export async function answerFatouratiStatus(deps: Deps, query: URLSearchParams): Promise<CallbackAnswer> {
  const gateway = deps.gateways.fatourati;
  if (!gateway?.readStatusQuestion || !gateway.answerStatusQuestion) throw notFound();
  const question = gateway.readStatusQuestion(query);
  return gateway.answerStatusQuestion(question ? await statusOf(deps, question) : 'not_found');
}

async function statusOf(
  { database, now }: Deps,
  { attemptReference, gatewayReference }: { attemptReference: string; gatewayReference: string },
): Promise<Status> {
  const [found] = await database
    .select({ attempt: paymentAttempts, order: paymentOrders })
    .from(paymentAttempts)
    .innerJoin(paymentOrders, eq(paymentOrders.id, paymentAttempts.orderId))
    .where(
      and(
        eq(paymentAttempts.reference, attemptReference),
        eq(paymentAttempts.gatewayReference, gatewayReference),
        eq(paymentAttempts.provider, 'fatourati'),
      ),
    );
  if (!found) return 'not_found';
  const { attempt, order } = found;
  if (attempt.status === 'captured') return 'paid';
  if (!isOpenAttempt(attempt.status)) return order.status === 'expired' ? 'expired' : 'cancelled';
  if (attempt.expiresAt <= now()) return 'expired';
  const lines = await database
    .select({ line: paymentOrderLines, invoice: invoices })
    .from(paymentOrderLines)
    .innerJoin(invoices, eq(invoices.id, paymentOrderLines.invoiceId))
    .where(eq(paymentOrderLines.orderId, order.id));
  return lines.every(({ line, invoice }) => isAsOrdered(line, invoice)) ? 'pending' : 'cancelled';
}
