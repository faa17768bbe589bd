import type { AttemptStatus, PaymentCause } from '@rnoce/schemas';
import { attemptStates, orderStates } from '@rnoce/schemas/payment-states';
import { judgeGivenBack, judgeVoided } from './judge-given-back.ts';
import {
  causeOfSource,
  closing,
  isOpen,
  type News,
  type NewsAnomaly,
  type Situation,
  unchanged,
  type Verdict,
} from './verdict.ts';

/**
 * The only place where anything about money is decided (reference/payment-gateways.md §4.3): what a piece of news means for an attempt, its
 * order, its invoices and the payer's money. Pure: `apply-news.ts` reads the situation under locks, and writes the verdict.
 */

/** What the gateway was asked: a message may have been sent before what we know. */
const isAnswer = ({ source }: News): boolean => source === 'inquiry' || source === 'capture';
const wrongMoney = ({ money }: News): 'wrong_amount' | 'wrong_currency' | undefined =>
  money === 'wrong_amount' || money === 'wrong_currency' ? money : undefined;

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
  const settling = (moves: AttemptStatus[]): Verdict => ({
    attempt: moves,
    order: ['paid'],
    cause: settlingCause(situation, news),
    invoices: 'settle',
    answer: 'take',
  });
  switch (attempt) {
    case 'captured':
    case 'refund_requested':
    case 'refunded': {
      // A reference can be paid twice: the second transaction is money too.
      if (news.transaction !== 'another' || refundKnown) return unchanged('take');
      if (news.bookedAlready) return { ...unchanged('take'), anomaly: 'gap_state' };
      const moves: AttemptStatus[] = attempt === 'refunded' ? ['captured'] : [];
      // The first one is on its way back, and its attempt can't hold both.
      const settles = !wrong && invoices === 'payable' && attempt !== 'refund_requested';
      return settles ? settling(moves) : due(wrong ? 'wrong_amount' : 'paid_already', moves);
    }
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
  return settling(['captured']);
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
    case 'capture_requested':
      return isAnswer(news)
        ? { ...unchanged('acknowledge'), anomaly: 'gap_state' }
        : unchanged('acknowledge');
    // A refusal that comes after the acceptance was sent before it.
    case 'authorised':
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
    case 'capture_requested':
      // It settles here, and the gateway shows nothing that could be captured.
      return says !== 'pending' && isAnswer(news)
        ? { ...unchanged('acknowledge'), anomaly: 'gap_state' }
        : unchanged('acknowledge');
    case 'authorised':
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
