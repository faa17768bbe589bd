/** The finance agents' side of payments: orders and refunds (spec/payment.md, Orders). */
import { z } from 'zod';
import { bytes, route } from './contract.ts';
import { text } from './fields.ts';
import { Amount, Currency, InvoiceStatus, PaymentMethod } from './invoices.ts';
import { Issuer, IssuerCode } from './issuers.ts';
import { addIssue } from './issues.ts';
import { centimesOf, maxCentimes } from './money.ts';
import type { AttemptStatus as AttemptState } from './payment-states.ts';
import {
  AttemptStatus,
  OrderLine,
  OrderStatus,
  PaymentCause,
  PaymentChannel,
  RefusalKind,
} from './payments.ts';
import {
  AgentId,
  AttemptId,
  CalendarDate,
  Instant,
  Locale,
  PageQuery,
  PaymentOrderId,
  page,
  RefundId,
} from './primitives.ts';
import { Anomaly, PaymentProvider } from './reconciliation.ts';

/** Days within which money that settles nothing is to be given back; past them a refund is shown as late. */
export const refundDays = 7;

/**
 * How money was given back. `gateway`: by the provider's API, which we asked; `back_office`: in the provider's own back office; the others outside
 * of any provider.
 */
export const refundWays = ['gateway', 'back_office', 'transfer', 'cheque', 'cash'] as const;
export const RefundWay = z.enum(refundWays);
export type RefundWay = z.infer<typeof RefundWay>;

/** What an agent may have seen in a provider's back office. `not_paid`: the payment is over, and took nothing. */
export const observations = ['captured', 'not_paid', 'voided', 'reversed'] as const;
export const Observation = z.enum(observations);
export type Observation = z.infer<typeof Observation>;

/** What can be recorded of an attempt by hand, `captured` of a provider that gives no answer alone; the rest is the gateway's word, or a refund. */
export const recordable = {
  created: ['captured', 'not_paid'],
  redirected: ['captured', 'not_paid'],
  reference_out: ['captured', 'not_paid'],
  refused: ['captured', 'not_paid'],
  unknown: ['captured', 'not_paid', 'voided'],
  abandoned: ['captured'],
  authorised: ['captured', 'voided'],
  capture_requested: ['captured', 'voided'],
  void_requested: ['voided', 'captured'],
  captured: ['reversed', 'voided'],
  voided: ['captured'],
  refund_requested: [],
  refunded: ['reversed'],
  reversed: ['captured'],
} as const satisfies Record<AttemptState, readonly Observation[]>;

/** A row of the finance agents' list of orders. */
export const FinanceOrderRow = z.object({
  id: PaymentOrderId,
  number: z.string(),
  status: OrderStatus,
  cause: PaymentCause.nullable(),
  issuer: Issuer,
  clientName: z.string(),
  clientCodes: z.array(z.string()),
  invoiceNumbers: z.array(z.string()),
  amount: Amount,
  currency: Currency,
  method: PaymentMethod,
  channel: PaymentChannel,
  createdAt: Instant,
  paidAt: Instant.nullable(),
  receiptNumber: z.string().nullable(),
  /** The gateway's transaction that brought money, or the last one. */
  transactionNumber: z.string().nullable(),
});
export type FinanceOrderRow = z.infer<typeof FinanceOrderRow>;

/** Money that goes back to the payer. */
export const Refund = z.object({
  id: RefundId,
  order: z.object({ id: PaymentOrderId, number: z.string() }),
  issuer: Issuer,
  provider: PaymentProvider,
  channel: PaymentChannel,
  attemptReference: z.string(),
  transactionNumber: z.string().nullable(),
  amount: Amount,
  currency: Currency,
  cause: PaymentCause,
  status: z.enum(['due', 'refunded']),
  dueSince: Instant,
  dueBy: Instant,
  owner: z.object({ id: AgentId, name: z.string(), since: Instant }).nullable(),
  /** Masked in lists; whole in the order, once opened. */
  payerEmail: z.string().nullable(),
  /** Whether the provider can be asked to give it back: `requested`, it was, and hasn't said that it did. */
  gateway: z.enum(['none', 'offered', 'requested']),
  way: RefundWay.nullable(),
  proof: z.string().nullable(),
  note: z.string().nullable(),
  refundedOn: CalendarDate.nullable(),
  recordedBy: z.string().nullable(),
  version: z.int(),
});
export type Refund = z.infer<typeof Refund>;

