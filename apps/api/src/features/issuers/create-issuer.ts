import type { CreateIssuerBody, ManagedIssuer } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { recordAct } from '../administration/record-act.ts';
import { presentManagedIssuer } from './issuers.presenter.ts';
import { insertIssuer } from './managed-issuers.repository.ts';

/** Makes an issuer, who may publish from now on. Throws `issuer_exists` for a code that another has, suspended ones too. */
export async function createIssuer(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  agent: AgentPrincipal,
  { code, name }: CreateIssuerBody,
): Promise<ManagedIssuer> {
  const at = now();
  const issuer = await database.transaction(async (tx) => {
    const made = await insertIssuer(tx, { code, name, createdAt: at });
    if (!made) throw new ProblemError('issuer_exists');
    await recordAct(tx, { act: 'issuer_created', by: agent.agentId, about: { issuerId: made.id }, at });
    return made;
  });
  return presentManagedIssuer({ issuer, unpaidInvoices: 0, integrators: 0 });
}
