import type { Dossier, FilingId } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { filings } from '../../db/schema/filings.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { getDossier } from './dossier.service.ts';
import { lockFiling } from './filings.repository.ts';

/** Sends a validated record to BADR again, under the same reference. Throws `not_found`, `registration_not_refused`. */
export async function resendRegistration(
  { database, now, jobs }: Pick<Deps, 'database' | 'now' | 'jobs'>,
  agent: AgentPrincipal,
  id: FilingId,
): Promise<Dossier> {
  return await database.transaction(async (tx) => {
    const filing = await lockFiling(tx, agent.authority, id);
    if (filing.registrationStatus !== 'refused') throw new ProblemError('registration_not_refused');
    await tx
      .update(filings)
      .set({ registrationStatus: 'queued', registrationAt: now() })
      .where(eq(filings.id, id));
    await jobs.send(tx, 'register-operator', { filingId: id });
    return await getDossier(tx, agent, id);
  });
}