/** An order with everything that happened to it. Names and the e-mail are whole: it was opened, and the log says by whom. */
export const FinanceOrder = FinanceOrderRow.extend({
  payerEmail: z.string().nullable(),
  closedAt: Instant.nullable(),
  lines: z.array(OrderLine.extend({ clientName: z.string(), invoiceStatus: InvoiceStatus })),
  attempts: z.array(
    z.object({
      id: AttemptId,
      reference: z.string(),
      provider: PaymentProvider,
      method: PaymentMethod,
      channel: PaymentChannel,
      status: AttemptStatus,
      amount: Amount,
      gatewayReference: z.string().nullable(),
      transactionNumber: z.string().nullable(),
      refusal: RefusalKind.nullable(),
      refusalDetail: z.string().nullable(),
      createdAt: Instant,
      expiresAt: Instant,
      capturedAt: Instant.nullable(),
      inquireAt: Instant.nullable(),
      silentSince: Instant.nullable(),
      recordable: z.array(Observation),
    }),
  ),
  history: z.array(
    z.object({
      id: z.string(),
      at: Instant,
      /** Null: the order itself changed. */
      attemptReference: z.string().nullable(),
      from: z.union([OrderStatus, AttemptStatus]).nullable(),
      to: z.union([OrderStatus, AttemptStatus]),
      cause: PaymentCause,
      actor: z.enum(['payer', 'gateway', 'system', 'agent']),
      actorName: z.string().nullable(),
      detail: z.string().nullable(),
      messageId: z.string().nullable(),
    }),
  ),
  /** What the gateways said, card data masked; the latest first. */
  messages: z.array(
    z.object({
      id: z.string(),
      attemptReference: z.string(),
      kind: z.enum(['payment', 'cancellation', 'inquiry']),
      trust: z.enum(['verified', 'unverified', 'rejected']),
      receivedAt: Instant,
      repetitions: z.int(),
      decision: z.string().nullable(),
      body: z.string(),
    }),
  ),
  settlements: z.array(
    z.object({
      invoiceNumber: z.string(),
      attemptReference: z.string(),
      settledAt: Instant,
      releasedAt: Instant.nullable(),
    }),
  ),
  refunds: z.array(Refund),
  anomalies: z.array(Anomaly),
});
export type FinanceOrder = z.infer<typeof FinanceOrder>;

const tag = 'finance';
const agents = ['agent'] as const;

const orderFilters = {
  /**
   * A number of an order, an attempt, a transaction, a reference to pay, an invoice or a receipt, or a client's code; whole, whatever its case.
   */
  q: z.string().trim().max(100).optional(),
  status: OrderStatus.optional(),
  issuer: IssuerCode.optional(),
  method: PaymentMethod.optional(),
  channel: PaymentChannel.optional(),
  /** Days on which the order was made, in Morocco. */
  from: CalendarDate.optional(),
  to: CalendarDate.optional(),
};
export const ListFinanceOrdersQuery = PageQuery.extend({
  ...orderFilters,
  sort: z.enum(['newest', 'oldest', 'highest', 'lowest']).default('newest'),
});

export const listFinanceOrders = route({
  name: 'listFinanceOrders',
  tag,
  method: 'GET',
  path: '/finance/orders',
  access: agents,
  summary: 'The orders, with how many there are and how much they come to in each status',
  query: ListFinanceOrdersQuery,
  responses: {
    200: page(FinanceOrderRow).extend({
      /** Whatever the status asked for, the other filters applied. */
      totals: z.array(z.object({ status: OrderStatus, count: z.int(), amount: Amount })),
    }),
  },
  problems: ['forbidden'],
});

export const exportFinanceOrders = route({
  name: 'exportFinanceOrders',
  tag,
  method: 'GET',
  path: '/finance/orders/export',
  access: agents,
  summary:
    'Every order of the filters as a file, the newest first: UTF-8 with a mark, semicolons, decimal commas, as Excel in French opens it',
  query: z.strictObject({
    ...orderFilters,
    format: z.literal('csv').default('csv'),
    locale: Locale.default('fr'),
  }),
  responses: { 200: bytes('text/csv') },
  problems: ['forbidden'],
  rateLimit: { max: 20, windowSeconds: 600 },
});

const orderParams = z.strictObject({ id: PaymentOrderId });

export const getFinanceOrder = route({
  name: 'getFinanceOrder',
  tag,
  method: 'GET',
  path: '/finance/orders/:id',
  access: agents,
  summary: 'An order with its attempts, history, messages, refunds and anomalies',
  params: orderParams,
  responses: { 200: FinanceOrder },
  problems: ['forbidden'],
});

export const inquireFinanceOrder = route({
  name: 'inquireFinanceOrder',
  tag,
  method: 'POST',
  path: '/finance/orders/:id/inquiry',
  access: agents,
  summary: 'Ask the gateways now how the attempts of an order stand, the last five, and apply what they say',
  params: orderParams,
  responses: {
    200: z.object({
      attempts: z.array(
        z.object({
          reference: z.string(),
          outcome: z.enum(['changed', 'unchanged', 'no_answer']),
        }),
      ),
    }),
  },
  problems: ['forbidden'],
  rateLimit: { max: 60, windowSeconds: 300 },
});

