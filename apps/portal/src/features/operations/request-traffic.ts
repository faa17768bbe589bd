/** A request between the screen and the API, and the cache of the screens that it keeps true. */
import {
  deleteRequestDocument,
  putRequestDocument,
  getRequestDocument as readDocument,
  saveRequestCompany,
  saveRequestDetails,
  saveRequestManagers,
} from '@rnoce/api-client/customs-requests';
import { type CustomsRequest, getRequestDocument } from '@rnoce/schemas/customs-requests';
import type { DocumentName, DocumentVersion } from '@rnoce/schemas/documents';
import type { CustomsRequestId } from '@rnoce/schemas/primitives';
import { queryClient } from '@rnoce/shell/query-client';
import { customsRequestQuery } from '../../api/queries.ts';
import type { ServerDraft } from '../../drafts/draft-store.ts';
import { client, sessionKeeper } from '../../session/session.ts';
import type { SendDocument } from '../../uploads/upload-store.ts';
import { type RequestPart, type RequestParts, serverRequest } from './request-parts.ts';

/** Browsers let bodies of 64 KiB outlive their page; a longer part is saved without that. */
const outlivingBytes = 60_000;

/** Puts a request, just answered, into the cache, unless a later one is there. */
export function cacheRequest(request: CustomsRequest): void {
  const { queryKey } = customsRequestQuery(request.id);
  const cached = queryClient.getQueryData(queryKey);
  if (!cached || cached.version <= request.version) queryClient.setQueryData(queryKey, request);
}

/** Asks again what a draft's own saves don't tell: its documents, what BADR holds. */
export const refreshRequest = (id: CustomsRequestId): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: customsRequestQuery(id).queryKey });

const saves = {
  details: saveRequestDetails,
  company: saveRequestCompany,
  managers: saveRequestManagers,
} as const satisfies Record<RequestPart, unknown>;

/** Saves a part of a draft, and goes on if the page is left meanwhile. Throws `ApiError`. */
export async function savePart(
  id: CustomsRequestId,
  part: RequestPart,
  data: RequestParts[RequestPart],
  version: number,
): Promise<CustomsRequest> {
  const keepalive = new Blob([JSON.stringify(data)]).size < outlivingBytes;
  const call = { params: { id }, version, keepalive };
  const { data: saved } = await saves[part](client, { ...call, body: data as never });
  cacheRequest(saved);
  return saved;
}

/** Asks the server what it holds now. Throws `ApiError`. */
export async function readRequest(id: CustomsRequestId): Promise<ServerDraft<RequestParts>> {
  return serverRequest(await queryClient.fetchQuery({ ...customsRequestQuery(id), staleTime: 0 }));
}

/** The address of a version's file. The version is only there so that a browser doesn't show an earlier one. */
export const requestDocumentAddress = (
  id: CustomsRequestId,
  { document, version }: Pick<DocumentVersion, 'document' | 'version'>,
  disposition: 'inline' | 'attachment',
): string =>
  `${client.url(getRequestDocument, { params: { id, document }, query: { disposition } })}#v${version}`;

function cacheDocument(id: CustomsRequestId, document: DocumentName, current: DocumentVersion | null): void {
  const { queryKey } = customsRequestQuery(id);
  const cached = queryClient.getQueryData(queryKey);
  if (cached) {
    const others = cached.documents.filter((one) => one.document !== document);
    queryClient.setQueryData(queryKey, {
      ...cached,
      documents: [...others, { document, asked: true, current }],
    });
  }
  void refreshRequest(id);
}

/** Sends a document of a request; a session that ended meanwhile is taken up again first. Throws `ApiError`. */
export const requestDocumentBy =
  (id: CustomsRequestId): SendDocument =>
  async (document, file, options) => {
    const locale = window.document.documentElement.lang;
    const version = await sessionKeeper.withSession(() =>
      putRequestDocument(client, { id, document }, file, file.name, { ...options, locale }),
    );
    cacheDocument(id, document, version);
  };

/** Takes a document out of a draft; resolves to how to put it back: the same file is given again. Throws `ApiError`. */
export async function removeRequestDocument(
  id: CustomsRequestId,
  { document, fileName, mediaType }: Pick<DocumentVersion, 'document' | 'fileName' | 'mediaType'>,
): Promise<() => Promise<void>> {
  const params = { id, document };
  const { data } = await readDocument(client, { params, query: { disposition: 'attachment' } });
  await deleteRequestDocument(client, { params });
  cacheDocument(id, document, null);
  const file = new File([data], fileName, { type: mediaType });
  return () =>
    requestDocumentBy(id)(document, file, { signal: new AbortController().signal, onProgress: () => {} });
}
