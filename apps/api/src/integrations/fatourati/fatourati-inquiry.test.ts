import { describe, expect, it } from 'vitest';
import type { KnownAttempt } from '../payment-gateway/payment-gateway.ts';
import { conclude, transactionNumbers } from './fatourati-inquiry.ts';
import type { TransactionStatus } from './fatourati-messages.ts';

const settings = { merchantCode: 'MERCH01', store: 'STORE01' };
const attempt: KnownAttempt = {
  reference: 'PN-0000032241-1',
  channel: 'bank_reference',
  amountCentimes: 84_000,
  gatewayReference: '1000300000071',
  gatewayTransactionId: '250000000001',
  toldTransactionId: '250000000002',
};
const token = { tokenRef: '1000300000071', orderId: attempt.reference, status: 'CONSUMED' } as const;
const transaction = (number: string, status: TransactionStatus['status']): TransactionStatus => ({
  orderId: attempt.reference,
  fatouratiTransactionNumber: number,
  status,
  totalAmount: '840.00',
});

describe('a message about a second transaction of a reference', () => {
  it('makes us look at both, also when the token names none', () => {
    expect(transactionNumbers(attempt, token)).toEqual(['250000000002', '250000000001']);
  });

  it('that was cancelled leaves the first one’s money', () => {
    expect(
      conclude(attempt, settings, token, [
        transaction('250000000002', 'CANCELLED'),
        transaction('250000000001', 'PAID'),
      ]),
    ).toMatchObject({ state: 'captured', gatewayTransactionId: '250000000001' });
  });

  it('tells the end of ours when neither stands', () => {
    expect(
      conclude(attempt, settings, token, [
        transaction('250000000002', 'FAILED'),
        transaction('250000000001', 'CANCELLED'),
      ]),
    ).toMatchObject({ state: 'cancelled', gatewayTransactionId: '250000000001' });
  });

  it('that was paid too is told as what it is', () => {
    expect(
      conclude(attempt, settings, token, [
        transaction('250000000002', 'PAID'),
        transaction('250000000001', 'PAID'),
      ]),
    ).toMatchObject({ state: 'captured', gatewayTransactionId: '250000000002' });
  });
});
