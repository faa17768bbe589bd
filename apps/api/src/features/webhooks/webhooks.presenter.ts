import type {
  EventId,
  IntegratorId,
  WebhookAttempt,
  WebhookDelivery,
  WebhookDeliveryId,
  WebhookEndpoint,
  WebhookEndpointId,
} from '@rnoce/schemas';
import type { AttemptRecord, DeliveryParts, EndpointParts } from './webhooks.repository.ts';

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

/** An endpoint without its secrets. */
export const presentEndpoint = ({ endpoint, pending }: EndpointParts, now: Date): WebhookEndpoint => ({
  id: endpoint.id as WebhookEndpointId,
  integratorId: endpoint.integratorId as IntegratorId,
  url: endpoint.url,
  description: endpoint.description,
  events: endpoint.events,
  enabled: endpoint.enabled,
  disabledReason: endpoint.disabledReason,
  createdAt: endpoint.createdAt.toISOString(),
  lastDeliveredAt: instant(endpoint.lastDeliveredAt),
  failingSince: instant(endpoint.failingSince),
  pending,
  previousSecretUntil:
    endpoint.previousSecretUntil !== null && endpoint.previousSecretUntil > now
      ? instant(endpoint.previousSecretUntil)
      : null,
});

export const presentAttempt = ({ at, durationMs, status, error, answer }: AttemptRecord): WebhookAttempt => ({
  at: at.toISOString(),
  durationMs,
  status,
  error,
  answer,
});

export const presentDelivery = ({ delivery, tries, last }: DeliveryParts): WebhookDelivery => ({
  id: delivery.id as WebhookDeliveryId,
  eventId: delivery.eventId as EventId,
  type: delivery.type,
  status: delivery.status,
  tries,
  createdAt: delivery.createdAt.toISOString(),
  nextTryAt: instant(delivery.nextTryAt),
  lastAttempt: last ? presentAttempt(last) : null,
});
