import { lt, sql } from 'drizzle-orm';
import { idempotencyKeys, rateLimits, usedCaptchas } from '../db/schema/requests.ts';
import type { Deps } from '../deps.ts';

/** Removes what has served its time: kept answers, counters, used challenges. */
export async function cleanUp({ database }: Deps): Promise<void> {
  await database
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.createdAt, sql`now() - interval '24 hours'`));
  await database.delete(rateLimits).where(lt(rateLimits.expiresAt, sql`now()`));
  await database.delete(usedCaptchas).where(lt(usedCaptchas.expiresAt, sql`now()`));
}
