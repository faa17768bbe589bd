import type { AgentId, AgentRole, AgentStatus } from '@rnoce/schemas';
import { and, asc, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { agentInvitations, agents } from '../../db/schema/agents.ts';
import { folded } from '../../db/schema/columns.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { notFound, ProblemError } from '../../plugins/problems.ts';
import { everyWord } from '../filings/filings.search.ts';
import { managedBy, ofStatus, requireAgentsManager } from './agents.policy.ts';

export type AgentRecord = typeof agents.$inferSelect;
/** An agent with the end of the link that was sent last; null when none ever was. */
export interface ManagedAgentParts {
  readonly agent: AgentRecord;
  readonly linkExpiresAt: Date | null;
}

interface Wanted {
  readonly q?: string | undefined;
  readonly role?: AgentRole | undefined;
  readonly status?: AgentStatus | undefined;
}

const selectManaged = (executor: Executor, wanted: SQL | undefined) => {
  const newest = executor
    .select({ expiresAt: agentInvitations.expiresAt })
    .from(agentInvitations)
    .where(eq(agentInvitations.agentId, agents.id))
    .orderBy(desc(agentInvitations.id))
    .limit(1)
    .as('newest');
  return executor
    .select({ agent: agents, linkExpiresAt: newest.expiresAt })
    .from(agents)
    .leftJoinLateral(newest, sql`true`)
    .where(wanted);
};

/** A page of the agents of the administrator's authority, by name whatever its accents, with how many there are. */
export async function listManagedAgents(
  executor: Executor,
  administrator: AgentPrincipal,
  { q, role, status }: Wanted,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: ManagedAgentParts[]; total: number }> {
  const wanted = and(
    managedBy(administrator),
    role === undefined ? undefined : eq(agents.role, role),
    status === undefined ? undefined : ofStatus[status],
    everyWord(q, (holds) => or(holds(sql`${agents.name}`), holds(sql`${agents.email}`))),
  );
  const rows = await selectManaged(executor, wanted)
    .orderBy(asc(folded(sql`${agents.name}`)), asc(agents.id))
    .limit(limit)
    .offset(offset);
  return { rows, total: await executor.$count(agents, wanted) };
}

/** An agent of the administrator's authority. Throws `not_found`. */
export async function getManagedAgent(
  executor: Executor,
  administrator: AgentPrincipal,
  id: AgentId,
): Promise<ManagedAgentParts> {
  const [parts] = await selectManaged(executor, and(eq(agents.id, id), managedBy(administrator)));
  if (!parts) throw notFound();
  return parts;
}

/**
 * Holds the administrator and the agents named until the end of the transaction, in one order for all: of two administrators who take each
 * other's access at once, the second finds that they are one no more. Throws `not_signed_in` for who was suspended or renewed since the
 * request came in, `forbidden` for who is no administrator any more.
 */
async function lockAgents(
  tx: Transaction,
  administrator: AgentPrincipal,
  ids: readonly AgentId[],
): Promise<AgentRecord[]> {
  const rows = await tx
    .select()
    .from(agents)
    .where(and(inArray(agents.id, [administrator.agentId, ...ids]), managedBy(administrator)))
    .orderBy(asc(agents.id))
    .for('no key update');
  const self = rows.find(({ id }) => id === administrator.agentId);
  if (!self?.active || self.passwordHash === null) throw new ProblemError('not_signed_in');
  requireAgentsManager({ ...administrator, role: self.role });
  return rows;
}

/** Holds the administrator who acts, who must still be one. Throws `not_signed_in`, `forbidden`. */
export async function lockAdministrator(tx: Transaction, administrator: AgentPrincipal): Promise<void> {
  await lockAgents(tx, administrator, []);
}

/** Holds the administrator who acts, who must still be one, and an agent of their authority. Throws `not_signed_in`, `forbidden`, `not_found`. */
export async function lockManagedAgent(
  tx: Transaction,
  administrator: AgentPrincipal,
  id: AgentId,
): Promise<AgentRecord> {
  const rows = await lockAgents(tx, administrator, [id]);
  const agent = rows.find((row) => row.id === id);
  if (!agent) throw notFound();
  return agent;
}
