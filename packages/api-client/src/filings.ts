import * as routes from '@rnoce/schemas/filings';
import type { CallInput, Client } from './call.ts';

/** The queue of the agent's own authority. */
export const listFilings = (client: Client, input: CallInput<typeof routes.listFilings>) =>
  client.call(routes.listFilings, input);

/** The dossier, as submitted. */
export const getFiling = (client: Client, input: CallInput<typeof routes.getFiling>) =>
  client.call(routes.getFiling, input);

/** A document of the dossier, or an earlier version of it: its bytes. */
export const getFilingDocument = (client: Client, input: CallInput<typeof routes.getFilingDocument>) =>
  client.call(routes.getFilingDocument, input);

/** Take the dossier, so that the others see who works on it. */
export const holdFiling = (client: Client, input: CallInput<typeof routes.holdFiling>) =>
  client.call(routes.holdFiling, input);

/** Give the dossier back to the queue. */
export const releaseFiling = (client: Client, input: CallInput<typeof routes.releaseFiling>) =>
  client.call(routes.releaseFiling, input);

/** Keep a verdict in preparation; nothing is decided. */
export const saveVerdict = (client: Client, input: CallInput<typeof routes.saveVerdict>) =>
  client.call(routes.saveVerdict, input);

/** The e-mail that a decision would send, in the language of its reader; nothing is decided. */
export const previewDecision = (client: Client, input: CallInput<typeof routes.previewDecision>) =>
  client.call(routes.previewDecision, input);

/** Decide a filing: validated, or incomplete with its reasons. */
export const decideFiling = (client: Client, input: CallInput<typeof routes.decideFiling>) =>
  client.call(routes.decideFiling, input);

/** Confirm, on evidence that the agent saw, that the account of an attached filing acts for the operator. */
export const confirmFilingControl = (client: Client, input: CallInput<typeof routes.confirmFilingControl>) =>
  client.call(routes.confirmFilingControl, input);

/** Ask the single window again for the accounts that it refused. */
export const retryAccounts = (client: Client, input: CallInput<typeof routes.retryAccounts>) =>
  client.call(routes.retryAccounts, input);

/** Send a validated record to BADR again. */
export const resendRegistration = (client: Client, input: CallInput<typeof routes.resendRegistration>) =>
  client.call(routes.resendRegistration, input);
