import {
  type AgentId,
  type Anomaly,
  type AnomalyId,
  type FinanceOrderRow,
  type Issuer,
  type PaymentOrderId,
  type Refund,
  type RefundId,
  refundDays,
  type SettlementFile,
  type SettlementFileId,
} from '@rnoce/schemas';
import { currency, decimalOf } from '@rnoce/schemas/money';
import type { paymentAnomalies, settlementFiles } from '../../db/schema/payments.ts';
import type {
  AttemptRecord,
  LineRecord,
  OrderRecord,
  RefundRecord,
} from '../payments/payments.repository.ts';
import { orderNumberOf } from '../receipts/order-number.ts';
import { maskEmail } from '../subscriptions/registry.policy.ts';

export type AnomalyRecord = typeof paymentAnomalies.$inferSelect;
export type FileRecord = typeof settlementFiles.$inferSelect;

const dayMs = 86_400_000;

export interface OrderParts {
  readonly order: OrderRecord;
  readonly issuer: Issuer;
  readonly lines: readonly LineRecord[];
  /** In the order in which they were made. */
  readonly attempts: readonly AttemptRecord[];
  /** Whose money settles the invoices; undefined when none does. */
  readonly settlingAttemptId: string | undefined;
}

/** The attempt whose money settles, else the last that took some, else the last that a gateway knows by a transaction. */
const payingAttempt = ({ attempts, settlingAttemptId }: OrderParts) =>
  attempts.find(({ id }) => id === settlingAttemptId) ??
  attempts.findLast(({ capturedAt, status }) => capturedAt !== null || status === 'capture_requested') ??
  attempts.findLast(({ gatewayTransactionId }) => gatewayTransactionId !== null);

export function presentOrderRow(parts: OrderParts): FinanceOrderRow {
  const { order, issuer, lines } = parts;
  return {
    id: order.id as PaymentOrderId,
    number: orderNumberOf(order),
    status: order.status,
    cause: order.cause,
    issuer,
    clientName: lines[0]?.clientName ?? '',
    clientCodes: [...new Set(lines.map(({ clientCode }) => clientCode))],
    invoiceNumbers: lines.map(({ number }) => number),
    amount: decimalOf(order.amountCentimes),
    currency,
    method: order.method,
    channel: order.channel,
    createdAt: order.createdAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    receiptNumber: order.receiptNumber,
    transactionNumber: payingAttempt(parts)?.gatewayTransactionId ?? null,
  };
}

export interface RefundParts {
  readonly refund: RefundRecord;
  readonly order: Pick<OrderRecord, 'id' | 'number' | 'payerEmail'>;
  readonly issuer: Issuer;
  readonly attempt: Pick<AttemptRecord, 'reference' | 'provider' | 'channel'>;
  readonly ownerName: string | null;
  readonly recorderName: string | null;
  readonly gateway: Refund['gateway'];
}

export const presentRefund = (
  { refund, order, issuer, attempt, ownerName, recorderName, gateway }: RefundParts,
  show: 'list' | 'opened',
): Refund => ({
  id: refund.id as RefundId,
  order: { id: order.id as PaymentOrderId, number: orderNumberOf(order) },
  issuer,
  provider: attempt.provider,
  channel: attempt.channel,
  attemptReference: attempt.reference,
  transactionNumber: refund.transactionId === '' ? null : refund.transactionId,
  amount: decimalOf(refund.amountCentimes),
  currency,
  cause: refund.cause,
  status: refund.status,
  dueSince: refund.dueSince.toISOString(),
  dueBy: new Date(refund.dueSince.getTime() + refundDays * dayMs).toISOString(),
  owner:
    refund.ownerId !== null && refund.ownedAt !== null && ownerName !== null
      ? { id: refund.ownerId as AgentId, name: ownerName, since: refund.ownedAt.toISOString() }
      : null,
  payerEmail: order.payerEmail === null || show === 'opened' ? order.payerEmail : maskEmail(order.payerEmail),
  gateway,
  way: refund.way,
  proof: refund.proof,
  note: refund.note,
  refundedOn: refund.refundedOn,
  recordedBy: recorderName,
  version: refund.version,
});

export interface AnomalyParts {
  readonly anomaly: AnomalyRecord;
  readonly order: Pick<OrderRecord, 'id' | 'number' | 'status'> | null;
  readonly file: Pick<FileRecord, 'id' | 'provider' | 'day'> | null;
  readonly closerName: string | null;
}

export const presentAnomaly = ({ anomaly, order, file, closerName }: AnomalyParts): Anomaly => ({
  id: anomaly.id as AnomalyId,
  kind: anomaly.kind,
  subject: anomaly.subject,
  order: order && { id: order.id as PaymentOrderId, number: orderNumberOf(order), status: order.status },
  file: file && { id: file.id as SettlementFileId, provider: file.provider, day: file.day },
  ours: anomaly.ours === null ? null : decimalOf(anomaly.ours),
  theirs: anomaly.theirs === null ? null : decimalOf(anomaly.theirs),
  detail: anomaly.detail,
  raisedAt: anomaly.raisedAt.toISOString(),
  closedAt: anomaly.closedAt?.toISOString() ?? null,
  closedBy: closerName,
  note: anomaly.note,
});

export const presentFile = (file: FileRecord, giverName: string | null): SettlementFile => ({
  id: file.id as SettlementFileId,
  provider: file.provider,
  day: file.day,
  sha256: file.sha256,
  rows: file.rows,
  matched: file.matched,
  gaps: file.gaps,
  faults: file.faults,
  givenBy: giverName,
  createdAt: file.createdAt.toISOString(),
});
