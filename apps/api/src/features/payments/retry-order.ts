import type { PaymentOrder, PaymentOrderId, RouteBody, retryPaymentOrder } from '@rnoce/schemas';
import { orderStates } from '@rnoce/schemas/payment-states';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { isAsOrdered } from './as-ordered.ts';
import { getOrder } from './get-order.ts';
import { invoicesNotPayable, methodNotAccepted, orderClosed } from './payments.errors.ts';
import { lockOrder } from './payments.repository.ts';
import { chooseGateway, insertAttempt, type StartingAttempt, startAttempt } from './start-attempt.ts';

/** Nobody visits a gateway more often for one order; beyond it a new order is made. */
const maxAttempts = 30;

/**
 * Begins another attempt of an open order, by the same or another channel. What was begun before stays watched: its money would have its place.
 * Throws `not_found`, `order_closed`, `invoices_not_payable`, `method_not_accepted`, `gateway_unavailable`.
 */
export async function retryOrder(
  deps: Deps,
  id: PaymentOrderId,
  choice: RouteBody<typeof retryPaymentOrder>,
): Promise<PaymentOrder> {
  const starting = await deps.database.transaction(async (tx): Promise<StartingAttempt> => {
    const locked = await lockOrder(tx, id);
    if (!locked) throw notFound();
    const { order, lines, invoices } = locked;
    if (orderStates[order.status].closed || order.attempts >= maxAttempts) throw orderClosed();
    const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]));
    if (!lines.every((line) => isAsOrdered(line, byId.get(line.invoiceId)))) throw invoicesNotPayable();
    if (invoices.some(({ methods }) => !methods.includes(choice.method))) throw methodNotAccepted();
    const chosen = chooseGateway(deps, choice);
    return { order, lines, attempt: await insertAttempt(tx, deps, order, chosen, deps.now()), chosen };
  });
  const started = await startAttempt(deps, starting);
  return await getOrder(deps, id, started);
}
