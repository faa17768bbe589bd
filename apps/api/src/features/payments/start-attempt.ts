import type { AttemptStatus, OrderStatus, PaymentCause, PaymentChannel, PaymentMethod } from '@rnoce/schemas';
import { orderPath, paymentBase } from '@rnoce/schemas/payment-paths';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { paymentAttempts, paymentOrders } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import {
  GatewayRefusalError,
  GatewayUnavailableError,
} from '../../integrations/payment-gateway/gateway-errors.ts';
import type { PaymentAttempt, StartedAttempt } from '../../integrations/payment-gateway/payment-gateway.ts';
import { queueOrderEmail } from '../receipts/order-emails.ts';
import { orderNumberOf } from '../receipts/order-number.ts';
import { firstInquiry, isOpenAttempt, nextInquiry } from './attempt-times.ts';
import { gatewayChannels, gatewayOf } from './payment-channels.ts';
import { gatewayUnavailable, methodNotAccepted } from './payments.errors.ts';
import {
  type AttemptRecord,
  type Change,
  type LineRecord,
  lockOrder,
  type OrderRecord,
  recordChange,
} from './payments.repository.ts';

const minute = 60_000;
/** How long a payer has on a gateway's page; CMI closes its own after the same time. */
const visitMs = { card: 30 * minute, direct_debit: 60 * minute } as const;

/** What is chosen, and the gateway that serves it. Throws `method_not_accepted` when this installation doesn't have it. */
export function chooseGateway(
  { gateways }: Pick<Deps, 'gateways'>,
  choice: { readonly method: PaymentMethod; readonly channel: PaymentChannel },
) {
  const chosen = gatewayOf(gateways, choice.method, choice.channel);
  if (!chosen) throw methodNotAccepted();
  return { ...chosen, ...choice };
}
export type ChosenGateway = ReturnType<typeof chooseGateway>;

function expiryOf({ environment }: Deps, channel: PaymentChannel, at: Date): Date {
  const ms =
    channel === 'card' || channel === 'direct_debit'
      ? visitMs[channel]
      : environment.PAYMENT_REFERENCE_HOURS * 60 * minute;
  return new Date(at.getTime() + ms);
}

/**
 * Writes the order's next attempt, before anything is asked of its gateway: whatever is lost afterwards, the attempt is there, and will be asked
 * about.
 */
export async function insertAttempt(
  tx: Transaction,
  deps: Deps,
  order: OrderRecord,
  { provider, method, channel }: ChosenGateway,
  at: Date,
): Promise<AttemptRecord> {
  const [counted] = await tx
    .update(paymentOrders)
    .set({ attempts: sql`${paymentOrders.attempts} + 1`, method, channel, updatedAt: at })
    .where(eq(paymentOrders.id, order.id))
    .returning({ number: paymentOrders.attempts });
  const [attempt] = await tx
    .insert(paymentAttempts)
    .values({
      orderId: order.id,
      reference: `${orderNumberOf(order)}-${String(counted?.number)}`,
      provider,
      method,
      channel,
      amountCentimes: order.amountCentimes,
      expiresAt: expiryOf(deps, channel, at),
      inquireAt: firstInquiry(at),
      createdAt: at,
      changedAt: at,
    })
    .returning();
  if (!attempt) throw new Error('The attempt was not written.');
  await recordChange(tx, {
    orderId: order.id,
    attemptId: attempt.id,
    from: null,
    moves: ['created'],
    cause: 'ordered',
    actor: { kind: 'payer' },
    at,
  });
  return attempt;
}

export interface StartingAttempt {
  readonly order: OrderRecord;
  readonly lines: readonly LineRecord[];
  readonly attempt: AttemptRecord;
  readonly chosen: ChosenGateway;
}

/** What the gateway is asked. A natural person's name stays here. */
function asked(deps: Deps, { order, lines, attempt }: StartingAttempt): PaymentAttempt {
  const [first] = lines;
  return {
    reference: attempt.reference,
    channel: gatewayChannels[attempt.channel],
    amountCentimes: attempt.amountCentimes,
    language: order.locale,
    createdAt: attempt.createdAt,
    expiresAt: attempt.expiresAt,
    payer: {
      ...(first && !first.clientIsPerson && { name: first.clientName }),
      ...(order.payerEmail !== null && { email: order.payerEmail }),
    },
    returnUrl: `${deps.environment.PUBLIC_URL}${paymentBase}${orderPath(order.id)}`,
    lines: lines.map(({ number, amountCentimes }) => ({
      reference: number,
      description: number,
      amountCentimes,
    })),
  };
}

/** `lost`: the gateway may have made what was asked, and is asked by our reference; `none`: it did nothing. */
type Outcome =
  | { readonly kind: 'started'; readonly started: StartedAttempt }
  | { readonly kind: 'lost' }
  | {
      readonly kind: 'none';
      readonly cause: 'gateway_unavailable' | 'gateway_refused';
      readonly detail: string;
    };

