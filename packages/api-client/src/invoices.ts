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

/**
 * Publish up to 10,000 invoices, all or none. A refusal, `import_refused`, names every wrong line in the error's `issues`.
 *
 * @param input.invoices the lines; or `csv`, a file in UTF-8 with a header of the field names
 */
export const importInvoices = (
  client: Client,
  input: Omit<CallInput<typeof routes.importInvoices>, 'bytes'> &
    (
      | { readonly invoices: readonly routes.InvoiceLineInput[] }
      | { readonly csv: string | Uint8Array<ArrayBuffer> }
    ),
) => {
  const bytes =
    'csv' in input
      ? new Blob([input.csv], { type: 'text/csv' })
      : new Blob([JSON.stringify({ invoices: input.invoices })], { type: 'application/json' });
  return client.call(routes.importInvoices, { ...input, bytes });
};
