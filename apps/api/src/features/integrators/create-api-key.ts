import {
  type CreateApiKeyBody,
  casablancaDate,
  type Issue,
  maxKeyDays,
  maxLiveKeys,
  type RouteAnswer,
  type createApiKey as route,
} from '@rnoce/schemas';
import { scopesFor } from '@rnoce/schemas/scopes';
import type { integrators } from '../../db/schema/integrators.ts';
import type { Deps } from '../../deps.ts';
import { drawKey, hintOfKey } from '../../plugins/api-keys.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { invalid, ProblemError } from '../../plugins/problems.ts';
import { recordAct } from '../administration/record-act.ts';
import { countLiveKeys, insertKey } from './api-keys.repository.ts';
import { presentAccountKey, presentKey } from './integrators.presenter.ts';
import { lockIntegrator } from './integrators.repository.ts';
import { tellKeyMade } from './tell-key-made.ts';

const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** What the body alone can't tell: whose the scopes may be, and which days are ahead. */
function faultsOf(
  { scopes, expiresOn }: CreateApiKeyBody,
  { kind, authority }: Pick<typeof integrators.$inferSelect, 'kind' | 'authority'>,
  today: string,
): Issue[] {
  const held = scopesFor(kind, authority);
  const faults: Issue[] = scopes.flatMap((scope, index) =>
    held.includes(scope) ? [] : [{ pointer: `/scopes/${String(index)}`, code: 'not_in_list' }],
  );
  if (expiresOn < today) faults.push({ pointer: '/expiresOn', code: 'date_in_past' });
  if (expiresOn > daysAfter(today, maxKeyDays))
    faults.push({ pointer: '/expiresOn', code: 'date_too_far', params: { days: maxKeyDays } });
  return faults;
}

/**
 * Makes a key and shows it, this once; the operator for whom it acts is told. Days are those of Casablanca, and the last one counts. Throws `not_found`, `validation`, and
 * `keys_at_limit` beyond `maxLiveKeys` that are neither expired nor revoked: under a lock, for two administrators may press at once.
 */
export async function createApiKey(
  { database, jobs, now }: Pick<Deps, 'database' | 'jobs' | 'now'>,
  agent: AgentPrincipal,
  body: CreateApiKeyBody,
): Promise<RouteAnswer<typeof route>> {
  const today = casablancaDate(now());
  const { key, prefix, hash } = drawKey();
  const made = await database.transaction(async (tx) => {
    const integrator = await lockIntegrator(tx, agent, body.integratorId);
    const faults = faultsOf(body, integrator, today);
    if (faults.length > 0) throw invalid(faults);
    if ((await countLiveKeys(tx, body.integratorId, today)) >= maxLiveKeys)
      throw new ProblemError('keys_at_limit');
    const at = now();
    await recordAct(tx, {
      act: 'api_key_created',
      by: agent.agentId,
      about: { integratorId: body.integratorId },
      at,
      detail: hintOfKey(prefix),
    });
    const parts = await insertKey(tx, { ...body, prefix, hash, createdAt: at, createdBy: agent.agentId });
    await tellKeyMade(tx, { jobs }, integrator, presentAccountKey(parts, today), agent.authority);
    return parts;
  });
  return { ...presentKey(made, today), key };
}
