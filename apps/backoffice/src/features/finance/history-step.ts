import type { FinanceOrder } from '@rnoce/schemas/finance';
import type { AttemptStatus, OrderStatus } from '@rnoce/schemas/payments';
import type { TimelineEntry } from '@rnoce/ui/timeline';

/** What came to nothing, and what went wrong; everything else was a step that was made. */
const ends: Partial<Record<OrderStatus | AttemptStatus, TimelineEntry['state']>> = {
  expired: 'over',
  cancelled: 'over',
  abandoned: 'over',
  voided: 'over',
  unknown: 'over',
  failed: 'refused',
  refused: 'refused',
  reversed: 'refused',
};

/** How the history of an order marks a change: nobody reads a green check as « expirée ». */
export const historyStep = ({ to }: Pick<FinanceOrder['history'][number], 'to'>): TimelineEntry['state'] =>
  ends[to] ?? 'done';
