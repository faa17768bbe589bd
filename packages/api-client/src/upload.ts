import { ApiError } from './api-error.ts';
import { errorOfAnswer } from './read-problem.ts';

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
  return new Promise((resolve, reject) => {
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
      const succeeded = request.status >= 200 && request.status < 300 && body !== undefined;
      if (succeeded) resolve(body as T);
      else reject(errorOfAnswer(request.status, body, request.getResponseHeader('retry-after')));
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
    // Nothing is told of an abort before the sending.
    if (options.signal?.aborted) fail('aborted')();
    else request.send(form);
  });
}
