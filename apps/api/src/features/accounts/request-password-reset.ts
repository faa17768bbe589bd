import { eq } from 'drizzle-orm';
import { passwordResetRequests } from '../../db/schema/accounts.ts';
import type { Deps } from '../../deps.ts';
import { findAccountByEmail } from './accounts.repository.ts';
import { sendPasswordLink } from './password-links.ts';

/**
 * « Recevoir le lien »: notes the request and leaves the rest to the worker. Whether the e-mail has an account is looked up there, so
 * that neither the answer nor its time tells.
 */
export async function requestPasswordReset({ database, jobs, now }: Deps, email: string): Promise<void> {
  await database.transaction(async (transaction) => {
    const [request] = await transaction
      .insert(passwordResetRequests)
      .values({ email, createdAt: now() })
      .returning({ id: passwordResetRequests.id });
    if (request) await jobs.send(transaction, 'reset-password', { requestId: request.id });
  });
}

/** Answers a noted request: the link leaves if the e-mail has an account. Done once: the request goes in the same transaction. */
export async function answerResetRequest({ database, jobs, now }: Deps, requestId: string): Promise<void> {
  await database.transaction(async (transaction) => {
    const [request] = await transaction
      .delete(passwordResetRequests)
      .where(eq(passwordResetRequests.id, requestId))
      .returning();
    if (!request) return;
    const account = await findAccountByEmail(transaction, request.email);
    if (account) await sendPasswordLink(transaction, { jobs }, account, now());
  });
}
