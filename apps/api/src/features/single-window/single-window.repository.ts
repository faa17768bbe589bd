import type { SingleWindowAccount } from '@rnoce/schemas';
import { asc, inArray } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { singleWindowAccounts } from '../../db/schema/single-window.ts';

type AccountRecord = typeof singleWindowAccounts.$inferSelect;

/** As its filing's operator sees it; why it was refused is the agents' to know. */
const presentAccount = (
  { firstName, lastName, email, status, at, login, refusal, tries }: AccountRecord,
  side: 'operator' | 'agent',
): SingleWindowAccount => ({
  firstName,
  lastName,
  email,
  status,
  at: at.toISOString(),
  login,
  refusal: side === 'agent' ? refusal : null,
  tries,
});

/** The users' accounts by filing, in the order of the form; a filing without any isn't in the answer. */
export async function listAccounts(
  executor: Executor,
  filingIds: readonly string[],
  side: 'operator' | 'agent' = 'operator',
): Promise<ReadonlyMap<string, SingleWindowAccount[]>> {
  if (filingIds.length === 0) return new Map();
  const rows = await executor
    .select()
    .from(singleWindowAccounts)
    .where(inArray(singleWindowAccounts.filingId, [...filingIds]))
    .orderBy(asc(singleWindowAccounts.position));
  const byFiling = Map.groupBy(rows, ({ filingId }) => filingId);
  return new Map(
    [...byFiling].map(([filingId, found]) => [filingId, found.map((row) => presentAccount(row, side))]),
  );
}
