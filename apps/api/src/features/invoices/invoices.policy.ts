import type { AgentRole } from '@rnoce/schemas';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Who publishes in an issuer's name, until issuers have keys of their own. */
const publishes = { decider: false, administrator: true, finance: true } as const satisfies Record<
  AgentRole,
  boolean
>;

/** Throws `forbidden` unless the agent's role may read and publish invoices. */
export function requirePublisher(agent: AgentPrincipal): void {
  if (!publishes[agent.role]) throw new ProblemError('forbidden');
}
