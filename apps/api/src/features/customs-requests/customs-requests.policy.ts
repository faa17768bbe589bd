import { may } from '@rnoce/schemas/agent-rights';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Throws `forbidden` unless the agent is of customs, and their role may read dossiers: PortNet's have no part in a customs account. */
export function requireCustomsReader(agent: AgentPrincipal): AgentPrincipal {
  if (agent.authority !== 'customs' || !may(agent, 'readFilings')) throw new ProblemError('forbidden');
  return agent;
}

/** Throws `forbidden` unless the agent is of customs, and their role may decide. */
export function requireCustomsDecider(agent: AgentPrincipal): AgentPrincipal {
  if (agent.authority !== 'customs' || !may(agent, 'decideFilings')) throw new ProblemError('forbidden');
  return agent;
}
