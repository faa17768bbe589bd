import * as routes from '@rnoce/schemas/integrators';
import type { CallInput, Client } from './call.ts';

/** Integrators: issuers, operators, and the administrator's own authority. */
export const listIntegrators = (client: Client, input: CallInput<typeof routes.listIntegrators>) =>
  client.call(routes.listIntegrators, input);

/** Let an issuer, an authority or an operator use the interface by programs of its own. */
export const createIntegrator = (client: Client, input: CallInput<typeof routes.createIntegrator>) =>
  client.call(routes.createIntegrator, input);

/** One integrator. */
export const getIntegrator = (client: Client, input: CallInput<typeof routes.getIntegrator>) =>
  client.call(routes.getIntegrator, input);

/** Change its name or whom we write to; suspend it, or let it work again. */
export const changeIntegrator = (client: Client, input: CallInput<typeof routes.changeIntegrator>) =>
  client.call(routes.changeIntegrator, input);

/** An integrator's keys, the newest first. */
export const listApiKeys = (client: Client, input: CallInput<typeof routes.listApiKeys>) =>
  client.call(routes.listApiKeys, input);

/** Make a key. It is in this answer and never again: one whose answer was lost is revoked, and another one made. */
export const createApiKey = (client: Client, input: CallInput<typeof routes.createApiKey>) =>
  client.call(routes.createApiKey, input);

/** Revoke a key at once. */
export const revokeApiKey = (client: Client, input: CallInput<typeof routes.revokeApiKey>) =>
  client.call(routes.revokeApiKey, input);
