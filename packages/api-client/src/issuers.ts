import * as routes from '@rnoce/schemas/issuers';
import type { CallInput, Client } from './call.ts';

/** The issuers of invoices. */
export const listIssuers = (client: Client, input: CallInput<typeof routes.listIssuers>) =>
  client.call(routes.listIssuers, input);

/** The issuers as administrators see them, by code. */
export const listManagedIssuers = (client: Client, input: CallInput<typeof routes.listManagedIssuers>) =>
  client.call(routes.listManagedIssuers, input);

/** Let another issuer publish invoices. */
export const createIssuer = (client: Client, input: CallInput<typeof routes.createIssuer>) =>
  client.call(routes.createIssuer, input);

/** One issuer as administrators see it. */
export const getManagedIssuer = (client: Client, input: CallInput<typeof routes.getManagedIssuer>) =>
  client.call(routes.getManagedIssuer, input);

/** Change the name that payers read; keep an issuer from publishing, or let it publish again. */
export const changeIssuer = (client: Client, input: CallInput<typeof routes.changeIssuer>) =>
  client.call(routes.changeIssuer, input);
