import { z } from 'zod';
import { route } from './contract.ts';
import { CustomsRequestType } from './customs-request-events.ts';
import { Amount, Currency, InvoiceStatus, PaymentMethod } from './invoices.ts';
import { Authority, OperatorType } from './operator-types.ts';
import { PaymentChannel } from './payments.ts';
import {
  CalendarDate,
  CustomsRequestId,
  EventId,
  FeedQuery,
  FilingId,
  feed,
  Instant,
  RefundId,
  SubscriptionId,
} from './primitives.ts';
import type { IntegratorKind, Scope } from './scopes.ts';

const company = { ice: z.string(), legalName: z.string() };
const filing = {
  filingId: FilingId,
  subscriptionId: SubscriptionId,
  authority: Authority,
  /** « N° de dossier ». */
  code: z.string(),
  ...company,
};
const customsRequest = {
  customsRequestId: CustomsRequestId,
  /** « N° de demande ». */
  reference: z.string(),
  type: CustomsRequestType,
  ...company,
};
const invoice = {
  number: z.string(),
  /** The issuer's code. */
  issuer: z.string(),
  clientCode: z.string(),
  amount: Amount,
  currency: Currency,
  issuedOn: CalendarDate,
  dueOn: CalendarDate,
  status: InvoiceStatus,
};
/** By which order money came, or went back. */
const payment = {
  orderNumber: z.string(),
  method: PaymentMethod,
  channel: PaymentChannel,
  /** What the gateway knows the payment by. */
  reference: z.string(),
};

interface EventRule {
  readonly data: z.ZodObject;
  /** Which integrators are told, each with the scope that its keys need to read the same by a call. */
  readonly scopes: Readonly<Partial<Record<IntegratorKind, Scope>>>;
}

const aboutFiling = { authority: 'filings:read', operator: 'subscriptions:read' } as const;
const aboutRequest = { authority: 'customs_requests:read', operator: 'customs_requests:read' } as const;
const aboutInvoice = { issuer: 'invoices:read', operator: 'invoices:read' } as const;

/** Every event, written in the transaction of the change that it tells (spec/api.md, Events). Names and fields are only ever added. */
export const eventRules = {
  /** A filing was sent, for the first time or again; one event for each authority. */
  'subscription.submitted': {
    data: z.object({
      ...filing,
      operatorType: OperatorType,
      /** How often it was sent, this time included. */
      submissions: z.int(),
      /** Attached at once to an account that BADR held: nobody decides it. */
      attached: z.boolean(),
      submittedAt: Instant,
    }),
    scopes: aboutFiling,
  },
  'filing.decided': {
    data: z.object({
      ...filing,
      outcome: z.enum(['validated', 'incomplete']),
      decidedAt: Instant,
      subscriptionCode: z.string().nullable(),
    }),
    scopes: aboutFiling,
  },
  'customs_request.submitted': {
    data: z.object({ ...customsRequest, submittedAt: Instant }),
    scopes: aboutRequest,
  },
  'customs_request.decided': {
    data: z.object({ ...customsRequest, outcome: z.enum(['accepted', 'rejected']), decidedAt: Instant }),
    scopes: aboutRequest,
  },
  /** Published, or published again after a cancellation. */
  'invoice.created': { data: z.object(invoice), scopes: aboutInvoice },
  'invoice.paid': { data: z.object({ ...invoice, paidAt: Instant, ...payment }), scopes: aboutInvoice },
  /** Unpaid again: its payment was taken back. */
  'invoice.released': { data: z.object({ ...invoice, ...payment }), scopes: aboutInvoice },
  'invoice.cancelled': { data: z.object(invoice), scopes: aboutInvoice },
  /** Money came that settles nothing, and is to go back to the payer. */
  'payment.refund_due': {
    data: z.object({
      refundId: RefundId,
      ...payment,
      amount: Amount,
      currency: Currency,
      invoices: z.array(z.string()),
    }),
    scopes: { issuer: 'payments:read' },
  },
  /** What `POST /webhook-endpoints/{id}/test` sends. */
  'endpoint.test': {
    data: z.object({ message: z.string() }),
    scopes: { issuer: 'webhooks:manage', authority: 'webhooks:manage', operator: 'webhooks:manage' },
  },
} as const satisfies Record<string, EventRule>;
export type EventType = keyof typeof eventRules;
export type EventData<Type extends EventType> = z.infer<(typeof eventRules)[Type]['data']>;
export const eventTypes = Object.keys(eventRules) as [EventType, ...EventType[]];
export const EventType = z.enum(eventTypes);

/** The scope by which an integrator of this kind is told of events of this type; undefined: it never is. */
export const eventScope = (type: EventType, kind: IntegratorKind): Scope | undefined => {
  const rule: EventRule = eventRules[type];
  return rule.scopes[kind];
};

/** Types that an endpoint may ask for: all but the test, which goes to the endpoint that is tried alone. */
export const subscribableTypes = eventTypes.filter((type) => type !== 'endpoint.test') as [
  EventType,
  ...EventType[],
];

/** An event as webhooks and the feed carry it (Standard Webhooks 1.0: `type`, `timestamp`, `data`). */
export const Event = z.discriminatedUnion(
  'type',
  eventTypes.map((type) =>
    z.object({ id: EventId, type: z.literal(type), timestamp: Instant, data: eventRules[type].data }),
  ) as unknown as [z.ZodObject<{ type: z.ZodLiteral<EventType> }>],
);
export type Event = {
  [T in EventType]: { id: EventId; type: T; timestamp: string; data: EventData<T> };
}[EventType];

export const listEvents = route({
  name: 'listEvents',
  tag: 'webhooks',
  method: 'GET',
  path: '/events',
  access: ['integrator'],
  integrator: { kinds: ['issuer', 'authority', 'operator'] },
  summary:
    'What happened to what is yours, the oldest first, of the last 30 days: the same events that webhooks carry, for who can’t be called or missed some. Each type needs the scope that reads its subject',
  query: FeedQuery.extend({ type: z.enum(subscribableTypes).optional() }),
  responses: { 200: feed(Event) },
  problems: ['scope_missing'],
});
