import { randomUUID } from 'node:crypto';
import type { AgentId, InviteAgentBody, ManagedAgent } from '@rnoce/schemas';
import { agents } from '../../db/schema/agents.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { emailInUse } from '../accounts/accounts.errors.ts';
import { recordAct } from '../administration/record-act.ts';
import { sendAgentInvitation } from './agent-invitations.ts';
import { presentManagedAgent } from './agents.presenter.ts';
import { getManagedAgent, lockAdministrator } from './managed-agents.repository.ts';

/**
 * Makes an agent of the administrator's authority, who can't sign in before the mailed link is used. Throws `email_in_use` when an agent of
 * any authority has this address, `not_signed_in` or `forbidden` when the administrator is one no more.
 */
export async function inviteAgent(
  deps: Pick<Deps, 'database' | 'jobs' | 'environment' | 'now'>,
  administrator: AgentPrincipal,
  { name, email, role, locale }: InviteAgentBody,
): Promise<ManagedAgent> {
  const at = deps.now();
  return await deps.database.transaction(async (tx) => {
    await lockAdministrator(tx, administrator);
    const [agent] = await tx
      .insert(agents)
      .values({
        id: randomUUID(),
        name,
        email,
        authority: administrator.authority,
        role,
        locale,
        createdAt: at,
      })
      .onConflictDoNothing({ target: agents.email })
      .returning();
    if (!agent) throw emailInUse();
    await sendAgentInvitation(tx, deps, { agent, by: administrator.name, renewed: false }, at);
    await recordAct(tx, {
      act: 'agent_invited',
      by: administrator.agentId,
      about: { agentId: agent.id },
      at,
    });
    return presentManagedAgent(await getManagedAgent(tx, administrator, agent.id as AgentId));
  });
}
