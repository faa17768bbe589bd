import type { AccountId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { invalid } from '../../plugins/problems.ts';
import { queueEmail } from '../emails/emails.service.ts';
import { endSessions } from '../sessions/sessions.repository.ts';
import { clearAttempts } from '../sessions/sign-in-attempts.ts';
import { linkExpired, linkUsed } from './accounts.errors.ts';
import { lockAccount, setPassword } from './accounts.repository.ts';
import { getPasswordLink, linkState, usePasswordLink, voidPasswordLinks } from './password-links.ts';
import { passwordIssues } from './password-strength.ts';
import { hashPassword } from './passwords.ts';

/**
 * Chooses the password that a link asks for. The e-mail is confirmed by it, every session of the account ends, and a lock on its sign-in
 * is lifted: who reads its e-mails is its owner. Returns whose it is, and what the link was for. Throws `link_unknown`, `link_expired`,
 * `link_used`, `validation`.
 */
export async function choosePassword(
  deps: Deps,
  { token, password }: { token: string; password: string },
): Promise<{ accountId: AccountId; purpose: 'creation' | 'reset' }> {
  const { database, jobs, environment, now } = deps;
  const { link, account } = await getPasswordLink(database, token);
  refuseUnusable(linkState(link, now()));
  const issues = passwordIssues(password, {
    minLength: environment.PASSWORD_MIN_LENGTH,
    owner: account,
    pointer: '/password',
  });
  if (issues.length > 0) throw invalid(issues);
  const passwordHash = await hashPassword(password);
  const accountId = account.id as AccountId;
  const at = now();
  await database.transaction(async (transaction) => {
    await lockAccount(transaction, account.id);
    if (!(await usePasswordLink(transaction, link.id, at))) {
      const again = await getPasswordLink(transaction, token);
      refuseUnusable(again.link.usedAt ? 'used' : 'expired');
    }
    await setPassword(transaction, accountId, passwordHash, { now: at, confirmsEmail: true });
    await voidPasswordLinks(transaction, accountId, at);
    await endSessions(transaction, { kind: 'operator', ownerId: accountId }, at);
    await clearAttempts(transaction, deps, { scope: 'operator', email: account.email });
    if (link.purpose === 'reset')
      await queueEmail(transaction, jobs, {
        event: `password-changed:${link.id}`,
        template: 'password_changed',
        data: { legalName: account.legalName, at: at.toISOString() },
        to: account.email,
        locale: account.locale,
        accountId,
      });
  });
  return { accountId, purpose: link.purpose };
}

function refuseUnusable(state: 'valid' | 'expired' | 'used'): void {
  if (state === 'expired') throw linkExpired();
  if (state === 'used') throw linkUsed();
}
