import { orderStatuses } from '@rnoce/schemas/payment-states';
import { describe, expect, it } from 'vitest';
import { viewOf } from './order-views.ts';

const now = new Date('2026-11-21T10:00:00Z');
const reference = (expiresAt: string) => ({
  type: 'reference' as const,
  reference: '1000300000071',
  expiresAt,
  qrCode: null,
  paidAt: [],
});
const card = { method: 'cmi' as const, channel: 'card' as const };
const plain = { next: null, refusal: null, ...card };

describe('what the page says', () => {
  it('follows the status alone once the order is closed, whatever came before', () => {
    const views = orderStatuses.map((status) => [
      status,
      viewOf({ status, next: null, refusal: 'declined', ...card }, now),
    ]);
    expect(Object.fromEntries(views)).toEqual({
      created: 'refused',
      pending: 'refused',
      paid: 'paid',
      failed: 'refused',
      cancelled: 'cancelled',
      expired: 'expired',
      refund_due: 'refund_due',
      refunded: 'refunded',
      reversed: 'reversed',
    });
  });

  it('never says « paid » of an order that is under way', () => {
    expect(viewOf({ status: 'pending', ...plain }, now)).toBe('confirming');
    expect(viewOf({ status: 'created', ...plain }, now)).toBe('confirming');
  });

  it('shows a reference as long as it can be paid', () => {
    const pending = {
      status: 'pending' as const,
      refusal: null,
      method: 'cmi' as const,
      channel: 'fatourati' as const,
    };
    expect(viewOf({ ...pending, next: reference('2026-11-21T10:00:01Z') }, now)).toBe('reference');
    expect(viewOf({ ...pending, next: reference('2026-11-21T10:00:00Z') }, now)).toBe('reference_over');
    expect(viewOf({ ...pending, next: null }, now)).toBe('preparing');
  });
});
