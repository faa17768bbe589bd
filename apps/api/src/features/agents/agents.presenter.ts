import type { Agent, AgentId, AgentSession, ManagedAgent } from '@rnoce/schemas';
import type { SessionRow } from '../sessions/sessions.repository.ts';
import { agentStatusOf } from './agents.policy.ts';
import type { AgentRow } from './agents.repository.ts';
import type { ManagedAgentParts } from './managed-agents.repository.ts';

export const presentAgent = (row: AgentRow): Agent => ({
  id: row.id as AgentId,
  name: row.name,
  email: row.email,
  authority: row.authority,
  role: row.role,
  locale: row.locale,
  mustChoosePassword: row.passwordGiven,
});

export const presentAgentSession = (session: SessionRow, agent: AgentRow): AgentSession => ({
  agent: presentAgent(agent),
  expiresAt: session.expiresAt.toISOString(),
});

/** An agent as administrators see them. */
export function presentManagedAgent({ agent, linkExpiresAt }: ManagedAgentParts): ManagedAgent {
  const status = agentStatusOf(agent);
  return {
    id: agent.id as AgentId,
    name: agent.name,
    email: agent.email,
    authority: agent.authority,
    role: agent.role,
    locale: agent.locale,
    status,
    createdAt: agent.createdAt.toISOString(),
    lastSignInAt: agent.lastSignInAt?.toISOString() ?? null,
    invitationExpiresAt: status === 'invited' ? (linkExpiresAt?.toISOString() ?? null) : null,
  };
}
