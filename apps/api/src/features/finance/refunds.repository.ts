import type { Issuer, Refund } from '@rnoce/schemas';
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Executor, Transaction } from '../../db/database.ts';
import { agents } from '../../db/schema/agents.ts';
import { issuers } from '../../db/schema/invoices.ts';
import { paymentAttempts, paymentOrders, refunds, settlements } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import {
  type AttemptRecord,
  type LockedOrder,
  lockOrder,
  type RefundRecord,
} from '../payments/payments.repository.ts';
import { refundNotDue, stale } from './finance.errors.ts';
import type { RefundParts } from './finance.presenter.ts';

type Place = { readonly database: Executor; readonly gateways: Deps['gateways'] };

const owners = alias(agents, 'owners');
const recorders = alias(agents, 'recorders');

/** What decides whether a provider can be asked to give money back. */
interface RefundSituation {
  readonly refund: RefundRecord;
  readonly attempt: Pick<AttemptRecord, 'provider' | 'status' | 'gatewayTransactionId'>;
  /** The attempt's own money settles invoices: another transaction of it is what goes back. */
  readonly settles: boolean;
  /** Another refund of the same attempt is due. */
  readonly another: boolean;
}

/**
 * `offered` when the provider takes such an order, and the attempt's one transaction is what goes back. Once asked, never asked again until it is
 * known what became of it.
 */
export function gatewayRefundOf(
  gateways: Deps['gateways'],
  { refund, attempt, settles, another }: RefundSituation,
): Refund['gateway'] {
  if (refund.status !== 'due') return 'none';
  if (refund.requestedAt !== null) return 'requested';
  const own = refund.transactionId === '' || refund.transactionId === attempt.gatewayTransactionId;
  const possible = attempt.status === 'captured' && own && !settles && !another;
  return possible && gateways[attempt.provider]?.refund ? 'offered' : 'none';
}

/** Refunds with all that is shown of them. */
export async function findRefunds(
  { database, gateways }: Place,
  wanted: SQL | undefined,
  order: readonly SQL[],
  { limit = 1000, offset = 0 }: { limit?: number; offset?: number } = {},
): Promise<RefundParts[]> {
  const rows = await database
    .select({
      refund: refunds,
      order: { id: paymentOrders.id, number: paymentOrders.number, payerEmail: paymentOrders.payerEmail },
      issuer: { code: issuers.code, name: paymentOrders.issuerName },
      attempt: paymentAttempts,
      ownerName: owners.name,
      recorderName: recorders.name,
      settles: sql<boolean>`exists (select 1 from ${settlements} where ${settlements.attemptId} = ${refunds.attemptId} and ${settlements.releasedAt} is null)`,
      another: sql<boolean>`exists (select 1 from ${refunds} other where other.attempt_id = ${refunds.attemptId} and other.id <> ${refunds.id} and other.status = 'due')`,
    })
    .from(refunds)
    .innerJoin(paymentOrders, eq(paymentOrders.id, refunds.orderId))
    .innerJoin(issuers, eq(issuers.id, paymentOrders.issuerId))
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, refunds.attemptId))
    .leftJoin(owners, eq(owners.id, refunds.ownerId))
    .leftJoin(recorders, eq(recorders.id, refunds.recordedBy))
    .where(wanted)
    .orderBy(...order)
    .limit(limit)
    .offset(offset);
  return rows.map(({ settles, another, ...row }): RefundParts & { issuer: Issuer } => ({
    ...row,
    gateway: gatewayRefundOf(gateways, { refund: row.refund, attempt: row.attempt, settles, another }),
  }));
}

/** One refund with all that is shown of it. Throws `not_found`. */
export async function getRefund(place: Place, id: string): Promise<RefundParts> {
  const [parts] = await findRefunds(place, eq(refunds.id, id), [asc(refunds.id)]);
  if (!parts) throw notFound();
  return parts;
}

export interface LockedRefund {
  readonly locked: LockedOrder;
  readonly refund: RefundRecord;
  readonly attempt: AttemptRecord;
}

/**
 * A refund that is due, under the locks of its order: nobody else records it, nor hears of it, meanwhile. Throws `not_found`, `refund_not_due`,
 * and `stale` when it isn't as the agent saw it.
 */
export async function lockDueRefund(tx: Transaction, id: string, seen: number): Promise<LockedRefund> {
  const found = await lockRefund(tx, id);
  if (found.refund.status !== 'due') throw refundNotDue();
  if (found.refund.version !== seen) throw stale(found.refund.version);
  return found;
}

/** A refund under the locks of its order. Throws `not_found`. */
export async function lockRefund(tx: Transaction, id: string): Promise<LockedRefund> {
  const [known] = await tx.select({ orderId: refunds.orderId }).from(refunds).where(eq(refunds.id, id));
  const locked = known && (await lockOrder(tx, known.orderId));
  const refund = locked?.refunds.find((one) => one.id === id);
  const attempt = locked?.attempts.find((one) => one.id === refund?.attemptId);
  if (!locked || !refund || !attempt) throw notFound();
  return { locked, refund, attempt };
}

/** Changes a refund that is due and as it was seen; its version grows. Throws `stale` when another change came first. */
export async function changeRefund(
  executor: Executor,
  { id, version }: Pick<RefundRecord, 'id' | 'version'>,
  changes: Partial<typeof refunds.$inferInsert>,
): Promise<void> {
  const changed = await executor
    .update(refunds)
    .set({ ...changes, version: version + 1 })
    .where(and(eq(refunds.id, id), eq(refunds.version, version), eq(refunds.status, 'due')))
    .returning({ id: refunds.id });
  if (changed.length === 0) throw stale();
}
