import { randomUUID } from 'node:crypto';
import type { AccountId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { invalid } from '../../plugins/problems.ts';
import { queueEmail } from '../emails/emails.service.ts';
import { requirePassword } from '../sessions/open-sessions.ts';
import { endSessions } from '../sessions/sessions.repository.ts';
import { type OpenedSession, replaceSession } from '../sessions/sessions.service.ts';
import { passwordWrong } from './accounts.errors.ts';
import { getAccount, requireSamePassword, setPassword } from './accounts.repository.ts';
import { voidPasswordLinks } from './password-links.ts';
import { passwordIssues } from './password-strength.ts';
import { hashPassword } from './passwords.ts';

/**
 * Changes the password of who knows the current one; every session ends, and an e-mail tells it. Returns the session that replaces the
 * caller's. Throws `password_wrong`, `locked` (the current password can't be guessed at from a session left open), `validation`.
 */
export async function changePassword(
  deps: Deps,
  caller: { accountId: AccountId; sessionId: string; address: string },
  { currentPassword, password }: { currentPassword: string; password: string },
): Promise<OpenedSession> {
  const { database, jobs, environment, now } = deps;
  const account = await getAccount(database, caller.accountId);
  await requirePassword(
    deps,
    { ...account, scope: 'password-change', address: caller.address },
    currentPassword,
  );
  const issues = passwordIssues(password, {
    minLength: environment.PASSWORD_MIN_LENGTH,
    owner: account,
    pointer: '/password',
  });
  if (issues.length > 0) throw invalid(issues);
  const passwordHash = await hashPassword(password);
  const at = now();
  return await database.transaction(async (transaction) => {
    // The password may have been reset meanwhile, against who knew the former one.
    await requireSamePassword(transaction, account, passwordWrong());
    await setPassword(transaction, caller.accountId, passwordHash, { now: at, confirmsEmail: false });
    await voidPasswordLinks(transaction, caller.accountId, at);
    await endSessions(transaction, { kind: 'operator', ownerId: caller.accountId }, at, caller.sessionId);
    await queueEmail(transaction, jobs, {
      event: `password-changed:${randomUUID()}`,
      template: 'password_changed',
      data: { legalName: account.legalName, at: at.toISOString() },
      to: account.email,
      locale: account.locale,
      accountId: caller.accountId,
    });
    return await replaceSession(transaction, caller.sessionId, at);
  });
}
