import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { paymentAttempts } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import type { Inquiry, KnownAttempt } from '../../integrations/payment-gateway/payment-gateway.ts';
import { type AppliedNews, applyNews } from './apply-news.ts';
import { gatewayChannels } from './payment-channels.ts';
import { type AttemptRecord, findAttempt, type PaymentActor } from './payments.repository.ts';
import { toldByInquiry } from './read-news.ts';

export interface Question {
  /** What a message says that the money is; it isn't believed, only asked about. */
  readonly transactionId?: string | undefined;
  readonly givenUp?: boolean;
  /** It was just given our own order, taken or refused, which isn't given again at once. */
  readonly afterOrder?: boolean;
  /** `capture`: asked what became of our order to capture. */
  readonly source?: 'inquiry' | 'capture';
  readonly actor?: PaymentActor;
  /** A gateway waits for our answer to its notification. */
  readonly live?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** An attempt as its gateway is asked about it. */
export const knownAttempt = (attempt: AttemptRecord, toldTransactionId?: string): KnownAttempt => ({
  reference: attempt.reference,
  channel: gatewayChannels[attempt.channel],
  amountCentimes: attempt.amountCentimes,
  ...(attempt.gatewayReference !== null && { gatewayReference: attempt.gatewayReference }),
  ...(attempt.gatewayTransactionId !== null && { gatewayTransactionId: attempt.gatewayTransactionId }),
  ...(toldTransactionId !== undefined && { toldTransactionId }),
});

/**
 * Asks the gateway about an attempt, outside any transaction, and applies its answer. A gateway that can't be asked is `unknown`, which changes
 * nothing. Throws when there is no such attempt, or when PostgreSQL is away.
 */
export async function inquireAttempt(
  deps: Deps,
  attemptId: string,
  {
    transactionId,
    givenUp = false,
    afterOrder = false,
    source = 'inquiry',
    actor = { kind: 'gateway' },
    live = false,
    signal,
  }: Question = {},
): Promise<AppliedNews> {
  const attempt = await findAttempt(deps.database, attemptId);
  if (!attempt) throw new Error(`There is no attempt ${attemptId}.`);
  const gateway = deps.gateways[attempt.provider];
  const inquiry: Inquiry = gateway
    ? await gateway.inquire(knownAttempt(attempt, transactionId), signal)
    : { state: 'unknown', detail: 'not_configured' };
  return await applyNews(deps, {
    attemptId,
    told: toldByInquiry(inquiry, attempt),
    beside: (inquiry.further ?? []).map((one) => toldByInquiry(one, attempt)),
    inquiry,
    source,
    actor,
    givenUp,
    afterOrder,
    live,
    askedOf: attempt.changedAt,
  });
}

/** Brings the next inquiry forward: the gateway just said something that it didn't confirm. */
export async function askSoon({ database, now }: Deps, attemptId: string): Promise<void> {
  const soon = new Date(now().getTime() + 60_000);
  await database
    .update(paymentAttempts)
    .set({ inquireAt: soon })
    .where(
      and(
        eq(paymentAttempts.id, attemptId),
        or(isNull(paymentAttempts.inquireAt), gt(paymentAttempts.inquireAt, soon)),
      ),
    );
}
