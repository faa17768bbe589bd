import { Event, type RouteAnswer, type RouteQuery, type listEvents as route } from '@rnoce/schemas';
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { events } from '../../db/schema/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { feedBehind, feedOrder, nextCursor } from '../../plugins/feed.ts';
import type { IntegratorPrincipal } from '../../plugins/principal.ts';
import { scopeMissing } from './webhooks.errors.ts';
import { assertReadable, readableTypes, readingScopes } from './webhooks.policy.ts';

function isOf({ of }: IntegratorPrincipal): SQL {
  if (of.kind === 'issuer') return eq(events.issuerId, of.issuerId);
  return of.kind === 'authority' ? eq(events.authority, of.authority) : eq(events.accountId, of.accountId);
}

/**
 * The events of what is the integrator's, in the order in which they were written, of the types that its key may read. Throws `scope_missing`
 * when it may read none, or not the one that is asked for; `validation` for a type that its kind is never told, and for a cursor that is none of this feed's.
 */
export async function listEvents(
  { database }: Pick<Deps, 'database'>,
  integrator: IntegratorPrincipal,
  { cursor, limit, type }: RouteQuery<typeof route>,
): Promise<RouteAnswer<typeof route>> {
  if (type !== undefined) assertReadable(integrator, [type], () => '/type');
  const readable = type === undefined ? readableTypes(integrator) : [type];
  const [needed] = readingScopes(integrator.of.kind);
  if (readable.length === 0 && needed !== undefined) throw scopeMissing(needed);
  const rows = await database
    .select()
    .from(events)
    .where(and(isOf(integrator), inArray(events.type, readable), feedBehind('events', events, cursor)))
    .orderBy(...feedOrder(events))
    .limit(limit);
  return {
    items: rows.map(({ id, body }) => Event.parse({ id, ...JSON.parse(body) })),
    nextCursor: nextCursor('events', rows, cursor),
  };
}
