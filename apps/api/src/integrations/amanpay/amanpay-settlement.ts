import { currencyOf } from '../payment-gateway/currency-codes.ts';
import { centimesOfDigits } from '../payment-gateway/money.ts';
import type { SettlementFormat, SettlementRow } from '../payment-gateway/settlement-file.ts';

const kinds: Record<string, SettlementRow['kind']> = {
  PAID: 'payment',
  REFUNDED: 'refund',
  REVERSED: 'reversal',
};

/** Ours: `orderId;transactionId;method;status;amount;currency;occurredAt`, status `PAID`, `REFUNDED` or `REVERSED`, amounts in centimes. */
export const amanPaySettlement: SettlementFormat = {
  separator: ';',
  columns: ['orderId', 'transactionId', 'method', 'status', 'amount', 'currency', 'occurredAt'],
  row(value) {
    const kind = kinds[value('status')];
    const amountCentimes = centimesOfDigits(value('amount'));
    if (kind === undefined) return 'wrong_type';
    if (amountCentimes === undefined) return 'wrong_amount';
    if (value('orderId') === '' || value('transactionId') === '') return 'missing_reference';
    return {
      attemptReference: value('orderId'),
      gatewayTransactionId: value('transactionId'),
      kind,
      amountCentimes,
      currency: currencyOf(value('currency')),
      occurredAt: value('occurredAt'),
    };
  },
};
