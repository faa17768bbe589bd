import { type AttemptStatus, casablancaDate, type OrderStatus, type PaymentCause } from '@rnoce/schemas';
import { orderStates } from '@rnoce/schemas/payment-states';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { paymentAttempts, paymentOrders, refunds } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import { releaseInvoices, settleInvoices } from '../invoices/settle-invoices.ts';
import { newReceipt } from '../receipts/new-receipt.ts';
import { queueOrderEmail } from '../receipts/order-emails.ts';
import type { AttemptNews } from './apply-news.ts';
import { captureLimit, nextInquiry, refundLimit, silenceLimit } from './attempt-times.ts';
import {
  type AttemptRecord,
  type LockedOrder,
  type OrderRecord,
  recordChange,
} from './payments.repository.ts';
import { raiseAnomaly } from './raise-anomalies.ts';
import { refundAbout } from './refund-about.ts';
import { recordRefundDue } from './refund-events.ts';
import { refusalKindOf } from './refusals.ts';
import type { Verdict } from './verdict.ts';

export interface Writing {
  readonly locked: LockedOrder;
  readonly attempt: AttemptRecord;
  readonly news: AttemptNews;
  readonly verdict: Verdict;
  readonly at: Date;
}

/** Writes what was decided, in the transaction that holds the locks. Returns the order and the attempt as they are now. */
export async function writeVerdict(
  tx: Transaction,
  deps: Deps,
  writing: Writing,
): Promise<{ order: OrderRecord; attempt: AttemptRecord }> {
  const { locked, verdict, at } = writing;
  const cause = verdict.cause ?? 'inquiry';
  await recordMoves(tx, writing, cause);
  if (verdict.invoices === 'release') await releaseInvoices(tx, locked.order.id, at);
  if (verdict.invoices === 'settle')
    await settleInvoices(tx, { orderId: locked.order.id, attemptId: writing.attempt.id }, at);
  await writeRefund(tx, writing, cause);
  const attempt = await writeAttempt(tx, writing);
  const order = await writeOrder(tx, writing, cause);
  await showAnomalies(tx, writing, attempt);
  await queueWork(tx, deps, writing, order);
  return { order, attempt };
}

async function recordMoves(
  tx: Transaction,
  { locked: { order }, attempt, news, verdict, at }: Writing,
  cause: PaymentCause,
): Promise<void> {
  const { actor, messageId, told } = news;
  const shared = { orderId: order.id, cause, actor, messageId, at };
  const { detail } = told;
  await recordChange(tx, {
    ...shared,
    attemptId: attempt.id,
    from: attempt.status,
    moves: verdict.attempt,
    detail: detail ?? told.refusal?.text,
  });
  await recordChange(tx, { ...shared, from: order.status, moves: verdict.order });
}

const takesMoney: ReadonlySet<AttemptStatus> = new Set(['authorised', 'captured']);

async function writeAttempt(tx: Transaction, writing: Writing): Promise<AttemptRecord> {
  const { attempt, news, verdict, at } = writing;
  const { told, source } = news;
  const status = verdict.attempt.at(-1) ?? attempt.status;
  const moved = verdict.attempt.length > 0;
  const believed = told.trust === 'verified' && verdict.answer !== 'fault';
  const isAnswer = source === 'inquiry' && told.says !== 'unknown';
  // The transaction whose money the attempt holds is its own, also when the money is wrong; another one of the same reference has its refund.
  const takes = verdict.invoices === 'settle' || verdict.attempt.some((move) => takesMoney.has(move));
  const isOwn = takes ? told.trust === 'verified' : believed && attempt.gatewayTransactionId === null;
  const changed = {
    status,
    changedAt: moved ? at : attempt.changedAt,
    capturedAt: verdict.attempt.includes('captured') ? at : attempt.capturedAt,
    gatewayReference: attempt.gatewayReference ?? (believed ? (told.gatewayReference ?? null) : null),
    gatewayTransactionId: isOwn
      ? (told.gatewayTransactionId ?? attempt.gatewayTransactionId)
      : attempt.gatewayTransactionId,
    silentSince:
      source === 'inquiry' && told.says === 'unknown'
        ? (attempt.silentSince ?? at)
        : isAnswer
          ? null
          : attempt.silentSince,
    ...refusalOf(writing),
  };
  const inquireAt = nextInquiry({ ...attempt, ...changed }, at);
  const [row] = await tx
    .update(paymentAttempts)
    .set({ ...changed, inquireAt })
    .where(eq(paymentAttempts.id, attempt.id))
    .returning();
  if (!row) throw new Error(`There is no attempt ${attempt.id}.`);
  return row;
}

/** Why the last try was refused; a refusal that is told again by an inquiry keeps the reason of its message. */
function refusalOf({ attempt, news: { told, source }, verdict }: Writing) {
  if (told.says !== 'refused' || told.trust !== 'verified' || !told.refusal) return {};
  const fresh =
    verdict.attempt.includes('refused') || (source === 'callback' && attempt.status === 'refused');
  if (!fresh) return {};
  const { code, text } = told.refusal;
  return { refusal: refusalKindOf(told.refusal), refusalDetail: `${code} ${text}`.trim().slice(0, 500) };
}

