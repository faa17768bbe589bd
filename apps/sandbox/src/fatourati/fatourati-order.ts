import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { decimal } from '../gateways/centimes.ts';
import type { LedgerEntry } from '../gateways/gateway-desk.ts';

const Transaction = z.object({
  number: z.string(),
  status: z.enum(['PAID', 'PENDING', 'CANCELLED', 'REJECTED']),
  amount: z.number(),
  operator: z.string(),
  channel: z.string(),
  at: z.string(),
  settled: z.boolean(),
});
export type FatouratiTransaction = z.infer<typeof Transaction>;

/** One reference given to a merchant. Amounts in centimes. */
export const FatouratiOrder = z.object({
  orderId: z.string(),
  tokenRef: z.string(),
  amount: z.number(),
  status: z.enum(['CREATED', 'CONSUMED', 'EXPIRED', 'CANCELLED']),
  createdAt: z.string(),
  /** UTC, as the portal writes it. */
  expiresAt: z.string(),
  changedAt: z.string(),
  callbackURL: z.string(),
  checkStatusURL: z.string(),
  cancelURL: z.string(),
  clientName: z.string(),
  transactions: z.array(Transaction),
});
export type FatouratiOrder = z.infer<typeof FatouratiOrder>;

export const statusAt = (order: FatouratiOrder, now: Date): FatouratiOrder['status'] =>
  order.status === 'CREATED' && new Date(order.expiresAt) <= now ? 'EXPIRED' : order.status;

export function ledgerEntry(order: FatouratiOrder, now: Date): LedgerEntry {
  const paid = order.transactions.filter(({ status }) => status === 'PAID');
  const last = order.transactions.at(-1);
  const taken = paid.reduce((sum, { amount }) => sum + amount, 0);
  const states = { CREATED: 'open', CONSUMED: 'refused', EXPIRED: 'expired', CANCELLED: 'cancelled' };
  const money = paid.every(({ settled }) => settled) ? 'settled' : 'captured';
  const open = last?.status === 'REJECTED' ? 'refused' : states[statusAt(order, now)];
  return {
    reference: order.orderId,
    channel: last?.channel ?? 'bank_reference',
    state: paid.length > 0 ? money : open,
    amount: order.amount,
    authorised: taken,
    captured: taken,
    refunded: 0,
    currency: '504',
    gatewayReference: order.tokenRef,
    transactionId: (paid.at(-1) ?? last)?.number ?? '',
    changedAt: order.changedAt,
  };
}

/** Fatourati's HMAC, written for its side without the portal's code: values joined by `|`, blanks skipped, the key last. */
export const fatouratiHmac = (values: readonly string[], key: string): string =>
  createHmac('sha256', key)
    .update(`${values.filter((value) => value.trim() !== '').join('|')}|${key}`, 'utf8')
    .digest('hex');

/** A payment notice's fields, unsigned. */
export const paymentFields = (
  order: FatouratiOrder,
  transaction: FatouratiTransaction,
  merchant: { merchantCode: string; store: string },
  decisionCode: number | undefined,
) => ({
  merchantCode: merchant.merchantCode,
  store: merchant.store,
  aggregatorCode: 'CMI',
  tokenRef: order.tokenRef,
  orderId: order.orderId,
  totalAmount: Number(decimal(transaction.amount)),
  currency: '504',
  selectedItems: [{ id: order.orderId, amount: Number(decimal(transaction.amount)) }],
  transactionDate: transaction.at,
  fatouratiTransactionNumber: transaction.number,
  paymentSystemTransactionNumber: `P${transaction.number}`,
  paymentMode: 'MULTI_CANAL',
  channel: transaction.channel,
  operator: transaction.operator,
  terminalId: 'T0001',
  extraData: [],
  ...(decisionCode !== undefined && { decisionCode }),
});
export type PaymentFields = ReturnType<typeof paymentFields>;

export const paymentSignature = (fields: PaymentFields, key: string): string =>
  fatouratiHmac(
    [
      fields.totalAmount.toFixed(2),
      fields.currency,
      fields.merchantCode,
      fields.store,
      fields.operator,
      fields.channel,
      fields.tokenRef,
      fields.orderId,
      fields.paymentMode,
      fields.fatouratiTransactionNumber,
    ],
    key,
  );

export const cancellationSignature = (
  fields: Omit<PaymentFields, 'operator' | 'channel'>,
  key: string,
): string =>
  fatouratiHmac(
    [
      fields.totalAmount.toFixed(2),
      fields.currency,
      fields.merchantCode,
      fields.store,
      fields.tokenRef,
      fields.orderId,
      fields.fatouratiTransactionNumber,
    ],
    key,
  );
