import {
  type RouteAnswer,
  type getWebhookSecret as readRoute,
  type WebhookEndpoint,
  type WebhookEndpointId,
  webhookSecretOverlapHours,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { webhookEndpoints } from '../../db/schema/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { newWebhookSecret } from '../../integrations/webhook/webhook-signature.ts';
import type { IntegratorPrincipal } from '../../plugins/principal.ts';
import { openSecret, sealSecret } from '../../sealed-secret.ts';
import { presentEndpoint } from './webhooks.presenter.ts';
import { getEndpoint, lockEndpoint } from './webhooks.repository.ts';

type Used = Pick<Deps, 'database' | 'environment' | 'now'>;
const hourMs = 3_600_000;

const sealOf = ({ environment }: Used, { integratorId }: IntegratorPrincipal) => ({
  key: environment.WEBHOOK_KEY,
  owner: integratorId,
});

/** The secret that signs, and the one of before as long as it signs too. Throws `not_found`. */
export async function readSecrets(
  deps: Used,
  integrator: IntegratorPrincipal,
  id: WebhookEndpointId,
): Promise<RouteAnswer<typeof readRoute>> {
  const { endpoint } = await getEndpoint(deps.database, integrator, id);
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
