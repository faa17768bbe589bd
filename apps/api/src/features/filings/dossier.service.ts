import type { Dossier, FilingId } from '@rnoce/schemas';
import type { Executor } from '../../db/database.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { presentDossier, readSent } from './filings.presenter.ts';
import { findLastHold, getFilingOf, listHistory, listVersions } from './filings.repository.ts';

/** The dossier of a sent filing of the agent's authority. Throws `not_found`. */
export async function getDossier(executor: Executor, agent: AgentPrincipal, id: FilingId): Promise<Dossier> {
  const row = await getFilingOf(executor, agent.authority, id);
  const history = await listHistory(executor, row.filing.id);
  const versions = await listVersions(executor, row.filing);
  const lastHold = await findLastHold(executor, row.filing.id);
  return presentDossier(row, history, readSent(row.filing, history, versions), lastHold);
}
