import type { PaymentCause, Refund } from '@rnoce/schemas';
import { and, eq, gte } from 'drizzle-orm';
import { paymentAnomalies, paymentAttempts } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import {
  GatewayRefusalError,
  GatewayUnavailableError,
} from '../../integrations/payment-gateway/gateway-errors.ts';
import type { OperationReceipt, PaymentGateway } from '../../integrations/payment-gateway/payment-gateway.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { applyNews } from '../payments/apply-news.ts';
import { knownAttempt } from '../payments/ask-gateway.ts';
import { nextInquiry } from '../payments/attempt-times.ts';
import {
  type AttemptRecord,
  type PaymentActor,
  type RefundRecord,
  recordChange,
} from '../payments/payments.repository.ts';
import { raiseAnomaly } from '../payments/raise-anomalies.ts';
import { closeResolved } from './close-resolved.ts';
import { providerUnavailable, refundImpossible, refundNotDue, refundRefused } from './finance.errors.ts';
import { presentRefund } from './finance.presenter.ts';
import { changeRefund, gatewayRefundOf, getRefund, lockDueRefund, lockRefund } from './refunds.repository.ts';

interface Requested {
  readonly refund: RefundRecord;
  readonly attempt: AttemptRecord;
  readonly gateway: PaymentGateway;
}
const actorOf = ({ agentId }: AgentPrincipal): PaymentActor => ({ kind: 'agent', agentId });

/**
 * Asks the provider to give the money back. The order to do so is written before it leaves, and leaves once: a second click, another agent or a
 * process that died in between find it `requested`. Without an answer it stays so, the sweep asks what became of it, and a person sees it.
 * Throws `not_found`, `refund_not_due`, `refund_impossible`, `refund_refused`, `provider_unavailable`, `stale`.
 */
export async function refundByGateway(
  deps: Deps,
  agent: AgentPrincipal,
  id: string,
  seen: number,
): Promise<Refund> {
  const requested = await requestRefund(deps, agent, id, seen);
  try {
    const { receipt, done } = await giveBack(requested);
    await applyGivenBack(deps, agent, requested.attempt.id, done, receipt.gatewayTransactionId);
  } catch (error) {
    await afterFailure(deps, agent, requested, error);
  }
  return presentRefund(await getRefund(deps, id), 'opened');
}

/** Commits that the provider is about to be asked. */
async function requestRefund(
  { database, gateways, now }: Deps,
  agent: AgentPrincipal,
  id: string,
  seen: number,
): Promise<Requested> {
  return await database.transaction(async (tx) => {
    const due = await lockDueRefund(tx, id, seen);
    const { refund, attempt, locked } = due;
    const offered = gatewayRefundOf(gateways, {
      refund,
      attempt,
      settles: locked.settlements.some(({ attemptId }) => attemptId === attempt.id),
      another: locked.refunds.some(
        (other) => other.id !== refund.id && other.attemptId === attempt.id && other.status === 'due',
      ),
    });
    const gateway = gateways[attempt.provider];
    if (offered !== 'offered' || !gateway?.refund) throw refundImpossible();
    const at = now();
    await changeRefund(tx, refund, {
      requestedAt: at,
      ...(refund.ownerId !== agent.agentId && { ownerId: agent.agentId, ownedAt: at }),
    });
    const changed = { status: 'refund_requested' as const, changedAt: at };
    await tx
      .update(paymentAttempts)
      .set({ ...changed, inquireAt: nextInquiry({ ...attempt, ...changed }, at) })
      .where(eq(paymentAttempts.id, attempt.id));
    await recordChange(tx, {
      orderId: refund.orderId,
      attemptId: attempt.id,
      from: attempt.status,
      moves: ['refund_requested'],
      cause: 'refund_requested',
      actor: actorOf(agent),
      at,
    });
    return { refund, attempt, gateway };
  });
}

/** A sale that isn't settled yet can't be refunded, and is given up whole instead (reference/payment-gateways.md §1.6). */
async function giveBack({
  refund,
  attempt,
  gateway,
}: Requested): Promise<{ receipt: OperationReceipt; done: 'refunded' | 'voided' }> {
  const known = knownAttempt(attempt);
  if (!gateway.refund) throw refundImpossible();
  try {
    return { receipt: await gateway.refund(known, refund.amountCentimes), done: 'refunded' };
  } catch (error) {
    const unsettled = error instanceof GatewayRefusalError && error.code === 'not_settled_yet';
    if (!unsettled || !gateway.void) throw error;
    return { receipt: await gateway.void(known), done: 'voided' };
  }
}

/** The gateway took our order: judged as any other news of money. */
async function applyGivenBack(
  deps: Deps,
  agent: AgentPrincipal,
  attemptId: string,
  says: 'refunded' | 'voided',
  gatewayTransactionId: string | undefined,
): Promise<void> {
  await applyNews(deps, {
    attemptId,
    told: { says, trust: 'verified', gatewayTransactionId },
    source: says === 'voided' ? 'void' : 'agent',
    actor: actorOf(agent),
  });
  await closeResolved(deps.database, attemptId, deps.now());
}

