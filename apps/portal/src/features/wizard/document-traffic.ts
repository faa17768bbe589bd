/** Documents between the screen and the API, and the cache of the screens that it keeps true. */
import { deleteDocument, putDocument, restoreDocument } from '@rnoce/api-client/documents';
import { type DocumentName, type DocumentVersion, getDocument } from '@rnoce/schemas/documents';
import type { SubscriptionId } from '@rnoce/schemas/primitives';
import { queryClient } from '@rnoce/shell/query-client';
import { subscriptionQuery } from '../../api/queries.ts';
import { client, sessionKeeper } from '../../session/session.ts';
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

/** Takes a document out of the draft. Throws `ApiError`. */
export async function removeDocument(id: SubscriptionId, document: DocumentName): Promise<void> {
  await deleteDocument(client, { params: { id, document } });
  cacheDocument(id, document, null);
}

/** Puts back the document that was just taken out. Throws `ApiError`. */
export async function putDocumentBack(id: SubscriptionId, document: DocumentName): Promise<void> {
  const { data } = await restoreDocument(client, { params: { id, document } });
  cacheDocument(id, document, data);
}
