import { may } from '@rnoce/schemas/agent-rights';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Throws `forbidden` unless the agent's role may follow payments. */
export function requireFinance(agent: AgentPrincipal): AgentPrincipal {
  if (!may(agent, 'followPayments')) throw new ProblemError('forbidden');
  return agent;
}
