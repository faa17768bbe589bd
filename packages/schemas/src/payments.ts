import { z } from 'zod';
import { bytes, noContent, route } from './contract.ts';
import { email } from './fields.ts';
import { Amount, Currency, PaymentMethod, PositiveAmount } from './invoices.ts';
import { Issuer } from './issuers.ts';
import { attemptStatuses, orderStatuses, paymentCauses, refusalKinds } from './payment-states.ts';
import {
  CalendarDate,
  FeedQuery,
  feed,
  Instant,
  InvoiceId,
  Locale,
  PageQuery,
  PaymentEntryId,
  PaymentOrderId,
  page,
} from './primitives.ts';

export const PaymentChannel = z.enum(['card', 'fatourati', 'tashilat', 'direct_debit']);
export type PaymentChannel = z.infer<typeof PaymentChannel>;
export const OrderStatus = z.enum(orderStatuses);
export type OrderStatus = z.infer<typeof OrderStatus>;
export const AttemptStatus = z.enum(attemptStatuses);
export type AttemptStatus = z.infer<typeof AttemptStatus>;
export const PaymentCause = z.enum(paymentCauses);
export type PaymentCause = z.infer<typeof PaymentCause>;
export const RefusalKind = z.enum(refusalKinds);
export type RefusalKind = z.infer<typeof RefusalKind>;

/** What the payer does next: their browser posts these fields there, in that order; or they pay a reference elsewhere. */
export const PaymentNext = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('redirect'),
    method: z.literal('POST'),
    url: z.string(),
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
    expiresAt: Instant,
  }),
  z.object({
    type: z.literal('reference'),
    reference: z.string(),
    expiresAt: Instant,
    /** A PNG as a data URI; null when the gateway gives none. */
    qrCode: z.string().nullable(),
    /** Names of the banks, wallets and agencies that take it. */
    paidAt: z.array(z.string()),
  }),
]);
export type PaymentNext = z.infer<typeof PaymentNext>;

export const OrderLine = z.object({
  invoiceId: InvoiceId,
  number: z.string(),
  clientCode: z.string(),
  issuedOn: CalendarDate,
  dueOn: CalendarDate,
  amount: Amount,
});

/** An order as whoever holds its link sees it. Names of natural persons and the e-mail are masked. */
export const PaymentOrder = z.object({
  id: PaymentOrderId,
  /** For people: `PN-0000032241`. */
  number: z.string(),
  status: OrderStatus,
  /** Why it is in this status; null while it is new. */
  cause: PaymentCause.nullable(),
  issuer: Issuer,
  clientName: z.string(),
  lines: z.array(OrderLine),
  amount: Amount,
  currency: Currency,
  method: PaymentMethod,
  channel: PaymentChannel,
  payerEmail: z.string().nullable(),
  createdAt: Instant,
  paidAt: Instant.nullable(),
  /** After it nothing more is expected of the payer; null once closed. */
  expiresAt: Instant.nullable(),
  /** The reference that is out, shown again at every visit. A redirection is given once, at its creation: each visit to a gateway is an attempt of its own. */
  next: PaymentNext.nullable(),
  /** Why the last try didn't go through. */
  refusal: RefusalKind.nullable(),
  /** The gateway's transaction, once paid. */
  transactionNumber: z.string().nullable(),
  receipt: z.object({ number: z.string(), code: z.string() }).nullable(),
  /** Money that goes back to the payer. */
  refund: z.object({ amount: Amount, status: z.enum(['due', 'refunded']) }).nullable(),
  /** Methods that all its invoices accept: what another try may use. */
  methods: z.array(PaymentMethod),
  /** Whether the invoices of a closed order can be paid by a new one. */
  payableAgain: z.boolean(),
  /** Something may still change by itself: read it again. */
  watch: z.boolean(),
});
export type PaymentOrder = z.infer<typeof PaymentOrder>;

/** Most invoices that one order pays. */
export const maxOrderInvoices = 100;

const tag = 'payments';
const orderParams = z.strictObject({ id: PaymentOrderId });
const choice = { method: PaymentMethod, channel: PaymentChannel };

