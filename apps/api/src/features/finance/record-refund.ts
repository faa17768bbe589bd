import { casablancaDate, type Refund, type RouteBody, type recordRefund as route } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { paymentAttempts, paymentOrders } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { nextInquiry } from '../payments/attempt-times.ts';
import { type OrderRecord, type PaymentActor, recordChange } from '../payments/payments.repository.ts';
import { queueOrderEmail } from '../receipts/order-emails.ts';
import { closeResolved } from './close-resolved.ts';
import { presentRefund } from './finance.presenter.ts';
import { givenBack } from './give-back.states.ts';
import { changeRefund, getRefund, type LockedRefund, lockDueRefund } from './refunds.repository.ts';

/**
 * Records that a refund was given back, whole: the refund, its attempt, its order, the history and the payer's e-mail in one transaction under
 * the order's locks, so that whoever comes second finds nothing due. Throws `not_found`, `refund_not_due`, `stale`, and `validation` for a
 * day to come.
 */
export async function recordRefund(
  deps: Pick<Deps, 'database' | 'gateways' | 'jobs' | 'now'>,
  { agentId }: AgentPrincipal,
  id: string,
  seen: number,
  { way, proof, note, refundedOn }: RouteBody<typeof route>,
): Promise<Refund> {
  await deps.database.transaction(async (tx) => {
    const due = await lockDueRefund(tx, id, seen);
    const at = deps.now();
    if (refundedOn > casablancaDate(at))
      throw new ProblemError('validation', {
        issues: [{ pointer: '/refundedOn', code: 'date_in_future' }],
      });
    await changeRefund(tx, due.refund, {
      status: 'refunded',
      way,
      proof,
      note: note === '' ? null : note,
      refundedOn,
      refundedAt: at,
      recordedBy: agentId,
    });
    const order = await writeGivenBack(tx, due, { kind: 'agent', agentId }, `${way} ${proof}`, at);
    await closeResolved(tx, due.attempt.id, at);
    await queueOrderEmail(tx, deps.jobs, order, 'refunded', at);
  });
  return presentRefund(await getRefund(deps, id), 'opened');
}

/** Moves the attempt and the order of a refund that was just done, and tells it in their history. */
async function writeGivenBack(
  tx: Transaction,
  due: LockedRefund,
  actor: PaymentActor,
  detail: string,
  at: Date,
): Promise<OrderRecord> {
  const { attempt, locked } = due;
  const { order } = locked;
  const moves = givenBack(due);
  const shared = { orderId: order.id, cause: 'refund_recorded', actor, detail, at } as const;
  // Money given back beside other money of the same attempt changes no state, and is history all the same.
  const attemptMoves = moves.attempt.length > 0 ? moves.attempt : [attempt.status];
  await recordChange(tx, { ...shared, attemptId: attempt.id, from: attempt.status, moves: attemptMoves });
  await recordChange(tx, { ...shared, from: order.status, moves: moves.order });
  const attemptStatus = moves.attempt.at(-1);
  if (attemptStatus !== undefined) {
    const changed = { status: attemptStatus, changedAt: at };
    await tx
      .update(paymentAttempts)
      .set({ ...changed, inquireAt: nextInquiry({ ...attempt, ...changed }, at) })
      .where(eq(paymentAttempts.id, attempt.id));
  }
  const orderStatus = moves.order.at(-1);
  if (orderStatus === undefined) return order;
  const [row] = await tx
    .update(paymentOrders)
    .set({ status: orderStatus, cause: 'refund_recorded', updatedAt: at, closedAt: at })
    .where(eq(paymentOrders.id, order.id))
    .returning();
  if (!row) throw new Error(`There is no order ${order.id}.`);
  return row;
}
