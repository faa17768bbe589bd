import { createHmac } from 'node:crypto';
import { equalsInConstantTime } from '../payment-gateway/callback-body.ts';

/** The signed values of each message, in Fatourati's order. Amounts have two places, `isCancellable` is `true`. */
export const signedFields = {
  create: [
    'totalAmount',
    'currency',
    'merchantCode',
    'store',
    'orderId',
    'cashierId',
    'paymentMode',
    'isCancellable',
    'expiryDate',
  ],
  payment: [
    'totalAmount',
    'currency',
    'merchantCode',
    'store',
    'operator',
    'channel',
    'tokenRef',
    'orderId',
    'paymentMode',
    'fatouratiTransactionNumber',
  ],
  cancellation: [
    'totalAmount',
    'currency',
    'merchantCode',
    'store',
    'tokenRef',
    'orderId',
    'fatouratiTransactionNumber',
  ],
} as const;
export type SignedMessage = keyof typeof signedFields;
export type SignedValues<M extends SignedMessage> = Record<(typeof signedFields)[M][number], string>;

/**
 * `x-signature`: HMAC-SHA256 in lower-case hexadecimal, of the values and the key joined by `|`. Blank values are skipped, so that values can
 * slide between neighbours: the same signature fits other messages. Those who verify must refuse blanks and `|` in any of them.
 */
export function signFatourati<M extends SignedMessage>(
  message: M,
  values: SignedValues<M>,
  storeApiKey: string,
): string {
  const present = Object.entries<string>(values);
  const ordered = signedFields[message]
    .map((field) => present.find(([name]) => name === field)?.[1] ?? '')
    .filter((value) => value.trim() !== '');
  return createHmac('sha256', storeApiKey)
    .update([...ordered, storeApiKey].join('|'), 'utf8')
    .digest('hex');
}

/** Compares in constant time. */
export const isSignature = (given: string, expected: string): boolean =>
  equalsInConstantTime(given, expected);
