import { z } from 'zod';
import { noContent, route } from './contract.ts';
import { text } from './fields.ts';
import { Issuer, IssuerCode } from './issuers.ts';
import { addIssue } from './issues.ts';
import { centimesOf, currency, maxCentimes } from './money.ts';
import { type PaymentMethod as Method, paymentMethods } from './payment-states.ts';
import { CalendarDate, Instant, InvoiceId, PageQuery, page } from './primitives.ts';
import { normaliseSubscriptionCode, subscriptionCodePattern } from './subscription-code.ts';

export const PaymentMethod = z.enum(Object.keys(paymentMethods) as [Method, ...Method[]]);
export type PaymentMethod = z.infer<typeof PaymentMethod>;
export const Currency = z.literal(currency);
/** `840.00`: MAD with two places (spec/api.md, Conventions). */
export const Amount = z.string();

export const invoiceStatuses = ['unpaid', 'paid', 'cancelled'] as const;
export const InvoiceStatus = z.enum(invoiceStatuses);
export type InvoiceStatus = z.infer<typeof InvoiceStatus>;

/** What may happen to an invoice: `settled` and `released` by an order alone, the rest by its issuer. */
export const invoiceTransitions = {
  settled: { from: 'unpaid', to: 'paid' },
  released: { from: 'paid', to: 'unpaid' },
  cancelled: { from: 'unpaid', to: 'cancelled' },
  /** Published again by its issuer. */
  republished: { from: 'cancelled', to: 'unpaid' },
} as const satisfies Record<string, { from: InvoiceStatus; to: InvoiceStatus }>;

export const SubscriptionCode = z
  .string()
  .max(20)
  .overwrite(normaliseSubscriptionCode)
  .check(({ value, issues }) => {
    if (value === '') addIssue(issues, value, 'required');
    else if (!subscriptionCodePattern.test(value)) addIssue(issues, value, 'subscription_code_invalid');
  });

/** A number as its issuer writes it; compared without regard to case. */
export const InvoiceNumber = text(40);
/** The client's subscription code or ICE. */
export const ClientCode = z
  .string()
  .max(40)
  .overwrite(normaliseSubscriptionCode)
  .check(({ value, issues }) => {
    if (value === '') addIssue(issues, value, 'required');
    else if (!subscriptionCodePattern.test(value) && !/^\d{15}$/.test(value))
      addIssue(issues, value, 'client_code_invalid');
  });

/** A positive amount, `840.00`. */
export const PositiveAmount = z.string().check(({ value, issues }) => {
  const centimes = centimesOf(value);
  if (value === '') addIssue(issues, value, 'required');
  else if (centimes === undefined || centimes === 0 || centimes > maxCentimes)
    addIssue(issues, value, 'amount_invalid');
});

/** Years that are no slip of the keyboard. Due before issued is in the guide's own example: that is the issuer's affair. */
const plausibleDate = CalendarDate.check(({ value, issues }) => {
  if (value < '2000-01-01' || value > '2100-12-31') addIssue(issues, value, 'date_invalid');
});

const invoiceFields = {
  clientCode: ClientCode,
  clientName: text(),
  /** A natural person's name is masked to the public. When it isn't said, the name's own form decides (`isPersonName`). */
  clientKind: z.enum(['company', 'person']).optional(),
  issuedOn: plausibleDate,
  dueOn: plausibleDate,
  amount: PositiveAmount,
  currency: Currency.default(currency),
  methods: z
    .array(PaymentMethod)
    .min(1)
    .max(2)
    .overwrite((given) => [...new Set(given)])
    .default(['cmi', 'amanpay']),
};

/** What an issuer says of an invoice beside its number. */
export const InvoiceBody = z.strictObject(invoiceFields);
export type InvoiceBody = z.infer<typeof InvoiceBody>;

