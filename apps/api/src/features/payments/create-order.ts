import {
  type createPaymentOrder,
  maxOrderInvoices,
  type PaymentMethod,
  type PaymentOrder,
  type RouteBody,
} from '@rnoce/schemas';
import { maxCentimes } from '@rnoce/schemas/money';
import { asc, inArray } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { invoices } from '../../db/schema/invoices.ts';
import { paymentOrderLines, paymentOrders } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import { invalid, notFound } from '../../plugins/problems.ts';
import { getOrder } from './get-order.ts';
import { invoicesNotPayable, invoicesOfSeveralIssuers, methodNotAccepted } from './payments.errors.ts';
import { recordChange } from './payments.repository.ts';
import { chooseGateway, insertAttempt, type StartingAttempt, startAttempt } from './start-attempt.ts';

/**
 * Orders the payment of invoices of one issuer, and starts it at the chosen gateway. The order, its frozen lines and its attempt are committed
 * before anything leaves. It holds nothing: others may order the same invoices, and the first confirmed wins (spec/payment.md, « Orders »).
 * Throws `not_found`, `invoices_not_payable`, `invoices_of_several_issuers`, `method_not_accepted`, `gateway_unavailable`.
 */
export async function createOrder(
  deps: Deps,
  body: RouteBody<typeof createPaymentOrder>,
): Promise<PaymentOrder> {
  const chosen = chooseGateway(deps, body);
  const starting = await deps.database.transaction(async (tx): Promise<StartingAttempt> => {
    const chosenInvoices = await loadPayable(tx, body.invoiceIds, body.method);
    const [first] = chosenInvoices;
    const amountCentimes = chosenInvoices.reduce((sum, invoice) => sum + invoice.amountCentimes, 0);
    if (!first) throw notFound();
    if (amountCentimes > maxCentimes) throw invalid([{ pointer: '/invoiceIds', code: 'amount_invalid' }]);
    const at = deps.now();
    const [order] = await tx
      .insert(paymentOrders)
      .values({
        issuerId: first.issuerId,
        method: body.method,
        channel: body.channel,
        amountCentimes,
        payerEmail: body.payerEmail ?? null,
        locale: body.locale,
        createdAt: at,
        updatedAt: at,
      })
      .returning();
    if (!order) throw new Error('The order was not written.');
    const lines = await tx
      .insert(paymentOrderLines)
      .values(chosenInvoices.map((invoice) => lineOf(order.id, invoice)))
      .returning();
    await recordChange(tx, {
      orderId: order.id,
      from: null,
      moves: ['created'],
      cause: 'ordered',
      actor: { kind: 'payer' },
      at,
    });
    return { order, lines, attempt: await insertAttempt(tx, deps, order, chosen, at), chosen };
  });
  const started = await startAttempt(deps, starting);
  return await getOrder(deps, starting.order.id, started);
}

type Invoice = typeof invoices.$inferSelect;

/** The invoices in the order of their ids. Throws when one is unknown, or can't be paid so. */
async function loadPayable(
  executor: Executor,
  ids: readonly string[],
  method: PaymentMethod,
): Promise<Invoice[]> {
  const wanted = [...new Set(ids)].slice(0, maxOrderInvoices);
  const found = await executor
    .select()
    .from(invoices)
    .where(inArray(invoices.id, wanted))
    .orderBy(asc(invoices.id));
  if (found.length !== wanted.length) throw notFound();
  if (found.some(({ status }) => status !== 'unpaid')) throw invoicesNotPayable();
  if (new Set(found.map(({ issuerId }) => issuerId)).size > 1) throw invoicesOfSeveralIssuers();
  if (found.some(({ methods }) => !methods.includes(method))) throw methodNotAccepted();
  return found;
}

const lineOf = (
  orderId: string,
  { id, number, clientCode, clientName, clientIsPerson, issuedOn, dueOn, amountCentimes }: Invoice,
) => ({
  orderId,
  invoiceId: id,
  number,
  clientCode,
  clientName,
  clientIsPerson,
  issuedOn,
  dueOn,
  amountCentimes,
});
