import type { WebhookDelivery, WebhookDeliveryId, WebhookEndpointId } from '@rnoce/schemas';
import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { webhookDeliveries } from '../../db/schema/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { notifyDispatchers, recordTest } from './record-events.ts';
import { endpointDisabled } from './webhooks.errors.ts';
import type { Keeper } from './webhooks.policy.ts';
import { presentDelivery } from './webhooks.presenter.ts';
import { type EndpointRecord, getDelivery, lockEndpoint } from './webhooks.repository.ts';

type Used = Pick<Deps, 'database' | 'now'>;

/** Throws `not_found`, `endpoint_disabled`. */
async function lockCalled(tx: Transaction, keeper: Keeper, id: WebhookEndpointId): Promise<EndpointRecord> {
  const endpoint = await lockEndpoint(tx, keeper, id);
  if (!endpoint.enabled || !endpoint.integratorIsActive) throw endpointDisabled();
  return endpoint;
}

/** Sends an `endpoint.test` event to this endpoint alone. Throws `not_found`, `endpoint_disabled`. */
export async function sendTest(
  { database, now }: Used,
  keeper: Keeper,
  id: WebhookEndpointId,
): Promise<WebhookDelivery> {
  return await database.transaction(async (tx) => {
    await lockCalled(tx, keeper, id);
    const deliveryId = await recordTest(tx, id, now());
    return presentDelivery(await getDelivery(tx, id, deliveryId));
  });
}

/** Sends an event once more, whatever became of it, by the whole schedule. Throws `not_found`, `endpoint_disabled`. */
export async function redeliverOne(
  { database, now }: Used,
  keeper: Keeper,
  id: WebhookEndpointId,
  deliveryId: WebhookDeliveryId,
): Promise<WebhookDelivery> {
  return await database.transaction(async (tx) => {
    await lockCalled(tx, keeper, id);
    await tx
      .update(webhookDeliveries)
      .set({ status: 'pending', tries: 0, nextTryAt: now() })
      .where(and(eq(webhookDeliveries.endpointId, id), eq(webhookDeliveries.id, deliveryId)));
    await notifyDispatchers(tx);
    return presentDelivery(await getDelivery(tx, id, deliveryId));
  });
}

/**
 * Sends every event since an instant that the endpoint never took: what failed, what waits for its next try, and what happened while it was
 * disabled, of the types that it asks for now. Returns how many. Throws `not_found`, `endpoint_disabled`.
 */
export async function redeliverSince(
  { database, now }: Used,
  keeper: Keeper,
  id: WebhookEndpointId,
  since: string,
): Promise<number> {
  const at = now().toISOString();
  return await database.transaction(async (tx) => {
    const endpoint = await lockCalled(tx, keeper, id);
    const again = await tx.execute(sql`
      update webhook_deliveries d set status = 'pending', tries = 0, next_try_at = ${at}::timestamptz
      from events e
      where d.endpoint_id = ${id}::uuid and d.status <> 'delivered' and e.id = d.event_id and e.created_at >= ${since}::timestamptz`);
    const missed = await tx.execute(sql`
      insert into webhook_deliveries (endpoint_id, event_id, type, next_try_at, created_at)
      select ${id}::uuid, e.id, e.type, ${at}::timestamptz, ${at}::timestamptz
      from integrators i
      join events e on e.issuer_id = i.issuer_id or e.authority = i.authority or e.account_id = i.account_id
      where i.id = ${endpoint.integratorId}::uuid and e.created_at >= ${since}::timestamptz and e.type = any(${sql.param(endpoint.events)}::text[])
      order by e.id
      on conflict (endpoint_id, event_id) do nothing`);
    await notifyDispatchers(tx);
    return (again.rowCount ?? 0) + (missed.rowCount ?? 0);
  });
}
