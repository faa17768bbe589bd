import type { AttemptStatus, OrderStatus, PaymentCause } from '@rnoce/schemas';
import { orderStates } from '@rnoce/schemas/payment-states';
import type { CallbackDecision, GatewayState } from '../../integrations/payment-gateway/payment-gateway.ts';

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
  /** By the gateway's own total, no more was paid than stands in our books: a retry of that payment under another number. */
  readonly bookedAlready: boolean;
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
  /** The very transaction of the news has gone back already. */
  readonly refundMade: boolean;
  /** Beside the refund that the news is about, the order has others due, of whichever attempt. */
  readonly otherRefundsDue: boolean;
  /** Another attempt of the order may still bring money. */
  readonly otherOpen: boolean;
  /** Past the attempt's time, the provider's grace included. */
  readonly over: boolean;
  /** After a refusal the same reference may be paid by another try. */
  readonly mayStillPay: boolean;
  /** Each payment of a reference is told under its own number, also when it goes back. */
  readonly namesPayments: boolean;
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

/** What the history says of a change, by who told it. */
export const causeOfSource = {
  callback: 'callback',
  inquiry: 'inquiry',
  capture: 'capture',
  void: 'void',
  settlement_file: 'settlement_file',
  agent: 'recorded_by_agent',
} as const satisfies Record<NewsSource, PaymentCause>;

/** Nothing changes; `answer` is what a gateway that notified us is told. */
export const unchanged = (answer: CallbackDecision): Verdict => ({ attempt: [], order: [], answer });
/** Whether an order still waits for its money. */
export const isOpen = (order: OrderStatus): boolean => !orderStates[order].closed;
/** Ends an open order that no attempt can pay any more. */
export const closing = (
  { order, otherOpen }: Situation,
  to: 'failed' | 'cancelled' | 'expired',
): OrderStatus[] => (isOpen(order) && !otherOpen ? [to] : []);
