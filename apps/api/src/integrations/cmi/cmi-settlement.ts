import { centimesOf } from '@rnoce/schemas/money';
import { currencyOf } from '../payment-gateway/currency-codes.ts';
import type { SettlementFormat, SettlementRow } from '../payment-gateway/settlement-file.ts';

const kinds: Record<string, SettlementRow['kind']> = {
  SALE: 'payment',
  CREDIT: 'refund',
  REVERSAL: 'reversal',
};

/** Ours: `OID;TRANSID;TYPE;AMOUNT;CURRENCY;DATE`, TYPE `SALE`, `CREDIT` or `REVERSAL`, amounts as `840.00`, currency `504`. */
export const cmiSettlement: SettlementFormat = {
  separator: ';',
  columns: ['OID', 'TRANSID', 'TYPE', 'AMOUNT', 'CURRENCY', 'DATE'],
  row(value) {
    const kind = kinds[value('TYPE')];
    const amountCentimes = centimesOf(value('AMOUNT'));
    if (kind === undefined) return 'wrong_type';
    if (amountCentimes === undefined) return 'wrong_amount';
    if (value('OID') === '' || value('TRANSID') === '') return 'missing_reference';
    return {
      attemptReference: value('OID'),
      gatewayTransactionId: value('TRANSID'),
      kind,
      amountCentimes,
      currency: currencyOf(value('CURRENCY')),
      occurredAt: value('DATE'),
    };
  },
};
