import type { News, Situation } from '../features/payments/verdict.ts';

/** What a gateway says of an attempt: its word is verified, about its own transaction, and any money is exact. */
export const news = (says: News['says'], changes: Partial<News> = {}): News => ({
  source: 'inquiry',
  says,
  trust: 'verified',
  money: says === 'authorised' || says === 'captured' ? 'exact' : 'unsaid',
  transaction: 'same',
  bookedAlready: false,
  underWay: false,
  givenUp: false,
  live: false,
  ...changes,
});
/** An attempt at its gateway's page, of an order that nothing has paid. */
export const situation = (changes: Partial<Situation> = {}): Situation => ({
  order: 'pending',
  attempt: 'redirected',
  kind: 'redirect',
  hasReference: false,
  invoices: 'payable',
  settles: false,
  refundDue: false,
  otherOwnRefundsDue: false,
  refundKnown: false,
  refundMade: false,
  otherRefundsDue: false,
  otherOpen: false,
  over: false,
  mayStillPay: true,
  namesPayments: false,
  ...changes,
});
