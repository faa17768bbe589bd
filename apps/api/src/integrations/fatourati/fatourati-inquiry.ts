import { centimesOf } from '@rnoce/schemas/money';
import { currencyOf, dirhamNumber } from '../payment-gateway/currency-codes.ts';
import type { GatewayState, Inquiry, KnownAttempt } from '../payment-gateway/payment-gateway.ts';
import type { TokenStatus, TransactionStatus } from './fatourati-messages.ts';
import type { FatouratiOptions } from './fatourati-settings.ts';

const openStates: Record<TokenStatus['status'], GatewayState> = {
  CREATED: 'pending',
  CONSUMED: 'unknown',
  EXPIRED: 'expired',
  CANCELLED: 'cancelled',
};
const isPaid = ({ status }: TransactionStatus) => status === 'PAID' || status === 'COMPLETED';
const centimes = (decimal: string | null | undefined) =>
  decimal === null || decimal === undefined ? undefined : centimesOf(decimal);

/** The transactions to look at: the one we were told of, the one that we know, and those that the token names, five at most. */
export function transactionNumbers(attempt: KnownAttempt, token: TokenStatus | undefined): string[] {
  const named = (token?.transactions ?? []).map((item) =>
    typeof item === 'string' ? item : item.fatouratiTransactionNumber,
  );
  const { toldTransactionId, gatewayTransactionId } = attempt;
  return [...new Set([toldTransactionId, gatewayTransactionId, ...named])]
    .filter((number) => number !== undefined)
    .filter((number) => /^[\w-]{1,50}$/.test(number))
    .slice(0, 5);
}

/**
 * What the token and its transactions say together. Money is believed only from a transaction of this order and store, with an amount;
 * a token that is consumed without one is `unknown`, for the callback or the settlement file to explain. One payment that ends takes nothing from
 * another that stands: a second one on a reference that was cancelled leaves the first.
 */
export function conclude(
  attempt: KnownAttempt,
  settings: Pick<FatouratiOptions, 'merchantCode' | 'store'>,
  token: TokenStatus | undefined,
  transactions: readonly TransactionStatus[],
): Inquiry {
  const reference = token?.tokenRef ?? attempt.gatewayReference;
  const known = reference === undefined ? {} : { gatewayReference: reference };
  if (token && token.orderId !== attempt.reference)
    return { state: 'unknown', detail: 'token_of_another_order' };
  const foreign = transactions.some(
    ({ orderId, merchantCode, store }) =>
      orderId !== attempt.reference ||
      (merchantCode ?? settings.merchantCode) !== settings.merchantCode ||
      (store ?? settings.store) !== settings.store,
  );
  if (foreign) return { ...known, state: 'unknown', detail: 'transaction_of_another_order' };

  const paid = transactions.find(isPaid);
  if (paid) {
    const amountCentimes = centimes(paid.paidAmount ?? paid.totalAmount ?? token?.paidAmount);
    const refundedCentimes = centimes(paid.refundedAmount ?? token?.refundedAmount) ?? 0;
    if (amountCentimes === undefined) return { ...known, state: 'unknown', detail: 'paid_without_amount' };
    return {
      ...known,
      state: refundedCentimes >= amountCentimes && refundedCentimes > 0 ? 'refunded' : 'captured',
      amountCentimes,
      currency: currencyOf(paid.currency ?? token?.currency ?? dirhamNumber),
      gatewayTransactionId: paid.fatouratiTransactionNumber,
      ...(refundedCentimes > 0 && { refundedCentimes }),
    };
  }
  if (transactions.some(({ status }) => status === 'PENDING')) return { ...known, state: 'pending' };
  if (token && token.status !== 'CONSUMED') return { ...known, state: openStates[token.status] };
  const own = transactions.find(
    ({ fatouratiTransactionNumber }) => fatouratiTransactionNumber === attempt.gatewayTransactionId,
  );
  const last = own ?? transactions[0];
  if (last)
    return {
      ...known,
      state: last.status === 'REJECTED' || last.status === 'FAILED' ? 'refused' : 'cancelled',
      gatewayTransactionId: last.fatouratiTransactionNumber,
    };
  return token ? { ...known, state: 'unknown', detail: 'consumed_without_transaction' } : { state: 'none' };
}
