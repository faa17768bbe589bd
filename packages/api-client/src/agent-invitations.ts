import * as routes from '@rnoce/schemas/agent-invitations';
import type { CallInput, Client } from './call.ts';

/** What an invitation's link opens; changes nothing. */
export const getAgentInvitation = (client: Client, input: CallInput<typeof routes.getAgentInvitation>) =>
  client.call(routes.getAgentInvitation, input);

/** Choose a password, and show by a one-time code that the application is set up. */
export const acceptAgentInvitation = (
  client: Client,
  input: CallInput<typeof routes.acceptAgentInvitation>,
) => client.call(routes.acceptAgentInvitation, input);
