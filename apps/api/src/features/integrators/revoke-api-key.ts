import type { ApiKeyId, IntegratorId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { hintOfKey } from '../../plugins/api-keys.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { recordAct } from '../administration/record-act.ts';
import { replaceSecrets } from '../webhooks/endpoint-secrets.ts';
import { tellSecretsReplaced } from '../webhooks/tell-disabled.ts';
import { declareCompromised, getKey, revokeKey } from './api-keys.repository.ts';
import { lockIntegrator } from './integrators.repository.ts';

interface Revocation {
  readonly integratorId: IntegratorId;
  /** Null: it was done already. */
  readonly done: 'api_key_revoked' | 'api_key_compromised' | null;
}

/**
 * Revokes a key. Declared compromised, then or afterwards, it may be in other hands: what it could change by `webhooks:manage` is believed
 * no more, and the integrator is written to once. Both are done once, however often they are asked for. Throws `not_found`.
 */
export async function revokeApiKey(
  deps: Pick<Deps, 'database' | 'environment' | 'jobs' | 'now'>,
  agent: AgentPrincipal,
  keyId: ApiKeyId,
  { compromised }: { readonly compromised: boolean },
): Promise<Revocation> {
  const at = deps.now();
  return await deps.database.transaction(async (tx) => {
    const key = await getKey(tx, agent, keyId);
    const integratorId = key.integratorId as IntegratorId;
    // Held by whoever makes an endpoint too: none is made behind the back of what follows.
    const integrator = await lockIntegrator(tx, agent, integratorId);
    const isRevoked = await revokeKey(tx, keyId, { by: agent.agentId, at });
    const act = { by: agent.agentId, about: { integratorId }, at, detail: hintOfKey(key.prefix) } as const;
    if (compromised && (await declareCompromised(tx, keyId, at))) {
      await recordAct(tx, { ...act, act: 'api_key_compromised' });
      if (key.scopes.includes('webhooks:manage')) {
        const endpoints = await replaceSecrets(tx, deps, integratorId, 'key_compromised');
        await tellSecretsReplaced(tx, deps, { integrator, key, endpoints, reason: 'key_compromised' });
      }
      return { integratorId, done: 'api_key_compromised' };
    }
    if (!isRevoked) return { integratorId, done: null };
    await recordAct(tx, { ...act, act: 'api_key_revoked' });
    return { integratorId, done: 'api_key_revoked' };
  });
}
