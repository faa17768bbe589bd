import { eventKeptDays } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';

/** Events of one statement: their deliveries and tries go with them. */
const batchSize = 2000;

/** Removes events that were kept long enough, with their deliveries, sent or not, and the journal. */
export async function removeOldEvents(executor: Executor): Promise<void> {
  for (;;) {
    const { rowCount } = await executor.execute(sql`
      delete from events where id in (
        select id from events where created_at < now() - make_interval(days => ${eventKeptDays}::int) order by created_at limit ${batchSize}::int
      )`);
    if ((rowCount ?? 0) < batchSize) return;
  }
}
