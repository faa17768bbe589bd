import type { AccountApiKey, AccountId, Authority } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { accounts } from '../../db/schema/accounts.ts';
import type { integrators } from '../../db/schema/integrators.ts';
import type { Deps } from '../../deps.ts';
import { queueEmail } from '../emails/emails.service.ts';

/** Tells an operator by e-mail of a key that acts for them, in the transaction that makes it; of other integrators' keys there is nobody to tell. */
export async function tellKeyMade(
  tx: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  { accountId }: Pick<typeof integrators.$inferSelect, 'accountId'>,
  key: AccountApiKey,
  authority: Authority,
): Promise<void> {
  if (accountId === null) return;
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId));
  if (!account) return;
  const { integrator, name, hint, scopes, expiresOn } = key;
  await queueEmail(tx, jobs, {
    event: `api_key_made:${key.id}`,
    template: 'api_key_made',
    to: account.email,
    locale: account.locale,
    accountId: accountId as AccountId,
    data: {
      legalName: account.legalName,
      integrator,
      key: `${name} (${hint})`,
      scopes,
      expiresOn,
      authority,
    },
  });
}
