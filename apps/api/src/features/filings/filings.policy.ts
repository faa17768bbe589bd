import { may } from '@rnoce/schemas/agent-rights';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Throws `forbidden` unless the agent's role may read dossiers. Which dossiers is the repository's matter: their authority's. */
export function requireReader(agent: AgentPrincipal): AgentPrincipal {
  if (!may(agent, 'readFilings')) throw new ProblemError('forbidden');
  return agent;
}

/** Throws `forbidden` unless the agent's role may work on dossiers: hold, prepare a verdict, decide. */
export function requireDecider(agent: AgentPrincipal): AgentPrincipal {
  if (!may(agent, 'decideFilings')) throw new ProblemError('forbidden');
  return agent;
}
