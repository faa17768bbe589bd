import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { LedgerEntry } from '../gateways/gateway-desk.ts';

/** One order at AmanPay. Amounts in centimes. `open`: its page was opened, nothing was tried. */
export const AmanPayOrder = z.object({
  orderId: z.string(),
  amount: z.number(),
  /** What was really paid. */
  paid: z.number(),
  method: z.enum(['card', 'token', 'direct_debit']),
  status: z.enum(['open', 'PENDING', 'PAID', 'FAILED', 'CANCELLED', 'EXPIRED']),
  settled: z.boolean(),
  /** The code for the agency; empty for the others. */
  token: z.string(),
  transactionId: z.string(),
  createdAt: z.string(),
  changedAt: z.string(),
  expiresAt: z.string(),
  /** Empty, or when the money was taken back. */
  reversedAt: z.string(),
  callbackUrl: z.string(),
  redirectUrl: z.string(),
  clientName: z.string(),
});
export type AmanPayOrder = z.infer<typeof AmanPayOrder>;

export const statusAt = (order: AmanPayOrder, now: Date): AmanPayOrder['status'] =>
  order.status === 'PENDING' && order.method === 'token' && new Date(order.expiresAt) <= now
    ? 'EXPIRED'
    : order.status;

const states = {
  open: 'open',
  PENDING: 'pending',
  PAID: 'captured',
  FAILED: 'refused',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
};

export function ledgerEntry(order: AmanPayOrder, now: Date): LedgerEntry {
  const taken = order.status === 'PAID' ? order.paid : 0;
  const status = statusAt(order, now);
  const state =
    order.reversedAt === ''
      ? order.status === 'PAID' && order.settled
        ? 'settled'
        : states[status]
      : 'reversed';
  return {
    reference: order.orderId,
    channel: order.method,
    state,
    amount: order.amount,
    authorised: taken,
    captured: taken,
    refunded: 0,
    currency: 'MAD',
    gatewayReference: order.token,
    transactionId: order.transactionId,
    changedAt: order.changedAt,
  };
}

/** An order as the notification and the inquiry say it, in the assumed contract (docs/decisions/007). */
export const wireOrder = (order: AmanPayOrder, merchantId: string, now: Date) => {
  const status = statusAt(order, now);
  return {
    merchantId,
    orderId: order.orderId,
    amount: order.status === 'PAID' || order.reversedAt !== '' ? order.paid : order.amount,
    currency: 'MAD',
    method: status === 'open' ? null : order.method,
    status: status === 'open' ? ('PENDING' as const) : status,
    transactionId: order.transactionId === '' ? null : order.transactionId,
    token: order.token === '' ? null : order.token,
    occurredAt: order.changedAt,
    reversedAt: order.reversedAt === '' ? null : order.reversedAt,
  };
};
export type WireOrder = ReturnType<typeof wireOrder>;

export const sha256Hmac = (text: string, key: string): string =>
  createHmac('sha256', key).update(text, 'utf8').digest('hex');
export const sha1Hmac = (text: string, key: string): string =>
  createHmac('sha1', key).update(text, 'utf8').digest('hex');
export const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

export const sameText = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
