import * as routes from '@rnoce/schemas/messages';
import type { CallInput, Client } from './call.ts';

/** The messages of a filing, of its own operator and the agents of its authority. */
export const listMessages = (client: Client, input: CallInput<typeof routes.listMessages>) =>
  client.call(routes.listMessages, input);

/** Write to the other side, who is told by e-mail. */
export const sendMessage = (client: Client, input: CallInput<typeof routes.sendMessage>) =>
  client.call(routes.sendMessage, input);

/** Mark the other side's messages as read, up to the one named. */
export const readMessages = (client: Client, input: CallInput<typeof routes.readMessages>) =>
  client.call(routes.readMessages, input);
