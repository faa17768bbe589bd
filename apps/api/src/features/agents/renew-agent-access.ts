import type { AgentId, ManagedAgent } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { agents } from '../../db/schema/agents.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { recordAct } from '../administration/record-act.ts';
import { endSessions } from '../sessions/sessions.repository.ts';
import { sendAgentInvitation } from './agent-invitations.ts';
import { presentManagedAgent } from './agents.presenter.ts';
import { getManagedAgent, lockManagedAgent } from './managed-agents.repository.ts';

/**
 * Mails another link. The password, the one-time codes, the older links and every session end with it: nobody gets in before the link is
 * used. Throws `not_found`, `own_access`, `agent_suspended`, and `not_signed_in` or `forbidden` when the administrator is one no more.
 */
export async function renewAgentAccess(
  deps: Pick<Deps, 'database' | 'jobs' | 'environment' | 'now'>,
  administrator: AgentPrincipal,
  id: AgentId,
): Promise<ManagedAgent> {
  return await deps.database.transaction(async (tx) => {
    const agent = await lockManagedAgent(tx, administrator, id);
    if (id === administrator.agentId) throw new ProblemError('own_access');
    if (!agent.active) throw new ProblemError('agent_suspended');
    const at = deps.now();
    await tx
      .update(agents)
      .set({ passwordHash: null, passwordGiven: false, totpSecret: null })
      .where(eq(agents.id, id));
    await endSessions(tx, { kind: 'agent', ownerId: id }, at);
    // Who never had access has nothing that ends: their e-mail is an invitation again.
    const renewed = agent.passwordHash !== null || agent.lastSignInAt !== null;
    await sendAgentInvitation(tx, deps, { agent, by: administrator.name, renewed }, at);
    await recordAct(tx, {
      act: 'agent_access_renewed',
      by: administrator.agentId,
      about: { agentId: id },
      at,
    });
    return presentManagedAgent(await getManagedAgent(tx, administrator, id));
  });
}
