import type { Authority, EventData, EventType, WebhookDeliveryId, WebhookEndpointId } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { events, webhookDeliveries } from '../../db/schema/webhooks.ts';

/** The channel on which dispatchers hear that deliveries are due. */
export const webhooksChannel = 'webhooks';

/** Whose an event is: integrators of any of these are told. */
export interface EventAudience {
  readonly issuerId?: string;
  readonly authority?: Authority;
  readonly accountId?: string;
}

/** An event that isn't written yet. */
export type NewEvent = {
  readonly [Type in EventType]: {
    readonly type: Type;
    readonly at: Date;
    readonly data: EventData<Type>;
    readonly audience: EventAudience;
  };
}[EventType];

/** What webhooks carry and sign. */
const bodyOf = ({ type, at, data }: NewEvent): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), data });

/**
 * Writes events in the transaction of the change that they tell, each with its deliveries to the endpoints that ask for it: both are there, or
 * neither, whatever becomes of the process. One statement, however many events (an import writes 10,000). An endpoint takes part when it is
 * enabled and its integrator active. Dispatchers are woken by the commit.
 */
export async function recordEvents(tx: Transaction, told: readonly NewEvent[]): Promise<void> {
  if (told.length === 0) return;
  const { rowCount } = await tx.execute(sql`
    with recorded as (
      insert into events (type, issuer_id, authority, account_id, body, created_at)
      select g.type, g.issuer, g.authority, g.account, g.body, g.at
      from rows from (
        unnest(${sql.param(told.map(({ type }) => type))}::text[]),
        unnest(${sql.param(told.map(({ audience }) => audience.issuerId ?? null))}::uuid[]),
        unnest(${sql.param(told.map(({ audience }) => audience.authority ?? null))}::text[]),
        unnest(${sql.param(told.map(({ audience }) => audience.accountId ?? null))}::uuid[]),
        unnest(${sql.param(told.map(({ at }) => at.toISOString()))}::timestamptz[]),
        -- Written and read twice as fast as an array of texts that are full of quotation marks.
        json_array_elements_text(${JSON.stringify(told.map(bodyOf))}::json)
      ) with ordinality g(type, issuer, authority, account, at, body, place)
      order by g.place
      returning id, type, issuer_id, authority, account_id, created_at
    ), asked as (
      select w.id, w.events, i.issuer_id, i.authority, i.account_id
      from webhook_endpoints w join integrators i on i.id = w.integrator_id
      where w.enabled and i.active
    )
    insert into webhook_deliveries (endpoint_id, event_id, type, next_try_at, created_at)
    select a.id, r.id, r.type, r.created_at, r.created_at from recorded r join asked a on a.issuer_id = r.issuer_id and r.type = any(a.events)
    union all
    select a.id, r.id, r.type, r.created_at, r.created_at from recorded r join asked a on a.authority = r.authority and r.type = any(a.events)
    union all
    select a.id, r.id, r.type, r.created_at, r.created_at from recorded r join asked a on a.account_id = r.account_id and r.type = any(a.events)`);
  // Once for the whole transaction, and only where somebody is to be called: a notice makes commits wait for each other.
  if (rowCount) await notifyDispatchers(tx);
}

/** Wakes the dispatchers when the transaction is committed. */
export async function notifyDispatchers(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_notify(${webhooksChannel}, '')`);
}

/** Writes an `endpoint.test` event, which is nobody's but this endpoint's; returns its delivery. */
export async function recordTest(
  tx: Transaction,
  endpointId: WebhookEndpointId,
  at: Date,
): Promise<WebhookDeliveryId> {
  const type = 'endpoint.test';
  const body = bodyOf({ type, at, data: { message: 'RNOCE' }, audience: {} });
  const [event] = await tx.insert(events).values({ type, body, createdAt: at }).returning({ id: events.id });
  if (!event) throw new Error('the event was not written');
  const [delivery] = await tx
    .insert(webhookDeliveries)
    .values({ endpointId, eventId: event.id, type, nextTryAt: at, createdAt: at })
    .returning({ id: webhookDeliveries.id });
  if (!delivery) throw new Error('the delivery was not written');
  await notifyDispatchers(tx);
  return delivery.id as WebhookDeliveryId;
}
