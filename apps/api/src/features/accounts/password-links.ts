import { createHash, randomBytes } from 'node:crypto';
import type { AccountId } from '@rnoce/schemas';
import { and, count, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { accounts, passwordLinks } from '../../db/schema/accounts.ts';
import type { Deps } from '../../deps.ts';
import { queueEmail } from '../emails/emails.service.ts';
import { linkUnknown } from './accounts.errors.ts';
import type { AccountRow } from './accounts.presenter.ts';
import { lockAccount } from './accounts.repository.ts';

const hourMs = 3_600_000;
/** How long a link can be used, in milliseconds (spec/registration.md, Accounts). */
const lifetimesMs = { creation: 24 * hourMs, reset: hourMs } as const;
/**
 * Links that one account gets in an hour and in a day: beyond, the answers stay the same and no e-mail leaves. More would be a nuisance to
 * who never asked; fewer would let anybody keep the owner from a reset.
 */
const maxLinks = { anHour: 5, aDay: 20 } as const;
/** Where the portal asks for the password (guide, II.2), below the public address. */
const pagePath = '/espace-prive/registre/creer-mot-de-passe';

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Sends a link to choose a password, in the caller's transaction: the one of creation until a password was chosen, else the one of reset.
 * The older links of the account are void from then on. The secret stands in the e-mail's row until the e-mail has left, nowhere else.
 */
export async function sendPasswordLink(
  transaction: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  { id }: Pick<AccountRow, 'id'>,
  now: Date,
): Promise<void> {
  const account = await lockAccount(transaction, id);
  if (!account) return;
  const accountId = account.id as AccountId;
  const ago = (hours: number) => new Date(now.getTime() - hours * hourMs);
  const [sent] = await transaction
    .select({
      anHour: sql<number>`count(*) filter (where ${gt(passwordLinks.createdAt, ago(1))})`.mapWith(Number),
      aDay: count(),
    })
    .from(passwordLinks)
    .where(and(eq(passwordLinks.accountId, accountId), gt(passwordLinks.createdAt, ago(24))));
  if (sent && (sent.anHour >= maxLinks.anHour || sent.aDay >= maxLinks.aDay)) return;
  await voidPasswordLinks(transaction, accountId, now);
  const purpose = account.passwordHash === null ? 'creation' : 'reset';
  const token = randomBytes(32).toString('base64url');
  const [link] = await transaction
    .insert(passwordLinks)
    .values({
      accountId,
      purpose,
      tokenHash: hashToken(token),
      expiresAt: new Date(now.getTime() + lifetimesMs[purpose]),
      createdAt: now,
    })
    .returning({ id: passwordLinks.id });
  if (!link) throw new Error('the link was not written');
  const path = `${pagePath}/${token}`;
  await queueEmail(transaction, jobs, {
    event: `password-link:${link.id}`,
    ...(purpose === 'creation'
      ? ({ template: 'account_creation', data: { path } } as const)
      : ({ template: 'password_reset', data: { legalName: account.legalName, path } } as const)),
    to: account.email,
    locale: account.locale,
    accountId,
  });
}

/** Ends the life of every link of the account that wasn't used. */
export async function voidPasswordLinks(executor: Executor, accountId: AccountId, now: Date): Promise<void> {
  await executor
    .update(passwordLinks)
    .set({ expiresAt: now })
    .where(
      and(
        eq(passwordLinks.accountId, accountId),
        isNull(passwordLinks.usedAt),
        gt(passwordLinks.expiresAt, now),
      ),
    );
}

/** A link and its account. Throws `link_unknown`. */
export async function getPasswordLink(executor: Executor, token: string) {
  const [found] = await executor
    .select({ link: passwordLinks, account: accounts })
    .from(passwordLinks)
    .innerJoin(accounts, eq(accounts.id, passwordLinks.accountId))
    .where(eq(passwordLinks.tokenHash, hashToken(token)));
  if (!found) throw linkUnknown();
  return found;
}

/** What can still be done with a link; a newer one makes it `expired`. */
export function linkState(
  link: Pick<typeof passwordLinks.$inferSelect, 'usedAt' | 'expiresAt'>,
  now: Date,
): 'valid' | 'expired' | 'used' {
  if (link.usedAt) return 'used';
  return link.expiresAt > now ? 'valid' : 'expired';
}

/** Marks a link as used; false when another request did, or when it is void. */
export async function usePasswordLink(executor: Executor, linkId: string, now: Date): Promise<boolean> {
  const used = await executor
    .update(passwordLinks)
    .set({ usedAt: now })
    .where(and(eq(passwordLinks.id, linkId), isNull(passwordLinks.usedAt), gt(passwordLinks.expiresAt, now)))
    .returning({ id: passwordLinks.id });
  return used.length > 0;
}

/** Sends a new link in the place of one that can't be used any more, to the same address. Throws `link_unknown`. */
export async function renewPasswordLink({ database, jobs, now }: Deps, token: string): Promise<void> {
  const { account } = await getPasswordLink(database, token);
  await database.transaction((transaction) => sendPasswordLink(transaction, { jobs }, account, now()));
}
