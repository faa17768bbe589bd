import { Problem } from '@rnoce/schemas/problems';
import { ApiError } from './api-error.ts';

export interface UploadOptions {
  readonly locale?: string;
  /** Called with 0 to 1 as the bytes leave. */
  readonly onProgress?: (part: number) => void;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Sends one file, field `file` of a multipart form, and tells its progress: `fetch` can't. Browsers only.
 * Throws `ApiError`; the file's name travels with it, and decides nothing.
 */
export function upload<T>(
  url: string,
  file: Blob,
  fileName: string,
  options: UploadOptions = {},
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const form = new FormData();
  form.append('file', file, fileName);
  const request = new XMLHttpRequest();
  request.open('PUT', url);
  request.timeout = options.timeoutMs ?? 180_000;
  request.setRequestHeader('accept', 'application/json, application/problem+json');
  if (options.locale) request.setRequestHeader('accept-language', options.locale);
  request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
    if (lengthComputable) options.onProgress?.(loaded / total);
  });
  request.addEventListener('load', () => {
    const body = parseJson(request.responseText);
    if (request.status >= 200 && request.status < 300) {
      resolve(body as T);
      return;
    }
    const problem = Problem.safeParse(body);
    reject(
      new ApiError({
        status: request.status,
        code: problem.success ? problem.data.code : 'unreadable',
        ...(problem.success ? { problem: problem.data } : {}),
      }),
    );
  });
  const fail = (code: 'offline' | 'timeout' | 'aborted') => () => {
    reject(new ApiError({ status: 0, code }));
  };
  request.addEventListener('error', fail('offline'));
  request.addEventListener('timeout', fail('timeout'));
  request.addEventListener('abort', fail('aborted'));
  options.signal?.addEventListener('abort', () => {
    request.abort();
  });
  request.send(form);
  return promise;
}
