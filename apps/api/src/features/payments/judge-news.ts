import type { AttemptStatus, OrderStatus, PaymentCause } from '@rnoce/schemas';
import { attemptStates, orderStates } from '@rnoce/schemas/payment-states';
import type { CallbackDecision, GatewayState } from '../../integrations/payment-gateway/payment-gateway.ts';

/**
 * The only place where anything about money is decided (reference/payment-gateways.md §4.3): what a piece of news means for an attempt, its
 * order, its invoices and the payer's money. Pure: `apply-news.ts` reads the situation under locks, and writes the verdict.
 */

/** Who says it. `capture`: the gateway, asked after it took our order; `void`: it took our order. */
export type NewsSource = 'callback' | 'inquiry' | 'capture' | 'void' | 'settlement_file' | 'agent';

export interface News {
  readonly source: NewsSource;
  /** `settled` is said as `captured`, a message without a verdict as `unknown`. */
  readonly says: Exclude<GatewayState, 'settled'>;
  /**
   * `unverified`: rightly signed, but not what the gateway says. `must_inquire`: believed only once an inquiry confirms it. Both make us ask,
   * and move no money.
   */
  readonly trust: 'verified' | 'unverified' | 'must_inquire';
  /** The amount and currency told, beside what we asked for. */
  readonly money: 'exact' | 'wrong_amount' | 'wrong_currency' | 'unsaid';
  /** The gateway's transaction, beside the one that the attempt is known by. */
  readonly transaction: 'same' | 'another' | 'unsaid';
  /** With `pending`: the payer has paid or ordered it, and the bank takes its time. */
  readonly underWay: boolean;
  /** The payer gives the order up, and the gateway was asked for that. */
  readonly givenUp: boolean;
  /** The gateway waits for our answer, and captures by it. */
  readonly live: boolean;
}

export interface Situation {
  readonly order: OrderStatus;
  readonly attempt: AttemptStatus;
  readonly kind: 'redirect' | 'reference';
  /** The gateway gave its reference or code. */
  readonly hasReference: boolean;
  /** Beside the lines frozen at the order's creation. `ours`: settled by this order; `lost`: by another one; `changed`: by their issuer. */
  readonly invoices: 'payable' | 'ours' | 'lost' | 'changed';
  /** It is this attempt's money that settles them. */
  readonly settles: boolean;
  /** The money that the news is about goes back to the payer, and hasn't yet. */
  readonly refundDue: boolean;
  /** Other money of this attempt goes back too: its reference was paid more than once. */
  readonly otherOwnRefundsDue: boolean;
  /** There is a refund, due or done, for the very transaction of the news. */
  readonly refundKnown: boolean;
  /** Beside the refund that the news is about, the order has others due, of whichever attempt. */
  readonly otherRefundsDue: boolean;
  /** Another attempt of the order may still bring money. */
  readonly otherOpen: boolean;
  /** Past the attempt's time, the provider's grace included. */
  readonly over: boolean;
  /** After a refusal the same reference may be paid by another try. */
  readonly mayStillPay: boolean;
}

export type NewsAnomaly = 'wrong_amount' | 'wrong_currency' | 'capture_lost' | 'gap_state';

export interface Verdict {
  /** The states gone through, each allowed by its table; empty: no change. */
  readonly attempt: readonly AttemptStatus[];
  readonly order: readonly OrderStatus[];
  readonly cause?: PaymentCause;
  readonly invoices?: 'settle' | 'release';
  /** `due`: the money told goes back; `done`: it has gone back. */
  readonly refund?: 'due' | 'done';
  /** What is asked of the gateway at once. */
  readonly ask?: 'void' | 'capture' | 'inquire';
  readonly anomaly?: NewsAnomaly;
  /** What a gateway that notified us is told, after the commit. */
  readonly answer: CallbackDecision;
}

const causeOfSource = {
  callback: 'callback',
  inquiry: 'inquiry',
  capture: 'capture',
  void: 'void',
  settlement_file: 'settlement_file',
  agent: 'recorded_by_agent',
} as const satisfies Record<NewsSource, PaymentCause>;

const unchanged = (answer: CallbackDecision): Verdict => ({ attempt: [], order: [], answer });
const isOpen = (order: OrderStatus) => !orderStates[order].closed;
const wrongMoney = ({ money }: News): 'wrong_amount' | 'wrong_currency' | undefined =>
  money === 'wrong_amount' || money === 'wrong_currency' ? money : undefined;

/** Ends an open order that no attempt can pay any more. */
const closing = ({ order, otherOpen }: Situation, to: 'failed' | 'cancelled' | 'expired'): OrderStatus[] =>
  isOpen(order) && !otherOpen ? [to] : [];

