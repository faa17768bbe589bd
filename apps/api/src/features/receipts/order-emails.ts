import { decimalOf } from '@rnoce/schemas/money';
import { orderPath, paymentBase } from '@rnoce/schemas/payment-paths';
import { and, desc, eq, sum } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { paymentAttempts, type paymentOrders, refunds } from '../../db/schema/payments.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import { queueEmail } from '../emails/emails.service.ts';
import { takeEmailTurn } from './email-turns.ts';
import { orderNumberOf } from './order-number.ts';

/** A row of `payment_orders`, as it is after the change that the e-mail tells. */
type Order = typeof paymentOrders.$inferSelect;

/** What a payer is told by e-mail. */
export type OrderEmailKind = 'reference' | 'receipt' | 'refund_due' | 'refunded' | 'taken_back';

/** Instead of the payer's own e-mail: what somebody asked for on the order's page. */
export interface AskedEmail {
  readonly to: string;
  readonly locale: Order['locale'];
  /** Names the request, so that it is told once. */
  readonly event: string;
}

/** `too_many`: the address was told enough today (`takeEmailTurn`). */
export type OrderEmailOutcome = 'queued' | 'nothing_to_tell' | 'too_many';

/**
 * Queues an e-mail about an order in the transaction of the change that it tells, once for each `at`; nothing when the payer left no address.
 * Call it after the rows that it reads are written: the attempt whose reference is out (`reference`), the receipt's number (`receipt`),
 * the refund (`refund_due`, `refunded`).
 */
export async function queueOrderEmail(
  tx: Transaction,
  jobs: JobQueue,
  order: Order,
  kind: OrderEmailKind,
  at: Date,
  asked?: AskedEmail,
): Promise<OrderEmailOutcome> {
  const to = asked?.to ?? order.payerEmail;
  if (to === null) return 'nothing_to_tell';
  const envelope = {
    to,
    event: asked?.event ?? `order:${order.id}:${kind}:${at.toISOString()}`,
    locale: asked?.locale ?? order.locale,
    accountId: null,
  };
  const shared = {
    orderNumber: orderNumberOf(order),
    issuer: order.issuerName,
    amount: decimalOf(order.amountCentimes),
    path: `${paymentBase}${orderPath(order.id)}`,
  };
  switch (kind) {
    case 'reference': {
      const attempt = await findReferenceOut(tx, order.id);
      if (!attempt?.gatewayReference) return 'nothing_to_tell';
      if (!(await takeEmailTurn(tx, 'address', to)).taken) return 'too_many';
      const data = {
        ...shared,
        reference: attempt.gatewayReference,
        channel: attempt.channel,
        paidAt: [...(attempt.shown?.paidAt ?? [])],
        expiresAt: attempt.expiresAt.toISOString(),
      };
      await queueEmail(tx, jobs, { ...envelope, template: 'payment_reference', data });
      return 'queued';
    }
    case 'receipt': {
      const { id: orderId, receiptNumber, paidAt } = order;
      if (receiptNumber === null || paidAt === null) return 'nothing_to_tell';
      const data = { ...shared, orderId, receiptNumber, paidAt: paidAt.toISOString() };
      await queueEmail(tx, jobs, { ...envelope, template: 'payment_receipt', data });
      return 'queued';
    }
    case 'refund_due': {
      const due = await refundDue(tx, order.id);
      const data = { ...shared, amount: decimalOf(due ?? order.amountCentimes) };
      await queueEmail(tx, jobs, { ...envelope, template: 'payment_refund_due', data });
      return 'queued';
    }
    case 'refunded': {
      const given = await givenBackAt(tx, order.id, at);
      if (given === undefined) return 'nothing_to_tell';
      const data = { ...shared, amount: decimalOf(given) };
      await queueEmail(tx, jobs, { ...envelope, template: 'payment_refunded', data });
      return 'queued';
    }
    case 'taken_back':
      await queueEmail(tx, jobs, { ...envelope, template: 'payment_taken_back', data: shared });
      return 'queued';
  }
}

/** The attempt whose reference or code can be paid now: the last one. */
async function findReferenceOut(tx: Transaction, orderId: string) {
  const [attempt] = await tx
    .select()
    .from(paymentAttempts)
    .where(and(eq(paymentAttempts.orderId, orderId), eq(paymentAttempts.status, 'reference_out')))
    .orderBy(desc(paymentAttempts.id))
    .limit(1);
  return attempt;
}

/** Centimes that go back to the payer and haven't yet; undefined when there are none. */
async function refundDue(tx: Transaction, orderId: string): Promise<number | undefined> {
  const [due] = await tx
    .select({ centimes: sum(refunds.amountCentimes).mapWith(Number) })
    .from(refunds)
    .where(and(eq(refunds.orderId, orderId), eq(refunds.status, 'due')));
  return due?.centimes ?? undefined;
}

/** Centimes that were recorded as given back at this instant; undefined when there are none. */
async function givenBackAt(tx: Transaction, orderId: string, at: Date): Promise<number | undefined> {
  const [given] = await tx
    .select({ centimes: sum(refunds.amountCentimes).mapWith(Number) })
    .from(refunds)
    .where(and(eq(refunds.orderId, orderId), eq(refunds.refundedAt, at)));
  return given?.centimes ?? undefined;
}
