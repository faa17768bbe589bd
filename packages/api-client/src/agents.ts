import * as routes from '@rnoce/schemas/agents';
import type { CallInput, Client } from './call.ts';

/** An agent's password; the one-time code comes next. */
export const startAgentSession = (client: Client, input: CallInput<typeof routes.startAgentSession>) =>
  client.call(routes.startAgentSession, input);

/** The one-time code (TOTP, RFC 6238) that completes the sign-in; a code works once. */
export const completeAgentSession = (client: Client, input: CallInput<typeof routes.completeAgentSession>) =>
  client.call(routes.completeAgentSession, input);

/** The session of this browser. */
export const getAgentSession = (client: Client, input: CallInput<typeof routes.getAgentSession>) =>
  client.call(routes.getAgentSession, input);

/** Sign out. */
export const endAgentSession = (client: Client, input: CallInput<typeof routes.endAgentSession>) =>
  client.call(routes.endAgentSession, input);

/** Prolong the session by its rotating refresh token. */
export const refreshAgentSession = (client: Client, input: CallInput<typeof routes.refreshAgentSession>) =>
  client.call(routes.refreshAgentSession, input);

/** Choose a password of one’s own; every other session ends. */
export const changeAgentPassword = (client: Client, input: CallInput<typeof routes.changeAgentPassword>) =>
  client.call(routes.changeAgentPassword, input);

/** The browsers in which the agent is signed in, this one first. */
export const listAgentSessions = (client: Client, input: CallInput<typeof routes.listAgentSessions>) =>
  client.call(routes.listAgentSessions, input);

/** Sign out another browser, or all the others. */
export const endAgentSessions = (client: Client, input: CallInput<typeof routes.endAgentSessions>) =>
  client.call(routes.endAgentSessions, input);
