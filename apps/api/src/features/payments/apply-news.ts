import { channelOf } from '@rnoce/schemas/payment-states';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import type { Inquiry } from '../../integrations/payment-gateway/payment-gateway.ts';
import { isAsOrdered } from './as-ordered.ts';
import { endOfAttempt, isOpenAttempt } from './attempt-times.ts';
import { finishMessage, insertInquiry } from './gateway-messages.ts';
import { judgeNews, type News, type NewsSource, type Situation, type Verdict } from './judge-news.ts';
import { providerRules } from './payment-channels.ts';
import {
  type AttemptRecord,
  findAttempt,
  type LockedOrder,
  lockOrder,
  type OrderRecord,
  type PaymentActor,
} from './payments.repository.ts';
import { moneyOf, type Told } from './read-news.ts';
import { refundAbout } from './refund-about.ts';
import { writeVerdict } from './write-verdict.ts';

export interface AttemptNews {
  readonly attemptId: string;
  readonly told: Told;
  readonly source: NewsSource;
  readonly actor: PaymentActor;
  /** The stored message that says it. */
  readonly messageId?: string;
  /** The answer to an inquiry, kept when it changes something. */
  readonly inquiry?: Inquiry;
  /** The gateway waits for our answer to its notification. */
  readonly live?: boolean;
  /** The gateway just got our own order: it gets no other before the next inquiry. */
  readonly afterOrder?: boolean;
  /** The payer gives the order up. */
  readonly givenUp?: boolean;
  /**
   * For an inquiry: when the attempt had last changed as the gateway was asked. An answer to an older situation is no news; the gateway is
   * asked again.
   */
  readonly askedOf?: Date;
}

export interface AppliedNews {
  readonly verdict: Verdict;
  readonly order: OrderRecord;
  readonly attempt: AttemptRecord;
  /** The attempt changed while the gateway was asked: nothing was done. */
  readonly stale: boolean;
}

/** Longest wait for a lock and longest statement while a gateway waits for our answer, in milliseconds. */
const liveLockMs = 900;
const liveStatementMs = 1100;

/**
 * What a gateway said of an attempt, judged and written in one transaction under the locks of its invoices, order and attempts: states,
 * settlements, refunds, anomalies, history, e-mails and jobs. Callbacks, inquiries and agents go through here, and nothing else moves money.
 * Throws when there is no such attempt.
 */
export async function applyNews(deps: Deps, news: AttemptNews): Promise<AppliedNews> {
  return await deps.database.transaction(async (tx) => {
    if (news.live) await limitWaiting(tx);
    const found = await findAttempt(tx, news.attemptId);
    const locked = found && (await lockOrder(tx, found.orderId));
    const attempt = locked?.attempts.find(({ id }) => id === news.attemptId);
    if (!locked || !attempt) throw new Error(`There is no attempt ${news.attemptId}.`);
    const at = deps.now();
    const stale = news.askedOf !== undefined && news.askedOf.getTime() !== attempt.changedAt.getTime();
    const judged: Verdict = stale
      ? { attempt: [], order: [], answer: 'later', ask: 'inquire' }
      : judgeNews(situationOf(locked, attempt, news.told, at), newsFor(attempt, news));
    const { ask: _, ...silently } = judged;
    const verdict = news.afterOrder && judged.ask !== 'inquire' ? silently : judged;
    const messageId = await storeInquiry(tx, attempt, news, verdict, at);
    const written = await writeVerdict(tx, deps, {
      locked,
      attempt,
      news: messageId === undefined ? news : { ...news, messageId },
      verdict,
      at,
    });
    if (news.source === 'callback' && news.messageId !== undefined)
      await finishMessage(tx, news.messageId, verdict.answer, at);
    return { verdict, stale, ...written };
  });
}

/** An answer to an inquiry that changes something is kept as the message that says why; the hundreds that change nothing aren't. */
async function storeInquiry(
  tx: Transaction,
  attempt: AttemptRecord,
  { inquiry }: AttemptNews,
  { attempt: moves, order, refund, anomaly }: Verdict,
  at: Date,
): Promise<string | undefined> {
  const changes = moves.length + order.length > 0 || refund !== undefined || anomaly !== undefined;
  return inquiry && changes ? await insertInquiry(tx, attempt, inquiry, at) : undefined;
}

/** An answer must leave within two seconds, whatever another transaction holds or the database takes (§4.4, 10). */
async function limitWaiting(tx: Transaction): Promise<void> {
  await tx.execute(
    sql`select set_config('lock_timeout', ${String(liveLockMs)}, true), set_config('statement_timeout', ${String(liveStatementMs)}, true)`,
  );
}

function invoicesOf({ lines, invoices, settlements }: LockedOrder): Situation['invoices'] {
  if (settlements.length > 0) return 'ours';
  const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]));
  if (invoices.some(({ status }) => status === 'paid')) return 'lost';
  return lines.every((line) => isAsOrdered(line, byId.get(line.invoiceId))) ? 'payable' : 'changed';
}

function situationOf(locked: LockedOrder, attempt: AttemptRecord, told: Told, at: Date): Situation {
  const { order, attempts, settlements, refunds } = locked;
  const { refund, others } = refundAbout(refunds, attempt.id, told.gatewayTransactionId);
  return {
    order: order.status,
    attempt: attempt.status,
    kind: channelOf(attempt.method, attempt.channel)?.kind ?? 'redirect',
    hasReference: (attempt.gatewayReference ?? told.gatewayReference) !== undefined,
    invoices: invoicesOf(locked),
    settles: settlements.some(({ attemptId }) => attemptId === attempt.id),
    refundDue: refund !== undefined,
    otherOwnRefundsDue: others.length > 0,
    refundKnown: refunds.some(
      ({ attemptId, transactionId }) =>
        attemptId === attempt.id && transactionId === (told.gatewayTransactionId ?? ''),
    ),
    otherRefundsDue: refunds.some((other) => other.status === 'due' && other.id !== refund?.id),
    otherOpen: attempts.some(({ id, status }) => id !== attempt.id && isOpenAttempt(status)),
    over: at >= endOfAttempt(attempt),
    mayStillPay: providerRules[attempt.provider].mayStillPay,
  };
}

function newsFor(attempt: AttemptRecord, { told, source, live = false, givenUp = false }: AttemptNews): News {
  const known = attempt.gatewayTransactionId;
  const { gatewayTransactionId } = told;
  return {
    source,
    says: told.says,
    trust: told.trust,
    money: moneyOf(told, attempt),
    transaction:
      gatewayTransactionId === undefined || known === null
        ? 'unsaid'
        : gatewayTransactionId === known
          ? 'same'
          : 'another',
    underWay: told.says === 'pending' && gatewayTransactionId !== undefined,
    givenUp,
    live,
  };
}
