import { type CustomsRequestDossier, type CustomsRequestId, customsRequestEffects } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { customsRequests } from '../../db/schema/customs-requests.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { notFound } from '../../plugins/problems.ts';
import { loadRuleContext } from '../subscriptions/subscriptions.form.ts';
import { dossierStale, registryUnavailable, requestNotResendable } from './customs-requests.errors.ts';
import { findRequest, listRequests, lockRequest } from './customs-requests.repository.ts';
import { type RequestRecord, recordRequestEvent } from './customs-requests.transitions.ts';
import { refreshRegistry } from './refresh-registry.ts';
import { getRequestDossier } from './request-dossier.ts';

/** Throws `request_not_resendable` unless BADR didn't take the request as it was. */
function assertStuck({ effectStatus }: RequestRecord): void {
  if (!effectStatus || !customsRequestEffects[effectStatus].resendable) throw requestNotResendable();
}

/** A cancellation that a restoration followed, or the other way round, must not come back over it. Throws `request_not_resendable`. */
function assertNotFollowed({ id, type }: RequestRecord, requests: readonly RequestRecord[]): void {
  if (type === 'update') return;
  const last = requests.findLast((one) => one.type !== 'update' && one.status === 'accepted');
  if (last?.id !== id) throw requestNotResendable();
}

/**
 * Sends an accepted request to BADR again, over what it holds now: BADR is read first, and what the agent hasn't seen of it makes their version
 * stale. Throws `not_found`, `request_not_resendable`, `registry_unavailable`, `stale`.
 */
export async function resendRequest(
  deps: Pick<Deps, 'database' | 'badr' | 'now' | 'jobs' | 'environment' | 'references'>,
  { agentId }: AgentPrincipal,
  id: CustomsRequestId,
  seen: number,
): Promise<CustomsRequestDossier> {
  const found = await findRequest(deps.database, 'customs', id);
  if (!found) throw notFound();
  assertStuck(found);
  const status = await refreshRegistry(deps, id);
  if (status === 'unavailable') throw registryUnavailable();
  const rules = await loadRuleContext(deps);
  return await deps.database.transaction(async (tx) => {
    const locked = await lockRequest(tx, 'customs', id);
    if (!locked) throw notFound();
    const { request, filing } = locked;
    assertStuck(request);
    assertNotFollowed(request, await listRequests(tx, filing.id));
    if (request.version !== seen) throw dossierStale(request.version);
    const at = deps.now();
    await tx
      .update(customsRequests)
      .set({
        effectStatus: 'queued',
        effectAt: at,
        effectReason: null,
        effectTurn: request.effectTurn + 1,
        version: request.version + 1,
      })
      .where(eq(customsRequests.id, id));
    await recordRequestEvent(tx, request, {
      event: 'resent',
      actor: { kind: 'agent', agentId },
      at,
      sent: { registryRecord: request.registryRecord },
    });
    await deps.jobs.send(tx, 'apply-customs-request', { requestId: id });
    return await getRequestDossier(tx, deps, rules, id);
  });
}
