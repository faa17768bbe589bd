import { z } from 'zod';
import type { LedgerEntry } from '../gateways/gateway-desk.ts';

/** One movement, as the history shows it. */
const Movement = z.object({
  kind: z.enum(['S', 'C']),
  stat: z.string(),
  amount: z.number(),
  captured: z.number(),
  at: z.string(),
  code: z.string(),
  transId: z.string(),
});

/** One visit to the hosted page, with what became of it. `open`: no try to pay yet. */
export const CmiOrder = z.object({
  oid: z.string(),
  state: z.enum(['open', 'PN', 'D', 'A', 'C', 'S', 'V', 'CNCL', 'expired', 'cancelled']),
  /** What was asked, and what the bank holds. */
  amount: z.number(),
  authorised: z.number(),
  captured: z.number(),
  refunded: z.number(),
  openedAt: z.string(),
  expiresAt: z.string(),
  changedAt: z.string(),
  /** The signed fields of the request, in the order received. */
  request: z.array(z.tuple([z.string(), z.string()])),
  transId: z.string(),
  authCode: z.string(),
  hostRefNum: z.string(),
  maskedPan: z.string(),
  mdStatus: z.string(),
  movements: z.array(Movement),
  /** A fault: the next capture turns out void. */
  voidOnCapture: z.boolean(),
});
export type CmiOrder = z.infer<typeof CmiOrder>;

const states: Record<CmiOrder['state'], string> = {
  open: 'open',
  PN: 'pending',
  D: 'refused',
  A: 'authorised',
  C: 'captured',
  S: 'settled',
  V: 'voided',
  CNCL: 'voided',
  expired: 'expired',
  cancelled: 'cancelled',
};

/** An order as testers compare it. Voided money is no longer authorised nor captured. */
export const ledgerEntry = (order: CmiOrder): LedgerEntry => {
  const isVoid = order.state === 'V' || order.state === 'CNCL';
  return {
    reference: order.oid,
    channel: 'card',
    state: order.refunded > 0 && order.refunded >= order.captured ? 'refunded' : states[order.state],
    amount: order.amount,
    authorised: isVoid ? 0 : order.authorised,
    captured: isVoid ? 0 : order.captured,
    refunded: order.refunded,
    currency: '504',
    gatewayReference: order.oid,
    transactionId: order.transId,
    changedAt: order.changedAt,
  };
};

export const requestValue = (order: CmiOrder, name: string): string =>
  order.request.find(([field]) => field.toLowerCase() === name.toLowerCase())?.[1] ?? '';
