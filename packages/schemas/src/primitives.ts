import { z } from 'zod';

/** Longest text accepted in a field that has no shorter limit of its own, in characters. */
export const maxTextLength = 255;
export const maxLongTextLength = 2000;

export const locales = ['fr', 'ar', 'en'] as const;
export const Locale = z.enum(locales);
export type Locale = z.infer<typeof Locale>;

/** An instant, RFC 3339 in UTC. */
export const Instant = z.iso.datetime();
/** A calendar date without a time zone, `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date();

/** In capitals it names the same thing: compared as it is stored. */
const id = () => z.uuid().toLowerCase();

export const AccountId = id().brand<'Account'>();
export type AccountId = z.infer<typeof AccountId>;
export const AgentId = id().brand<'Agent'>();
export type AgentId = z.infer<typeof AgentId>;
export const SessionId = id().brand<'Session'>();
export type SessionId = z.infer<typeof SessionId>;
export const SubscriptionId = id().brand<'Subscription'>();
export type SubscriptionId = z.infer<typeof SubscriptionId>;
export const FilingId = id().brand<'Filing'>();
export type FilingId = z.infer<typeof FilingId>;
export const DocumentVersionId = id().brand<'DocumentVersion'>();
export type DocumentVersionId = z.infer<typeof DocumentVersionId>;

export const CustomsRequestId = id().brand<'CustomsRequest'>();
export type CustomsRequestId = z.infer<typeof CustomsRequestId>;
export const MessageId = id().brand<'Message'>();
export type MessageId = z.infer<typeof MessageId>;

export const InvoiceId = id().brand<'Invoice'>();
export type InvoiceId = z.infer<typeof InvoiceId>;
/** Random (v4): whoever holds it may read the order. */
export const PaymentOrderId = id().brand<'PaymentOrder'>();
export type PaymentOrderId = z.infer<typeof PaymentOrderId>;
export const AttemptId = id().brand<'Attempt'>();
export type AttemptId = z.infer<typeof AttemptId>;
export const PaymentEntryId = id().brand<'PaymentEntry'>();
export type PaymentEntryId = z.infer<typeof PaymentEntryId>;
export const RefundId = id().brand<'Refund'>();
export type RefundId = z.infer<typeof RefundId>;
export const AnomalyId = id().brand<'Anomaly'>();
export type AnomalyId = z.infer<typeof AnomalyId>;
export const SettlementFileId = id().brand<'SettlementFile'>();
export type SettlementFileId = z.infer<typeof SettlementFileId>;

export const IntegratorId = id().brand<'Integrator'>();
export type IntegratorId = z.infer<typeof IntegratorId>;
export const ApiKeyId = id().brand<'ApiKey'>();
export type ApiKeyId = z.infer<typeof ApiKeyId>;
export const EventId = id().brand<'Event'>();
export type EventId = z.infer<typeof EventId>;
export const WebhookEndpointId = id().brand<'WebhookEndpoint'>();
export type WebhookEndpointId = z.infer<typeof WebhookEndpointId>;
export const WebhookDeliveryId = id().brand<'WebhookDelivery'>();
export type WebhookDeliveryId = z.infer<typeof WebhookDeliveryId>;

export const AdministrationEntryId = id().brand<'AdministrationEntry'>();
export type AdministrationEntryId = z.infer<typeof AdministrationEntryId>;

/**
 * A list that programs walk. `nextCursor` leads to what comes next; where a list only grows, it is given at its end too, to come back with
 * later. Null: there is nothing more, or nothing at all yet.
 */
export const feed = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const FeedQuery = z.strictObject({
  /** The `nextCursor` of the answer before, as it is. */
  cursor: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** A list that people page through (spec/api.md, Conventions). */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), page: z.int(), pageSize: z.int(), total: z.int() });

export const PageQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});
