import * as routes from '@rnoce/schemas/sessions';
import type { CallInput, Client } from './call.ts';

/** « Authentification à l’espace privé ». */
export const signIn = (client: Client, input: CallInput<typeof routes.signIn>) =>
  client.call(routes.signIn, input);

/** The session of this browser. */
export const getCurrentSession = (client: Client, input: CallInput<typeof routes.getCurrentSession>) =>
  client.call(routes.getCurrentSession, input);

/** « Se déconnecter ». */
export const signOut = (client: Client, input: CallInput<typeof routes.signOut>) =>
  client.call(routes.signOut, input);

/** Prolong the session by its rotating refresh token; a token used twice ends the session. */
export const refreshSession = (client: Client, input: CallInput<typeof routes.refreshSession>) =>
  client.call(routes.refreshSession, input);

/** The browsers in which the account is signed in, this one first. */
export const listSessions = (client: Client, input: CallInput<typeof routes.listSessions>) =>
  client.call(routes.listSessions, input);

/** Sign out another browser, or all the others. */
export const endSessions = (client: Client, input: CallInput<typeof routes.endSessions>) =>
  client.call(routes.endSessions, input);
