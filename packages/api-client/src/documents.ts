import * as routes from '@rnoce/schemas/documents';
import type { CallInput, Client } from './call.ts';
import { type UploadOptions, upload } from './upload.ts';

/** The current version of a document: its bytes. A browser shows it by its address, `client.url(getDocument, …)`. */
export const getDocument = (client: Client, input: CallInput<typeof routes.getDocument>) =>
  client.call(routes.getDocument, input);

/** Take a document out of a draft; `PUT …/restoration` undoes it. */
export const deleteDocument = (client: Client, input: CallInput<typeof routes.deleteDocument>) =>
  client.call(routes.deleteDocument, input);

/** Undo the removal of a document: its last version is current again. */
export const restoreDocument = (client: Client, input: CallInput<typeof routes.restoreDocument>) =>
  client.call(routes.restoreDocument, input);

/** « Upload a document, or replace it », with its progress. Browsers only. */
export const putDocument = (
  client: Client,
  params: CallInput<typeof routes.putDocument>['params'],
  file: Blob,
  fileName: string,
  options: UploadOptions = {},
): Promise<routes.DocumentVersion> =>
  upload(client.url(routes.putDocument, { params }), file, fileName, options);
