import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { administrationEntries } from '../../db/schema/administration.ts';
import { agents } from '../../db/schema/agents.ts';
import { integrators } from '../../db/schema/integrators.ts';
import { issuers } from '../../db/schema/invoices.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { notFound } from '../../plugins/problems.ts';
import { visibleTo } from '../integrators/integrators.policy.ts';
import { type Asked, ownAgents } from './administration.policy.ts';

/** A row of the history with the name of who did it. */
export interface EntryParts {
  readonly entry: typeof administrationEntries.$inferSelect;
  readonly by: string;
}

/** The rows about what is asked, if the administrator sees it. Throws `not_found`. */
async function about(executor: Executor, agent: AgentPrincipal, asked: Asked): Promise<SQL> {
  const { agentId, issuerId, integratorId } = administrationEntries;
  if ('agentId' in asked) {
    const wanted = and(eq(agents.id, asked.agentId), ownAgents(agent));
    const [found] = await executor.select({ id: agents.id }).from(agents).where(wanted);
    if (!found) throw notFound();
    return eq(agentId, found.id);
  }
  if ('issuer' in asked) {
    const wanted = eq(issuers.code, asked.issuer);
    const [found] = await executor.select({ id: issuers.id }).from(issuers).where(wanted);
    if (!found) throw notFound();
    return eq(issuerId, found.id);
  }
  const wanted = and(eq(integrators.id, asked.integratorId), visibleTo(agent));
  const [found] = await executor.select({ id: integrators.id }).from(integrators).where(wanted);
  if (!found) throw notFound();
  return eq(integratorId, found.id);
}

/** A page of what was done about an agent, an issuer or an integrator, the newest first, with how many acts there are. Throws `not_found`. */
export async function listEntries(
  executor: Executor,
  agent: AgentPrincipal,
  asked: Asked,
): Promise<{ rows: EntryParts[]; total: number }> {
  const wanted = await about(executor, agent, asked);
  const total = await executor.$count(administrationEntries, wanted);
  const rows = await executor
    .select({
      entry: administrationEntries,
      by: sql<string>`coalesce(${agents.name}, ${accounts.legalName}, '')`,
    })
    .from(administrationEntries)
    .leftJoin(agents, eq(agents.id, administrationEntries.by))
    .leftJoin(integrators, eq(integrators.id, administrationEntries.integratorId))
    .leftJoin(accounts, eq(accounts.id, integrators.accountId))
    .where(wanted)
    // Ids follow time, those of one transaction too, where all its rows have one instant.
    .orderBy(desc(administrationEntries.id))
    .limit(asked.pageSize)
    .offset((asked.page - 1) * asked.pageSize);
  return { rows, total };
}
