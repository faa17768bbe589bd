import { z } from 'zod';
import { noContent, route } from './contract.ts';
import { EventType, subscribableTypes } from './events.ts';
import { addIssue } from './issues.ts';
import {
  EventId,
  FeedQuery,
  feed,
  Instant,
  IntegratorId,
  WebhookDeliveryId,
  WebhookEndpointId,
} from './primitives.ts';

/** Endpoints of one integrator. */
export const maxEndpoints = 10;
/**
 * When an event is sent again to an endpoint that didn't take it, in seconds after the try before: the schedule of Standard Webhooks 1.0
 * (« Deliverability and reliability »), some three days in all. The last try that fails is the end of it; it can be asked for again.
 */
export const webhookRetrySeconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** How long an endpoint may take to answer, in milliseconds. */
export const webhookTimeoutMs = 15_000;
/** An endpoint that took nothing for so long, while it was called, is disabled, and its integrator written to. */
export const webhookDisableDays = 5;
/** After a rotation events are signed by both secrets for so long, in hours. */
export const webhookSecretOverlapHours = 24;
/** How long events, deliveries and their journal are kept, in days. */
export const eventKeptDays = 30;

export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const;
export const DeliveryStatus = z.enum(deliveryStatuses);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** Why an endpoint is called no more. `gone`: it answered 410; `key_compromised`: a key that could change it may be in other hands; `operator`: they ended such a key. */
export const disabledReasons = [
  'failures',
  'gone',
  'integrator',
  'administrator',
  'key_compromised',
  'operator',
] as const;

/** `https`, without user, password or fragment. Where its host leads is judged at each connection, by the API. */
export const EndpointUrl = z
  .string()
  .trim()
  .max(2000)
  .check(({ value, issues }) => {
    if (value === '') {
      addIssue(issues, value, 'required');
      return;
    }
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
    if (!url || !isHttp || url.username !== '' || url.password !== '' || url.hash !== '')
      addIssue(issues, value, 'url_invalid');
  });

const eventsAsked = z
  .array(z.enum(subscribableTypes))
  .min(1)
  .overwrite((given) => [...new Set(given)]);
const description = z.string().trim().max(200);

export const WebhookEndpoint = z.object({
  id: WebhookEndpointId,
  integratorId: IntegratorId,
  url: z.string(),
  description: z.string(),
  events: z.array(EventType),
  enabled: z.boolean(),
  /** Null while it is enabled. */
  disabledReason: z.enum(disabledReasons).nullable(),
  createdAt: Instant,
  /** The last event that it took. */
  lastDeliveredAt: Instant.nullable(),
  /** Since when it takes nothing; null when the last call went well. */
  failingSince: Instant.nullable(),
  /** Deliveries that wait for their next try. */
  pending: z.int(),
  /** Until when the secret of before signs too; null without a rotation under way. */
  previousSecretUntil: Instant.nullable(),
});
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

/** One try: the answer's status, or why there was none. */
export const WebhookAttempt = z.object({
  at: Instant,
  durationMs: z.int(),
  status: z.int().nullable(),
  /** `timeout`, `connection`, `tls`, `address_refused`, `redirect`: never the text of a library. */
  error: z.enum(['timeout', 'connection', 'tls', 'address_refused', 'redirect']).nullable(),
  /** The first 1,000 characters of what was answered, as text. */
  answer: z.string(),
});
export type WebhookAttempt = z.infer<typeof WebhookAttempt>;

