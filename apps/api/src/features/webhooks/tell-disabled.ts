import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { type apiKeys, integrators } from '../../db/schema/integrators.ts';
import type { webhookEndpoints } from '../../db/schema/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { hintOfKey } from '../../plugins/api-keys.ts';
import { queueEmail } from '../emails/emails.service.ts';

/** A URL as it may be written in a mail or a history: its query may hold what only the endpoint should know. */
export function shownUrl(text: string): string {
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`;
}

/** Writes to an integrator that its endpoint is called no more, and why. */
export async function tellDisabled(
  tx: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  endpoint: Pick<
    typeof webhookEndpoints.$inferSelect,
    'id' | 'integratorId' | 'url' | 'failingSince' | 'disabledReason'
  >,
): Promise<void> {
  const [integrator] = await tx.select().from(integrators).where(eq(integrators.id, endpoint.integratorId));
  if (!integrator || endpoint.failingSince === null) return;
  const since = endpoint.failingSince.toISOString();
  await queueEmail(tx, jobs, {
    event: `webhook_disabled:${endpoint.id}:${since}`,
    template: 'webhook_disabled',
    to: integrator.email,
    locale: integrator.locale,
    accountId: null,
    data: {
      integrator: integrator.name,
      url: shownUrl(endpoint.url),
      reason: endpoint.disabledReason === 'gone' ? 'gone' : 'failures',
      since,
    },
  });
}

/** Writes to an integrator, once a key and reason, that its endpoints were disabled and have new secrets; nothing to one who has no endpoint. */
export async function tellSecretsReplaced(
  tx: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  {
    integrator,
    key,
    endpoints,
    reason,
  }: {
    readonly integrator: Pick<typeof integrators.$inferSelect, 'name' | 'email' | 'locale'>;
    readonly key: Pick<typeof apiKeys.$inferSelect, 'id' | 'name' | 'prefix'>;
    readonly endpoints: readonly Pick<typeof webhookEndpoints.$inferSelect, 'url'>[];
    readonly reason: 'key_compromised' | 'key_withdrawn';
  },
): Promise<void> {
  if (endpoints.length === 0) return;
  await queueEmail(tx, jobs, {
    event: `webhook_disabled:${reason === 'key_withdrawn' ? 'withdrawn' : 'key'}:${key.id}`,
    template: 'webhook_disabled',
    to: integrator.email,
    locale: integrator.locale,
    accountId: null,
    data: {
      integrator: integrator.name,
      reason,
      key: `${key.name} (${hintOfKey(key.prefix)})`,
      urls: endpoints.map(({ url }) => shownUrl(url)),
    },
  });
}
