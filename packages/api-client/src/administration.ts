import * as routes from '@rnoce/schemas/administration';
import type { CallInput, Client } from './call.ts';

/** What administrators did about an agent, an issuer or an integrator, the newest first. */
export const listAdministrationEntries = (
  client: Client,
  input: CallInput<typeof routes.listAdministrationEntries>,
) => client.call(routes.listAdministrationEntries, input);