async function callGateway(deps: Deps, starting: StartingAttempt): Promise<Outcome> {
  try {
    return { kind: 'started', started: await starting.chosen.gateway.startAttempt(asked(deps, starting)) };
  } catch (error) {
    const reference = starting.attempt.reference;
    if (error instanceof GatewayUnavailableError) {
      deps.log.warn({ attempt: reference, reason: error.reason, effect: error.effect }, 'a gateway is away');
      if (error.effect === 'unknown') return { kind: 'lost' };
      return { kind: 'none', cause: 'gateway_unavailable', detail: error.reason };
    }
    if (!(error instanceof GatewayRefusalError)) throw error;
    deps.log.error(
      { attempt: reference, refusal: error.code, detail: error.detail },
      'a gateway refused an order',
    );
    // It has one under our reference: an earlier answer was lost.
    if (error.code === 'reference_in_use') return { kind: 'lost' };
    return { kind: 'none', cause: 'gateway_refused', detail: `${error.code} ${error.detail}` };
  }
}

/**
 * Asks the gateway for what the payer needs, outside any transaction, and writes what came of it. Returns what the payer does next, absent when
 * the answer was lost: the order is then watched, and nothing is created twice. Throws `gateway_unavailable` when the gateway did nothing.
 */
export async function startAttempt(
  deps: Deps,
  starting: StartingAttempt,
): Promise<StartedAttempt | undefined> {
  const outcome = await callGateway(deps, starting);
  await deps.database.transaction((tx) => writeOutcome(tx, deps, starting, outcome));
  if (outcome.kind === 'none') throw gatewayUnavailable();
  return outcome.kind === 'started' ? outcome.started : undefined;
}

function stateAfter(outcome: Outcome): AttemptStatus {
  if (outcome.kind === 'lost') return 'unknown';
  if (outcome.kind === 'none') return 'abandoned';
  return outcome.started.type === 'reference' ? 'reference_out' : 'redirected';
}

function causeOf(outcome: Outcome): PaymentCause {
  if (outcome.kind === 'none') return outcome.cause;
  return outcome.kind === 'started' ? 'sent_to_gateway' : 'gateway_unavailable';
}

async function writeOutcome(
  tx: Transaction,
  deps: Deps,
  { order: { id: orderId }, attempt: { id: attemptId } }: StartingAttempt,
  outcome: Outcome,
): Promise<void> {
  const locked = await lockOrder(tx, orderId);
  const attempt = locked?.attempts.find(({ id }) => id === attemptId);
  if (!locked || !attempt) throw new Error(`There is no attempt ${attemptId}.`);
  const at = deps.now();
  const { order } = locked;
  // The gateway may have been faster than its own answer, or the payer may have given up: that stands, and the reference is kept.
  const isNew = attempt.status === 'created';
  const to = stateAfter(outcome);
  const changed = {
    ...(isNew && { status: to, changedAt: at }),
    ...(outcome.kind === 'started' && { expiresAt: outcome.started.expiresAt }),
    ...(outcome.kind === 'started' &&
      outcome.started.type === 'reference' && {
        gatewayReference: outcome.started.reference,
        shown: shownOf(outcome.started),
      }),
  };
  await tx
    .update(paymentAttempts)
    .set({ ...changed, inquireAt: nextInquiry({ ...attempt, ...changed }, at) })
    .where(eq(paymentAttempts.id, attempt.id));
  if (!isNew) return;
  const cause = causeOf(outcome);
  const shared: Pick<Change, 'orderId' | 'cause' | 'actor' | 'at'> = {
    orderId,
    cause,
    actor: { kind: 'system' },
    at,
  };
  await recordChange(tx, {
    ...shared,
    attemptId,
    from: attempt.status,
    moves: [to],
    detail: outcome.kind === 'none' ? outcome.detail : undefined,
  });
  const otherOpen = locked.attempts.some(({ id, status }) => id !== attemptId && isOpenAttempt(status));
  const next: OrderStatus | undefined =
    outcome.kind !== 'none' ? 'pending' : otherOpen ? undefined : 'failed';
  const open = order.status === 'created' || order.status === 'pending';
  if (open && next !== undefined && next !== order.status) {
    await tx
      .update(paymentOrders)
      .set({ status: next, cause, updatedAt: at, closedAt: next === 'failed' ? at : null })
      .where(eq(paymentOrders.id, orderId));
    await recordChange(tx, { ...shared, from: order.status, moves: [next] });
  }
  if (outcome.kind === 'lost') await deps.jobs.send(tx, 'inquire-attempt', { attemptId });
  if (to === 'reference_out') await queueOrderEmail(tx, deps.jobs, order, 'reference', at);
}

const shownOf = ({ qrCode, paidAt }: Extract<StartedAttempt, { type: 'reference' }>) => ({
  paidAt,
  ...(qrCode !== undefined && { qrCode }),
});
