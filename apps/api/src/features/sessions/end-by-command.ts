import { eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { agents } from '../../db/schema/agents.ts';
import { sessions } from '../../db/schema/sessions.ts';
import { endSessions } from './sessions.repository.ts';

/**
 * Ends the sessions of whoever has this e-mail, an operator, an agent or both (OWASP ASVS 5, 7.4.5). Returns how many; undefined when
 * nobody has it.
 */
export async function endSessionsOf(
  database: Database,
  email: string,
  now: Date,
): Promise<number | undefined> {
  return await database.transaction(async (tx) => {
    // Held, so that a session which is being replaced has its successor end too.
    const [account] = await tx
      .select({ id: accounts.id })
      .from(accounts)
      .where(eq(accounts.email, email))
      .for('no key update');
    const [agent] = await tx
      .select({ id: agents.id })
      .from(agents)
      .where(eq(agents.email, email))
      .for('no key update');
    if (!account && !agent) return undefined;
    const ofAccount = account ? await endSessions(tx, { kind: 'operator', ownerId: account.id }, now) : 0;
    const ofAgent = agent ? await endSessions(tx, { kind: 'agent', ownerId: agent.id }, now) : 0;
    return ofAccount + ofAgent;
  });
}

/** Ends everybody's sessions. Returns how many. */
export async function endEverySession(database: Database, now: Date): Promise<number> {
  return await database.transaction(async (tx) => {
    // Nobody is let in, and no session replaced, while all of them end.
    await tx.execute(sql`lock table ${sessions} in share row exclusive mode`);
    const { rowCount } = await tx.update(sessions).set({ endedAt: now }).where(isNull(sessions.endedAt));
    return rowCount ?? 0;
  });
}
