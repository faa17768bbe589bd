import * as routes from '@rnoce/schemas/account-api-keys';
import type { CallInput, Client } from './call.ts';

/** The keys by which programs act for the operator, the newest first. */
export const listAccountApiKeys = (client: Client, input: CallInput<typeof routes.listAccountApiKeys>) =>
  client.call(routes.listAccountApiKeys, input);

/** Revoke a key that acts for the operator, at once. */
export const revokeAccountApiKey = (client: Client, input: CallInput<typeof routes.revokeAccountApiKey>) =>
  client.call(routes.revokeAccountApiKey, input);
