import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signFatourati } from './fatourati-signature.ts';

const key = 'TEST_STORE_API_KEY_01';
const common = { totalAmount: '840.00', currency: '504', merchantCode: 'MERCH01', store: 'STORE01' };
const payment = {
  ...common,
  operator: 'BANK_X',
  channel: 'M_BANKING',
  tokenRef: '1000300000071',
  orderId: 'PN-0000032241',
  paymentMode: 'MULTI_CANAL',
  fatouratiTransactionNumber: '250000000001',
};

describe('x-signature', () => {
  it('has the reference’s values', () => {
    expect(
      signFatourati(
        'create',
        {
          ...common,
          orderId: 'PN-0000032241',
          cashierId: 'CASHIER01',
          paymentMode: 'MULTI_CANAL',
          isCancellable: 'true',
          expiryDate: '2024-01-03T10:00:00',
        },
        key,
      ),
    ).toBe('9a9191267fcc2de9030e2ac584e9bc6b07419096397cad14a0a1ca9a15a9c3f2');
    expect(signFatourati('payment', payment, key)).toBe(
      'c25e54c4362c27013b3830e5c9727b02ebd95b7ab6cbf82813787dc4d5f2c107',
    );
    expect(signFatourati('cancellation', payment, key)).toBe(
      '3044eb886f36d0a181c068b2a5206a32a996032ae959e1d83b22f347cffd1406',
    );
  });

  it('does not depend on the order of the fields given', () => {
    const names = Object.keys(payment);
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
        const shuffled = Object.fromEntries(
          order.map((name) => [name, Object.entries(payment).find(([field]) => field === name)?.[1] ?? '']),
        );
        expect(signFatourati('payment', { ...shuffled, ...payment }, key)).toBe(
          signFatourati('payment', payment, key),
        );
      }),
    );
  });

  it('skips blanks: the weakness that whoever verifies must close', () => {
    const slid = { ...payment, operator: '', channel: 'BANK_X|M_BANKING' };
    expect(signFatourati('payment', slid, key)).toBe(signFatourati('payment', payment, key));
  });
});
