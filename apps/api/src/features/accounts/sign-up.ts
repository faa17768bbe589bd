import type { SignUpBody } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { emailInUse } from './accounts.errors.ts';
import { insertAccount } from './accounts.repository.ts';
import { sendPasswordLink } from './password-links.ts';

/**
 * « Nouvelle Inscription »: opens an account without a password and sends the link that lets choose one. Throws `email_in_use`.
 *
 * An earlier sign-up that was never confirmed keeps its e-mail while its link can be used (24 h): « Mot de passe oublié ? » sends that link
 * again. After that, a fresh sign-up takes its place, so that nobody can keep an address that isn't theirs.
 */
export async function signUp(
  { database, jobs, now }: Deps,
  { legalName, address, email, phone, locale }: Omit<SignUpBody, 'captcha'>,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const account = await insertAccount(transaction, { legalName, address, email, phone, locale }, now());
    if (!account) throw emailInUse();
    await sendPasswordLink(transaction, { jobs }, account, now());
  });
}
