import type { Authority, DeliveryStatus, disabledReasons, EventType, WebhookAttempt } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { createdAt, instant, primaryId, transactionId } from './columns.ts';
import { integrators } from './integrators.ts';
import { issuers } from './invoices.ts';

/** What happened, written in the transaction of the change; whose it is decides who is told. */
export const events = pgTable(
  'events',
  {
    id: primaryId(),
    type: text().$type<EventType>().notNull(),
    issuerId: uuid().references(() => issuers.id),
    authority: text().$type<Authority>(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    /** The body that webhooks carry, byte for byte, for signatures cover bytes: `type`, `timestamp`, `data`. */
    body: text().notNull(),
    createdAt: createdAt(),
    transaction: transactionId(),
  },
  (table) => [
    index('events_issuer')
      .on(table.issuerId, table.transaction, table.id)
      .where(sql`${table.issuerId} is not null`),
    index('events_authority')
      .on(table.authority, table.transaction, table.id)
      .where(sql`${table.authority} is not null`),
    index('events_account')
      .on(table.accountId, table.transaction, table.id)
      .where(sql`${table.accountId} is not null`),
    index('events_created').on(table.createdAt),
  ],
);

export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: primaryId(),
    integratorId: uuid()
      .notNull()
      .references(() => integrators.id, { onDelete: 'cascade' }),
    url: text().notNull(),
    description: text().notNull().default(''),
    events: text().array().$type<EventType[]>().notNull(),
    /** AES-256-GCM of the secret, under WEBHOOK_KEY. */
    secret: text().notNull(),
    previousSecret: text(),
    previousSecretUntil: instant(),
    enabled: boolean().notNull().default(true),
    disabledReason: text().$type<(typeof disabledReasons)[number]>(),
    lastDeliveredAt: instant(),
    failingSince: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    index('webhook_endpoints_integrator').on(table.integratorId),
    check('webhook_endpoints_disabled', sql`${table.enabled} = (${table.disabledReason} is null)`),
  ],
);

/** An event on its way to an endpoint. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: primaryId(),
    endpointId: uuid()
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    type: text().$type<EventType>().notNull(),
    status: text().$type<DeliveryStatus>().notNull().default('pending'),
    tries: integer().notNull().default(0),
    /** When it is tried next; while a process tries it, when another one may take it up. */
    nextTryAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('webhook_deliveries_event').on(table.endpointId, table.eventId),
    index('webhook_deliveries_due')
      .on(table.endpointId, table.nextTryAt)
      .where(sql`${table.status} = 'pending'`),
    index('webhook_deliveries_of_event').on(table.eventId),
    index('webhook_deliveries_journal').on(table.endpointId, table.id),
    check('webhook_deliveries_status', sql`${table.status} in ('pending', 'delivered', 'failed')`),
    check('webhook_deliveries_next', sql`(${table.status} = 'pending') = (${table.nextTryAt} is not null)`),
  ],
);

/** The journal: each try of a delivery. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    id: primaryId(),
    deliveryId: uuid()
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
    at: instant().notNull(),
    durationMs: integer().notNull(),
    status: integer(),
    error: text().$type<NonNullable<WebhookAttempt['error']>>(),
    answer: text().notNull().default(''),
  },
  (table) => [index('webhook_attempts_delivery').on(table.deliveryId, table.id)],
);
