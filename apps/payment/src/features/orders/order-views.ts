import type { PaymentCause, PaymentOrder } from '@rnoce/schemas';
import { channelOf, type OrderStatus } from '@rnoce/schemas/payment-states';
import type { IconName } from '../../controls/icon.tsx';
import type { Tone } from '../../controls/notice.tsx';

/** What the page of an order can say; each has its words, `checkout:order.<view>.*`. */
export type View =
  | 'confirming'
  /** A reference was asked for and isn't there yet: its gateway gave no answer. Nothing can have been paid. */
  | 'preparing'
  | 'reference'
  | 'reference_over'
  | 'refused'
  | 'paid'
  | 'cancelled'
  | 'expired'
  | 'refund_due'
  | 'refunded'
  | 'reversed';

type Situation = Pick<PaymentOrder, 'next' | 'refusal' | 'method' | 'channel'>;
type Rule = View | ((order: Situation, now: Date) => View);

const underWay: Rule = ({ next, refusal, method, channel }, now) => {
  if (next?.type === 'reference') return new Date(next.expiresAt) > now ? 'reference' : 'reference_over';
  if (refusal !== null) return 'refused';
  return channelOf(method, channel)?.kind === 'reference' ? 'preparing' : 'confirming';
};

/** The view of each status. A new status doesn't compile until it has one. */
const rules = {
  created: underWay,
  pending: underWay,
  paid: 'paid',
  failed: 'refused',
  cancelled: 'cancelled',
  expired: 'expired',
  refund_due: 'refund_due',
  refunded: 'refunded',
  reversed: 'reversed',
} as const satisfies Record<OrderStatus, Rule>;

/** What the page says of an order now. */
export function viewOf(order: Situation & Pick<PaymentOrder, 'status'>, now: Date): View {
  const rule: Rule = rules[order.status];
  return typeof rule === 'string' ? rule : rule(order, now);
}

export const looks = {
  confirming: { tone: 'info', icon: 'clock' },
  preparing: { tone: 'warning', icon: 'clock' },
  reference: { tone: 'info', icon: 'clock' },
  reference_over: { tone: 'warning', icon: 'clock' },
  refused: { tone: 'danger', icon: 'circle-x' },
  paid: { tone: 'success', icon: 'circle-check' },
  cancelled: { tone: 'neutral', icon: 'circle-x' },
  expired: { tone: 'neutral', icon: 'clock' },
  refund_due: { tone: 'warning', icon: 'arrow-back-up' },
  refunded: { tone: 'neutral', icon: 'arrow-back-up' },
  reversed: { tone: 'danger', icon: 'alert-triangle' },
} as const satisfies Record<View, { tone: Tone; icon: IconName }>;

/** Causes that a payer is told, `checkout:reason.<cause>`; the others say nothing to them. */
const told = [
  'lost_to_another_order',
  'invoice_changed',
  'wrong_amount',
  'gateway_unavailable',
  'capture_lost',
  'paid_already',
] as const satisfies readonly PaymentCause[];

export const toldCause = (cause: PaymentCause | null): (typeof told)[number] | undefined =>
  told.find((one) => one === cause);
