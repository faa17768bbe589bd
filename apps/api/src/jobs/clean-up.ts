import { and, eq, isNull, lt, notExists, sql } from 'drizzle-orm';
import { accounts, passwordLinks, passwordResetRequests } from '../db/schema/accounts.ts';
import { agentInvitations } from '../db/schema/agents.ts';
import { gatewayMessages } from '../db/schema/payments.ts';
import { idempotencyKeys, rateLimits, usedCaptchas } from '../db/schema/requests.ts';
import { sessions, signInAttempts } from '../db/schema/sessions.ts';
import type { Deps } from '../deps.ts';
import { removeStrayFiles } from '../features/documents/stray-files.ts';
import { removeOldEvents } from '../features/webhooks/remove-old-events.ts';

/** Removes what has served its time: kept answers, counters, used challenges, old sessions, links and requests, files of no version. */
export async function cleanUp({ database, storage }: Deps): Promise<void> {
  await database
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.createdAt, sql`now() - interval '24 hours'`));
  await database.delete(rateLimits).where(lt(rateLimits.expiresAt, sql`now()`));
  await database.delete(usedCaptchas).where(lt(usedCaptchas.expiresAt, sql`now()`));
  await database.delete(signInAttempts).where(lt(signInAttempts.lastAt, sql`now() - interval '2 days'`));
  await database.delete(sessions).where(lt(sessions.endsAt, sql`now() - interval '90 days'`));
  await database.delete(passwordLinks).where(lt(passwordLinks.expiresAt, sql`now() - interval '30 days'`));
  await database
    .delete(agentInvitations)
    .where(lt(agentInvitations.expiresAt, sql`now() - interval '30 days'`));
  // Given up by their job: addresses of people who may have no account.
  await database
    .delete(passwordResetRequests)
    .where(lt(passwordResetRequests.createdAt, sql`now() - interval '24 hours'`));
  // Sign-ups that nobody confirmed: what isn't needed isn't kept (law 09-08, article 3).
  const links = database
    .select({ one: sql`1` })
    .from(passwordLinks)
    .where(eq(passwordLinks.accountId, accounts.id));
  await database
    .delete(accounts)
    .where(and(isNull(accounts.passwordHash), isNull(accounts.emailConfirmedAt), notExists(links)));
  // Callbacks that nobody signed: a trace of an attack, which nothing refers to.
  await database
    .delete(gatewayMessages)
    .where(
      and(
        eq(gatewayMessages.trust, 'rejected'),
        lt(gatewayMessages.receivedAt, sql`now() - interval '30 days'`),
      ),
    );
  await removeOldEvents(database);
  // Last, because it alone needs more than PostgreSQL.
  await removeStrayFiles({ database, storage });
}
