import {
  maxEndpoints,
  type RouteBody,
  type createWebhookEndpoint as route,
  type WebhookEndpoint,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { integrators } from '../../db/schema/integrators.ts';
import { webhookEndpoints } from '../../db/schema/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { newWebhookSecret } from '../../integrations/webhook/webhook-signature.ts';
import type { IntegratorPrincipal } from '../../plugins/principal.ts';
import { sealSecret } from '../../sealed-secret.ts';
import { endpointsAtLimit } from './webhooks.errors.ts';
import { assertCallable, assertReadable } from './webhooks.policy.ts';
import { presentEndpoint } from './webhooks.presenter.ts';
import { requireLiveKey } from './webhooks.repository.ts';

/**
 * Adds an endpoint with a secret of its own. Throws `endpoint_refused`, `scope_missing` when the key may not read what it asks to be told,
 * `endpoints_at_limit`: under a lock, for two programs may call at once, and `key_refused` for a key that was revoked while it waited.
 */
export async function createEndpoint(
  { database, environment, now }: Pick<Deps, 'database' | 'environment' | 'now'>,
  integrator: IntegratorPrincipal,
  { url, description, events }: RouteBody<typeof route>,
): Promise<WebhookEndpoint> {
  assertReadable(integrator, events, (index) => `/events/${String(index)}`);
  assertCallable(url, environment);
  const { integratorId } = integrator;
  const secret = sealSecret(newWebhookSecret(), { key: environment.WEBHOOK_KEY, owner: integratorId });
  const at = now();
  const endpoint = await database.transaction(async (tx) => {
    await tx
      .select({ id: integrators.id })
      .from(integrators)
      .where(eq(integrators.id, integratorId))
      .for('no key update');
    await requireLiveKey(tx, integrator);
    const own = eq(webhookEndpoints.integratorId, integratorId);
    if ((await tx.$count(webhookEndpoints, own)) >= maxEndpoints) throw endpointsAtLimit();
    const [made] = await tx
      .insert(webhookEndpoints)
      .values({ integratorId, url, description, events, secret, createdAt: at })
      .returning();
    if (!made) throw new Error('no endpoint was made');
    return made;
  });
  return presentEndpoint({ endpoint, pending: 0 }, at);
}
