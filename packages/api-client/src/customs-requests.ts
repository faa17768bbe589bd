import * as routes from '@rnoce/schemas/customs-requests';
import type { DocumentVersion } from '@rnoce/schemas/documents';
import type { CallInput, Client } from './call.ts';
import { type UploadOptions, upload } from './upload.ts';

/** The operator's customs account: its state, and what may be asked of it. */
export const getCustomsAccount = (client: Client, input: CallInput<typeof routes.getCustomsAccount>) =>
  client.call(routes.getCustomsAccount, input);

/** The operator's own requests that were sent; for customs' agents, their queue. */
export const listCustomsRequests = (client: Client, input: CallInput<typeof routes.listCustomsRequests>) =>
  client.call(routes.listCustomsRequests, input);

/** Open a request, or come back to the one being filled in. */
export const createCustomsRequest = (client: Client, input: CallInput<typeof routes.createCustomsRequest>) =>
  client.call(routes.createCustomsRequest, input);

/** A request with its form, documents, history and what is missing. */
export const getCustomsRequest = (client: Client, input: CallInput<typeof routes.getCustomsRequest>) =>
  client.call(routes.getCustomsRequest, input);

/** Save the motif, the comment, the date; a draft may be incomplete. */
export const saveRequestDetails = (client: Client, input: CallInput<typeof routes.saveRequestDetails>) =>
  client.call(routes.saveRequestDetails, input);

/** Save « Informations sur la société » of an update. */
export const saveRequestCompany = (client: Client, input: CallInput<typeof routes.saveRequestCompany>) =>
  client.call(routes.saveRequestCompany, input);

/** Save « Les gérants » of an update. */
export const saveRequestManagers = (client: Client, input: CallInput<typeof routes.saveRequestManagers>) =>
  client.call(routes.saveRequestManagers, input);

/** Give up a request that was not sent. */
export const deleteCustomsRequest = (client: Client, input: CallInput<typeof routes.deleteCustomsRequest>) =>
  client.call(routes.deleteCustomsRequest, input);

/** « Upload a document of a request, or replace it », with its progress. Browsers only. */
export const putRequestDocument = (
  client: Client,
  params: CallInput<typeof routes.putRequestDocument>['params'],
  file: Blob,
  fileName: string,
  options: UploadOptions = {},
): Promise<DocumentVersion> =>
  upload(client.url(routes.putRequestDocument, { params }), file, fileName, options);

/** The current version of a document of a request: its bytes. A browser shows it by its address, `client.url(getRequestDocument, …)`. */
export const getRequestDocument = (client: Client, input: CallInput<typeof routes.getRequestDocument>) =>
  client.call(routes.getRequestDocument, input);

/** Take a document out of a request that was not sent. */
export const deleteRequestDocument = (
  client: Client,
  input: CallInput<typeof routes.deleteRequestDocument>,
) => client.call(routes.deleteRequestDocument, input);

/** Send a request; a cancellation asks for the password once more. */
export const submitCustomsRequest = (client: Client, input: CallInput<typeof routes.submitCustomsRequest>) =>
  client.call(routes.submitCustomsRequest, input);

/** The dossier of a request that was sent: BADR now, before, asked. */
export const getCustomsRequestDossier = (
  client: Client,
  input: CallInput<typeof routes.getCustomsRequestDossier>,
) => client.call(routes.getCustomsRequestDossier, input);

/** Read again what BADR holds; a value that changed changes the version of the dossier. */
export const readRequestRegistry = (client: Client, input: CallInput<typeof routes.readRequestRegistry>) =>
  client.call(routes.readRequestRegistry, input);

/** The e-mail that a decision would send, in the language of its reader; nothing is decided. */
export const previewCustomsRequestDecision = (
  client: Client,
  input: CallInput<typeof routes.previewCustomsRequestDecision>,
) => client.call(routes.previewCustomsRequestDecision, input);

/** Accept or reject a request. */
export const decideCustomsRequest = (client: Client, input: CallInput<typeof routes.decideCustomsRequest>) =>
  client.call(routes.decideCustomsRequest, input);

/** Send an accepted request to BADR again, over what it holds now. */
export const resendCustomsRequest = (client: Client, input: CallInput<typeof routes.resendCustomsRequest>) =>
  client.call(routes.resendCustomsRequest, input);