/** Decides. Throws when a verdict would move a state otherwise than its table allows: that is a defect, and nothing is written. */
export function judgeNews(situation: Situation, news: News): Verdict {
  const verdict = judge(situation, news);
  assertMoves(attemptStates, situation.attempt, verdict.attempt);
  assertMoves(orderStates, situation.order, verdict.order);
  return verdict;
}

/** Throws when a state would move otherwise than its table allows: that is a defect. */
export function assertMoves<S extends string>(
  states: Readonly<Record<S, { readonly to: readonly string[] }>>,
  from: S,
  moves: readonly S[],
): void {
  moves.reduce((state, next) => {
    if (!states[state].to.includes(next)) throw new Error(`${state} doesn't become ${next}.`);
    return next;
  }, from);
}

function judge(situation: Situation, news: News): Verdict {
  if (news.trust === 'must_inquire') return { ...unchanged('acknowledge'), ask: 'inquire' };
  if (news.trust === 'unverified') return doubt(situation, news);
  switch (news.says) {
    case 'authorised':
      return judgeAuthorised(situation, news);
    case 'captured':
      return judgeCaptured(situation, news);
    case 'refused':
      return judgeRefused(situation, news);
    case 'none':
    case 'pending':
    case 'expired':
    case 'cancelled':
      return judgeNoMoney(situation, news, news.says);
    case 'voided':
      return judgeVoided(situation, news);
    case 'refunded':
      return judgeGivenBack(situation, news, 'refunded', 'refund_recorded');
    case 'reversed':
      return judgeGivenBack(situation, news, 'reversed', 'taken_back');
    case 'unknown':
      return unchanged('later');
  }
}

/** A message that contradicts what we asked, or isn't as the gateway writes: the gateway itself is asked. */
function doubt({ attempt }: Situation, { source }: News, anomaly?: NewsAnomaly): Verdict {
  const undecided = attempt === 'redirected' || attempt === 'reference_out' || attempt === 'refused';
  return {
    ...unchanged('fault'),
    ...(undecided && { attempt: ['unknown'], cause: causeOfSource[source] }),
    ...(anomaly && { anomaly }),
    ask: 'inquire',
  };
}

/** Why money that is here doesn't settle. */
const unwantedCause = ({ invoices }: Situation): PaymentCause =>
  invoices === 'ours' ? 'paid_already' : invoices === 'changed' ? 'invoice_changed' : 'lost_to_another_order';
const settlingCause = ({ order }: Situation, { source }: News): PaymentCause =>
  isOpen(order) ? causeOfSource[source] : 'late';

function judgeAuthorised(situation: Situation, news: News): Verdict {
  const { attempt, order, invoices, otherOpen } = situation;
  const isAsked = news.source !== 'callback';
  const isSecond = !isAsked && news.transaction === 'another';
  if (news.money === 'unsaid') return doubt(situation, news);
  const wrong = wrongMoney(news);
  if (wrong && !isAsked) return doubt(situation, news, wrong);
  switch (attempt) {
    case 'capture_requested':
      if (wrong) return { ...unchanged('fault'), anomaly: wrong };
      if (isSecond) return { ...unchanged('do_not_take'), anomaly: 'gap_state' };
      // The answer that captures was lost, or nobody heard it.
      return isAsked ? { ...unchanged('take'), ask: 'capture' } : unchanged('take');
    case 'captured':
      // Our answer would capture it beside the money that is taken already.
      return isSecond ? { ...unchanged('do_not_take'), anomaly: 'gap_state' } : unchanged('take');
    case 'void_requested':
      return isAsked ? { ...unchanged('do_not_take'), ask: 'void' } : unchanged('do_not_take');
    case 'voided':
      // The message about what was voided comes late; another transaction is new money.
      if (news.transaction !== 'another') return unchanged('do_not_take');
      break;
    case 'refund_requested':
    case 'refunded':
    case 'reversed':
      return unchanged('do_not_take');
    case 'created':
    case 'redirected':
    case 'reference_out':
    case 'refused':
    case 'abandoned':
    case 'unknown':
    case 'authorised':
  }
  const authorised: AttemptStatus[] = attempt === 'authorised' ? [] : ['authorised'];
  if (!wrong && invoices === 'payable')
    return {
      attempt: [...authorised, 'capture_requested'],
      order: ['paid'],
      cause: settlingCause(situation, news),
      invoices: 'settle',
      answer: 'take',
      ...(!news.live && { ask: 'capture' }),
    };
  const lost = invoices === 'lost' || invoices === 'changed';
  return {
    attempt: [...authorised, 'void_requested'],
    order: isOpen(order) && (lost || !otherOpen) ? ['failed'] : [],
    cause: wrong ? 'wrong_amount' : unwantedCause(situation),
    ask: 'void',
    answer: wrong ? 'fault' : 'do_not_take',
    ...(wrong && { anomaly: wrong }),
  };
}

