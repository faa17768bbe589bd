import type { AttemptId, FinanceOrder } from '@rnoce/schemas';
import { decimalOf } from '@rnoce/schemas/money';
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { agents } from '../../db/schema/agents.ts';
import { invoices, issuers } from '../../db/schema/invoices.ts';
import {
  gatewayMessages,
  paymentAnomalies,
  paymentHistory,
  paymentOrderLines,
  paymentOrders,
  refunds,
  settlements,
} from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { presentLine } from '../payments/payments.presenter.ts';
import { findAnomalies } from './anomalies.repository.ts';
import { presentAnomaly, presentOrderRow, presentRefund } from './finance.presenter.ts';
import { partsOf } from './list-orders.ts';
import { recordableNow } from './recordable-now.ts';
import { findRefunds } from './refunds.repository.ts';

/** Messages of a gateway that are shown, the latest first. */
const shownMessages = 100;

/** An order with everything that happened to it. Throws `not_found`. */
export async function getOrder(
  deps: Pick<Deps, 'database' | 'gateways' | 'now'>,
  id: string,
): Promise<FinanceOrder> {
  const { database, gateways } = deps;
  const found = await database
    .select({ order: paymentOrders, issuer: { code: issuers.code, name: paymentOrders.issuerName } })
    .from(paymentOrders)
    .innerJoin(issuers, eq(issuers.id, paymentOrders.issuerId))
    .where(eq(paymentOrders.id, id));
  const [parts] = await partsOf(database, found);
  if (!parts) throw notFound();
  const { order, attempts } = parts;
  const referenceOf = (attemptId: string | null) =>
    attempts.find((attempt) => attempt.id === attemptId)?.reference ?? null;
  const [lines, history, messages, settled, owed, anomalies] = await Promise.all([
    database
      .select({ line: paymentOrderLines, status: invoices.status })
      .from(paymentOrderLines)
      .innerJoin(invoices, eq(invoices.id, paymentOrderLines.invoiceId))
      .where(eq(paymentOrderLines.orderId, id))
      .orderBy(asc(paymentOrderLines.number)),
    database
      .select({ entry: paymentHistory, agentName: agents.name })
      .from(paymentHistory)
      .leftJoin(agents, eq(agents.id, paymentHistory.agentId))
      .where(eq(paymentHistory.orderId, id))
      .orderBy(asc(paymentHistory.id)),
    database
      .select()
      .from(gatewayMessages)
      .where(
        inArray(
          gatewayMessages.attemptId,
          attempts.map((attempt) => attempt.id),
        ),
      )
      .orderBy(desc(gatewayMessages.receivedAt), desc(gatewayMessages.id))
      .limit(shownMessages),
    database
      .select({ settlement: settlements, number: paymentOrderLines.number })
      .from(settlements)
      .innerJoin(
        paymentOrderLines,
        and(
          eq(paymentOrderLines.orderId, settlements.orderId),
          eq(paymentOrderLines.invoiceId, settlements.invoiceId),
        ),
      )
      .where(eq(settlements.orderId, id))
      .orderBy(asc(settlements.settledAt), asc(paymentOrderLines.number)),
    findRefunds({ database, gateways }, eq(refunds.orderId, id), [asc(refunds.dueSince)]),
    findAnomalies(database, eq(paymentAnomalies.orderId, id), [asc(paymentAnomalies.raisedAt)]),
  ]);
  return {
    ...presentOrderRow(parts),
    payerEmail: order.payerEmail,
    closedAt: order.closedAt?.toISOString() ?? null,
    lines: lines.map(({ line, status }) => ({
      ...presentLine(line),
      clientName: line.clientName,
      invoiceStatus: status,
    })),
    attempts: attempts.map((attempt) => ({
      id: attempt.id as AttemptId,
      reference: attempt.reference,
      provider: attempt.provider,
      method: attempt.method,
      channel: attempt.channel,
      status: attempt.status,
      amount: decimalOf(attempt.amountCentimes),
      gatewayReference: attempt.gatewayReference,
      transactionNumber: attempt.gatewayTransactionId,
      refusal: attempt.refusal,
      refusalDetail: attempt.refusalDetail,
      createdAt: attempt.createdAt.toISOString(),
      expiresAt: attempt.expiresAt.toISOString(),
      capturedAt: attempt.capturedAt?.toISOString() ?? null,
      inquireAt: attempt.inquireAt?.toISOString() ?? null,
      silentSince: attempt.silentSince?.toISOString() ?? null,
      recordable: recordableNow(deps, attempt),
    })),
    history: history.map(({ entry, agentName }) => ({
      id: entry.id,
      at: entry.at.toISOString(),
      attemptReference: referenceOf(entry.attemptId),
      from: entry.fromStatus,
      to: entry.toStatus,
      cause: entry.cause,
      actor: entry.actor,
      actorName: agentName,
      detail: entry.detail,
      messageId: entry.messageId,
    })),
    messages: messages.map((message) => ({
      id: message.id,
      attemptReference: referenceOf(message.attemptId) ?? '',
      kind: message.kind,
      trust: message.trust,
      receivedAt: message.receivedAt.toISOString(),
      repetitions: message.repetitions,
      decision: message.decision,
      body: message.body,
    })),
    settlements: settled.map(({ settlement, number }) => ({
      invoiceNumber: number,
      attemptReference: referenceOf(settlement.attemptId) ?? '',
      settledAt: settlement.settledAt.toISOString(),
      releasedAt: settlement.releasedAt?.toISOString() ?? null,
    })),
    refunds: owed.map((refund) => presentRefund(refund, 'opened')),
    anomalies: anomalies.map(presentAnomaly),
  };
}