export const recordObservation = route({
  name: 'recordObservation',
  tag,
  method: 'POST',
  path: '/finance/attempts/:id/observations',
  access: agents,
  summary:
    "Record what was seen in the provider's back office, where its word can't be asked for; it is believed as the gateway's",
  params: z.strictObject({ id: AttemptId }),
  body: z
    .strictObject({
      says: Observation,
      /** What was taken; with `captured` only. */
      amount: z.string().optional(),
      transactionNumber: z
        .string()
        .trim()
        .regex(/^[\w.-]{1,64}$/)
        .optional(),
      note: text(500),
      /** The state in which the attempt was seen: another one meanwhile is `stale`. */
      seen: AttemptStatus,
    })
    .check(({ value, issues }) => {
      if (value.says !== 'captured') return;
      const centimes = centimesOf(value.amount ?? '');
      if (value.amount === undefined || value.amount === '')
        addIssue(issues, value.amount, 'required', { path: ['amount'] });
      else if (centimes === undefined || centimes === 0 || centimes > maxCentimes)
        addIssue(issues, value.amount, 'amount_invalid', { path: ['amount'] });
      if (value.transactionNumber === undefined)
        addIssue(issues, value.transactionNumber, 'required', { path: ['transactionNumber'] });
    }),
  responses: { 200: FinanceOrder },
  problems: ['forbidden', 'not_found', 'observation_impossible', 'stale'],
  idempotent: true,
});

export const ListRefundsQuery = PageQuery.extend({
  status: z.enum(['due', 'refunded']).optional(),
  owner: z.enum(['mine', 'nobody', 'others']).optional(),
  provider: PaymentProvider.optional(),
  sort: z.enum(['oldest', 'newest', 'highest']).default('oldest'),
});

export const listRefunds = route({
  name: 'listRefunds',
  tag,
  method: 'GET',
  path: '/finance/refunds',
  access: agents,
  summary: 'Money that goes back to payers, what is due the longest first',
  query: ListRefundsQuery,
  responses: {
    200: page(Refund).extend({
      counts: z.object({ due: z.int(), overdue: z.int(), refunded: z.int(), amountDue: Amount }),
    }),
  },
  problems: ['forbidden'],
});

const refundParams = z.strictObject({ id: RefundId });

export const takeRefund = route({
  name: 'takeRefund',
  tag,
  method: 'PUT',
  path: '/finance/refunds/:id/owner',
  access: agents,
  summary: 'Take a refund, so that the others see who works on it',
  params: refundParams,
  responses: { 200: Refund },
  problems: ['forbidden', 'refund_not_due', 'stale'],
  versioned: 'required',
});

export const releaseRefund = route({
  name: 'releaseRefund',
  tag,
  method: 'DELETE',
  path: '/finance/refunds/:id/owner',
  access: agents,
  summary: 'Give a refund back to the list; one that another agent has stays theirs',
  params: refundParams,
  responses: { 200: Refund },
  problems: ['forbidden', 'refund_not_due', 'stale'],
  versioned: 'required',
});

export const RecordRefundBody = z.strictObject({
  way: RefundWay.exclude(['gateway']),
  /** The transfer's, the cheque's or the provider's number. */
  proof: text(80),
  /** When the money left. */
  refundedOn: CalendarDate,
  note: z.string().trim().max(500).default(''),
});

export const recordRefund = route({
  name: 'recordRefund',
  tag,
  method: 'POST',
  path: '/finance/refunds/:id/record',
  access: agents,
  summary: 'Record that the money was given back, whole; it is told to the payer and can’t be undone',
  params: refundParams,
  body: RecordRefundBody,
  responses: { 200: Refund },
  problems: ['forbidden', 'not_found', 'refund_not_due', 'stale'],
  idempotent: true,
  versioned: 'required',
});

export const refundByGateway = route({
  name: 'refundByGateway',
  tag,
  method: 'POST',
  path: '/finance/refunds/:id/gateway-refund',
  access: agents,
  summary:
    'Ask the provider to give the money back, once. Without its answer the refund stays `requested`, and is asked about, never ordered again',
  params: refundParams,
  responses: { 200: Refund },
  problems: [
    'forbidden',
    'not_found',
    'refund_not_due',
    'refund_impossible',
    'refund_refused',
    'provider_unavailable',
    'stale',
  ],
  idempotent: true,
  versioned: 'required',
});

export const checkGatewayRefund = route({
  name: 'checkGatewayRefund',
  tag,
  method: 'POST',
  path: '/finance/refunds/:id/gateway-refund/check',
  access: agents,
  summary:
    'Ask the provider whether a refund without an answer was made. If it says that it wasn’t, the refund may be ordered again',
  params: refundParams,
  responses: { 200: Refund },
  problems: ['forbidden', 'not_found', 'refund_not_due', 'provider_unavailable'],
  rateLimit: { max: 60, windowSeconds: 300 },
});
