import type { IntegratorId, WebhookDeliveryId, WebhookEndpointId } from '@rnoce/schemas';
import { and, asc, count, desc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { apiKeys, integrators } from '../../db/schema/integrators.ts';
import { events, webhookAttempts, webhookDeliveries, webhookEndpoints } from '../../db/schema/webhooks.ts';
import { notFound, ProblemError } from '../../plugins/problems.ts';
import { inCare, type Keeper } from './webhooks.policy.ts';

export type EndpointRecord = typeof webhookEndpoints.$inferSelect;
export type DeliveryRecord = typeof webhookDeliveries.$inferSelect;
export type AttemptRecord = typeof webhookAttempts.$inferSelect;

/** An endpoint with how many deliveries wait for it. */
export interface EndpointParts {
  readonly endpoint: EndpointRecord;
  readonly pending: number;
}

const selectEndpoints = async (
  executor: Executor,
  keeper: Keeper,
  wanted: SQL | undefined,
): Promise<EndpointParts[]> => {
  const rows = await executor
    .select({ endpoint: webhookEndpoints })
    .from(webhookEndpoints)
    .innerJoin(integrators, eq(integrators.id, webhookEndpoints.integratorId))
    .where(and(wanted, inCare(keeper)))
    .orderBy(asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id));
  const waiting = await executor
    .select({ id: webhookDeliveries.endpointId, pending: count() })
    .from(webhookDeliveries)
    .where(
      and(
        inArray(
          webhookDeliveries.endpointId,
          rows.map(({ endpoint }) => endpoint.id),
        ),
        eq(webhookDeliveries.status, 'pending'),
      ),
    )
    .groupBy(webhookDeliveries.endpointId);
  const pendingOf = new Map(waiting.map(({ id, pending }) => [id, pending]));
  return rows.map(({ endpoint }) => ({ endpoint, pending: pendingOf.get(endpoint.id) ?? 0 }));
};

/** The endpoints of an integrator that the keeper cares for. */
export const listEndpoints = (
  executor: Executor,
  keeper: Keeper,
  integratorId: IntegratorId,
): Promise<EndpointParts[]> =>
  selectEndpoints(executor, keeper, eq(webhookEndpoints.integratorId, integratorId));

/** Throws `not_found`, for other people's endpoints too. */
export async function getEndpoint(
  executor: Executor,
  keeper: Keeper,
  id: WebhookEndpointId,
): Promise<EndpointParts> {
  const [found] = await selectEndpoints(executor, keeper, eq(webhookEndpoints.id, id));
  if (!found) throw notFound();
  return found;
}

/**
 * The endpoint, held until the end of the transaction, and whether its integrator is active. Whoever changes deliveries too locks it first.
 * Throws `not_found`; `key_refused` for a program whose key was revoked while it waited.
 */
export async function lockEndpoint(
  tx: Transaction,
  keeper: Keeper,
  id: WebhookEndpointId,
): Promise<EndpointRecord & { readonly integratorIsActive: boolean }> {
  const [row] = await tx
    .select({ endpoint: webhookEndpoints, active: integrators.active })
    .from(webhookEndpoints)
    .innerJoin(integrators, eq(integrators.id, webhookEndpoints.integratorId))
    .where(and(eq(webhookEndpoints.id, id), inCare(keeper)))
    .for('no key update', { of: webhookEndpoints });
  if (!row) throw notFound();
  await requireLiveKey(tx, keeper);
  return { ...row.endpoint, integratorIsActive: row.active };
}

/** An integrator's endpoints, held until the end of the transaction, in the order in which everybody locks several. */
export const lockEndpoints = async (tx: Transaction, integratorId: IntegratorId): Promise<EndpointRecord[]> =>
  await tx
    .select()
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.integratorId, integratorId))
    .orderBy(asc(webhookEndpoints.id))
    .for('no key update');

/**
 * Judges a program's key once more, after what it would change was locked or read: a request that was let in before its key was revoked must
 * not undo what was done because of it. Throws `key_refused`.
 */
export async function requireLiveKey(executor: Executor, keeper: Keeper): Promise<void> {
  if (keeper.kind !== 'integrator') return;
  const live = and(eq(apiKeys.id, keeper.keyId), isNull(apiKeys.revokedAt));
  if ((await executor.$count(apiKeys, live)) === 0) throw new ProblemError('key_refused');
}

/** Whether there is an integrator in the keeper's care. */
export async function isInCare(executor: Executor, keeper: Keeper, id: IntegratorId): Promise<boolean> {
  const rows = await executor
    .select({ id: integrators.id })
    .from(integrators)
    .where(and(eq(integrators.id, id), inCare(keeper)));
  return rows.length > 0;
}

/** A delivery with its tries. */
export interface DeliveryParts {
  readonly delivery: DeliveryRecord;
  readonly tries: number;
  readonly last: AttemptRecord | undefined;
}

async function withAttempts(
  executor: Executor,
  deliveries: readonly DeliveryRecord[],
): Promise<DeliveryParts[]> {
  const rows = await executor
    .selectDistinctOn([webhookAttempts.deliveryId], {
      last: webhookAttempts,
      tries: sql`count(*) over (partition by ${webhookAttempts.deliveryId})`.mapWith(Number),
    })
    .from(webhookAttempts)
    .where(
      inArray(
        webhookAttempts.deliveryId,
        deliveries.map(({ id }) => id),
      ),
    )
    .orderBy(webhookAttempts.deliveryId, desc(webhookAttempts.id));
  const byDelivery = new Map(rows.map((row) => [row.last.deliveryId, row]));
  return deliveries.map((delivery) => {
    const found = byDelivery.get(delivery.id);
    return { delivery, tries: found?.tries ?? 0, last: found?.last };
  });
}

interface JournalFilters {
  readonly status?: DeliveryRecord['status'] | undefined;
  readonly type?: DeliveryRecord['type'] | undefined;
  /** The delivery behind which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** An endpoint's deliveries, the newest first. */
export async function listDeliveries(
  executor: Executor,
  endpointId: string,
  { status, type, after, limit }: JournalFilters,
): Promise<DeliveryParts[]> {
  const deliveries = await executor
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpointId, endpointId),
        status && eq(webhookDeliveries.status, status),
        type && eq(webhookDeliveries.type, type),
        after === undefined ? undefined : lt(webhookDeliveries.id, after),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit);
  return await withAttempts(executor, deliveries);
}

/** Throws `not_found`. */
export async function getDelivery(
  executor: Executor,
  endpointId: string,
  id: WebhookDeliveryId,
): Promise<DeliveryParts> {
  const found = await executor
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.id, id)));
  const [parts] = await withAttempts(executor, found);
  if (!parts) throw notFound();
  return parts;
}

/** What a delivery carries, and its tries, the newest first. */
export async function readDelivery(
  executor: Executor,
  { id, eventId }: Pick<DeliveryRecord, 'id' | 'eventId'>,
): Promise<{ body: string; attempts: AttemptRecord[] }> {
  const [event] = await executor.select({ body: events.body }).from(events).where(eq(events.id, eventId));
  const attempts = await executor
    .select()
    .from(webhookAttempts)
    .where(eq(webhookAttempts.deliveryId, id))
    .orderBy(desc(webhookAttempts.id));
  return { body: event?.body ?? '', attempts };
}
