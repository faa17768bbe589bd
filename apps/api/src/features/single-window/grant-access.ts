import type { AccountId, SectionsDraft, SingleWindowUserDraft } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { filings } from '../../db/schema/filings.ts';
import { singleWindowAccounts } from '../../db/schema/single-window.ts';
import type { Deps } from '../../deps.ts';
import type { FilingRecord } from '../filings/filings.transitions.ts';
import { grantSubscriptionCode } from './subscription-code.ts';

/** The users of a form, each under the key by which their account finds them again. */
export const usersOf = ({ singleWindowUsers }: Partial<SectionsDraft>) =>
  (singleWindowUsers ?? []).map(
    (user: SingleWindowUserDraft, index) => [user.key ?? String(index), user] as const,
  );

/**
 * What PortNet's validation opens, in its transaction: the operator's subscription code, and for each user of the form that was validated an
 * account with a job of its own, so that one who is refused stops nobody. Returns the code.
 */
export async function grantAccess(
  tx: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  filing: FilingRecord,
  sections: Partial<SectionsDraft>,
  at: Date,
): Promise<string> {
  const { ice, legalName } = filing;
  const code = await grantSubscriptionCode(tx, { ice, legalName, accountId: filing.accountId as AccountId });
  await tx.update(filings).set({ subscriptionCode: code }).where(eq(filings.id, filing.id));
  const users = usersOf(sections);
  if (users.length === 0) return code;
  const opened = await tx
    .insert(singleWindowAccounts)
    .values(
      users.map(([userKey, { firstName, lastName, email }], position) => ({
        filingId: filing.id,
        userKey,
        position,
        firstName: firstName ?? '',
        lastName: lastName ?? '',
        email: email ?? '',
        at,
      })),
    )
    .returning({ id: singleWindowAccounts.id });
  for (const { id } of opened) await jobs.send(tx, 'open-single-window-account', { accountId: id });
  return code;
}
