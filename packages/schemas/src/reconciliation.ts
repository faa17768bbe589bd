/** Our books beside the providers' daily files, and what a person must look at (spec/payment.md, reference/payment-gateways.md §4.3). */
import { z } from 'zod';
import { route } from './contract.ts';
import { text } from './fields.ts';
import { Amount } from './invoices.ts';
import { OrderStatus } from './payments.ts';
import {
  AnomalyId,
  CalendarDate,
  Instant,
  PageQuery,
  PaymentOrderId,
  page,
  SettlementFileId,
} from './primitives.ts';

export const paymentProviders = ['cmi', 'fatourati', 'amanpay'] as const;
export const PaymentProvider = z.enum(paymentProviders);

/** What needs a person: money that contradicts what was asked, silence, gaps with a provider's file. */
export const anomalyKinds = [
  'wrong_amount',
  'wrong_currency',
  'capture_lost',
  'capture_late',
  'gateway_silent',
  'unknown_attempt',
  /** A refund was asked of the gateway, and whether it was made isn't known. */
  'refund_unknown',
  'gap_missing_here',
  'gap_missing_there',
  'gap_amount',
  'gap_state',
  /** Yesterday's file of a provider wasn't given. */
  'file_missing',
] as const;
export const AnomalyKind = z.enum(anomalyKinds);
export type AnomalyKind = z.infer<typeof AnomalyKind>;

export const Anomaly = z.object({
  id: AnomalyId,
  kind: AnomalyKind,
  /** What it is about: a reference, a line of a file, a day. */
  subject: z.string(),
  order: z.object({ id: PaymentOrderId, number: z.string(), status: OrderStatus }).nullable(),
  file: z.object({ id: SettlementFileId, provider: PaymentProvider, day: CalendarDate }).nullable(),
  ours: Amount.nullable(),
  theirs: Amount.nullable(),
  detail: z.string().nullable(),
  raisedAt: Instant,
  closedAt: Instant.nullable(),
  /** Null in a closed one: it was resolved by itself. */
  closedBy: z.string().nullable(),
  note: z.string().nullable(),
});
export type Anomaly = z.infer<typeof Anomaly>;

const tag = 'finance';
const agents = ['agent'] as const;

export const SettlementFile = z.object({
  id: SettlementFileId,
  provider: PaymentProvider,
  day: CalendarDate,
  sha256: z.string(),
  rows: z.int(),
  /** Rows that our books have alike. */
  matched: z.int(),
  gaps: z.int(),
  /** Lines that couldn't be read, from 1 with the header; with any, nothing is said to be missing there. */
  faults: z.array(z.object({ line: z.int(), reason: z.string() })),
  givenBy: z.string().nullable(),
  createdAt: Instant,
});
export type SettlementFile = z.infer<typeof SettlementFile>;

/** A provider's file beside our books. */
export const SettlementReport = SettlementFile.extend({
  anomalies: z.array(Anomaly),
  /** Exactly this file had been given before: nothing was done. */
  repeated: z.boolean(),
});
export type SettlementReport = z.infer<typeof SettlementReport>;

export const giveSettlementFile = route({
  name: 'giveSettlementFile',
  tag,
  method: 'POST',
  path: '/finance/settlement-files',
  access: agents,
  summary:
    "Compare a provider's daily file with our books. It moves no money: what it shows and we don't have is asked about at the gateway",
  query: z.strictObject({ provider: PaymentProvider, day: CalendarDate }),
  rawBody: { mediaTypes: ['text/csv'], maxBytes: 16 * 1024 * 1024 },
  responses: { 200: SettlementReport },
  problems: [
    'forbidden',
    'provider_not_configured',
    'settlement_file_refused',
    'body_too_large',
    'unsupported_media_type',
  ],
});

/** How many days back a file that wasn't given is shown as missing. */
export const settlementDays = 7;

export const listSettlementFiles = route({
  name: 'listSettlementFiles',
  tag,
  method: 'GET',
  path: '/finance/settlement-files',
  access: agents,
  summary: 'The files given, the latest first, and those of the last days that are missing',
  query: PageQuery,
  responses: {
    200: page(SettlementFile).extend({
      providers: z.array(PaymentProvider),
      missing: z.array(z.object({ provider: PaymentProvider, day: CalendarDate })),
    }),
  },
  problems: ['forbidden'],
});

export const getSettlementFile = route({
  name: 'getSettlementFile',
  tag,
  method: 'GET',
  path: '/finance/settlement-files/:id',
  access: agents,
  summary: 'The report of one file',
  params: z.strictObject({ id: SettlementFileId }),
  responses: { 200: SettlementReport },
  problems: ['forbidden'],
});

export const ListAnomaliesQuery = PageQuery.extend({
  state: z.enum(['open', 'closed']).default('open'),
  kind: AnomalyKind.optional(),
});

export const listAnomalies = route({
  name: 'listAnomalies',
  tag,
  method: 'GET',
  path: '/finance/anomalies',
  access: agents,
  summary: 'What a person must look at, the oldest first; closed ones, the latest first',
  query: ListAnomaliesQuery,
  responses: { 200: page(Anomaly).extend({ counts: z.object({ open: z.int(), closed: z.int() }) }) },
  problems: ['forbidden'],
});

export const closeAnomaly = route({
  name: 'closeAnomaly',
  tag,
  method: 'PUT',
  path: '/finance/anomalies/:id/closure',
  access: agents,
  summary: 'Close an anomaly with what was found; no money moves',
  params: z.strictObject({ id: AnomalyId }),
  body: z.strictObject({ note: text(1000) }),
  responses: { 200: Anomaly },
  problems: ['forbidden', 'anomaly_closed'],
});
