import * as routes from '@rnoce/schemas/accounts';
import type { CallInput, Client } from './call.ts';

/** « Nouvelle Inscription »: an e-mail brings the link to choose a password. */
export const signUp = (client: Client, input: CallInput<typeof routes.signUp>) =>
  client.call(routes.signUp, input);

/** Whether a link can still be used; changes nothing. */
export const getPasswordLink = (client: Client, input: CallInput<typeof routes.getPasswordLink>) =>
  client.call(routes.getPasswordLink, input);

/** Send a new link in the place of an expired one, to the same address. */
export const renewPasswordLink = (client: Client, input: CallInput<typeof routes.renewPasswordLink>) =>
  client.call(routes.renewPasswordLink, input);

/** Choose the password that a link asks for: creation and reset. */
export const choosePassword = (client: Client, input: CallInput<typeof routes.choosePassword>) =>
  client.call(routes.choosePassword, input);

/** « Recevoir le lien »: answers the same whether the e-mail exists or not. */
export const requestPasswordReset = (client: Client, input: CallInput<typeof routes.requestPasswordReset>) =>
  client.call(routes.requestPasswordReset, input);

/** The account. */
export const getAccount = (client: Client, input: CallInput<typeof routes.getAccount>) =>
  client.call(routes.getAccount, input);

/** Change the language, the phone or the address. */
export const updateAccount = (client: Client, input: CallInput<typeof routes.updateAccount>) =>
  client.call(routes.updateAccount, input);

/** Change the password; every other session ends. */
export const changePassword = (client: Client, input: CallInput<typeof routes.changePassword>) =>
  client.call(routes.changePassword, input);

/** Everything that is kept about the account (law 09-08, right of access). */
export const exportAccount = (client: Client, input: CallInput<typeof routes.exportAccount>) =>
  client.call(routes.exportAccount, input);
