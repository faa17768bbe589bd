import * as eventRoutes from '@rnoce/schemas/events';
import * as routes from '@rnoce/schemas/webhooks';
import type { CallInput, Client } from './call.ts';

/** The integrator's endpoints; an administrator names the integrator. */
export const listWebhookEndpoints = (client: Client, input: CallInput<typeof routes.listWebhookEndpoints>) =>
  client.call(routes.listWebhookEndpoints, input);

/** Be called when something happens; `getWebhookSecret` reads the secret that signs. */
export const createWebhookEndpoint = (
  client: Client,
  input: CallInput<typeof routes.createWebhookEndpoint>,
) => client.call(routes.createWebhookEndpoint, input);

/** One endpoint, and how it fares. */
export const getWebhookEndpoint = (client: Client, input: CallInput<typeof routes.getWebhookEndpoint>) =>
  client.call(routes.getWebhookEndpoint, input);

/** Change an endpoint, disable it, or enable it again. */
export const changeWebhookEndpoint = (
  client: Client,
  input: CallInput<typeof routes.changeWebhookEndpoint>,
) => client.call(routes.changeWebhookEndpoint, input);

/** Give up an endpoint, with what waits for it and its journal. */
export const deleteWebhookEndpoint = (
  client: Client,
  input: CallInput<typeof routes.deleteWebhookEndpoint>,
) => client.call(routes.deleteWebhookEndpoint, input);

/** The secret that signs; after a rotation the one of before too, as long as it signs. */
export const getWebhookSecret = (client: Client, input: CallInput<typeof routes.getWebhookSecret>) =>
  client.call(routes.getWebhookSecret, input);

/** Sign by a new secret; for 24 h events carry both signatures. */
export const rotateWebhookSecret = (client: Client, input: CallInput<typeof routes.rotateWebhookSecret>) =>
  client.call(routes.rotateWebhookSecret, input);

/** Send an `endpoint.test` event to this endpoint. */
export const testWebhookEndpoint = (client: Client, input: CallInput<typeof routes.testWebhookEndpoint>) =>
  client.call(routes.testWebhookEndpoint, input);

/** The journal of an endpoint, the newest first. */
export const listWebhookDeliveries = (
  client: Client,
  input: CallInput<typeof routes.listWebhookDeliveries>,
) => client.call(routes.listWebhookDeliveries, input);

/** One delivery: what is sent, and each try, the newest first. */
export const getWebhookDelivery = (client: Client, input: CallInput<typeof routes.getWebhookDelivery>) =>
  client.call(routes.getWebhookDelivery, input);

/** Send an event once more, with the same `webhook-id`. */
export const redeliver = (client: Client, input: CallInput<typeof routes.redeliver>) =>
  client.call(routes.redeliver, input);

/** Send again every event since an instant that the endpoint never took. */
export const redeliverFailed = (client: Client, input: CallInput<typeof routes.redeliverFailed>) =>
  client.call(routes.redeliverFailed, input);

/** What happened to what is the integrator's, the oldest first: a feed, which `nextCursor` walks. */
export const listEvents = (client: Client, input: CallInput<typeof eventRoutes.listEvents>) =>
  client.call(eventRoutes.listEvents, input);
