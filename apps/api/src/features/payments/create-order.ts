import {
  type createPaymentOrder,
  type Issue,
  maxOrderInvoices,
  type PaymentMethod,
  type PaymentOrder,
  pointerOf,
  type RouteBody,
} from '@rnoce/schemas';
import { centimesOf, maxCentimes } from '@rnoce/schemas/money';
import { asc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { invoices, issuers } from '../../db/schema/invoices.ts';
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
    const { issuer, chosenInvoices } = await loadPayable(tx, body.invoiceIds, body.method);
    const amountCentimes = chosenInvoices.reduce((sum, invoice) => sum + invoice.amountCentimes, 0);
    if (amountCentimes > maxCentimes) throw invalid([{ pointer: '/invoiceIds', code: 'amount_invalid' }]);
    if (body.amount !== undefined && centimesOf(body.amount) !== amountCentimes) throw invoicesNotPayable();
    const at = deps.now();
    const [order] = await tx
      .insert(paymentOrders)
      .values({
        issuerId: issuer.id,
        issuerName: issuer.name,
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

/** The invoices in the order of their ids, and whose they are. Throws when one is unknown, or can't be paid so. */
async function loadPayable(executor: Executor, ids: readonly string[], method: PaymentMethod) {
  const wanted = [...new Set(ids)].slice(0, maxOrderInvoices);
  const found = await executor
    .select({ invoice: invoices, issuer: { id: issuers.id, name: issuers.name } })
    .from(invoices)
    .innerJoin(issuers, eq(issuers.id, invoices.issuerId))
    .where(inArray(invoices.id, wanted))
    .orderBy(asc(invoices.id));
  const [first] = found;
  if (!first || found.length !== wanted.length) throw notFound();
  const chosenInvoices = found.map(({ invoice }) => invoice);
  const gone = new Map(
    chosenInvoices.filter(({ status }) => status !== 'unpaid').map(({ id, number }) => [id, number]),
  );
  if (gone.size > 0) throw invoicesNotPayable(issuesOf(ids, gone));
  if (found.some(({ issuer }) => issuer.id !== first.issuer.id)) throw invoicesOfSeveralIssuers();
  if (chosenInvoices.some(({ methods }) => !methods.includes(method))) throw methodNotAccepted();
  return { issuer: first.issuer, chosenInvoices };
}

/** Which of the invoices asked for can't be paid, so that the payer's page drops those alone. */
const issuesOf = (ids: readonly string[], gone: ReadonlyMap<string, string>): Issue[] =>
  ids.flatMap((id, place) => {
    const number = gone.get(id);
    return number === undefined
      ? []
      : [{ pointer: pointerOf(['invoiceIds', place]), code: 'invoice_not_payable', params: { number } }];
  });

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
