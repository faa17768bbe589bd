import { may } from '@rnoce/schemas/agent-rights';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Throws `forbidden` unless the agent's role may manage issuers, of whichever authority they are. */
export function requireIssuersManager(agent: AgentPrincipal): AgentPrincipal {
  if (!may(agent, 'manageIssuers')) throw new ProblemError('forbidden');
  return agent;
}
