import { randomUUID } from 'node:crypto';
import type { Locale, PaymentOrderId } from '@rnoce/schemas';
import { orderStates } from '@rnoce/schemas/payment-states';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { maskEmail } from '../subscriptions/registry.policy.ts';
import { takeEmailTurn } from './email-turns.ts';
import { queueOrderEmail } from './order-emails.ts';
import { orderClosed, orderNotPaid, tooManyEmails } from './receipts.errors.ts';
import { findOrderById } from './receipts.repository.ts';

/**
 * Sends what an order has to give to an address that somebody typed on its page: the receipt once paid, before that the reference to pay. Gives the
 * address back masked. Throws `not_found`, `order_closed`, `order_not_paid` when there is no reference yet, `rate_limited`.
 */
export async function emailOrder(
  { database, jobs, now }: Pick<Deps, 'database' | 'jobs' | 'now'>,
  orderId: PaymentOrderId,
  { email, locale }: { readonly email: string; readonly locale: Locale },
): Promise<string> {
  await database.transaction(async (tx) => {
    const order = await findOrderById(tx, orderId);
    if (!order) throw notFound();
    const turn = await takeEmailTurn(tx, 'order', order.id);
    if (!turn.taken) throw tooManyEmails(turn.retryAfterSeconds);
    const paid = order.status === 'paid';
    if (!paid && orderStates[order.status].closed) throw orderClosed();
    const asked = { to: email, locale, event: `order:${order.id}:asked:${randomUUID()}` };
    const outcome = await queueOrderEmail(tx, jobs, order, paid ? 'receipt' : 'reference', now(), asked);
    if (outcome === 'too_many') throw tooManyEmails(turn.retryAfterSeconds);
    if (outcome === 'nothing_to_tell') throw orderNotPaid();
  });
  return maskEmail(email);
}
