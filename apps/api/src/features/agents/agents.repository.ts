import type { AgentId } from '@rnoce/schemas';
import { and, eq, lt, type SQL } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { agents } from '../../db/schema/agents.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { passwordWrong } from '../accounts/accounts.errors.ts';

type AgentRecord = typeof agents.$inferSelect;
/** An agent who has a password and one-time codes. */
export type AgentRow = AgentRecord & { readonly passwordHash: string; readonly totpSecret: string };

const isEnrolled = (row: AgentRecord | undefined): row is AgentRow =>
  row !== undefined && row.passwordHash !== null && row.totpSecret !== null;

async function findEnrolled(executor: Executor, wanted: SQL): Promise<AgentRow | undefined> {
  const [row] = await executor
    .select()
    .from(agents)
    .where(and(wanted, eq(agents.active, true)));
  return isEnrolled(row) ? row : undefined;
}

/** The agent of a login who may sign in, or undefined: unknown, suspended, or invited and no more. */
export const findActiveAgentByEmail = async (
  executor: Executor,
  email: string,
): Promise<AgentRow | undefined> => await findEnrolled(executor, eq(agents.email, email));

/** An agent who may sign in, or undefined. */
export const findActiveAgent = async (executor: Executor, agentId: string): Promise<AgentRow | undefined> =>
  await findEnrolled(executor, eq(agents.id, agentId));

/** The agent of a session. Throws `not_signed_in` when it may sign in no more. */
export async function getAgent(executor: Executor, agentId: AgentId): Promise<AgentRow> {
  const row = await findActiveAgent(executor, agentId);
  if (!row) throw new ProblemError('not_signed_in');
  return row;
}

/**
 * Notes the sign-in by the code of a time step; false when it, or a later one, was used before, and when the agent isn't any more the one
 * that was read: suspended meanwhile, or with other keys.
 */
export async function signInByStep(
  executor: Executor,
  { id, passwordHash, totpSecret }: AgentRow,
  step: number,
  at: Date,
): Promise<boolean> {
  const used = await executor
    .update(agents)
    .set({ totpLastStep: step, lastSignInAt: at })
    .where(
      and(
        eq(agents.id, id),
        eq(agents.active, true),
        eq(agents.passwordHash, passwordHash),
        eq(agents.totpSecret, totpSecret),
        lt(agents.totpLastStep, step),
      ),
    )
    .returning({ id: agents.id });
  return used.length > 0;
}

/** Holds an agent as they were read until the transaction ends. Throws `password_wrong` for one who is suspended since, or has another password. */
export async function requireSameAgent(executor: Executor, { id, passwordHash }: AgentRow): Promise<void> {
  const held = await executor
    .select({ id: agents.id })
    .from(agents)
    .where(and(eq(agents.id, id), eq(agents.passwordHash, passwordHash), eq(agents.active, true)))
    .for('no key update');
  if (held.length === 0) throw passwordWrong();
}

/** Sets the password that an agent has chosen; undefined when it isn't any more the one that was read: renewed meanwhile, or changed elsewhere. */
export async function setChosenPassword(
  executor: Executor,
  { id, passwordHash: former }: AgentRow,
  passwordHash: string,
): Promise<AgentRow | undefined> {
  const [row] = await executor
    .update(agents)
    .set({ passwordHash, passwordGiven: false })
    .where(and(eq(agents.id, id), eq(agents.passwordHash, former), eq(agents.active, true)))
    .returning();
  return isEnrolled(row) ? row : undefined;
}
