import type { listAdministrationEntries, RouteQuery } from '@rnoce/schemas';
import { may } from '@rnoce/schemas/agent-rights';
import { eq, type SQL } from 'drizzle-orm';
import { agents } from '../../db/schema/agents.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** What a history is asked about. */
export type Asked = RouteQuery<typeof listAdministrationEntries>;

function rightFor(asked: Asked) {
  if ('agentId' in asked) return 'manageAgents';
  return 'issuer' in asked ? 'manageIssuers' : 'manageIntegrators';
}

/** Throws `forbidden` unless the agent's role may manage what the history is about: who may do it may see what was done. */
export function requireReader(agent: AgentPrincipal, asked: Asked): AgentPrincipal {
  if (!may(agent, rightFor(asked))) throw new ProblemError('forbidden');
  return agent;
}

/** The agents whose history an administrator sees: those of their own authority. The other's aren't there for them. */
export const ownAgents = ({ authority }: AgentPrincipal): SQL => eq(agents.authority, authority);
