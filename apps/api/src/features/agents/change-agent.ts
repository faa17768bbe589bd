import type { AgentId, ChangeAgentBody, ManagedAgent } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { agents } from '../../db/schema/agents.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { changesOf, recordAct } from '../administration/record-act.ts';
import { endSessions } from '../sessions/sessions.repository.ts';
import { voidAgentInvitations } from './agent-invitations.ts';
import { presentManagedAgent } from './agents.presenter.ts';
import { getManagedAgent, lockManagedAgent } from './managed-agents.repository.ts';

/**
 * Changes what is given, and nothing else. A role is in force at the agent's next request. Suspended, every session ends and every link is
 * void; restored, an agent signs in with what they had. Throws `not_found`, `own_access` for one's own role or suspension, and
 * `not_signed_in` or `forbidden` when the administrator is one no more.
 */
export async function changeAgent(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  administrator: AgentPrincipal,
  id: AgentId,
  { name, role, locale, active }: ChangeAgentBody,
): Promise<ManagedAgent> {
  return await database.transaction(async (tx) => {
    const former = await lockManagedAgent(tx, administrator, id);
    const at = now();
    const by = administrator.agentId;
    const changesRole = role !== undefined && role !== former.role;
    if (id === by && (changesRole || active === false)) throw new ProblemError('own_access');
    const changes = changesOf(former, { name, role, locale }, ['name', 'role', 'locale']);
    if (changes.length > 0) {
      await tx
        .update(agents)
        .set({ name: name ?? former.name, role: role ?? former.role, locale: locale ?? former.locale })
        .where(eq(agents.id, id));
      await recordAct(tx, { act: 'agent_changed', by, about: { agentId: id }, changes, at });
    }
    if (active !== undefined && active !== former.active) {
      await tx.update(agents).set({ active }).where(eq(agents.id, id));
      if (!active) {
        await endSessions(tx, { kind: 'agent', ownerId: id }, at);
        await voidAgentInvitations(tx, id, at);
      }
      const act = active ? 'agent_restored' : 'agent_suspended';
      await recordAct(tx, { act, by, about: { agentId: id }, at });
    }
    return presentManagedAgent(await getManagedAgent(tx, administrator, id));
  });
}
