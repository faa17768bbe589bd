import { describe, expect, it } from 'vitest';
import { moneyOf, toldByInquiry } from './read-news.ts';

const asked = { amountCentimes: 84_000 };

describe('money that a gateway shows as given back', () => {
  it('in part leaves a payment that stands', () => {
    const told = toldByInquiry({ state: 'refunded', refundedCentimes: 10_000 }, asked);
    expect(told.says).toBe('captured');
    expect(moneyOf(told, asked)).toBe('exact');
  });

  it('in part is told under the number of what went back, which is no payment’s', () => {
    const credit = { state: 'refunded', refundedCentimes: 10_000, gatewayTransactionId: 'CREDIT-1' } as const;
    expect(toldByInquiry(credit, asked).gatewayTransactionId).toBeUndefined();
    expect(toldByInquiry({ ...credit, refundedCentimes: 84_000 }, asked).gatewayTransactionId).toBe(
      'CREDIT-1',
    );
  });

  it('in part leaves what was taken, not what we asked for', () => {
    const told = toldByInquiry(
      { state: 'refunded', amountCentimes: 50_000, currency: 'MAD', refundedCentimes: 10_000 },
      asked,
    );
    expect(told.says).toBe('captured');
    expect(moneyOf(told, asked)).toBe('wrong_amount');
  });

  it('whole is given back, also when less than we asked for had been taken', () => {
    const told = toldByInquiry(
      { state: 'refunded', amountCentimes: 50_000, currency: 'MAD', refundedCentimes: 50_000 },
      asked,
    );
    expect(told.says).toBe('refunded');
  });
});
