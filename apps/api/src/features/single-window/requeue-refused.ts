import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { singleWindowAccounts } from '../../db/schema/single-window.ts';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';

/**
 * Asks the single window again for the accounts of a locked filing that it refused, under the same references. Throws `accounts_not_refused`
 * when there is none.
 */
export async function requeueRefused(
  tx: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  filingId: string,
  at: Date,
): Promise<void> {
  const queued = await tx
    .update(singleWindowAccounts)
    .set({ status: 'queued', refusal: null, tries: 0, at })
    .where(and(eq(singleWindowAccounts.filingId, filingId), eq(singleWindowAccounts.status, 'refused')))
    .returning({ id: singleWindowAccounts.id });
  if (queued.length === 0) throw new ProblemError('accounts_not_refused');
  for (const { id } of queued) await jobs.send(tx, 'open-single-window-account', { accountId: id });
}
