import { may } from '@rnoce/schemas/agent-rights';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Throws `forbidden` unless the agent's role may read and publish invoices. */
export function requirePublisher(agent: AgentPrincipal): void {
  if (!may(agent, 'publishInvoices')) throw new ProblemError('forbidden');
}
