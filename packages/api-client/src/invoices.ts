import * as routes from '@rnoce/schemas/invoices';
import type { CallInput, Client } from './call.ts';

/** The unpaid invoices of a subscription code. Past the budget of misses a code alone throws `proof_of_work_missing`: solve a challenge, and give `captcha` from then on. */
export const searchPublicInvoices = (client: Client, input: CallInput<typeof routes.searchPublicInvoices>) =>
  client.call(routes.searchPublicInvoices, input);

/** The operator's own invoices, what is to pay first. */
export const listOwnInvoices = (client: Client, input: CallInput<typeof routes.listOwnInvoices>) =>
  client.call(routes.listOwnInvoices, input);

/** Publish an invoice, or change it while it is unpaid. */
export const putInvoice = (client: Client, input: CallInput<typeof routes.putInvoice>) =>
  client.call(routes.putInvoice, input);

/** One invoice of the issuer. */
export const getInvoice = (client: Client, input: CallInput<typeof routes.getInvoice>) =>
  client.call(routes.getInvoice, input);

/** The issuer's invoices, the newest first. */
export const listInvoices = (client: Client, input: CallInput<typeof routes.listInvoices>) =>
  client.call(routes.listInvoices, input);

/** Cancel an unpaid invoice. */
export const cancelInvoice = (client: Client, input: CallInput<typeof routes.cancelInvoice>) =>
  client.call(routes.cancelInvoice, input);

/** The issuers of invoices. */
export const listIssuers = (client: Client, input: CallInput<typeof routes.listIssuers>) =>
  client.call(routes.listIssuers, input);
