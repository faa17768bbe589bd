import type {
  listWebhookDeliveries as listRoute,
  RouteAnswer,
  RouteQuery,
  getWebhookDelivery as readRoute,
  WebhookDeliveryId,
  WebhookEndpointId,
} from '@rnoce/schemas';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { invalid } from '../../plugins/problems.ts';
import { assertMayRead, type Keeper } from './webhooks.policy.ts';
import { presentAttempt, presentDelivery } from './webhooks.presenter.ts';
import { getDelivery, getEndpoint, listDeliveries, readDelivery } from './webhooks.repository.ts';

/** Throws `validation` for what is none of our cursors. */
function readCursor(cursor: string): string {
  const id = z.uuid().safeParse(Buffer.from(cursor, 'base64url').toString());
  if (!id.success) throw invalid([{ pointer: '/cursor', code: 'invalid' }]);
  return id.data;
}

/** An endpoint's journal, the newest first. Throws `not_found`, `validation` for a cursor that is none. */
export async function listJournal(
  { database }: Pick<Deps, 'database'>,
  keeper: Keeper,
  id: WebhookEndpointId,
  { cursor, limit, ...filters }: RouteQuery<typeof listRoute>,
): Promise<RouteAnswer<typeof listRoute>> {
  await getEndpoint(database, keeper, id);
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const found = await listDeliveries(database, id, { ...filters, after, limit: limit + 1 });
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(presentDelivery),
    nextCursor: last ? Buffer.from(last.delivery.id).toString('base64url') : null,
  };
}

/**
 * What one delivery carries, and each of its tries. Throws `not_found`, and `scope_missing` for a key that may not read what it tells: managing
 * endpoints isn't reading what goes to them.
 */
export async function readJournal(
  { database }: Pick<Deps, 'database'>,
  keeper: Keeper,
  { id, deliveryId }: { id: WebhookEndpointId; deliveryId: WebhookDeliveryId },
): Promise<RouteAnswer<typeof readRoute>> {
  await getEndpoint(database, keeper, id);
  const parts = await getDelivery(database, id, deliveryId);
  if (keeper.kind === 'integrator') assertMayRead(keeper, parts.delivery.type);
  const { body, attempts } = await readDelivery(database, parts.delivery);
  return { ...presentDelivery(parts), body, attempts: attempts.map(presentAttempt) };
}
