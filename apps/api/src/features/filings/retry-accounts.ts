import type { Dossier, FilingId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { requeueRefused } from '../single-window/requeue-refused.ts';
import { getDossier } from './dossier.service.ts';
import { lockFiling } from './filings.repository.ts';

/** Asks the single window again for the accounts that it refused. Throws `not_found`, `accounts_not_refused`. */
export async function retryAccounts(
  deps: Pick<Deps, 'database' | 'now' | 'jobs'>,
  agent: AgentPrincipal,
  id: FilingId,
): Promise<Dossier> {
  return await deps.database.transaction(async (tx) => {
    await lockFiling(tx, agent.authority, id);
    await requeueRefused(tx, deps, id, deps.now());
    return await getDossier(tx, agent, id);
  });
}