/** One line of an import. */
export const InvoiceLine = z.strictObject({ number: InvoiceNumber, ...invoiceFields });
export type InvoiceLine = z.infer<typeof InvoiceLine>;
/** A line as a program writes it: what has a default may be left out. */
export type InvoiceLineInput = z.input<typeof InvoiceLine>;
/** The columns of an import by file, by their names in JSON. */
export const invoiceColumns = [
  'number',
  'clientCode',
  'clientName',
  'clientKind',
  'issuedOn',
  'dueOn',
  'amount',
  'currency',
  'methods',
] as const satisfies readonly (keyof InvoiceLine)[];
/** Largest import, in lines. */
export const maxImportLines = 10_000;

/** An invoice as its issuer and agents see it. */
export const Invoice = z.object({
  id: InvoiceId,
  number: z.string(),
  issuer: Issuer,
  clientCode: z.string(),
  clientName: z.string(),
  issuedOn: CalendarDate,
  dueOn: CalendarDate,
  amount: Amount,
  currency: Currency,
  methods: z.array(PaymentMethod),
  status: InvoiceStatus,
  paidAt: Instant.nullable(),
  updatedAt: Instant,
  version: z.int(),
});
export type Invoice = z.infer<typeof Invoice>;

/** An unpaid invoice as anyone sees it: nothing but what the table shows. */
export const PublicInvoice = z.object({
  id: InvoiceId,
  number: z.string(),
  issuer: Issuer,
  clientCode: z.string(),
  /** Masked when it is a natural person's. */
  clientName: z.string(),
  issuedOn: CalendarDate,
  dueOn: CalendarDate,
  overdue: z.boolean(),
  amount: Amount,
  currency: Currency,
  methods: z.array(PaymentMethod),
});
export type PublicInvoice = z.infer<typeof PublicInvoice>;

export const invoiceSorts = ['number', 'issuer', 'clientCode', 'issuedOn', 'dueOn', 'amount'] as const;
const sort = z.enum(invoiceSorts.flatMap((field) => [field, `-${field}` as const]));
/** How many invoices a public page holds (guide 004, III). */
export const publicPageSize = 10;

const tag = 'invoices';

export const searchPublicInvoices = route({
  name: 'searchPublicInvoices',
  tag,
  method: 'GET',
  path: '/public/invoices',
  access: ['anyone'],
  summary:
    'The unpaid invoices of a subscription code; an unknown code and a code without any answer alike. Past the budget of misses, a code alone needs `captcha`',
  query: z.strictObject({
    subscriptionCode: SubscriptionCode,
    /** The whole number, whatever its case: with it the look-up is never slowed. */
    number: z.string().trim().max(40).optional(),
    issuer: IssuerCode.optional(),
    issuedFrom: CalendarDate.optional(),
    issuedTo: CalendarDate.optional(),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    sort: sort.default('dueOn'),
    /** The solution of a challenge of `GET /captcha`. The same one serves its ten minutes for the same code: pages, sorts, filters. */
    captcha: z.string().max(10_000).optional(),
  }),
  responses: {
    200: page(PublicInvoice).extend({
      /**
       * The issuers of all the code's unpaid invoices, filters aside; with a number, of those that have it: a wrong pair tells nothing, not
       * even that the code exists.
       */
      issuers: z.array(Issuer),
      /** How many unpaid invoices the code has, filters aside; with a number, how many have it. */
      unfiltered: z.int(),
    }),
  },
  problems: ['proof_of_work_missing', 'captcha_failed', 'rate_limited'],
});

/** An integrator's is its own, and needs no name; an agent names whose. */
const issuerQuery = z.strictObject({ issuer: IssuerCode.optional() });
const numberParams = z.strictObject({ number: InvoiceNumber });
const publishers = ['agent', 'integrator'] as const;
const reading = { kinds: ['issuer'], scope: 'invoices:read' } as const;
const writing = { kinds: ['issuer'], scope: 'invoices:write' } as const;

