import type { SingleWindowAccount } from '@rnoce/schemas';
import { asc, inArray } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { singleWindowAccounts } from '../../db/schema/single-window.ts';

type AccountRecord = typeof singleWindowAccounts.$inferSelect;

const presentAccount = ({
  firstName,
  lastName,
  email,
  status,
  at,
  login,
  tries,
}: AccountRecord): SingleWindowAccount => ({
  firstName,
  lastName,
  email,
  status,
  at: at.toISOString(),
  login,
  tries,
});

/** The users' accounts by filing, in the order of the form; a filing without any isn't in the answer. */
export async function listAccounts(
  executor: Executor,
  filingIds: readonly string[],
): Promise<ReadonlyMap<string, SingleWindowAccount[]>> {
  if (filingIds.length === 0) return new Map();
  const rows = await executor
    .select()
    .from(singleWindowAccounts)
    .where(inArray(singleWindowAccounts.filingId, [...filingIds]))
    .orderBy(asc(singleWindowAccounts.position));
  const byFiling = Map.groupBy(rows, ({ filingId }) => filingId);
  return new Map([...byFiling].map(([filingId, found]) => [filingId, found.map(presentAccount)]));
}
