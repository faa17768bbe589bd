import type { AgentStatus } from '@rnoce/schemas';
import { may } from '@rnoce/schemas/agent-rights';
import { and, eq, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { agents } from '../../db/schema/agents.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Throws `forbidden` unless the agent's role may manage agents. */
export function requireAgentsManager(agent: AgentPrincipal): AgentPrincipal {
  if (!may(agent, 'manageAgents')) throw new ProblemError('forbidden');
  return agent;
}

/** The agents whom an administrator manages: those of their own authority. The other's aren't there for them. */
export const managedBy = ({ authority }: AgentPrincipal): SQL => eq(agents.authority, authority);

/** Which rows are of a status, as `agentStatusOf` tells it of one. */
export const ofStatus = {
  invited: and(eq(agents.active, true), isNull(agents.passwordHash)),
  active: and(eq(agents.active, true), isNotNull(agents.passwordHash)),
  suspended: eq(agents.active, false),
} satisfies Record<AgentStatus, SQL | undefined>;

/** An agent's status: who is suspended is no more than that, whether they had used their link or not. */
export function agentStatusOf({
  active,
  passwordHash,
}: Pick<typeof agents.$inferSelect, 'active' | 'passwordHash'>): AgentStatus {
  if (!active) return 'suspended';
  return passwordHash === null ? 'invited' : 'active';
}
