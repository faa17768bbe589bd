import type { AttemptStatus, OrderStatus, PaymentCause } from '@rnoce/schemas';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import {
  paymentAttempts,
  paymentHistory,
  paymentOrderLines,
  paymentOrders,
  refunds,
  settlements,
} from '../../db/schema/payments.ts';
import { type LockedInvoice, lockInvoices } from '../invoices/settle-invoices.ts';

export type OrderRecord = typeof paymentOrders.$inferSelect;
export type AttemptRecord = typeof paymentAttempts.$inferSelect;
export type LineRecord = typeof paymentOrderLines.$inferSelect;
export type RefundRecord = typeof refunds.$inferSelect;
type SettlementRecord = typeof settlements.$inferSelect;

/** Who changed something, as the history tells it for ever. */
export type PaymentActor =
  | { readonly kind: 'payer' | 'gateway' | 'system' }
  | { readonly kind: 'agent'; readonly agentId: string };

/** All that money depends on, locked: the invoices in the order of their ids, then the order, then its attempts. */
export interface LockedOrder {
  readonly order: OrderRecord;
  readonly lines: readonly LineRecord[];
  readonly invoices: readonly LockedInvoice[];
  readonly attempts: readonly AttemptRecord[];
  /** Live ones of this order; that another order settled an invoice shows in the invoice's status. */
  readonly settlements: readonly SettlementRecord[];
  readonly refunds: readonly RefundRecord[];
}

export const linesOf = (executor: Executor, orderId: string): Promise<LineRecord[]> =>
  executor
    .select()
    .from(paymentOrderLines)
    .where(eq(paymentOrderLines.orderId, orderId))
    .orderBy(asc(paymentOrderLines.invoiceId));

/** Locks an order with its invoices and its attempts; undefined when there is none. */
export async function lockOrder(tx: Transaction, orderId: string): Promise<LockedOrder | undefined> {
  const lines = await linesOf(tx, orderId);
  const invoices = await lockInvoices(
    tx,
    lines.map(({ invoiceId }) => invoiceId),
  );
  const [order] = await tx
    .select()
    .from(paymentOrders)
    .where(eq(paymentOrders.id, orderId))
    .for('no key update');
  if (!order) return undefined;
  const attempts = await tx
    .select()
    .from(paymentAttempts)
    .where(eq(paymentAttempts.orderId, orderId))
    .orderBy(asc(paymentAttempts.id))
    .for('no key update');
  const live = await tx
    .select()
    .from(settlements)
    .where(and(eq(settlements.orderId, orderId), isNull(settlements.releasedAt)));
  const owed = await tx.select().from(refunds).where(eq(refunds.orderId, orderId));
  return { order, lines, invoices, attempts, settlements: live, refunds: owed };
}

export async function findAttempt(executor: Executor, id: string): Promise<AttemptRecord | undefined> {
  const [attempt] = await executor.select().from(paymentAttempts).where(eq(paymentAttempts.id, id));
  return attempt;
}

/** By what the gateway knows it by, `PN-0000032241-1`. */
export async function findAttemptByReference(
  executor: Executor,
  reference: string,
): Promise<AttemptRecord | undefined> {
  const [attempt] = await executor
    .select()
    .from(paymentAttempts)
    .where(eq(paymentAttempts.reference, reference));
  return attempt;
}

export interface Change {
  readonly orderId: string;
  /** Absent: the order itself changed. */
  readonly attemptId?: string;
  readonly from: OrderStatus | AttemptStatus | null;
  readonly moves: readonly (OrderStatus | AttemptStatus)[];
  readonly cause: PaymentCause;
  readonly actor: PaymentActor;
  readonly messageId?: string | undefined;
  readonly detail?: string | undefined;
  readonly at: Date;
}

/** Writes one row for each state gone through. */
export async function recordChange(tx: Transaction, change: Change): Promise<void> {
  const { orderId, attemptId, from, moves, cause, actor, messageId, detail, at } = change;
  if (moves.length === 0) return;
  await tx.insert(paymentHistory).values(
    moves.map((toStatus, index) => ({
      orderId,
      attemptId: attemptId ?? null,
      fromStatus: index === 0 ? from : (moves[index - 1] ?? null),
      toStatus,
      cause,
      actor: actor.kind,
      agentId: actor.kind === 'agent' ? actor.agentId : null,
      messageId: messageId ?? null,
      detail: detail ?? null,
      at,
    })),
  );
}