/** A refusal, and a call that surely did nothing, leave the refund as it was. Any other failure may have moved the money: nobody orders it again. */
async function afterFailure(
  deps: Deps,
  agent: AgentPrincipal,
  { refund, attempt }: Requested,
  error: unknown,
): Promise<void> {
  if (error instanceof GatewayRefusalError && error.code !== 'in_progress') {
    await takeBackRequest(deps, agent, refund.id, 'gateway_refused', error.detail);
    throw refundRefused(error.detail === '' ? error.code : error.detail);
  }
  if (error instanceof GatewayUnavailableError && error.effect === 'none') {
    await takeBackRequest(deps, agent, refund.id, 'gateway_unavailable', error.reason);
    throw providerUnavailable(error);
  }
  if (!(error instanceof GatewayUnavailableError) && !(error instanceof GatewayRefusalError)) throw error;
  deps.log.warn({ err: error, attempt: attempt.reference }, 'whether a refund was made is not known');
  await deps.database.transaction(async (tx) => {
    await raiseAnomaly(
      tx,
      {
        kind: 'refund_unknown',
        subject: attempt.reference,
        orderId: refund.orderId,
        attemptId: attempt.id,
        ours: refund.amountCentimes,
        detail: error.message,
      },
      deps.now(),
    );
    await deps.jobs.send(tx, 'inquire-attempt', { attemptId: attempt.id });
  });
}

/** The money is where it was, and the refund is due as before. Done already, or answered meanwhile, is left alone. */
async function takeBackRequest(
  { database, now }: Deps,
  agent: AgentPrincipal,
  id: string,
  cause: PaymentCause,
  detail: string,
): Promise<void> {
  await database.transaction(async (tx) => {
    const { refund, attempt } = await lockRefund(tx, id);
    if (refund.status !== 'due' || refund.requestedAt === null) return;
    const at = now();
    await changeRefund(tx, refund, { requestedAt: null });
    if (attempt.status === 'refund_requested') {
      await tx
        .update(paymentAttempts)
        .set({
          status: 'captured',
          changedAt: at,
          inquireAt: nextInquiry({ ...attempt, status: 'captured', changedAt: at }, at),
        })
        .where(eq(paymentAttempts.id, attempt.id));
      await recordChange(tx, {
        orderId: refund.orderId,
        attemptId: attempt.id,
        from: attempt.status,
        moves: ['captured'],
        cause,
        actor: actorOf(agent),
        detail,
        at,
      });
    }
    await closeResolved(tx, attempt.id, at);
  });
}

/** Longer than an order to a provider takes with all that follows a refusal, in milliseconds. */
const orderMs = 60_000;

/** Whether the order may still be on its way, so that a provider which shows nothing of it says nothing. Its failure was shown to a person. */
async function mayBeOnItsWay(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  attemptId: string,
  requestedAt: Date,
): Promise<boolean> {
  if (now().getTime() - requestedAt.getTime() > orderMs) return false;
  const ended = await database.$count(
    paymentAnomalies,
    and(
      eq(paymentAnomalies.attemptId, attemptId),
      eq(paymentAnomalies.kind, 'refund_unknown'),
      gte(paymentAnomalies.raisedAt, requestedAt),
    ),
  );
  return ended === 0;
}

/**
 * Asks the provider what became of a refund without an answer: given back, it is recorded; still there, it may be ordered again. Throws
 * `not_found`, `refund_not_due`, and `provider_unavailable` while the provider doesn't say, or hasn't had the time to.
 */
export async function checkGatewayRefund(deps: Deps, agent: AgentPrincipal, id: string): Promise<Refund> {
  const { database, gateways } = deps;
  const { refund, attempt } = await database.transaction((tx) => lockRefund(tx, id));
  if (refund.status !== 'due' || refund.requestedAt === null) throw refundNotDue();
  // Freed while another agent's order is on its way, it would be given back twice.
  if (await mayBeOnItsWay(deps, attempt.id, refund.requestedAt)) throw providerUnavailable();
  const inquiry = await gateways[attempt.provider]?.inquire(knownAttempt(attempt));
  const state = inquiry?.state;
  if (state === 'captured' || state === 'settled') await takeBackRequest(deps, agent, id, 'inquiry', state);
  else if (state === 'refunded' || state === 'voided') {
    // A part of it isn't it: a person compares with the provider's own pages.
    const { refundedCentimes = refund.amountCentimes, gatewayTransactionId } = inquiry ?? {};
    if (refundedCentimes < refund.amountCentimes) throw providerUnavailable();
    await applyGivenBack(deps, agent, attempt.id, state, gatewayTransactionId);
  } else throw providerUnavailable();
  return presentRefund(await getRefund(deps, id), 'opened');
}
