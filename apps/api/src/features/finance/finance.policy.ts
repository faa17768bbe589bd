import type { AgentRole } from '@rnoce/schemas';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Who follows the money, of whichever authority: who decides dossiers has no need of it. */
const follows = { decider: false, administrator: true, finance: true } as const satisfies Record<
  AgentRole,
  boolean
>;

/** Throws `forbidden` unless the agent's role may follow payments. */
export function requireFinance(agent: AgentPrincipal): AgentPrincipal {
  if (!follows[agent.role]) throw new ProblemError('forbidden');
  return agent;
}