export const createPaymentOrder = route({
  name: 'createPaymentOrder',
  tag,
  method: 'POST',
  path: '/payment-orders',
  access: ['anyone'],
  summary: 'Order the payment of invoices of one issuer; the answer says where the payer goes',
  body: z.strictObject({
    invoiceIds: z.array(InvoiceId).min(1).max(maxOrderInvoices),
    ...choice,
    /** The total that the payer was shown: when it isn't theirs any more, nothing is ordered. */
    amount: PositiveAmount.optional(),
    payerEmail: email().optional(),
    locale: Locale.default('fr'),
  }),
  responses: { 201: PaymentOrder },
  problems: [
    'not_found',
    'invoices_not_payable',
    'invoices_of_several_issuers',
    'method_not_accepted',
    'gateway_unavailable',
  ],
  idempotent: true,
  rateLimit: { max: 60, windowSeconds: 600 },
});

export const getPaymentOrder = route({
  name: 'getPaymentOrder',
  tag,
  method: 'GET',
  path: '/payment-orders/:id',
  access: ['anyone'],
  summary: 'The order, by its unguessable id',
  params: orderParams,
  responses: { 200: PaymentOrder },
  problems: [],
  rateLimit: { max: 1200, windowSeconds: 600 },
});

export const retryPaymentOrder = route({
  name: 'retryPaymentOrder',
  tag,
  method: 'POST',
  path: '/payment-orders/:id/attempts',
  access: ['anyone'],
  summary: 'Try an open order again, by the same or another channel; what was begun before stays watched',
  params: orderParams,
  body: z.strictObject(choice),
  responses: { 201: PaymentOrder },
  problems: ['order_closed', 'invoices_not_payable', 'method_not_accepted', 'gateway_unavailable'],
  idempotent: true,
  rateLimit: { max: 60, windowSeconds: 600 },
});

export const cancelPaymentOrder = route({
  name: 'cancelPaymentOrder',
  tag,
  method: 'DELETE',
  path: '/payment-orders/:id',
  access: ['anyone'],
  summary:
    'Give the order up. The gateway is asked first: the answer is `cancelled`, or what the gateway says',
  params: orderParams,
  responses: { 200: PaymentOrder },
  problems: ['order_closed', 'gateway_unavailable'],
  rateLimit: { max: 60, windowSeconds: 600 },
});

export const getReceipt = route({
  name: 'getReceipt',
  tag,
  method: 'GET',
  path: '/payment-orders/:id/receipt',
  access: ['anyone'],
  summary: 'The receipt of a paid order, PDF',
  params: orderParams,
  query: z.strictObject({ locale: Locale.optional() }),
  responses: { 200: bytes('application/pdf') },
  problems: ['order_not_paid'],
  rateLimit: { max: 120, windowSeconds: 600 },
});

export const emailPaymentOrder = route({
  name: 'emailPaymentOrder',
  tag,
  method: 'POST',
  path: '/payment-orders/:id/emails',
  access: ['anyone'],
  summary: 'Send the reference to pay, or the receipt once paid, to an address',
  params: orderParams,
  body: z.strictObject({ email: email(), locale: Locale.default('fr') }),
  responses: { 202: z.object({ email: z.string() }) },
  problems: ['order_closed', 'order_not_paid'],
  idempotent: true,
  rateLimit: { max: 10, windowSeconds: 3600 },
});

/** What the public verification page says of a receipt: only what stands on it. */
export const ReceiptCheck = z.object({
  receiptNumber: z.string(),
  orderNumber: z.string(),
  /** `taken_back`: it was genuine, and the payment was taken back since. */
  state: z.enum(['genuine', 'taken_back']),
  issuer: Issuer,
  clientName: z.string(),
  invoiceNumbers: z.array(z.string()),
  amount: Amount,
  currency: Currency,
  paidAt: Instant,
});
export type ReceiptCheck = z.infer<typeof ReceiptCheck>;

export const checkReceipt = route({
  name: 'checkReceipt',
  tag,
  method: 'GET',
  path: '/receipts/:code',
  access: ['anyone'],
  summary: 'Whether a receipt is genuine, by the code of its QR code',
  params: z.strictObject({ code: z.string().max(40) }),
  responses: { 200: ReceiptCheck },
  problems: [],
  rateLimit: { max: 60, windowSeconds: 600 },
});

export const OwnPayment = PaymentOrder.pick({
  id: true,
  number: true,
  status: true,
  issuer: true,
  lines: true,
  amount: true,
  currency: true,
  method: true,
  channel: true,
  createdAt: true,
  paidAt: true,
  receipt: true,
});
export type OwnPayment = z.infer<typeof OwnPayment>;

