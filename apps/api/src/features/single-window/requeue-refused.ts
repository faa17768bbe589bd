import { type EmailChange, type Issue, pointerOf } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { singleWindowAccounts } from '../../db/schema/single-window.ts';
import type { Deps } from '../../deps.ts';
import { invalid, ProblemError } from '../../plugins/problems.ts';

type AccountRecord = typeof singleWindowAccounts.$inferSelect;

/** What can't be changed, with pointers into the body: who isn't refused, and an address that another user has. */
function changeIssues(accounts: readonly AccountRecord[], changes: readonly EmailChange[]): Issue[] {
  const refused = new Set(accounts.filter(({ status }) => status === 'refused').map(({ email }) => email));
  const taken = new Set(accounts.map(({ email }) => email));
  return changes.flatMap(({ from, to }, index): Issue[] => {
    if (!refused.delete(from))
      return [{ pointer: pointerOf(['emails', index, 'from']), code: 'not_in_list' }];
    if (taken.has(to) && to !== from)
      return [{ pointer: pointerOf(['emails', index, 'to']), code: 'duplicate' }];
    taken.add(to);
    return [];
  });
}

/**
 * Asks the single window again for the accounts of a locked filing that it refused, under the same references, at other addresses where
 * they are given. Returns the users whose address changed. Throws `accounts_not_refused` when there is none to ask for, `validation` when
 * a change is of a user who isn't refused, or gives two users one address.
 */
export async function requeueRefused(
  tx: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  filingId: string,
  emails: readonly EmailChange[],
  at: Date,
): Promise<(EmailChange & { readonly name: string })[]> {
  const ofFiling = eq(singleWindowAccounts.filingId, filingId);
  const accounts = await tx.select().from(singleWindowAccounts).where(ofFiling);
  const refused = accounts.filter(({ status }) => status === 'refused');
  if (refused.length === 0) throw new ProblemError('accounts_not_refused');
  const issues = changeIssues(accounts, emails);
  if (issues.length > 0) throw invalid(issues);
  const given = new Map(emails.map(({ from, to }) => [from, to]));
  for (const { id, email } of refused) {
    await tx
      .update(singleWindowAccounts)
      .set({ status: 'queued', refusal: null, tries: 0, at, email: given.get(email) ?? email })
      .where(and(eq(singleWindowAccounts.id, id), eq(singleWindowAccounts.status, 'refused')));
    await jobs.send(tx, 'open-single-window-account', { accountId: id });
  }
  return refused.flatMap(({ email, firstName, lastName }) => {
    const to = given.get(email) ?? email;
    return to === email ? [] : [{ from: email, to, name: `${firstName} ${lastName}` }];
  });
}
