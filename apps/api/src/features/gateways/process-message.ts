import type { Deps } from '../../deps.ts';
import type {
  CallbackDecision,
  CallbackReading,
} from '../../integrations/payment-gateway/payment-gateway.ts';
import { applyNews } from '../payments/apply-news.ts';
import { askSoon, inquireAttempt } from '../payments/ask-gateway.ts';
import {
  finishMessage,
  type MessageRecord,
  readingOf,
  rejectedDecision,
  startMessage,
} from '../payments/gateway-messages.ts';
import { type AttemptRecord, findAttemptByReference } from '../payments/payments.repository.ts';
import { raiseAnomaly } from '../payments/raise-anomalies.ts';
import { moneyOf, type Told, toldByMessage } from '../payments/read-news.ts';
import { judgeAgain } from './judge-again.ts';

/** How long a gateway that waits for our answer lets us ask it, in milliseconds. */
const liveInquiryMs = 1200;

const liveSignal = (live: boolean): AbortSignal | undefined =>
  live ? AbortSignal.timeout(liveInquiryMs) : undefined;

const claimOf = (reading: CallbackReading) =>
  reading.trust === 'verified' ? reading.message : reading.trust === 'unverified' ? reading.claim : {};

/**
 * Does what a stored callback is about, and decides what the gateway is told. Done twice, it is done once; only a fault is judged again. `live`: the gateway waits, and captures
 * by our answer; otherwise the message is done again from the store. Throws when PostgreSQL is away or too slow: the message stays unfinished.
 */
export async function processMessage(
  deps: Deps,
  message: MessageRecord,
  { live }: { live: boolean },
): Promise<CallbackDecision> {
  const { database, now } = deps;
  if (message.processedAt && message.decision)
    return message.decision === 'fault'
      ? await judgeAgain(deps, message, { live, signal: liveSignal(live) })
      : message.decision;
  const reading = readingOf(message);
  if (reading.trust === 'rejected') return rejectedDecision;
  const claim = claimOf(reading);
  const attempt =
    claim.attemptReference === undefined
      ? undefined
      : await findAttemptByReference(database, claim.attemptReference);
  const known = attempt?.provider === message.provider ? attempt : undefined;
  await startMessage(database, message.id, { attemptId: known?.id ?? null, live });
  if (!known) {
    // Rightly signed, about nothing of ours: another system with our keys, or ours after a restore.
    if (reading.trust === 'verified') {
      const subject = `${message.provider} ${reading.message.attemptReference}`;
      const { amountCentimes: theirs } = reading.message;
      await raiseAnomaly(
        database,
        { kind: 'unknown_attempt', subject, messageId: message.id, theirs },
        now(),
      );
    }
    await finishMessage(database, message.id, 'fault', now());
    return 'fault';
  }
  const told: Told =
    reading.trust === 'verified'
      ? toldByMessage(reading.message)
      : {
          says: 'unknown',
          trust: 'unverified',
          gatewayTransactionId: claim.gatewayTransactionId,
          detail: reading.reason,
        };
  if (told.trust === 'must_inquire') {
    const decision = await confirm(deps, known, told, live);
    await finishMessage(database, message.id, decision, now());
    return decision;
  }
  const { verdict } = await applyNews(deps, {
    attemptId: known.id,
    told,
    source: 'callback',
    actor: { kind: 'gateway' },
    messageId: message.id,
    live,
  });
  return verdict.answer;
}

/** A message that only makes us ask: the gateway is asked while it waits, or else by a job at once. */
async function confirm(
  deps: Deps,
  attempt: AttemptRecord,
  told: Told,
  live: boolean,
): Promise<CallbackDecision> {
  const { database, jobs } = deps;
  const transactionId = told.gatewayTransactionId;
  const {
    verdict,
    attempt: after,
    told: shown,
  } = await inquireAttempt(deps, attempt.id, {
    transactionId,
    live,
    signal: liveSignal(live),
  });
  if (verdict.answer === 'later') {
    await jobs.send(database, 'inquire-attempt', {
      attemptId: attempt.id,
      ...(transactionId !== undefined && { transactionId }),
    });
    return 'acknowledge';
  }
  if (told.says !== 'captured') return 'acknowledge';
  const isAbout =
    transactionId === undefined ||
    shown.gatewayTransactionId === undefined ||
    shown.gatewayTransactionId === transactionId;
  const isTaken = after.capturedAt !== null && verdict.answer !== 'acknowledge' && isAbout;
  if (isTaken && moneyOf(told, attempt) === 'exact') return verdict.answer;
  // It announces money that the gateway itself doesn't show, or another payment or amount: perhaps it shows it in a moment.
  await askSoon(deps, attempt.id);
  return 'fault';
}
