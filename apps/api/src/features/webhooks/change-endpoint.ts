import type {
  RouteBody,
  changeWebhookEndpoint as route,
  WebhookEndpoint,
  WebhookEndpointId,
} from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { webhookDeliveries, webhookEndpoints } from '../../db/schema/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { recordAct } from '../administration/record-act.ts';
import { notifyDispatchers } from './record-events.ts';
import { shownUrl } from './tell-disabled.ts';
import { assertCallable, assertMayRead, assertReadable, type Keeper } from './webhooks.policy.ts';
import { presentEndpoint } from './webhooks.presenter.ts';
import { type EndpointRecord, getEndpoint, lockEndpoint } from './webhooks.repository.ts';

type Change = RouteBody<typeof route>;

/** Who disabled it is kept, so that what an administrator stopped isn't started again by a program. */
function standing(
  { enabled: was, disabledReason }: EndpointRecord,
  keeper: Keeper,
  enabled: boolean,
): Partial<EndpointRecord> {
  if (enabled) {
    if (disabledReason === 'administrator' && keeper.kind === 'integrator')
      throw new ProblemError('forbidden');
    // An operator ended what could reach them so: it is theirs to let another key do it.
    if (disabledReason === 'operator' && keeper.kind === 'agent') throw new ProblemError('forbidden');
    return was ? {} : { enabled, disabledReason: null, failingSince: null };
  }
  const reason = keeper.kind === 'integrator' ? 'integrator' : 'administrator';
  // An administrator's word stands over the machine's; nobody's over an administrator's or an operator's.
  const stands =
    reason === 'integrator' || disabledReason === 'administrator' || disabledReason === 'operator';
  return !was && stands ? {} : { enabled, disabledReason: reason };
}

/** What waited while it was disabled is due now. */
async function sendWaiting(tx: Transaction, endpointId: string, at: Date): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ nextTryAt: at })
    .where(and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.status, 'pending')));
  await notifyDispatchers(tx);
}

/**
 * Changes what is given, and nothing else. Throws `not_found`; `forbidden` for an administrator who would change more than whether it is
 * enabled or would enable what an operator's withdrawal of a key disabled, and for a program that would enable what an administrator disabled; `endpoint_refused`; `scope_missing` for types that the key may
 * not read, given or led to another address. What an administrator does is written in the history.
 */
export async function changeEndpoint(
  { database, environment, now }: Pick<Deps, 'database' | 'environment' | 'now'>,
  keeper: Keeper,
  id: WebhookEndpointId,
  { url, description, events, enabled }: Change,
): Promise<WebhookEndpoint> {
  const changesMore = url !== undefined || description !== undefined || events !== undefined;
  if (keeper.kind === 'agent' && changesMore) throw new ProblemError('forbidden');
  if (keeper.kind === 'integrator' && events)
    assertReadable(keeper, events, (index) => `/events/${String(index)}`);
  const at = now();
  return await database.transaction(async (tx) => {
    const former = await lockEndpoint(tx, keeper, id);
    if (url !== undefined) assertCallable(url, environment);
    const moved = url !== undefined && url !== former.url;
    // Who leads events elsewhere may be who reads them there.
    if (moved && keeper.kind === 'integrator')
      for (const type of events ?? former.events) assertMayRead(keeper, type);
    const stood = enabled === undefined ? {} : standing(former, keeper, enabled);
    const changed: Partial<EndpointRecord> = {
      url: url ?? former.url,
      description: description ?? former.description,
      events: events ?? former.events,
      // Another address has failed nothing yet.
      ...(moved ? { failingSince: null } : {}),
      ...stood,
    };
    await tx.update(webhookEndpoints).set(changed).where(eq(webhookEndpoints.id, id));
    if (keeper.kind === 'agent' && stood.enabled !== undefined)
      await recordAct(tx, {
        act: stood.enabled ? 'endpoint_enabled' : 'endpoint_disabled',
        by: keeper.agentId,
        about: { integratorId: former.integratorId },
        at,
        detail: shownUrl(former.url),
      });
    if (changed.enabled || (moved && former.enabled)) await sendWaiting(tx, id, at);
    return presentEndpoint(await getEndpoint(tx, keeper, id), at);
  });
}
