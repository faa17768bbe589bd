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

/** The transactions to look at: the one we were told of, the one that we know, and those that the token names, twenty at most. */
export function transactionNumbers(attempt: KnownAttempt, token: TokenStatus | undefined): string[] {
  const named = (token?.transactions ?? []).map((item) =>
    typeof item === 'string' ? item : item.fatouratiTransactionNumber,
  );
  const { toldTransactionId, gatewayTransactionId } = attempt;
  return [...new Set([toldTransactionId, gatewayTransactionId, ...named])]
    .filter((number) => number !== undefined)
    .filter((number) => /^[\w-]{1,50}$/.test(number))
    .slice(0, 20);
}

/**
 * What the token and its transactions say together. Money is believed only from a transaction of this order and store, with an amount;
 * a token that is consumed without one is `unknown`, for the callback or the settlement file to explain. One payment that ends takes nothing from
 * another that stands: each is told under its own number, the one that we were told of first, the others as `further`.
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

  const gone = transactions
    .filter(({ status }) => status === 'CANCELLED' || status === 'CANCELED')
    .map((one): Inquiry => ({ ...known, state: 'cancelled', ...numberOf(one) }));
  const beside = (told: Inquiry, others: readonly Inquiry[]): Inquiry => {
    const further = others.filter(
      ({ gatewayTransactionId }) => gatewayTransactionId !== told.gatewayTransactionId,
    );
    return further.length === 0 ? told : { ...told, further };
  };

  const paid = paidOnes(token, transactions).map((one): Inquiry => ({ ...known, ...one }));
  if (paid.some(({ amountCentimes }) => amountCentimes === undefined))
    return { ...known, state: 'unknown', detail: 'paid_without_amount' };
  const standing = paid.find(({ state }) => state === 'captured') ?? paid[0];
  if (standing) return beside(standing, [...paid, ...gone]);

  if (transactions.some(({ status }) => status === 'PENDING'))
    return beside({ ...known, state: 'pending', underWay: true }, gone);
  const own = transactions.find(
    ({ fatouratiTransactionNumber }) => fatouratiTransactionNumber === attempt.gatewayTransactionId,
  );
  if (token && token.status !== 'CONSUMED') {
    const ended = token.status === 'CANCELLED' && own ? numberOf(own) : {};
    return beside({ ...known, state: openStates[token.status], ...ended }, gone);
  }
  const last = own ?? transactions[0];
  if (last)
    return beside(
      {
        ...known,
        state: last.status === 'REJECTED' || last.status === 'FAILED' ? 'refused' : 'cancelled',
        ...numberOf(last),
      },
      gone,
    );
  return token ? { ...known, state: 'unknown', detail: 'consumed_without_transaction' } : { state: 'none' };
}

const numberOf = ({ fatouratiTransactionNumber }: TransactionStatus) => ({
  gatewayTransactionId: fatouratiTransactionNumber,
});

/** The payments, each with its own money. The token's sums are a payment's own only where the token has no other. */
function paidOnes(token: TokenStatus | undefined, transactions: readonly TransactionStatus[]): Inquiry[] {
  const isAlone = transactions.length === 1 && (token?.transactions?.length ?? 0) <= 1;
  const sums = isAlone ? token : undefined;
  const paidInAllCentimes = centimes(token?.paidAmount);
  return transactions.filter(isPaid).map((one) => {
    const amountCentimes = centimes(one.paidAmount ?? one.totalAmount ?? sums?.paidAmount);
    const refundedCentimes = centimes(one.refundedAmount ?? sums?.refundedAmount) ?? 0;
    const isRefunded = refundedCentimes > 0 && refundedCentimes >= (amountCentimes ?? 0);
    return {
      state: isRefunded ? 'refunded' : 'captured',
      ...(amountCentimes !== undefined && { amountCentimes }),
      currency: currencyOf(one.currency ?? token?.currency ?? dirhamNumber),
      ...numberOf(one),
      ...(refundedCentimes > 0 && { refundedCentimes }),
      ...(paidInAllCentimes !== undefined && { paidInAllCentimes }),
    };
  });
}
