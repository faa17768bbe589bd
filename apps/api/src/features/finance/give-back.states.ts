import type { AttemptStatus, OrderStatus } from '@rnoce/schemas';
import { attemptStates, orderStates } from '@rnoce/schemas/payment-states';
import { assertMoves } from '../payments/judge-news.ts';
import type { LockedRefund } from './refunds.repository.ts';

export interface GivenBack {
  readonly attempt: readonly AttemptStatus[];
  readonly order: readonly OrderStatus[];
}

/**
 * What becomes of an attempt and its order when one of its refunds is done. An attempt whose other money stays, because it settles or is still
 * due, is `captured`; an order is `refunded` once nothing is due any more, and stays `paid` when other money paid it.
 */
export function givenBack({ locked, refund, attempt }: LockedRefund): GivenBack {
  const othersDue = locked.refunds.filter(({ id, status }) => id !== refund.id && status === 'due');
  const keeps =
    locked.settlements.some(({ attemptId }) => attemptId === attempt.id) ||
    othersDue.some(({ attemptId }) => attemptId === attempt.id);
  const moves: GivenBack = {
    attempt: attemptMoves(attempt.status, keeps),
    order: orderMoves(locked.order.status, othersDue.length > 0),
  };
  assertMoves(attemptStates, attempt.status, moves.attempt);
  assertMoves(orderStates, locked.order.status, moves.order);
  return moves;
}

function attemptMoves(status: AttemptStatus, keeps: boolean): AttemptStatus[] {
  if (status === 'captured') return keeps ? [] : ['refunded'];
  if (status === 'refund_requested') return keeps ? ['captured'] : ['refunded'];
  return [];
}

const orderMoves = (status: OrderStatus, owes: boolean): OrderStatus[] =>
  status === 'refund_due' && !owes ? ['refunded'] : [];
