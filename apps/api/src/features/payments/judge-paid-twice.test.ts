import { describe, expect, it } from 'vitest';
import { news, situation } from '../../testing/news.ts';
import { judgeNews } from './judge-news.ts';

describe('a reference that was paid twice', () => {
  it('keeps the money that settles when the other payment goes back', () => {
    const twice = situation({
      order: 'paid',
      attempt: 'captured',
      invoices: 'ours',
      settles: true,
      refundDue: true,
      refundKnown: true,
    });
    expect(judgeNews(twice, news('refunded', { transaction: 'another' }))).toEqual({
      attempt: [],
      order: [],
      refund: 'done',
      cause: 'refund_recorded',
      answer: 'acknowledge',
    });
    expect(judgeNews(twice, news('refunded'))).toMatchObject({ invoices: 'release', order: ['refunded'] });
  });

  const lost = situation({
    order: 'refund_due',
    attempt: 'captured',
    invoices: 'lost',
    refundDue: true,
    otherOwnRefundsDue: true,
    otherRefundsDue: true,
    refundKnown: true,
  });

  it.each(['refunded', 'reversed', 'voided'] as const)('%s: one of two due back leaves the other', (says) => {
    const first = judgeNews(lost, news(says, { transaction: 'another' }));
    expect(first).toMatchObject({ attempt: [], order: [], refund: 'done' });
    expect(first.anomaly).toBeUndefined();
    const last = judgeNews(
      { ...lost, otherOwnRefundsDue: false, otherRefundsDue: false },
      news(says, { transaction: 'same' }),
    );
    expect(last).toMatchObject({ attempt: [says], order: ['refunded'], refund: 'done' });
  });

  it('a giving back that names neither of two changes nothing: a person looks', () => {
    const verdict = judgeNews({ ...lost, refundDue: false, refundKnown: false }, news('refunded'));
    expect(verdict).toEqual({ attempt: [], order: [], anomaly: 'gap_state', answer: 'acknowledge' });
  });

  it('its settling money that comes back is told by its own transaction, whatever else is due', () => {
    const settling = situation({
      order: 'paid',
      attempt: 'captured',
      invoices: 'ours',
      settles: true,
      otherOwnRefundsDue: true,
      otherRefundsDue: true,
    });
    const same = news('reversed', { transaction: 'same' });
    // What is still due keeps its attempt, and the order says it.
    expect(judgeNews(settling, same)).toMatchObject({
      invoices: 'release',
      attempt: [],
      order: ['refund_due'],
    });
    expect(judgeNews(settling, news('reversed', { transaction: 'unsaid' })).anomaly).toBe('gap_state');
  });

  it.each(['refunded', 'reversed', 'voided'] as const)(
    '%s told again of what went back is no news',
    (says) => {
      const made = situation({
        attempt: 'captured',
        order: 'paid',
        invoices: 'ours',
        settles: true,
        refundMade: true,
      });
      const { attempt, order, invoices, refund, anomaly } = judgeNews(
        made,
        news(says, { transaction: 'another' }),
      );
      expect({ attempt, order, invoices, refund, anomaly }).toEqual({ attempt: [], order: [] });
    },
  );

  it.each(['refunded', 'reversed', 'voided', 'cancelled'] as const)(
    '%s of a payment that nobody knows leaves what settles, where each has its number',
    (says) => {
      const settling = situation({ attempt: 'captured', order: 'paid', invoices: 'ours', settles: true });
      const unknown = news(says, { transaction: 'another' });
      expect(judgeNews({ ...settling, namesPayments: true }, unknown)).toMatchObject({
        attempt: [],
        order: [],
        anomaly: 'gap_state',
      });
      // CMI numbers the giving back itself.
      expect(judgeNews(settling, unknown)).toMatchObject({ invoices: 'release' });
    },
  );
});
