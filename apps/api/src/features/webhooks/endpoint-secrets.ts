import {
  type IntegratorId,
  type RouteAnswer,
  type getWebhookSecret as readRoute,
  type WebhookEndpoint,
  type WebhookEndpointId,
  webhookSecretOverlapHours,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { webhookEndpoints } from '../../db/schema/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { newWebhookSecret } from '../../integrations/webhook/webhook-signature.ts';
import type { IntegratorPrincipal } from '../../plugins/principal.ts';
import { openSecret, sealSecret } from '../../sealed-secret.ts';
import { presentEndpoint } from './webhooks.presenter.ts';
import {
  type EndpointRecord,
  getEndpoint,
  lockEndpoint,
  lockEndpoints,
  requireLiveKey,
} from './webhooks.repository.ts';

type Used = Pick<Deps, 'database' | 'environment' | 'now'>;
const hourMs = 3_600_000;

const sealOf = (
  { environment }: Pick<Deps, 'environment'>,
  { integratorId }: Pick<IntegratorPrincipal, 'integratorId'>,
) => ({
  key: environment.WEBHOOK_KEY,
  owner: integratorId,
});

/** The secret that signs, and the one of before as long as it signs too. Throws `not_found`, `key_refused`. */
export async function readSecrets(
  deps: Used,
  integrator: IntegratorPrincipal,
  id: WebhookEndpointId,
): Promise<RouteAnswer<typeof readRoute>> {
  const { endpoint } = await getEndpoint(deps.database, integrator, id);
  // Judged after the reading: a secret that replaces one in other hands isn't read by the key that was revoked with it.
  await requireLiveKey(deps.database, integrator);
  const { secret, previousSecret, previousSecretUntil } = endpoint;
  const seal = sealOf(deps, integrator);
  const overlaps =
    previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > deps.now();
  return {
    secret: openSecret(secret, seal),
    previousSecret: overlaps ? openSecret(previousSecret, seal) : null,
  };
}

/** Draws a new secret; the one of now signs beside it for a day. A second rotation within the day ends the first one's overlap. Throws `not_found`. */
export async function rotateSecret(
  deps: Used,
  integrator: IntegratorPrincipal,
  id: WebhookEndpointId,
): Promise<WebhookEndpoint> {
  const at = deps.now();
  return await deps.database.transaction(async (tx) => {
    const { secret } = await lockEndpoint(tx, integrator, id);
    await tx
      .update(webhookEndpoints)
      .set({
        secret: sealSecret(newWebhookSecret(), sealOf(deps, integrator)),
        previousSecret: secret,
        previousSecretUntil: new Date(at.getTime() + webhookSecretOverlapHours * hourMs),
      })
      .where(eq(webhookEndpoints.id, id));
    return presentEndpoint(await getEndpoint(tx, integrator, id), at);
  });
}

/**
 * After a key that could change endpoints is trusted no more: disables those of its integrator that are enabled, for whoever held the key
 * knows the secrets and may have set the addresses, and gives each of them a new secret, which signs alone. What waits for them is kept.
 * Returns them as they are now.
 */
export async function replaceSecrets(
  tx: Transaction,
  deps: Pick<Deps, 'environment'>,
  integratorId: IntegratorId,
  disabledReason: 'key_compromised' | 'operator',
): Promise<EndpointRecord[]> {
  const replaced = [];
  for (const former of await lockEndpoints(tx, integratorId)) {
    const changed = {
      secret: sealSecret(newWebhookSecret(), sealOf(deps, { integratorId })),
      previousSecret: null,
      previousSecretUntil: null,
      // Who stopped it before is kept; only an operator's word goes before the machine's and the program's.
      ...(former.enabled || (disabledReason === 'operator' && former.disabledReason !== 'administrator')
        ? { enabled: false, disabledReason }
        : {}),
    };
    await tx.update(webhookEndpoints).set(changed).where(eq(webhookEndpoints.id, former.id));
    replaced.push({ ...former, ...changed });
  }
  return replaced;
}