export const putInvoice = route({
  name: 'putInvoice',
  tag,
  method: 'PUT',
  path: '/invoices/:number',
  access: publishers,
  integrator: writing,
  summary:
    'Publish an invoice, or change it while it is unpaid; money on its way for what it was before is given back. `If-Match` is optional: with it, an invoice that is no longer that version stays as it is, and with `If-None-Match: *` one that is there already',
  params: numberParams,
  query: issuerQuery,
  body: InvoiceBody,
  responses: { 200: Invoice },
  problems: ['forbidden', 'issuer_unknown', 'invoice_paid', 'stale'],
  versioned: 'answer',
});

export const getInvoice = route({
  name: 'getInvoice',
  tag,
  method: 'GET',
  path: '/invoices/:number',
  access: publishers,
  integrator: reading,
  summary: 'One invoice of the issuer',
  params: numberParams,
  query: issuerQuery,
  responses: { 200: Invoice },
  problems: ['forbidden', 'issuer_unknown'],
  versioned: 'answer',
});

export const listInvoices = route({
  name: 'listInvoices',
  tag,
  method: 'GET',
  path: '/invoices',
  access: publishers,
  integrator: reading,
  summary: "The issuer's invoices, the newest first",
  query: PageQuery.extend({
    issuer: IssuerCode.optional(),
    status: InvoiceStatus.optional(),
    clientCode: z.string().trim().max(40).optional(),
    number: z.string().trim().max(40).optional(),
  }),
  responses: { 200: page(Invoice) },
  problems: ['forbidden', 'not_found', 'issuer_unknown'],
});

export const cancelInvoice = route({
  name: 'cancelInvoice',
  tag,
  method: 'DELETE',
  path: '/invoices/:number',
  access: publishers,
  integrator: writing,
  summary: 'Cancel an unpaid invoice; cancelled already is done already',
  params: numberParams,
  query: issuerQuery,
  responses: { 204: noContent },
  problems: ['forbidden', 'issuer_unknown', 'invoice_paid'],
});

export const ImportReport = z.object({
  lines: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
});
export type ImportReport = z.infer<typeof ImportReport>;

export const importInvoices = route({
  name: 'importInvoices',
  tag,
  method: 'POST',
  path: '/invoices/import',
  access: publishers,
  integrator: writing,
  summary:
    'Publish up to 10,000 invoices, all or none. JSON `{ "invoices": [...] }`, or CSV (`text/csv`, UTF-8, a header of the field names, comma or semicolon). A refusal names every wrong line',
  query: issuerQuery,
  rawBody: {
    mediaTypes: ['application/json', 'text/csv'],
    maxBytes: 8 * 1024 * 1024,
    json: z.strictObject({ invoices: z.array(InvoiceLine).min(1).max(maxImportLines) }),
  },
  responses: { 200: ImportReport },
  problems: [
    'forbidden',
    'not_found',
    'issuer_unknown',
    'import_refused',
    'body_too_large',
    'unsupported_media_type',
  ],
  idempotent: true,
});

/** An invoice as the operator whom it is for sees it. */
export const OwnInvoice = Invoice.omit({ version: true, updatedAt: true }).extend({ overdue: z.boolean() });
export type OwnInvoice = z.infer<typeof OwnInvoice>;

export const listOwnInvoices = route({
  name: 'listOwnInvoices',
  tag,
  method: 'GET',
  path: '/account/invoices',
  access: ['operator', 'integrator'],
  integrator: { kinds: ['operator'], scope: 'invoices:read' },
  summary: '« Mes factures »: those of the subscription codes and of the ICE that the account has proved',
  query: PageQuery.extend({ status: InvoiceStatus.optional(), sort: sort.default('dueOn') }),
  responses: {
    200: page(OwnInvoice).extend({
      subscriptionCodes: z.array(z.string()),
      unpaid: z.object({ count: z.int(), amount: Amount }),
    }),
  },
  problems: [],
});
