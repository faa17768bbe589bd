import type { ApiKeyId, IntegratorId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { hintOfKey } from '../../plugins/api-keys.ts';
import type { OperatorPrincipal } from '../../plugins/principal.ts';
import { recordAct } from '../administration/record-act.ts';
import { replaceSecrets } from '../webhooks/endpoint-secrets.ts';
import { tellSecretsReplaced } from '../webhooks/tell-disabled.ts';
import { getKey, revokeKey } from './api-keys.repository.ts';
import { lockIntegrator } from './integrators.repository.ts';

interface Withdrawal {
  readonly integratorId: IntegratorId;
  /** False: it was revoked already. */
  readonly done: boolean;
}

/**
 * Ends a key that acts for the operator, who no longer trusts it for reasons of their own. So what it could change by `webhooks:manage` ends
 * with it: addresses that it set would go on hearing of the operator. Done once, however often it is asked for. Throws `not_found`.
 */
export async function withdrawApiKey(
  deps: Pick<Deps, 'database' | 'environment' | 'jobs' | 'now'>,
  operator: OperatorPrincipal,
  keyId: ApiKeyId,
): Promise<Withdrawal> {
  const at = deps.now();
  return await deps.database.transaction(async (tx) => {
    const key = await getKey(tx, operator, keyId);
    const integratorId = key.integratorId as IntegratorId;
    // Held by whoever makes an endpoint too: none is made behind the back of what follows.
    const integrator = await lockIntegrator(tx, operator, integratorId);
    const done = await revokeKey(tx, keyId, { by: null, at });
    if (!done) return { integratorId, done };
    await recordAct(tx, {
      act: 'api_key_withdrawn',
      by: null,
      about: { integratorId },
      at,
      detail: hintOfKey(key.prefix),
    });
    if (key.scopes.includes('webhooks:manage')) {
      const endpoints = await replaceSecrets(tx, deps, integratorId, 'operator');
      await tellSecretsReplaced(tx, deps, { integrator, key, endpoints, reason: 'key_withdrawn' });
    }
    return { integratorId, done };
  });
}
