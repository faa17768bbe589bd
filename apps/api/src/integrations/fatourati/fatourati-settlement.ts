import { centimesOf } from '@rnoce/schemas/money';
import { currencyOf } from '../payment-gateway/currency-codes.ts';
import type { SettlementFormat, SettlementRow } from '../payment-gateway/settlement-file.ts';

const kinds: Record<string, SettlementRow['kind']> = {
  PAID: 'payment',
  REFUNDED: 'refund',
  CANCELLED: 'reversal',
};

/** Ours: `orderId,tokenRef,fatouratiTransactionNumber,status,amount,currency,transactionDate`, status `PAID`, `REFUNDED` or `CANCELLED`. */
export const fatouratiSettlement: SettlementFormat = {
  separator: ',',
  columns: [
    'orderId',
    'tokenRef',
    'fatouratiTransactionNumber',
    'status',
    'amount',
    'currency',
    'transactionDate',
  ],
  row(value) {
    const kind = kinds[value('status')];
    const amountCentimes = centimesOf(value('amount'));
    if (kind === undefined) return 'wrong_type';
    if (amountCentimes === undefined) return 'wrong_amount';
    if (value('orderId') === '' || value('fatouratiTransactionNumber') === '') return 'missing_reference';
    return {
      attemptReference: value('orderId'),
      gatewayTransactionId: value('fatouratiTransactionNumber'),
      kind,
      amountCentimes,
      currency: currencyOf(value('currency')),
      occurredAt: value('transactionDate'),
    };
  },
};