async function writeOrder(tx: Transaction, writing: Writing, cause: PaymentCause): Promise<OrderRecord> {
  const { locked, attempt, verdict, at } = writing;
  const { order } = locked;
  const status: OrderStatus | undefined = verdict.order.at(-1);
  if (status === undefined) return order;
  const { closed } = orderStates[status];
  const [row] = await tx
    .update(paymentOrders)
    .set({
      status,
      cause,
      updatedAt: at,
      closedAt: closed ? at : null,
      // The money that pays it says how it was paid.
      ...(verdict.order.includes('paid') && {
        paidAt: at,
        method: attempt.method,
        channel: attempt.channel,
        ...newReceipt(order, at),
      }),
    })
    .where(eq(paymentOrders.id, order.id))
    .returning();
  if (!row) throw new Error(`There is no order ${order.id}.`);
  return row;
}

async function writeRefund(
  tx: Transaction,
  { locked, attempt, news: { told, actor }, verdict, at }: Writing,
  cause: PaymentCause,
): Promise<void> {
  const { order } = locked;
  if (verdict.refund === 'due') {
    const due = {
      orderId: order.id,
      amountCentimes: told.amountCentimes ?? attempt.amountCentimes,
      cause,
      status: 'due' as const,
      dueSince: at,
    };
    const transactionId = told.gatewayTransactionId ?? attempt.gatewayTransactionId ?? '';
    const [refund] = await tx
      .insert(refunds)
      .values({ ...due, attemptId: attempt.id, transactionId })
      .onConflictDoUpdate({
        target: [refunds.attemptId, refunds.transactionId],
        // Given back once and taken again: it is due again, and the history tells both.
        set: {
          ...due,
          requestedAt: null,
          way: null,
          proof: null,
          note: null,
          refundedOn: null,
          refundedAt: null,
          recordedBy: null,
          version: sql`${refunds.version} + 1`,
        },
      })
      .returning({ id: refunds.id, amountCentimes: refunds.amountCentimes });
    if (!refund) throw new Error('a refund was not written');
    await recordRefundDue(tx, locked, attempt, refund, at);
  }
  const { refund } = refundAbout(locked, attempt, told.gatewayTransactionId);
  if (verdict.refund === 'done' && refund)
    await tx
      .update(refunds)
      .set({
        status: 'refunded',
        way: 'gateway',
        refundedOn: casablancaDate(at),
        refundedAt: at,
        version: sql`${refunds.version} + 1`,
        proof: told.gatewayTransactionId ?? attempt.gatewayTransactionId ?? cause,
        recordedBy: actor.kind === 'agent' ? actor.agentId : null,
      })
      .where(eq(refunds.id, refund.id));
}

async function showAnomalies(
  tx: Transaction,
  { locked: { order }, attempt: before, news, verdict, at }: Writing,
  attempt: AttemptRecord,
): Promise<void> {
  const { told, messageId } = news;
  const about = { subject: attempt.reference, orderId: order.id, attemptId: attempt.id, messageId };
  if (verdict.anomaly)
    await raiseAnomaly(
      tx,
      {
        ...about,
        kind: verdict.anomaly,
        ours: before.amountCentimes,
        theirs: told.amountCentimes,
        detail: [told.says, told.currency, told.detail].filter((part) => part !== undefined).join(' '),
      },
      at,
    );
  const age = (since: Date) => at.getTime() - since.getTime();
  if (attempt.status === 'capture_requested' && age(attempt.changedAt) > captureLimit)
    await raiseAnomaly(tx, { ...about, kind: 'capture_late', ours: attempt.amountCentimes }, at);
  if (attempt.status === 'refund_requested' && age(attempt.changedAt) > refundLimit)
    await raiseAnomaly(tx, { ...about, kind: 'refund_unknown', ours: attempt.amountCentimes }, at);
  if (attempt.silentSince && age(attempt.silentSince) > silenceLimit)
    await raiseAnomaly(tx, { ...about, kind: 'gateway_silent', detail: told.detail }, at);
}

const jobOf = { void: 'void-payment', capture: 'capture-payment', inquire: 'inquire-attempt' } as const;

async function queueWork(
  tx: Transaction,
  { jobs }: Deps,
  { attempt, news, verdict, at }: Writing,
  order: OrderRecord,
): Promise<void> {
  // What the message names is asked about, though it isn't believed.
  const transactionId = news.told.gatewayTransactionId;
  const about = { attemptId: attempt.id, ...(transactionId !== undefined && { transactionId }) };
  // An answer that was lost is found: the reference is told as it would have been.
  if (attempt.gatewayReference === null && verdict.attempt.at(-1) === 'reference_out')
    await queueOrderEmail(tx, jobs, order, 'reference', at);
  if (verdict.ask) await jobs.send(tx, jobOf[verdict.ask], about);
  if (verdict.invoices === 'settle') await queueOrderEmail(tx, jobs, order, 'receipt', at);
  if (verdict.refund === 'due') await queueOrderEmail(tx, jobs, order, 'refund_due', at);
  if (verdict.refund === 'done') await queueOrderEmail(tx, jobs, order, 'refunded', at);
  if (verdict.invoices === 'release' && verdict.refund !== 'due')
    await queueOrderEmail(tx, jobs, order, 'taken_back', at);
}
