import * as routes from '@rnoce/schemas/contracts';
import type { CallInput, Client } from './call.ts';
import { type UploadOptions, upload } from './upload.ts';

/** Make the contract of the form as it stands; the same data give the same contract. */
export const issueContract = (client: Client, input: CallInput<typeof routes.issueContract>) =>
  client.call(routes.issueContract, input);

/** The contract that was issued last, to sign: its bytes. A browser gets it by its address, `client.url(getContract, …)`. */
export const getContract = (client: Client, input: CallInput<typeof routes.getContract>) =>
  client.call(routes.getContract, input);

/** The contract as it was issued, of the version that was sent signed with a dossier: its bytes. */
export const getFilingContract = (client: Client, input: CallInput<typeof routes.getFilingContract>) =>
  client.call(routes.getFilingContract, input);

/** Whether a contract is genuine and in force, by the code printed on it. */
export const checkContract = (client: Client, input: CallInput<typeof routes.checkContract>) =>
  client.call(routes.checkContract, input);

/** « Give the signed contract, or replace it », with its progress. Browsers only. */
export const putSignedContract = (
  client: Client,
  input: Pick<CallInput<typeof routes.putSignedContract>, 'params'> & {
    readonly query: { readonly way: routes.SignatureWay };
  },
  file: Blob,
  fileName: string,
  options: UploadOptions = {},
): Promise<routes.ContractView> =>
  upload(client.url(routes.putSignedContract, input), file, fileName, options);
