import type { DocumentName } from '@rnoce/schemas';
import type { App } from '../app.ts';
import type { OperatorBrowser } from './subscriptions.ts';

export interface Upload {
  readonly name?: string;
  /** As the sender declares it; nothing believes it. */
  readonly type?: string;
  readonly field?: string;
}

/** A multipart form with one file, as a browser writes it. */
export async function fileForm(
  bytes: Uint8Array,
  { name = 'document.pdf', type = 'application/pdf', field = 'file' }: Upload = {},
): Promise<{ payload: Buffer; contentType: string }> {
  const form = new FormData();
  form.append(field, new File([new Uint8Array(bytes)], name, { type }));
  const encoded = new Response(form);
  return {
    payload: Buffer.from(await encoded.arrayBuffer()),
    contentType: encoded.headers.get('content-type') ?? '',
  };
}

/** Uploads a document of a subscription, on another app of the same database if given. */
export async function upload(
  app: App,
  { cookie }: Pick<OperatorBrowser, 'cookie'>,
  { id, document }: { readonly id: string; readonly document: DocumentName },
  bytes: Uint8Array,
  given?: Upload,
) {
  const { payload, contentType } = await fileForm(bytes, given);
  return await app.inject({
    method: 'PUT',
    url: `/api/v1/subscriptions/${id}/documents/${document}`,
    headers: { ...cookie, 'content-type': contentType },
    payload,
  });
}
