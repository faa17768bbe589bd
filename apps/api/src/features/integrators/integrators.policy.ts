import { may } from '@rnoce/schemas/agent-rights';
import { eq, ne, or, type SQL } from 'drizzle-orm';
import { integrators } from '../../db/schema/integrators.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Throws `forbidden` unless the agent's role may manage integrators and their keys. */
export function requireManager(agent: AgentPrincipal): AgentPrincipal {
  if (!may(agent, 'manageIntegrators')) throw new ProblemError('forbidden');
  return agent;
}

/** Those that an administrator sees: issuers', operators', and their own authority's. The other authority's aren't there for them. */
export const visibleTo = ({ authority }: AgentPrincipal): SQL | undefined =>
  or(ne(integrators.kind, 'authority'), eq(integrators.authority, authority));
