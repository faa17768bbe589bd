import { and, eq } from 'drizzle-orm';
import { refunds } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import type { CallbackDecision } from '../../integrations/payment-gateway/payment-gateway.ts';
import { askSoon, inquireAttempt } from '../payments/ask-gateway.ts';
import { correctFault, type MessageRecord, maxTries, readingOf } from '../payments/gateway-messages.ts';
import { type AttemptRecord, findAttemptByReference } from '../payments/payments.repository.ts';
import { moneyOf, type Told, toldByMessage } from '../payments/read-news.ts';

/**
 * What a gateway is told when it repeats a notification that was a fault because the gateway didn't show its money yet. Once that very
 * transaction is in our books, by whichever way it came, the fault was none, and the repetition and all after it are told so; a bank would
 * take the money back otherwise. Until then the gateway is asked again, about the transaction that only this message may name; not for ever,
 * since whoever holds the message can send it. Whatever else was a fault stays one.
 *
 * @param signal ends the asking while a gateway waits for our answer
 */
export async function judgeAgain(
  deps: Deps,
  message: MessageRecord,
  { live, signal }: { readonly live: boolean; readonly signal?: AbortSignal | undefined },
): Promise<CallbackDecision> {
  const { database } = deps;
  const reading = readingOf(message);
  if (reading.trust !== 'verified') return 'fault';
  const told = toldByMessage(reading.message);
  if (told.trust !== 'must_inquire' || told.says !== 'captured') return 'fault';
  const attempt = await findAttemptByReference(database, reading.message.attemptReference);
  if (attempt?.provider !== message.provider || moneyOf(told, attempt) !== 'exact') return 'fault';
  let decision = await decisionInBooks(deps, attempt, told);
  if (!decision && message.repetitions <= maxTries) {
    const { attempt: after } = await inquireAttempt(deps, attempt.id, {
      transactionId: told.gatewayTransactionId,
      live,
      signal,
    });
    decision = await decisionInBooks(deps, after, told);
    if (!decision) await askSoon(deps, attempt.id);
  }
  if (!decision) return 'fault';
  await correctFault(database, message.id, decision);
  return decision;
}

/** What our books say of the transaction that a message told; undefined while they don't know it, or know it for another amount. */
async function decisionInBooks(
  { database }: Deps,
  attempt: AttemptRecord,
  { gatewayTransactionId }: Told,
): Promise<'take' | 'do_not_take' | undefined> {
  const about = and(eq(refunds.attemptId, attempt.id), eq(refunds.transactionId, gatewayTransactionId ?? ''));
  const [refund] = await database.select({ cause: refunds.cause }).from(refunds).where(about);
  if (refund) return refund.cause === 'wrong_amount' ? undefined : 'do_not_take';
  const isSame = attempt.gatewayTransactionId === (gatewayTransactionId ?? null);
  return attempt.capturedAt !== null && isSame ? 'take' : undefined;
}
