import { eq, sql } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { agents } from '../db/schema/agents.ts';
import type { TestApp } from './app.ts';

/** Asks while a transaction changes an agent, and lets it end once what was asked waits for that: what was read before is no longer so. */
export async function askWhileChanged<T>(
  { deps: { database } }: TestApp,
  agentId: string,
  change: Partial<typeof agents.$inferInsert>,
  ask: () => Promise<T>,
): Promise<T[]> {
  const asked: Promise<T>[] = [];
  await database.transaction(async (tx) => {
    await tx.update(agents).set(change).where(eq(agents.id, agentId));
    asked.push(ask());
    await vi.waitFor(
      async () => {
        const { rows } = await database.execute(
          sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        expect(rows).toHaveLength(1);
      },
      { timeout: 20_000, interval: 20 },
    );
  });
  return await Promise.all(asked);
}
