import type { AttemptStatus, OrderStatus, PaymentCause } from '@rnoce/schemas';
import { causeOfSource, closing, type News, type Situation, unchanged, type Verdict } from './verdict.ts';

/** What the gateway had promised or taken is given up. */
export function judgeVoided(situation: Situation, news: News): Verdict {
  const { attempt, settles } = situation;
  if (isMade(situation)) return unchanged('do_not_take');
  if (isUnnamed(situation, news)) return { ...unchanged('do_not_take'), anomaly: 'gap_state' };
  if (isOtherMoney(situation, news))
    return { attempt: [], ...refundDone(situation), cause: 'void', answer: 'do_not_take' };
  switch (attempt) {
    case 'capture_requested':
    case 'captured':
      if (settles)
        return {
          ...released(situation, ['voided'], 'failed'),
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
export function judgeGivenBack(
  situation: Situation,
  news: News,
  to: 'refunded' | 'reversed',
  cause: PaymentCause,
): Verdict {
  const { attempt, settles } = situation;
  const answer = 'acknowledge';
  if (isMade(situation)) return unchanged(answer);
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
      if (settles) return { ...released(situation, path, to), cause, invoices: 'release', answer };
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

/** The money that settled goes. Other money of the order that is due back still is; the attempt that holds such money keeps it. */
const released = (
  { otherOwnRefundsDue, otherRefundsDue }: Situation,
  path: readonly AttemptStatus[],
  order: OrderStatus,
): Pick<Verdict, 'attempt' | 'order'> => ({
  attempt: otherOwnRefundsDue ? path.slice(0, -1) : path,
  order: [otherRefundsDue ? 'refund_due' : order],
});

/** One of several payments of a reference goes back: the money that settles, or is still due, stays. */
const isOtherMoney = (
  { settles, refundDue, otherOwnRefundsDue }: Situation,
  { transaction }: News,
): boolean => refundDue && (otherOwnRefundsDue || (settles && transaction === 'another'));

/** A transaction that went back once is told so again, and takes nothing from the attempt's other money. */
const isMade = ({ attempt, refundMade }: Situation): boolean =>
  refundMade && (attempt === 'captured' || attempt === 'refund_requested');

/**
 * The news doesn't say which of several payments goes back, or names one that our books don't have: a person looks. What settles is named by its
 * own transaction.
 */
const isUnnamed = (
  { settles, refundDue, otherOwnRefundsDue, namesPayments }: Situation,
  { transaction }: News,
): boolean =>
  !refundDue &&
  ((otherOwnRefundsDue && !(settles && transaction === 'same')) ||
    (settles && namesPayments && transaction === 'another'));

/** The refund that was due is done; the order is refunded once none is left. */
function refundDone({ order, refundDue, otherRefundsDue }: Situation): Pick<Verdict, 'order' | 'refund'> {
  return {
    order: order === 'refund_due' && refundDue && !otherRefundsDue ? ['refunded'] : [],
    ...(refundDue && { refund: 'done' }),
  };
}
