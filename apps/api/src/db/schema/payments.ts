import type {
  AnomalyKind,
  AttemptStatus,
  Locale,
  OrderStatus,
  PaymentCause,
  PaymentChannel,
  PaymentMethod,
  paymentEntryKinds,
  RefundWay,
  RefusalKind,
} from '@rnoce/schemas';
import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  char,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { agents } from './agents.ts';
import { createdAt, instant, primaryId, transactionId } from './columns.ts';
import { invoices, issuers } from './invoices.ts';

/** One payment of some invoices of one issuer. Its id is random, because whoever holds the link may read it. */
export const paymentOrders = pgTable(
  'payment_orders',
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    /** Shown as `PN-0000032241`; gaps are normal. */
    number: bigserial({ mode: 'number' }).notNull(),
    issuerId: uuid()
      .notNull()
      .references(() => issuers.id),
    /** As it was when it was ordered: a receipt doesn't change when its issuer takes another name. */
    issuerName: text().notNull(),
    method: text().$type<PaymentMethod>().notNull(),
    channel: text().$type<PaymentChannel>().notNull(),
    /** The sum of its lines, frozen at creation. */
    amountCentimes: bigint({ mode: 'number' }).notNull(),
    status: text().$type<OrderStatus>().notNull().default('created'),
    cause: text().$type<PaymentCause>(),
    payerEmail: text(),
    locale: text().$type<Locale>().notNull(),
    /** Drawn when it is paid: the number on the receipt, and the code that its QR code opens. */
    receiptNumber: text(),
    receiptCode: text(),
    paidAt: instant(),
    closedAt: instant(),
    /** How many attempts it has had: the next one's number. */
    attempts: integer().notNull().default(0),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    uniqueIndex('payment_orders_number').on(table.number),
    uniqueIndex('payment_orders_receipt_number').on(table.receiptNumber),
    uniqueIndex('payment_orders_receipt_code').on(table.receiptCode),
    index('payment_orders_status').on(table.status, table.createdAt),
    index('payment_orders_created').on(table.createdAt),
    index('payment_orders_issuer').on(table.issuerId, table.createdAt),
    check('payment_orders_amount', sql`${table.amountCentimes} > 0`),
    check('payment_orders_receipt', sql`(${table.receiptNumber} is null) = (${table.receiptCode} is null)`),
    check('payment_orders_paid', sql`${table.status} <> 'paid' or ${table.paidAt} is not null`),
  ],
);

/** What an order pays, as it was when it was ordered: an invoice changed since isn't what the payer agreed to. */
export const paymentOrderLines = pgTable(
  'payment_order_lines',
  {
    orderId: uuid()
      .notNull()
      .references(() => paymentOrders.id),
    invoiceId: uuid()
      .notNull()
      .references(() => invoices.id),
    number: text().notNull(),
    clientCode: text().notNull(),
    clientName: text().notNull(),
    clientIsPerson: boolean().notNull(),
    issuedOn: date({ mode: 'string' }).notNull(),
    dueOn: date({ mode: 'string' }).notNull(),
    amountCentimes: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.invoiceId] }),
    index('payment_order_lines_invoice').on(table.invoiceId),
    /** The operator's own payments. */
    index('payment_order_lines_client').on(table.clientCode),
  ],
);

/** Which order settled an invoice. « An invoice is settled by exactly one order »: this index, not a check. */
export const settlements = pgTable(
  'settlements',
  {
    id: primaryId(),
    invoiceId: uuid()
      .notNull()
      .references(() => invoices.id),
    orderId: uuid()
      .notNull()
      .references(() => paymentOrders.id),
    /** Whose money it is: an order may be paid twice, and only one of them settles. */
    attemptId: uuid()
      .notNull()
      .references(() => paymentAttempts.id),
    settledAt: instant().notNull(),
    /** The payment was taken back, or its capture turned out void. */
    releasedAt: instant(),
  },
  (table) => [
    uniqueIndex('settlements_invoice').on(table.invoiceId).where(sql`${table.releasedAt} is null`),
    index('settlements_order').on(table.orderId),
    index('settlements_settled').on(table.settledAt),
  ],
);

/** Each settlement and each release, in the order in which they were written: what issuers walk to reconcile. */
export const paymentEntries = pgTable(
  'payment_entries',
  {
    id: primaryId(),
    settlementId: uuid()
      .notNull()
      .references(() => settlements.id),
    issuerId: uuid()
      .notNull()
      .references(() => issuers.id),
    kind: text().$type<(typeof paymentEntryKinds)[number]>().notNull(),
    at: instant().notNull(),
    transaction: transactionId(),
  },
  (table) => [
    uniqueIndex('payment_entries_settlement').on(table.settlementId, table.kind),
    index('payment_entries_issuer').on(table.issuerId, table.transaction, table.id),
  ],
);