export const listOwnPayments = route({
  name: 'listOwnPayments',
  tag,
  method: 'GET',
  path: '/account/payments',
  access: ['operator'],
  summary: "The orders, paid or under way, for the operator's own invoices, whoever paid",
  query: PageQuery,
  responses: { 200: page(OwnPayment) },
  problems: [],
});

const inItsWords = bytes('text/plain', 'application/json');
const gatewayAnswer = { 200: inItsWords };
/** Each gateway is told in its own words what it sent that can't be believed, and to come again later. */
const gatewayAnswers = { ...gatewayAnswer, 400: inItsWords, 503: inItsWords };
const signed = ['gateway'] as const;
const maxCallbackBytes = 64 * 1024;
const form = { mediaTypes: ['application/x-www-form-urlencoded'], maxBytes: maxCallbackBytes };
const json = { mediaTypes: ['application/json'], maxBytes: maxCallbackBytes };

export const notifyCmi = route({
  name: 'notifyCmi',
  tag: 'gateways',
  method: 'POST',
  path: '/gateways/cmi/callback',
  access: signed,
  summary: "CMI's notification of a card payment; the answer says whether it is captured",
  rawBody: form,
  responses: gatewayAnswer,
  problems: ['not_found'],
});

export const returnFromCmi = route({
  name: 'returnFromCmi',
  tag: 'gateways',
  method: 'POST',
  path: '/gateways/cmi/return',
  access: signed,
  summary: "The payer's browser comes back from CMI; it proves nothing, and leads to the order's page",
  rawBody: form,
  query: z.object({ outcome: z.enum(['ok', 'fail', 'cancel']).optional() }),
  responses: { 303: noContent },
  problems: [],
});

export const notifyFatouratiPayment = route({
  name: 'notifyFatouratiPayment',
  tag: 'gateways',
  method: 'POST',
  path: '/gateways/fatourati/payment',
  access: signed,
  summary: "Fatourati's notification of a payment",
  rawBody: json,
  responses: gatewayAnswers,
  problems: ['not_found'],
});

export const askFatouratiStatus = route({
  name: 'askFatouratiStatus',
  tag: 'gateways',
  method: 'GET',
  path: '/gateways/fatourati/status',
  access: signed,
  summary: "Fatourati's question about an order; unsigned, so that the answer is the status alone",
  query: z.object({ token_ref: z.string().max(100).optional(), order_id: z.string().max(100).optional() }),
  responses: gatewayAnswer,
  problems: [],
  rateLimit: { max: 600, windowSeconds: 60 },
});

export const notifyFatouratiCancellation = route({
  name: 'notifyFatouratiCancellation',
  tag: 'gateways',
  method: 'POST',
  path: '/gateways/fatourati/cancellation',
  access: signed,
  summary: "Fatourati's notification that a payment was cancelled",
  rawBody: json,
  responses: gatewayAnswers,
  problems: ['not_found'],
});

export const notifyAmanPay = route({
  name: 'notifyAmanPay',
  tag: 'gateways',
  method: 'POST',
  path: '/gateways/amanpay/notification',
  access: signed,
  summary: "AmanPay's notification",
  rawBody: json,
  responses: gatewayAnswers,
  problems: ['not_found'],
});

export const paymentEntryKinds = ['settled', 'released'] as const;

/**
 * One line of the issuer's payments: an invoice was settled, or its money taken back (« rejet J+2 ») and the invoice is unpaid again. Lines are
 * never changed; what is settled less what is released is what was paid.
 */
export const PaymentEntry = z.object({
  id: PaymentEntryId,
  kind: z.enum(paymentEntryKinds),
  at: Instant,
  invoiceNumber: z.string(),
  clientCode: z.string(),
  amount: Amount,
  currency: Currency,
  orderNumber: z.string(),
  method: PaymentMethod,
  channel: PaymentChannel,
  /** What the gateway knows the payment by. */
  reference: z.string(),
});
export type PaymentEntry = z.infer<typeof PaymentEntry>;

export const listPayments = route({
  name: 'listPayments',
  tag: 'payments',
  method: 'GET',
  path: '/payments',
  access: ['integrator'],
  integrator: { kinds: ['issuer'], scope: 'payments:read' },
  summary:
    "The issuer's settlements, for reconciliation, in the order in which they were written: walking it to its end misses none, and tells none twice",
  query: FeedQuery,
  responses: { 200: feed(PaymentEntry) },
  problems: [],
});
