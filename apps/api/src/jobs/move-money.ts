import type { Deps } from '../deps.ts';
import { applyNews } from '../features/payments/apply-news.ts';
import { inquireAttempt, knownAttempt } from '../features/payments/ask-gateway.ts';
import { type AttemptRecord, findAttempt } from '../features/payments/payments.repository.ts';
import { raiseAnomaly } from '../features/payments/raise-anomalies.ts';
import { GatewayRefusalError } from '../integrations/payment-gateway/gateway-errors.ts';
import type { KnownAttempt, OperationReceipt } from '../integrations/payment-gateway/payment-gateway.ts';

type Order = (attempt: KnownAttempt, signal?: AbortSignal) => Promise<OperationReceipt>;

/**
 * Gives the gateway an order about money that is still wanted. A void that is taken is done; a capture is what the gateway shows afterwards, since
 * it may take the order and turn out void. A refusal is never believed: the gateway is asked how things stand. Throws while the gateway is away,
 * to be tried again; done twice, it is done once.
 */
async function orderOnce(
  deps: Deps,
  attempt: AttemptRecord,
  order: Order,
  kind: 'capture' | 'void',
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    const receipt = await order(knownAttempt(attempt), signal);
    if (kind === 'capture')
      await inquireAttempt(deps, attempt.id, { signal, source: 'capture', afterOrder: true });
    else
      await applyNews(deps, {
        attemptId: attempt.id,
        told: { says: 'voided', trust: 'verified', gatewayTransactionId: receipt.gatewayTransactionId },
        source: 'void',
        actor: { kind: 'system' },
      });
  } catch (error) {
    if (!(error instanceof GatewayRefusalError) || error.retryable) throw error;
    deps.log.warn(
      { attempt: attempt.reference, refusal: error.code, detail: error.detail },
      'a gateway refused an order about money',
    );
    const { attempt: after } = await inquireAttempt(deps, attempt.id, { signal, afterOrder: true });
    // The sweep orders it again; a person is told at once.
    if (after.status === attempt.status)
      await raiseAnomaly(
        deps.database,
        {
          kind: kind === 'capture' ? 'capture_late' : 'gap_state',
          subject: attempt.reference,
          orderId: attempt.orderId,
          attemptId: attempt.id,
          ours: attempt.amountCentimes,
          detail: `${kind} refused: ${error.code} ${error.detail}`,
        },
        deps.now(),
      );
  }
}

/** Takes authorised money whose capture wasn't seen: the answer that captures was lost. */
export async function capturePayment(
  deps: Deps,
  { attemptId }: { attemptId: string },
  signal?: AbortSignal,
): Promise<void> {
  const attempt = await findAttempt(deps.database, attemptId);
  const gateway = attempt && deps.gateways[attempt.provider];
  const capture = gateway?.capture?.bind(gateway);
  if (attempt?.status !== 'capture_requested' || !capture) return;
  await orderOnce(deps, attempt, (known, limit) => capture(known, limit), 'capture', signal);
}

/** Gives up authorised money that isn't wanted, so that it doesn't stay blocked on the payer's card. */
export async function voidPayment(
  deps: Deps,
  { attemptId }: { attemptId: string },
  signal?: AbortSignal,
): Promise<void> {
  const attempt = await findAttempt(deps.database, attemptId);
  const gateway = attempt && deps.gateways[attempt.provider];
  const giveUp = gateway?.void?.bind(gateway);
  if (attempt?.status !== 'void_requested' || !giveUp) return;
  await orderOnce(deps, attempt, (known, limit) => giveUp(known, limit), 'void', signal);
}