function judgeCaptured(situation: Situation, news: News): Verdict {
  const { attempt, order, invoices, refundKnown } = situation;
  if (news.money === 'unsaid') return doubt(situation, news);
  const wrong = wrongMoney(news);
  const due = (cause: PaymentCause, moves: AttemptStatus[]): Verdict => ({
    attempt: moves,
    order: order === 'paid' || order === 'refund_due' ? [] : ['refund_due'],
    cause,
    refund: 'due',
    answer: wrong ? 'fault' : 'do_not_take',
    ...(wrong && { anomaly: wrong }),
  });
  switch (attempt) {
    case 'captured':
    case 'refund_requested':
    case 'refunded':
      // A reference can be paid twice: the second transaction is money too.
      return news.transaction === 'another' && !refundKnown ? due('paid_already', []) : unchanged('take');
    case 'capture_requested':
      if (!wrong)
        return { attempt: ['captured'], order: [], cause: causeOfSource[news.source], answer: 'take' };
      return { ...due('wrong_amount', ['captured']), order: ['refund_due'], invoices: 'release' };
    case 'created':
    case 'redirected':
    case 'reference_out':
    case 'refused':
    case 'authorised':
    case 'void_requested':
    case 'voided':
    case 'reversed':
    case 'abandoned':
    case 'unknown':
  }
  if (wrong) return due('wrong_amount', ['captured']);
  if (invoices !== 'payable') return due(unwantedCause(situation), ['captured']);
  return {
    attempt: ['captured'],
    order: ['paid'],
    cause: settlingCause(situation, news),
    invoices: 'settle',
    answer: 'take',
  };
}

function judgeRefused(situation: Situation, news: News): Verdict {
  const { attempt, mayStillPay, over } = situation;
  switch (attempt) {
    case 'created':
    case 'redirected':
    case 'reference_out':
    case 'unknown':
    case 'refused': {
      const refused: AttemptStatus[] = attempt === 'refused' ? [] : ['refused'];
      if (mayStillPay && !over && !news.givenUp)
        return { attempt: refused, order: [], cause: 'gateway_refused', answer: 'acknowledge' };
      // Money may have come after it was sent, and a payer can send it themselves: only the gateway's answer ends an attempt.
      if (news.source === 'callback')
        return {
          attempt: refused,
          order: [],
          cause: 'gateway_refused',
          ask: 'inquire',
          answer: 'acknowledge',
        };
      return {
        attempt: [...refused, 'abandoned'],
        order: closing(situation, news.givenUp ? 'cancelled' : 'failed'),
        cause: news.givenUp ? 'payer_cancelled' : 'gateway_refused',
        answer: 'acknowledge',
      };
    }
    case 'void_requested':
      return news.source === 'inquiry' ? judgeVoided(situation, news) : unchanged('acknowledge');
    case 'captured':
      return news.source === 'inquiry'
        ? { ...unchanged('acknowledge'), anomaly: 'gap_state' }
        : unchanged('acknowledge');
    // A refusal that comes after the acceptance was sent before it.
    case 'authorised':
    case 'capture_requested':
    case 'voided':
    case 'refund_requested':
    case 'refunded':
    case 'reversed':
    case 'abandoned':
      return unchanged('acknowledge');
  }
}

function judgeNoMoney(
  situation: Situation,
  news: News,
  says: 'none' | 'pending' | 'expired' | 'cancelled',
): Verdict {
  const { attempt, kind, hasReference, over } = situation;
  const cause = causeOfSource[news.source];
  switch (attempt) {
    case 'created':
    case 'redirected':
    case 'reference_out':
    case 'refused':
    case 'unknown': {
      const neverMade = says === 'none' && kind === 'reference' && !hasReference;
      const ended = neverMade || says === 'expired' || says === 'cancelled' || over || news.givenUp;
      if (ended && !news.underWay) {
        const [to, why] = endOf(situation, news, neverMade);
        return { attempt: ['abandoned'], order: closing(situation, to), cause: why, answer: 'acknowledge' };
      }
      if (attempt === 'unknown' || (attempt === 'created' && kind === 'reference'))
        return {
          attempt: [kind === 'reference' ? 'reference_out' : 'redirected'],
          order: situation.order === 'created' ? ['pending'] : [],
          cause,
          answer: 'acknowledge',
        };
      return unchanged('acknowledge');
    }
    case 'void_requested':
      return says === 'pending' ? unchanged('acknowledge') : judgeVoided(situation, news);
    case 'captured':
      // A payment that is cancelled after it was announced is money taken back.
      if (says === 'cancelled') return judgeGivenBack(situation, news, 'reversed', 'taken_back');
      return { ...unchanged('acknowledge'), anomaly: 'gap_state' };
    case 'authorised':
    case 'capture_requested':
    case 'voided':
    case 'refund_requested':
    case 'refunded':
    case 'reversed':
    case 'abandoned':
      return unchanged('acknowledge');
  }
}