/** One visit to a gateway, one reference or one code. */
export const paymentAttempts = pgTable(
  'payment_attempts',
  {
    id: primaryId(),
    orderId: uuid()
      .notNull()
      .references(() => paymentOrders.id),
    /** What the gateway knows it by: `PN-0000032241-1`. */
    reference: text().notNull(),
    provider: text().$type<PaymentProvider>().notNull(),
    method: text().$type<PaymentMethod>().notNull(),
    channel: text().$type<PaymentChannel>().notNull(),
    status: text().$type<AttemptStatus>().notNull().default('created'),
    amountCentimes: bigint({ mode: 'number' }).notNull(),
    /** The reference or code to pay, and how it is shown. */
    gatewayReference: text(),
    shown: jsonb().$type<{ qrCode?: string; paidAt: readonly string[] }>(),
    gatewayTransactionId: text(),
    refusal: text().$type<RefusalKind>(),
    /** The gateway's own code and words, without card data; for agents. */
    refusalDetail: text(),
    /** After it the payer can no longer pay, says the gateway's contract; money may still come. */
    expiresAt: instant().notNull(),
    /** When the gateway is asked next; null: nothing is expected any more. */
    inquireAt: instant(),
    inquiries: integer().notNull().default(0),
    /** Since when the gateway gives no usable answer; null while it does. */
    silentSince: instant(),
    capturedAt: instant(),
    createdAt: createdAt(),
    /** Of its state. */
    changedAt: createdAt(),
  },
  (table) => [
    uniqueIndex('payment_attempts_reference').on(table.reference),
    index('payment_attempts_order').on(table.orderId),
    index('payment_attempts_captured').on(table.provider, table.capturedAt),
    index('payment_attempts_inquire').on(table.inquireAt).where(sql`${table.inquireAt} is not null`),
    index('payment_attempts_gateway_reference').on(table.provider, table.gatewayReference),
    index('payment_attempts_transaction').on(table.provider, table.gatewayTransactionId),
  ],
);

/** `CallbackDecision` of the gateways' interface. */
type CallbackAnswer = 'take' | 'do_not_take' | 'acknowledge' | 'fault' | 'later';

/** Every message of a gateway, stored before anything is done with it; card data masked. A row without `processedAt` is done again. */
export const gatewayMessages = pgTable(
  'gateway_messages',
  {
    id: primaryId(),
    provider: text().$type<PaymentProvider>().notNull(),
    kind: text().$type<'payment' | 'cancellation' | 'inquiry'>().notNull(),
    /** Of the attempt that it names, when there is one. */
    attemptId: uuid().references(() => paymentAttempts.id),
    trust: text().$type<'verified' | 'unverified' | 'rejected'>().notNull(),
    /** As the adapter read it: enough to process it again. */
    reading: jsonb().$type<Record<string, unknown>>().notNull(),
    contentType: text().notNull(),
    body: text().notNull(),
    /** Of the bytes received: the same for every repetition. */
    sha256: char({ length: 64 }).notNull(),
    /** How often exactly these bytes came. */
    repetitions: integer().notNull().default(0),
    /** What was answered: `take`, `do_not_take`, … */
    decision: text().$type<CallbackAnswer>(),
    /** How often it was worked on. */
    tries: integer().notNull().default(0),
    receivedAt: createdAt(),
    processedAt: instant(),
  },
  (table) => [
    // The signature of some stands outside the bytes: a wrong one doesn't make the right one a repetition.
    uniqueIndex('gateway_messages_bytes').on(table.provider, table.kind, table.trust, table.sha256),
    index('gateway_messages_attempt').on(table.attemptId, table.receivedAt),
    index('gateway_messages_unprocessed').on(table.receivedAt).where(sql`${table.processedAt} is null`),
  ],
);

/** Each change of an order or of one of its attempts, for ever. */
export const paymentHistory = pgTable(
  'payment_history',
  {
    id: primaryId(),
    orderId: uuid()
      .notNull()
      .references(() => paymentOrders.id),
    /** Null: the order itself changed. */
    attemptId: uuid().references(() => paymentAttempts.id),
    fromStatus: text().$type<OrderStatus | AttemptStatus>(),
    toStatus: text().$type<OrderStatus | AttemptStatus>().notNull(),
    cause: text().$type<PaymentCause>().notNull(),
    actor: text().$type<'payer' | 'gateway' | 'system' | 'agent'>().notNull(),
    agentId: uuid().references(() => agents.id),
    messageId: uuid().references(() => gatewayMessages.id),
    detail: text(),
    at: instant().notNull(),
  },
  (table) => [index('payment_history_order').on(table.orderId, table.id)],
);

