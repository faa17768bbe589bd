/** Documents between the screen and the API, and the cache of the screens that it keeps true. */
import { issueContract, putSignedContract } from '@rnoce/api-client/contracts';
import { deleteDocument, putDocument, restoreDocument } from '@rnoce/api-client/documents';
import { type ContractView, getContract, type SignatureWay } from '@rnoce/schemas/contracts';
import { type DocumentName, type DocumentVersion, getDocument } from '@rnoce/schemas/documents';
import type { SubscriptionId } from '@rnoce/schemas/primitives';
import { queryClient } from '@rnoce/shell/query-client';
import { subscriptionQuery } from '../../api/queries.ts';
import { client, sessionKeeper } from '../../session/session.ts';
import type { SendDocument } from '../../uploads/upload-store.ts';
import { refreshSubscription } from './server-draft.ts';

/** The address of a version's file. The version is only there so that a browser doesn't show an earlier one. */
export const documentAddress = (
  id: SubscriptionId,
  { document, version }: Pick<DocumentVersion, 'document' | 'version'>,
  disposition: 'inline' | 'attachment',
): string => `${client.url(getDocument, { params: { id, document }, query: { disposition } })}#v${version}`;

function cacheDocument(id: SubscriptionId, document: DocumentName, current: DocumentVersion | null): void {
  const { queryKey } = subscriptionQuery(id);
  const cached = queryClient.getQueryData(queryKey);
  if (cached) {
    const others = cached.documents.filter((one) => one.document !== document);
    const before = cached.documents.find((one) => one.document === document);
    const row = { document, required: false, belongs: true, ...before, current };
    queryClient.setQueryData(queryKey, { ...cached, documents: [...others, row] });
  }
  void refreshSubscription(id);
}

/** Sends a file; a session that ended meanwhile is taken up again first. Throws `ApiError`. */
export async function sendDocument(
  id: SubscriptionId,
  document: DocumentName,
  file: File,
  options: { readonly signal: AbortSignal; readonly onProgress: (part: number) => void },
): Promise<void> {
  const locale = window.document.documentElement.lang;
  const version = await sessionKeeper.withSession(() =>
    putDocument(client, { id, document }, file, file.name, { ...options, locale }),
  );
  cacheDocument(id, document, version);
}

/** The address of the issued contract. The version is only there so that a browser doesn't show an earlier one. */
export const contractAddress = (
  id: SubscriptionId,
  { version }: Pick<ContractView, 'version'>,
  disposition: 'inline' | 'attachment',
): string => `${client.url(getContract, { params: { id }, query: { disposition } })}#v${version}`;

function cacheContract(id: SubscriptionId, contract: ContractView): void {
  const { queryKey } = subscriptionQuery(id);
  const cached = queryClient.getQueryData(queryKey);
  if (cached) queryClient.setQueryData(queryKey, { ...cached, contract });
}

/** Makes the contract of the form as it was saved last. A try that is repeated under one key makes one contract. Throws `ApiError`. */
export async function establishContract(id: SubscriptionId, idempotencyKey: string): Promise<void> {
  const { data } = await issueContract(client, { params: { id }, idempotencyKey });
  cacheContract(id, data);
  await refreshSubscription(id);
}

/** Sends the signed contract; a session that ended meanwhile is taken up again first. Throws `ApiError`. */
export const signedContractBy =
  (id: SubscriptionId, way: SignatureWay): SendDocument =>
  async (document, file, options) => {
    const locale = window.document.documentElement.lang;
    const contract = await sessionKeeper.withSession(() =>
      putSignedContract(client, { params: { id }, query: { way } }, file, file.name, { ...options, locale }),
    );
    cacheContract(id, contract);
    cacheDocument(id, document, contract.signed?.file ?? null);
  };

/** Takes a document out of the draft; resolves to how to put it back. Throws `ApiError`. */
export async function removeDocument(
  id: SubscriptionId,
  document: DocumentName,
): Promise<() => Promise<void>> {
  await deleteDocument(client, { params: { id, document } });
  cacheDocument(id, document, null);
  return () => putDocumentBack(id, document);
}

/** Puts back the document that was just taken out. Throws `ApiError`. */
async function putDocumentBack(id: SubscriptionId, document: DocumentName): Promise<void> {
  const { data } = await restoreDocument(client, { params: { id, document } });
  cacheDocument(id, document, data);
}