/** How an order whose last attempt ends without money is closed. */
function endOf(
  { attempt }: Situation,
  { givenUp, says, source }: News,
  neverMade: boolean,
): ['failed' | 'cancelled' | 'expired', PaymentCause] {
  if (givenUp) return ['cancelled', 'payer_cancelled'];
  if (attempt === 'refused') return ['failed', 'gateway_refused'];
  if (neverMade) return ['failed', 'gateway_unavailable'];
  return says === 'cancelled' ? ['cancelled', causeOfSource[source]] : ['expired', 'time_over'];
}

/** What the gateway had promised or taken is given up. */
function judgeVoided(situation: Situation, news: News): Verdict {
  const { attempt, settles } = situation;
  if (isUnnamed(situation, news)) return { ...unchanged('do_not_take'), anomaly: 'gap_state' };
  if (isOtherMoney(situation, news))
    return { attempt: [], ...refundDone(situation), cause: 'void', answer: 'do_not_take' };
  switch (attempt) {
    case 'capture_requested':
    case 'captured':
      if (settles)
        return {
          attempt: ['voided'],
          order: ['failed'],
          cause: 'capture_lost',
          invoices: 'release',
          anomaly: 'capture_lost',
          answer: 'do_not_take',
        };
      return { attempt: ['voided'], ...refundDone(situation), cause: 'void', answer: 'do_not_take' };
    case 'refund_requested':
      return { attempt: ['refunded'], ...refundDone(situation), cause: 'void', answer: 'do_not_take' };
    case 'authorised':
    case 'void_requested':
    case 'unknown':
    case 'created':
    case 'redirected':
    case 'reference_out':
    case 'refused':
    case 'abandoned': {
      const direct = attempt === 'authorised' || attempt === 'void_requested' || attempt === 'unknown';
      return {
        attempt: direct ? ['voided'] : ['authorised', 'voided'],
        order: closing(situation, 'failed'),
        cause: news.source === 'void' ? 'void' : causeOfSource[news.source],
        answer: 'do_not_take',
      };
    }
    case 'voided':
    case 'refunded':
    case 'reversed':
      return unchanged('do_not_take');
  }
}

/** The payer has their money again: it was refunded at the gateway, or their bank took it back. */
function judgeGivenBack(
  situation: Situation,
  news: News,
  to: 'refunded' | 'reversed',
  cause: PaymentCause,
): Verdict {
  const { attempt, settles } = situation;
  const answer = 'acknowledge';
  if (isUnnamed(situation, news)) return { ...unchanged(answer), anomaly: 'gap_state' };
  if (isOtherMoney(situation, news)) return { attempt: [], ...refundDone(situation), cause, answer };
  switch (attempt) {
    case 'voided':
    case 'reversed':
      return unchanged(answer);
    case 'refunded':
      // Refunded by us and taken back by the bank: given back twice, for a person.
      return to === 'refunded'
        ? unchanged(answer)
        : { attempt: ['reversed'], order: [], cause, anomaly: 'capture_lost', answer };
    case 'capture_requested':
    case 'captured':
    case 'refund_requested': {
      const path: AttemptStatus[] =
        attempt === 'capture_requested' || (attempt === 'refund_requested' && to === 'reversed')
          ? ['captured', to]
          : [to];
      if (settles) return { attempt: path, order: [to], cause, invoices: 'release', answer };
      return { attempt: path, ...refundDone(situation), cause, answer };
    }
    case 'created':
    case 'redirected':
    case 'reference_out':
    case 'refused':
    case 'abandoned':
    case 'unknown':
    case 'authorised':
    case 'void_requested':
      return { attempt: ['captured', to], order: closing(situation, 'failed'), cause, answer };
  }
}

/** One of several payments of a reference goes back: the money that settles, or is still due, stays. */
const isOtherMoney = (
  { settles, refundDue, otherOwnRefundsDue }: Situation,
  { transaction }: News,
): boolean => refundDue && (otherOwnRefundsDue || (settles && transaction === 'another'));

/** Of several payments due back, the news doesn't say which: a person looks. What settles is named by its own transaction. */
const isUnnamed = ({ settles, refundDue, otherOwnRefundsDue }: Situation, { transaction }: News): boolean =>
  !refundDue && otherOwnRefundsDue && !(settles && transaction === 'same');

/** The refund that was due is done; the order is refunded once none is left. */
function refundDone({ order, refundDue, otherRefundsDue }: Situation): Pick<Verdict, 'order' | 'refund'> {
  return {
    order: order === 'refund_due' && refundDue && !otherRefundsDue ? ['refunded'] : [],
    ...(refundDue && { refund: 'done' }),
  };
}