/** Money that a gateway took and that settles nothing. One refund a transaction: a reference may be paid twice. */
export const refunds = pgTable(
  'refunds',
  {
    id: primaryId(),
    orderId: uuid()
      .notNull()
      .references(() => paymentOrders.id),
    attemptId: uuid()
      .notNull()
      .references(() => paymentAttempts.id),
    /** What the gateway says that it took; an anomaly beside it tells a currency that isn't ours. */
    amountCentimes: bigint({ mode: 'number' }).notNull(),
    /** The gateway's transaction; empty when it told none. */
    transactionId: text().notNull().default(''),
    cause: text().$type<PaymentCause>().notNull(),
    status: text().$type<'due' | 'refunded'>().notNull().default('due'),
    ownerId: uuid().references(() => agents.id),
    ownedAt: instant(),
    dueSince: instant().notNull(),
    /** Since when the gateway is asked to give it back; it is asked once, whatever it answers. */
    requestedAt: instant(),
    way: text().$type<RefundWay>(),
    /** The transfer's or the gateway's number, as the agent recorded it. */
    proof: text(),
    note: text(),
    /** When the money left, says the agent or the gateway; recorded at `refundedAt`. */
    refundedOn: date({ mode: 'string' }),
    refundedAt: instant(),
    recordedBy: uuid().references(() => agents.id),
    version: integer().notNull().default(1),
  },
  (table) => [
    uniqueIndex('refunds_transaction').on(table.attemptId, table.transactionId),
    index('refunds_due').on(table.dueSince).where(sql`${table.status} = 'due'`),
    index('refunds_order').on(table.orderId),
    check('refunds_amount', sql`${table.amountCentimes} > 0`),
    index('refunds_done').on(table.refundedAt).where(sql`${table.status} = 'refunded'`),
    check('refunds_status', sql`(${table.status} = 'refunded') = (${table.refundedAt} is not null)`),
  ],
);

/** A provider's daily file, compared with our books. */
export const settlementFiles = pgTable(
  'settlement_files',
  {
    id: primaryId(),
    provider: text().$type<PaymentProvider>().notNull(),
    day: date({ mode: 'string' }).notNull(),
    sha256: char({ length: 64 }).notNull(),
    rows: integer().notNull(),
    /** Rows that our books had alike, and what they hadn't. */
    matched: integer().notNull(),
    gaps: integer().notNull(),
    /** Lines that couldn't be read. */
    faults: jsonb().$type<{ line: number; reason: string }[]>().notNull(),
    agentId: uuid().references(() => agents.id),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('settlement_files_content').on(table.provider, table.day, table.sha256),
    index('settlement_files_day').on(table.day, table.provider),
  ],
);

/** Movements of money that providers' files show, each once, in whichever file it came first. */
export const settlementRows = pgTable(
  'settlement_rows',
  {
    fileId: uuid()
      .notNull()
      .references(() => settlementFiles.id),
    provider: text().$type<PaymentProvider>().notNull(),
    kind: text().$type<'payment' | 'refund' | 'reversal'>().notNull(),
    attemptReference: text().notNull(),
    transactionId: text().notNull(),
    amountCentimes: bigint({ mode: 'number' }).notNull(),
    currency: text().notNull(),
    /** As the provider writes it. */
    occurredAt: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.kind, table.attemptReference, table.transactionId] }),
    index('settlement_rows_file').on(table.fileId),
  ],
);

/** What a person must look at: money that contradicts what was asked, a capture lost or late, a gap with a provider's file. */
export const paymentAnomalies = pgTable(
  'payment_anomalies',
  {
    id: primaryId(),
    kind: text().$type<AnomalyKind>().notNull(),
    orderId: uuid().references(() => paymentOrders.id),
    attemptId: uuid().references(() => paymentAttempts.id),
    messageId: uuid().references(() => gatewayMessages.id),
    fileId: uuid().references(() => settlementFiles.id),
    /** One open anomaly a thing: found again, it isn't written again. */
    subject: text().notNull(),
    ours: bigint({ mode: 'number' }),
    theirs: bigint({ mode: 'number' }),
    detail: text(),
    raisedAt: instant().notNull(),
    closedAt: instant(),
    closedBy: uuid().references(() => agents.id),
    note: text(),
  },
  (table) => [
    uniqueIndex('payment_anomalies_subject')
      .on(table.kind, table.subject)
      .where(sql`${table.closedAt} is null`),
    /** What a person closed: looked at before the same is shown again. */
    index('payment_anomalies_judged').on(table.subject).where(sql`${table.closedBy} is not null`),
    index('payment_anomalies_open').on(table.raisedAt).where(sql`${table.closedAt} is null`),
    index('payment_anomalies_attempt').on(table.attemptId).where(sql`${table.closedAt} is null`),
    index('payment_anomalies_order').on(table.orderId),
    index('payment_anomalies_file').on(table.fileId),
  ],
);
