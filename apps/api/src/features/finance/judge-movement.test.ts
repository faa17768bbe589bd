import { attemptStatuses } from '@rnoce/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Books, judgeMovement, type Movement } from './judge-movement.ts';

const movement: Movement = {
  kind: 'payment',
  attemptReference: 'PN-0000032241-1',
  gatewayTransactionId: 'T1',
  amountCentimes: 84_000,
  currency: 'MAD',
};
const captured: Books = {
  provider: 'cmi',
  status: 'captured',
  amountCentimes: 84_000,
  gatewayTransactionId: 'T1',
  capturedAt: new Date('2026-11-20T10:00:00Z'),
  refunds: [],
  givenBack: [],
};
const notPaid: Books = { ...captured, status: 'redirected', gatewayTransactionId: null, capturedAt: null };
const judge = (changes: Partial<Movement> = {}, books: Books | undefined = captured) =>
  judgeMovement('cmi', { ...movement, ...changes }, books);

describe('a movement of a file', () => {
  it('agrees with what we have alike', () => {
    expect(judge()).toBeUndefined();
    expect(judge({}, { ...captured, status: 'refunded' })).toBeUndefined();
    expect(judge({ kind: 'reversal' }, { ...captured, status: 'reversed' })).toBeUndefined();
    expect(judge({ kind: 'refund' }, { ...captured, status: 'refunded' })).toBeUndefined();
  });

  it('that nobody knows, or another provider does, is missing here', () => {
    expect(judgeMovement('cmi', movement, undefined)).toEqual({ kind: 'gap_missing_here', ask: false });
    expect(judgeMovement('amanpay', movement, captured)).toEqual({ kind: 'gap_missing_here', ask: false });
  });

  it('proves a payment that we ignored: the gateway is asked', () => {
    expect(judge({}, notPaid)).toEqual({ kind: 'gap_missing_here', ask: true });
    expect(judge({}, { ...notPaid, status: 'voided' })).toEqual({ kind: 'gap_missing_here', ask: true });
    expect(judge({ gatewayTransactionId: 'T2' })).toEqual({ kind: 'gap_missing_here', ask: true });
  });

  it('of a capture that we only asked for is another state, and the gateway is asked', () => {
    expect(judge({}, { ...captured, status: 'capture_requested', capturedAt: null })).toEqual({
      kind: 'gap_state',
      ours: 84_000,
      ask: true,
    });
  });

  it('of another amount or currency is a gap', () => {
    expect(judge({ amountCentimes: 84_001 })).toEqual({ kind: 'gap_amount', ours: 84_000, ask: false });
    expect(judge({ currency: 'EUR' })).toEqual({ kind: 'gap_amount', ours: 84_000, ask: false });
  });

  it('of a second payment is compared with the refund that it makes', () => {
    const books = {
      ...captured,
      refunds: [{ transactionId: 'T2', amountCentimes: 50_000, status: 'due' as const }],
    };
    expect(judge({ gatewayTransactionId: 'T2', amountCentimes: 50_000 }, books)).toBeUndefined();
    expect(judge({ gatewayTransactionId: 'T2' }, books)).toMatchObject({ kind: 'gap_amount', ours: 50_000 });
  });

  it('that gives money back which we hold is a gap of state', () => {
    for (const kind of ['refund', 'reversal'] as const)
      expect(judge({ kind })).toEqual({ kind: 'gap_state', ours: 84_000, ask: true });
  });

  it('of each of several refunds agrees with its own, and of all of them at once with their sum', () => {
    const books: Books = {
      ...captured,
      status: 'refunded',
      refunds: [
        { transactionId: 'T1', amountCentimes: 84_000, status: 'refunded' },
        { transactionId: 'T2', amountCentimes: 50_000, status: 'refunded' },
      ],
    };
    const refund = (amountCentimes: number, gatewayTransactionId: string) =>
      judge({ kind: 'refund', amountCentimes, gatewayTransactionId }, books);
    expect(refund(84_000, 'T1')).toBeUndefined();
    expect(refund(50_000, 'T2')).toBeUndefined();
    // A provider may number the giving back itself.
    expect(refund(50_000, 'R9')).toBeUndefined();
    expect(refund(134_000, 'R9')).toBeUndefined();
    // The transaction that is named gave another amount back.
    expect(refund(50_000, 'T1')).toEqual({ kind: 'gap_amount', ours: 84_000, ask: false });
    expect(refund(10_000, 'R9')).toEqual({ kind: 'gap_amount', ours: 134_000, ask: false });
  });

  it('of what settles agrees with no refund of other money', () => {
    const books: Books = {
      ...captured,
      refunds: [{ transactionId: 'T2', amountCentimes: 84_000, status: 'refunded' }],
    };
    expect(judge({ kind: 'refund', gatewayTransactionId: 'T2' }, books)).toBeUndefined();
    const settling = judge({ kind: 'refund', gatewayTransactionId: 'T1' }, books);
    expect(settling).toEqual({ kind: 'gap_state', ours: 84_000, ask: true });
    expect(judge({ kind: 'refund' }, { ...books, status: 'refunded' })).toBeUndefined();
  });

  it('of a refund that is still due is a gap, though another one was made', () => {
    const books: Books = {
      ...captured,
      refunds: [
        { transactionId: 'T1', amountCentimes: 84_000, status: 'refunded' },
        { transactionId: 'T2', amountCentimes: 84_000, status: 'due' },
      ],
    };
    expect(judge({ kind: 'refund', gatewayTransactionId: 'T2' }, books)).toMatchObject({ kind: 'gap_state' });
  });

  it('explained by a refund of ours leaves none for a second movement', () => {
    const shown = (...numbers: string[]) =>
      numbers.map((gatewayTransactionId) => ({ gatewayTransactionId, amountCentimes: 84_000 }));
    const books: Books = {
      ...captured,
      status: 'refunded',
      refunds: [{ transactionId: 'T1', amountCentimes: 84_000, status: 'refunded' }],
      givenBack: shown('R1', 'R2'),
    };
    const refund = (gatewayTransactionId: string, given = books) =>
      judge({ kind: 'refund', gatewayTransactionId }, given);
    expect(refund('R1')).toBeUndefined();
    expect(refund('R2')).toMatchObject({ kind: 'gap_state', ask: true });
    // Named by a movement, it is that one's.
    expect(refund('R1', { ...books, givenBack: shown('T1', 'R1') })).toMatchObject({ kind: 'gap_state' });
  });

  it('never agrees with an amount other than ours, whatever the state', () => {
    const anyBooks = fc.record({
      provider: fc.constant('cmi' as const),
      status: fc.constantFrom(...attemptStatuses),
      amountCentimes: fc.integer({ min: 1, max: 1_000_000 }),
      gatewayTransactionId: fc.constantFrom(null, 'T1', 'T2'),
      capturedAt: fc.constantFrom(null, new Date()),
      refunds: fc.array(
        fc.record({
          transactionId: fc.constantFrom('', 'T1', 'T2'),
          amountCentimes: fc.integer({ min: 1, max: 1_000_000 }),
          status: fc.constantFrom('due' as const, 'refunded' as const),
        }),
        { maxLength: 2 },
      ),
      givenBack: fc.constant([]),
    });
    fc.assert(
      fc.property(anyBooks, fc.integer({ min: 1_000_001, max: 9_000_000 }), (books, amountCentimes) => {
        fc.pre(books.refunds.length < 2);
        expect(judgeMovement('cmi', { ...movement, amountCentimes }, books)).toBeDefined();
        expect(judgeMovement('cmi', { ...movement, kind: 'refund', amountCentimes }, books)).toBeDefined();
      }),
    );
  });
});
