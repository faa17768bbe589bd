import { channelOf } from '@rnoce/schemas/payment-states';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import type { Inquiry } from '../../integrations/payment-gateway/payment-gateway.ts';
import { isAsOrdered } from './as-ordered.ts';
import { endOfAttempt, isOpenAttempt } from './attempt-times.ts';
import { finishMessage, insertInquiry } from './gateway-messages.ts';
import { judgeNews } from './judge-news.ts';
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
import { type News, type NewsSource, type Situation, unchanged, type Verdict } from './verdict.ts';
import { writeVerdict } from './write-verdict.ts';

export interface AttemptNews {
  readonly attemptId: string;
  readonly told: Told;
  /** What the same answer tells of other payments of the attempt's reference: judged with it, or not at all. */
  readonly beside?: readonly Told[];
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
  /** The answer is that to `told`; the moves are all that were made. */
  readonly verdict: Verdict;
  readonly order: OrderRecord;
  readonly attempt: AttemptRecord;
  /** The attempt changed while the gateway was asked: nothing was done. */
  readonly stale: boolean;
  /** What the answer is about. */
  readonly told: Told;
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
  const { askedOf, beside = [] } = news;
  return await deps.database.transaction(async (tx) => {
    if (news.live) await limitWaiting(tx);
    const found = await lockAttempt(tx, news.attemptId);
    if (askedOf !== undefined && askedOf.getTime() !== found.attempt.changedAt.getTime()) {
      const verdict: Verdict = { ...unchanged('later'), ask: 'inquire' };
      return { verdict, stale: true, told: news.told, ...(await write(tx, deps, found, news, verdict)) };
    }
    const verdicts: Verdict[] = [];
    const apply = async (told: Told, locked?: LockedAttempt) => {
      const applied = await applyTold(tx, deps, locked ?? (await lockAttempt(tx, news.attemptId)), {
        ...news,
        told,
      });
      verdicts.push(applied.verdict);
      return applied;
    };
    // What is gone first: a payment beside it may then settle.
    for (const told of beside.filter(({ says }) => says !== 'captured')) {
      const locked = await lockAttempt(tx, news.attemptId);
      if (isBooked(locked, told)) await apply(told, locked);
    }
    const own = await apply(news.told, verdicts.length === 0 ? found : undefined);
    let last = own;
    for (const told of beside.filter(({ says }) => says === 'captured')) last = await apply(told);
    return {
      verdict: {
        ...own.verdict,
        attempt: verdicts.flatMap(({ attempt }) => attempt),
        order: verdicts.flatMap(({ order }) => order),
      },
      stale: false,
      told: news.told,
      order: last.order,
      attempt: last.attempt,
    };
  });
}

/** An attempt with all that its money depends on, locked. */
interface LockedAttempt {
  readonly locked: LockedOrder;
  readonly attempt: AttemptRecord;
}

async function lockAttempt(tx: Transaction, id: string): Promise<LockedAttempt> {
  const found = await findAttempt(tx, id);
  const locked = found && (await lockOrder(tx, found.orderId));
  const attempt = locked?.attempts.find((one) => one.id === id);
  if (!locked || !attempt) throw new Error(`There is no attempt ${id}.`);
  return { locked, attempt };
}

/** Judges what was told of one payment, and writes it. */
async function applyTold(
  tx: Transaction,
  deps: Deps,
  found: LockedAttempt,
  news: AttemptNews,
): Promise<Pick<AppliedNews, 'verdict' | 'order' | 'attempt'>> {
  const judged = judgeNews(situationOf(found, news.told, deps.now()), newsFor(found, news));
  const { ask: _, ...silently } = judged;
  const verdict = news.afterOrder && judged.ask !== 'inquire' ? silently : judged;
  return { verdict, ...(await write(tx, deps, found, news, verdict)) };
}

async function write(
  tx: Transaction,
  deps: Deps,
  { locked, attempt }: LockedAttempt,
  news: AttemptNews,
  verdict: Verdict,
): Promise<Pick<AppliedNews, 'order' | 'attempt'>> {
  const at = deps.now();
  const messageId = (await storeInquiry(tx, attempt, news, verdict, at)) ?? news.messageId;
  const written = await writeVerdict(tx, deps, {
    locked,
    attempt,
    news: messageId === undefined ? news : { ...news, messageId },
    verdict,
    at,
  });
  if (news.source === 'callback' && news.messageId !== undefined)
    await finishMessage(tx, news.messageId, verdict.answer, at);
  return written;
}

/** Whether our books have the payment that is gone: what came and went before we heard of it is no news. */
const isBooked = ({ locked, attempt }: LockedAttempt, { gatewayTransactionId }: Told): boolean =>
  gatewayTransactionId !== undefined &&
  (gatewayTransactionId === attempt.gatewayTransactionId ||
    refundAbout(locked, attempt, gatewayTransactionId).known);

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

function situationOf({ locked, attempt }: LockedAttempt, told: Told, at: Date): Situation {
  const { order, attempts, settlements, refunds } = locked;
  const { refund, others, known, made } = refundAbout(locked, attempt, told.gatewayTransactionId);
  const { mayStillPay, namesPayments } = providerRules[attempt.provider];
  return {
    order: order.status,
    attempt: attempt.status,
    kind: channelOf(attempt.method, attempt.channel)?.kind ?? 'redirect',
    hasReference: (attempt.gatewayReference ?? told.gatewayReference) !== undefined,
    invoices: invoicesOf(locked),
    settles: settlements.some(({ attemptId }) => attemptId === attempt.id),
    refundDue: refund !== undefined,
    otherOwnRefundsDue: others.length > 0,
    refundKnown: known,
    refundMade: made,
    otherRefundsDue: refunds.some((other) => other.status === 'due' && other.id !== refund?.id),
    otherOpen: attempts.some(({ id, status }) => id !== attempt.id && isOpenAttempt(status)),
    over: at >= endOfAttempt(attempt),
    mayStillPay,
    namesPayments,
  };
}

/** Money of the attempt that its gateway still counts as paid, also what we gave back by other ways; in centimes. */
function bookedCentimes({ locked: { settlements, refunds }, attempt }: LockedAttempt): number {
  const settled = settlements.some(({ attemptId }) => attemptId === attempt.id) ? attempt.amountCentimes : 0;
  return refunds
    .filter(({ attemptId, way }) => attemptId === attempt.id && way !== 'gateway')
    .reduce((sum, { amountCentimes }) => sum + amountCentimes, settled);
}

function newsFor(found: LockedAttempt, { told, source, live = false, givenUp = false }: AttemptNews): News {
  const { attempt } = found;
  const known = attempt.gatewayTransactionId;
  const { gatewayTransactionId, amountCentimes = 0, paidInAllCentimes } = told;
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
    bookedAlready:
      paidInAllCentimes !== undefined && paidInAllCentimes < bookedCentimes(found) + amountCentimes,
    underWay: told.says === 'pending' && (told.underWay === true || gatewayTransactionId !== undefined),
    givenUp,
    live,
  };
}
