import type { AgentRole } from '@rnoce/schemas';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Least privilege: who decides dossiers reads them; an administrator reads them to supervise; finance has no need of them. */
const rights = {
  decider: { reads: true, decides: true },
  administrator: { reads: true, decides: false },
  finance: { reads: false, decides: false },
} as const satisfies Record<AgentRole, { reads: boolean; decides: boolean }>;

/** Throws `forbidden` unless the agent's role may read dossiers. Which dossiers is the repository's matter: their authority's. */
export function requireReader(agent: AgentPrincipal): AgentPrincipal {
  if (!rights[agent.role].reads) throw new ProblemError('forbidden');
  return agent;
}

/** Throws `forbidden` unless the agent's role may work on dossiers: hold, prepare a verdict, decide. */
export function requireDecider(agent: AgentPrincipal): AgentPrincipal {
  if (!rights[agent.role].decides) throw new ProblemError('forbidden');
  return agent;
}
