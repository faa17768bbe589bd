import type { AccountId, Locale } from '@rnoce/schemas';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { accounts, passwordLinks } from '../../db/schema/accounts.ts';
import { ProblemError } from '../../plugins/problems.ts';
import type { AccountRow } from './accounts.presenter.ts';

/** The account of a login, or undefined. */
export async function findAccountByEmail(executor: Executor, email: string): Promise<AccountRow | undefined> {
  const [row] = await executor.select().from(accounts).where(eq(accounts.email, email));
  return row;
}

/** The account. Throws `not_signed_in` when it is no more: its session then isn't either. */
export async function getAccount(executor: Executor, accountId: AccountId): Promise<AccountRow> {
  const [row] = await executor.select().from(accounts).where(eq(accounts.id, accountId));
  if (!row) throw new ProblemError('not_signed_in');
  return row;
}

interface NewAccount {
  readonly legalName: string;
  readonly address: string;
  readonly email: string;
  readonly phone: string;
  readonly locale: Locale;
}

/** Whether a link was sent that can still be used. */
async function hasUsableLink(executor: Executor, accountId: string, now: Date): Promise<boolean> {
  const usable = await executor
    .select({ id: passwordLinks.id })
    .from(passwordLinks)
    .where(
      and(
        eq(passwordLinks.accountId, accountId),
        isNull(passwordLinks.usedAt),
        gt(passwordLinks.expiresAt, now),
      ),
    )
    .limit(1);
  return usable.length > 0;
}

/**
 * Inserts an account; undefined when the e-mail is taken. A sign-up that nobody confirmed, and whose link can no longer be used, holds
 * the e-mail no more: the new details replace the old ones. One statement after the other, so that each sees what a sign-up of the same
 * moment has written: a single one judges by what stood before it.
 */
export async function insertAccount(
  executor: Executor,
  account: NewAccount,
  now: Date,
): Promise<AccountRow | undefined> {
  const [inserted] = await executor
    .insert(accounts)
    .values({ ...account, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: accounts.email })
    .returning();
  if (inserted) return inserted;
  const [standing] = await executor
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.email, account.email), isNull(accounts.passwordHash)))
    .for('update');
  if (!standing || (await hasUsableLink(executor, standing.id, now))) return undefined;
  const [replaced] = await executor
    .update(accounts)
    .set({ ...account, updatedAt: now })
    .where(eq(accounts.id, standing.id))
    .returning();
  return replaced;
}

/** Changes what the owner may change. */
export async function updateAccountDetails(
  executor: Executor,
  accountId: AccountId,
  changes: Partial<Pick<AccountRow, 'locale' | 'phone' | 'address'>>,
  now: Date,
): Promise<AccountRow> {
  const [row] = await executor
    .update(accounts)
    .set({ ...changes, updatedAt: now })
    .where(eq(accounts.id, accountId))
    .returning();
  if (!row) throw new ProblemError('not_signed_in');
  return row;
}

/** Sets the password; the e-mail is confirmed by whoever came through its link. */
export async function setPassword(
  executor: Executor,
  accountId: AccountId,
  passwordHash: string,
  { now, confirmsEmail }: { now: Date; confirmsEmail: boolean },
): Promise<AccountRow> {
  const [row] = await executor
    .update(accounts)
    .set({
      passwordHash,
      updatedAt: now,
      ...(confirmsEmail
        ? { emailConfirmedAt: sql`coalesce(${accounts.emailConfirmedAt}, ${now.toISOString()}::timestamptz)` }
        : {}),
    })
    .where(eq(accounts.id, accountId))
    .returning();
  if (!row) throw new ProblemError('not_signed_in');
  return row;
}

/**
 * The account, held until the transaction ends: what changes its links or its password holds it first, so that one of two at once sees
 * what the other did. Undefined when it is no more.
 */
export async function lockAccount(executor: Executor, accountId: string): Promise<AccountRow | undefined> {
  const [row] = await executor.select().from(accounts).where(eq(accounts.id, accountId)).for('no key update');
  return row;
}

/** Holds the account as it was read until the transaction ends. Throws the refusal when its password has changed since. */
export async function requireSamePassword(
  executor: Executor,
  account: AccountRow,
  refusal = new ProblemError('credentials_wrong'),
): Promise<void> {
  const row = await lockAccount(executor, account.id);
  if (!row || row.passwordHash !== account.passwordHash) throw refusal;
}