export const WebhookDelivery = z.object({
  id: WebhookDeliveryId,
  /** The `webhook-id` header: the same at each try, and by each redelivery. */
  eventId: EventId,
  type: EventType,
  status: DeliveryStatus,
  tries: z.int(),
  createdAt: Instant,
  /** Null unless it is pending. */
  nextTryAt: Instant.nullable(),
  lastAttempt: WebhookAttempt.nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

const tag = 'webhooks';
const params = z.strictObject({ id: WebhookEndpointId });
const deliveryParams = z.strictObject({ id: WebhookEndpointId, deliveryId: WebhookDeliveryId });
const integrator = { kinds: ['issuer', 'authority', 'operator'], scope: 'webhooks:manage' } as const;
/** Its integrator's programs; administrators, who help them, see everything but secrets. */
const both = { access: ['agent', 'integrator'], integrator } as const;
const own = { access: ['integrator'], integrator } as const;

export const listWebhookEndpoints = route({
  ...both,
  name: 'listWebhookEndpoints',
  tag,
  method: 'GET',
  path: '/webhook-endpoints',
  summary: "The integrator's endpoints; an administrator names the integrator",
  query: z.strictObject({ integratorId: IntegratorId.optional() }),
  responses: { 200: z.object({ items: z.array(WebhookEndpoint) }) },
  problems: ['forbidden', 'not_found'],
});

export const CreateWebhookEndpointBody = z.strictObject({
  url: EndpointUrl,
  description: description.default(''),
  events: eventsAsked,
});

export const createWebhookEndpoint = route({
  ...own,
  name: 'createWebhookEndpoint',
  tag,
  method: 'POST',
  path: '/webhook-endpoints',
  summary:
    'Be called when something happens; the secret that signs is read by `GET /webhook-endpoints/{id}/secret`',
  body: CreateWebhookEndpointBody,
  responses: { 201: WebhookEndpoint },
  problems: ['forbidden', 'endpoints_at_limit', 'endpoint_refused', 'scope_missing'],
  idempotent: true,
});

export const getWebhookEndpoint = route({
  ...both,
  name: 'getWebhookEndpoint',
  tag,
  method: 'GET',
  path: '/webhook-endpoints/:id',
  summary: 'One endpoint, and how it fares',
  params,
  responses: { 200: WebhookEndpoint },
  problems: ['forbidden'],
});

export const changeWebhookEndpoint = route({
  ...both,
  name: 'changeWebhookEndpoint',
  tag,
  method: 'PATCH',
  path: '/webhook-endpoints/:id',
  summary:
    'Change an endpoint, disable it, or enable it again: what waits is sent then. An administrator may only disable and enable',
  params,
  body: z.strictObject({
    url: EndpointUrl.optional(),
    description: description.optional(),
    events: eventsAsked.optional(),
    enabled: z.boolean().optional(),
  }),
  responses: { 200: WebhookEndpoint },
  problems: ['forbidden', 'endpoint_refused', 'scope_missing'],
});

export const deleteWebhookEndpoint = route({
  ...own,
  name: 'deleteWebhookEndpoint',
  tag,
  method: 'DELETE',
  path: '/webhook-endpoints/:id',
  summary: 'Give up an endpoint, with what waits for it and its journal',
  params,
  responses: { 204: noContent },
  problems: ['forbidden'],
});

export const getWebhookSecret = route({
  ...own,
  name: 'getWebhookSecret',
  tag,
  method: 'GET',
  path: '/webhook-endpoints/:id/secret',
  summary: 'The secret that signs, `whsec_…`; after a rotation the one of before too, as long as it signs',
  params,
  responses: { 200: z.object({ secret: z.string(), previousSecret: z.string().nullable() }) },
  problems: ['forbidden'],
});

export const rotateWebhookSecret = route({
  ...own,
  name: 'rotateWebhookSecret',
  tag,
  method: 'POST',
  path: '/webhook-endpoints/:id/secret-rotation',
  summary: 'Sign by a new secret; for 24 h events carry both signatures',
  params,
  responses: { 200: WebhookEndpoint },
  problems: ['forbidden'],
  idempotent: true,
});

export const testWebhookEndpoint = route({
  ...both,
  name: 'testWebhookEndpoint',
  tag,
  method: 'POST',
  path: '/webhook-endpoints/:id/test',
  summary: 'Send an `endpoint.test` event to this endpoint',
  params,
  responses: { 202: WebhookDelivery },
  problems: ['forbidden', 'endpoint_disabled'],
  idempotent: true,
});

export const listWebhookDeliveries = route({
  ...both,
  name: 'listWebhookDeliveries',
  tag,
  method: 'GET',
  path: '/webhook-endpoints/:id/deliveries',
  summary: 'The journal of an endpoint, the newest first',
  params,
  query: FeedQuery.extend({ status: DeliveryStatus.optional(), type: EventType.optional() }),
  responses: { 200: feed(WebhookDelivery) },
  problems: ['forbidden'],
});

export const getWebhookDelivery = route({
  ...both,
  name: 'getWebhookDelivery',
  tag,
  method: 'GET',
  path: '/webhook-endpoints/:id/deliveries/:deliveryId',
  summary: 'One delivery: what is sent, and each try, the newest first',
  params: deliveryParams,
  responses: {
    200: WebhookDelivery.extend({
      /** The body, byte for byte. */
      body: z.string(),
      attempts: z.array(WebhookAttempt),
    }),
  },
  problems: ['forbidden', 'scope_missing'],
});

export const redeliver = route({
  ...both,
  name: 'redeliver',
  tag,
  method: 'POST',
  path: '/webhook-endpoints/:id/deliveries/:deliveryId/redelivery',
  summary: 'Send an event once more, with the same `webhook-id`',
  params: deliveryParams,
  responses: { 202: WebhookDelivery },
  problems: ['forbidden', 'endpoint_disabled'],
  idempotent: true,
});

export const redeliverFailed = route({
  ...both,
  name: 'redeliverFailed',
  tag,
  method: 'POST',
  path: '/webhook-endpoints/:id/redelivery',
  summary: 'Send again every event since an instant that the endpoint never took',
  params,
  body: z.strictObject({ since: Instant }),
  responses: { 202: z.object({ count: z.int() }) },
  problems: ['forbidden', 'endpoint_disabled'],
  idempotent: true,
});
