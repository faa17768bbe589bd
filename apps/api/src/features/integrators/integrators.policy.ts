import { may } from '@rnoce/schemas/agent-rights';
import { eq, ne, or, type SQL } from 'drizzle-orm';
import { integrators } from '../../db/schema/integrators.ts';
import type { AgentPrincipal, OperatorPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Throws `forbidden` unless the agent's role may manage integrators and their keys. */
export function requireManager(agent: AgentPrincipal): AgentPrincipal {
  if (!may(agent, 'manageIntegrators')) throw new ProblemError('forbidden');
  return agent;
}

/** Who may end keys: an administrator, or the operator for whom they act. */
export type Revoker = AgentPrincipal | OperatorPrincipal;

/**
 * Those that an administrator sees: issuers', operators', and their own authority's; an operator sees those that act for them. The others
 * aren't there for them.
 */
export const visibleTo = (caller: Revoker): SQL | undefined =>
  caller.kind === 'operator'
    ? eq(integrators.accountId, caller.accountId)
    : or(ne(integrators.kind, 'authority'), eq(integrators.authority, caller.authority));
