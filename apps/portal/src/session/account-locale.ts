import type { Locale } from '@rnoce/i18n';
import { sessionStore } from './session-store.ts';

let chosenHere: Locale | undefined;

/**
 * A language was chosen with the switch: kept in the account of who is signed in; else it goes before the account's at the
 * next sign-in of this page.
 */
export function chooseLocaleHere(locale: Locale): void {
  chosenHere = locale;
  if (sessionStore.state().kind === 'active') void keepChosenLocale(locale);
}

/** The language after signing in: the one just chosen on this page, else the account's. */
export const pageLocale = (accountLocale: Locale): Locale => chosenHere ?? accountLocale;

/** Writes the language into the account, for its e-mails too. A failure loses nothing: the browser remembers the choice. */
export async function keepChosenLocale(locale: Locale): Promise<void> {
  try {
    const [{ updateAccount }, { client }] = await Promise.all([
      import('@rnoce/api-client/accounts'),
      import('./session.ts'),
    ]);
    sessionStore.setPrincipal((await updateAccount(client, { body: { locale } })).data);
  } catch {
    // See above.
  }
}
