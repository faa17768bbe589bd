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

/** The agents of the administrator's own authority, by name. */
export const listAgents = (client: Client, input: CallInput<typeof routes.listAgents>) =>
  client.call(routes.listAgents, input);

/** Invite somebody to be an agent; an e-mail brings the link. */
export const inviteAgent = (client: Client, input: CallInput<typeof routes.inviteAgent>) =>
  client.call(routes.inviteAgent, input);

/** One agent as administrators see them. */
export const getManagedAgent = (client: Client, input: CallInput<typeof routes.getManagedAgent>) =>
  client.call(routes.getManagedAgent, input);

/** Change the name, the role or the language; suspend an agent, or let them work again. */
export const changeAgent = (client: Client, input: CallInput<typeof routes.changeAgent>) =>
  client.call(routes.changeAgent, input);

/** Send another link; the password, the codes and every session end at once. */
export const renewAgentAccess = (client: Client, input: CallInput<typeof routes.renewAgentAccess>) =>
  client.call(routes.renewAgentAccess, input);
