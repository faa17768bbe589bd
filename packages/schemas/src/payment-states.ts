/**
 * The states of orders and of attempts, and what may happen to them (reference/payment-gateways.md §4.3, spec/payment.md « Orders »).
 * One table each, without zod: API and payment page read the same.
 */

/** How the payer pays, as they choose it: method, then channel; and the gateway that it goes to. */
export const paymentMethods = {
  cmi: {
    card: { provider: 'cmi', kind: 'redirect' },
    fatourati: { provider: 'fatourati', kind: 'reference' },
  },
  amanpay: {
    card: { provider: 'amanpay', kind: 'redirect' },
    tashilat: { provider: 'amanpay', kind: 'reference' },
    direct_debit: { provider: 'amanpay', kind: 'redirect' },
  },
} as const;
export type PaymentMethod = keyof typeof paymentMethods;
export type PaymentChannel = 'card' | 'fatourati' | 'tashilat' | 'direct_debit';
export type PaymentProvider = 'cmi' | 'fatourati' | 'amanpay';

interface ChannelRule {
  readonly provider: PaymentProvider;
  readonly kind: 'redirect' | 'reference';
}
/** The gateway of a method's channel; undefined when the method doesn't have it. */
export const channelOf = (method: PaymentMethod, channel: PaymentChannel): ChannelRule | undefined =>
  (paymentMethods[method] as Partial<Record<PaymentChannel, ChannelRule>>)[channel];

export const orderStatuses = [
  'created',
  'pending',
  'paid',
  'failed',
  'cancelled',
  'expired',
  'refund_due',
  'refunded',
  'reversed',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

interface OrderState {
  readonly tone: 'neutral' | 'info' | 'success' | 'warning' | 'danger';
  /** Closed: moves again only by money. */
  readonly closed: boolean;
  /** What the payer can still do. */
  readonly next: 'wait' | 'none' | 'pay_again' | 'contact';
  readonly to: readonly OrderStatus[];
}

/**
 * What an order may become. A closed order moves again only by money: money of a closed order pays it when all its invoices are still
 * open (cause `late`), else it is a refund due.
 */
export const orderStates = {
  created: {
    tone: 'neutral',
    closed: false,
    next: 'wait',
    to: ['pending', 'failed', 'cancelled', 'expired', 'paid', 'refund_due'],
  },
  pending: {
    tone: 'info',
    closed: false,
    next: 'wait',
    to: ['paid', 'failed', 'cancelled', 'expired', 'refund_due'],
  },
  /** `failed`: the capture turned out void; `refund_due`: it took another amount. */
  paid: { tone: 'success', closed: true, next: 'none', to: ['reversed', 'failed', 'refund_due', 'refunded'] },
  failed: { tone: 'danger', closed: true, next: 'pay_again', to: ['paid', 'refund_due'] },
  cancelled: { tone: 'neutral', closed: true, next: 'pay_again', to: ['paid', 'refund_due'] },
  expired: { tone: 'neutral', closed: true, next: 'pay_again', to: ['paid', 'refund_due'] },
  refund_due: { tone: 'warning', closed: true, next: 'contact', to: ['refunded', 'paid'] },
  refunded: { tone: 'neutral', closed: true, next: 'none', to: ['refund_due', 'paid'] },
  reversed: { tone: 'danger', closed: true, next: 'pay_again', to: ['paid', 'refund_due'] },
} as const satisfies Record<OrderStatus, OrderState>;

export const attemptStatuses = [
  'created',
  'redirected',
  'reference_out',
  'refused',
  'authorised',
  'capture_requested',
  'captured',
  'void_requested',
  'voided',
  'refund_requested',
  'refunded',
  'reversed',
  'abandoned',
  'unknown',
] as const;
export type AttemptStatus = (typeof attemptStatuses)[number];

interface AttemptState {
  /** Money may still come by it without any new act of the payer on our pages: the order stays pending, the sweep asks. */
  readonly open: boolean;
  /** Where the gateway holds or held the payer's money. */
  readonly money: 'none' | 'promised' | 'taken' | 'given_back' | 'unknown';
  readonly to: readonly AttemptStatus[];
}

/** What an attempt (one visit to a gateway, one reference, one code) may become. */
export const attemptStates = {
  created: {
    open: true,
    money: 'none',
    to: ['redirected', 'reference_out', 'unknown', 'refused', 'abandoned', 'authorised', 'captured'],
  },
  redirected: {
    open: true,
    money: 'none',
    to: ['refused', 'authorised', 'captured', 'abandoned', 'unknown'],
  },
  reference_out: {
    open: true,
    money: 'none',
    to: ['refused', 'authorised', 'captured', 'abandoned', 'unknown'],
  },
  /** CMI lets the payer try again on the same page, with the same `oid`. */
  refused: { open: true, money: 'none', to: ['authorised', 'captured', 'abandoned', 'unknown'] },
  authorised: {
    open: true,
    money: 'promised',
    to: ['capture_requested', 'void_requested', 'captured', 'voided', 'unknown'],
  },
  capture_requested: { open: true, money: 'promised', to: ['captured', 'voided'] },
  captured: { open: false, money: 'taken', to: ['refund_requested', 'refunded', 'reversed', 'voided'] },
  void_requested: { open: true, money: 'promised', to: ['voided', 'captured'] },
  /** Authorised again: by another transaction, or what was voided came after all. */
  voided: { open: false, money: 'given_back', to: ['captured', 'authorised'] },
  refund_requested: { open: false, money: 'taken', to: ['refunded', 'captured'] },
  /** Captured again: its reference was paid by another transaction. */
  refunded: { open: false, money: 'given_back', to: ['captured', 'reversed'] },
  reversed: { open: false, money: 'given_back', to: ['captured'] },
  abandoned: { open: false, money: 'none', to: ['authorised', 'captured', 'unknown'] },
  unknown: {
    open: true,
    money: 'unknown',
    to: ['redirected', 'reference_out', 'refused', 'authorised', 'captured', 'voided', 'abandoned'],
  },
} as const satisfies Record<AttemptStatus, AttemptState>;

/** Why an order or an attempt changed; each has its words in the catalogues, `reference:paymentCause.<cause>`. */
export const paymentCauses = [
  'ordered',
  'sent_to_gateway',
  'callback',
  'inquiry',
  'late',
  'lost_to_another_order',
  /** A second payment of the same order. */
  'paid_already',
  'invoice_changed',
  'wrong_amount',
  'gateway_refused',
  'gateway_unavailable',
  'payer_cancelled',
  'time_over',
  'capture',
  'capture_lost',
  'void',
  /** Asked of the gateway; done once it says so. */
  'refund_requested',
  'refund_recorded',
  'taken_back',
  'settlement_file',
  'recorded_by_agent',
] as const;

/** Why a payment didn't go through, in words for a payer: `payment:refusal.<kind>`. */
export const refusalKinds = [
  'declined',
  'insufficient_funds',
  'expired_card',
  'not_permitted',
  'wrong_security_code',
  'not_authenticated',
  'bank_unavailable',
  'technical',
] as const;
