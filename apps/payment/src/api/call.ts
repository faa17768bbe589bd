import type { Problem } from '@rnoce/schemas';
import { ApiError } from './api-error.ts';

interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: object;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds before a call without an answer is given up. */
  readonly timeoutMs?: number;
}

/** An answer is small, but the network may be the slowest there is. */
const usualTimeoutMs = 20_000;

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'requestId' in body;

/** Address of a route below the API, with what it asks. */
export function addressOf(path: string, query: Call['query'] = {}): string {
  const asked = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  ).toString();
  return `/api/v1${path}${asked === '' ? '' : `?${asked}`}`;
}

/**
 * Calls the API. Throws an `ApiError` for anything but a success, and the caller's own abortion as it is.
 * The contract's types are trusted: the API is ours, of the same build.
 */
export async function call<Answer>(path: string, options: Call = {}): Promise<Answer> {
  const { method = 'GET', query, body, idempotencyKey, signal, timeoutMs = usualTimeoutMs } = options;
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), timeoutMs);
  const follow = (): void => cut.abort();
  signal?.addEventListener('abort', follow);
  try {
    const response = await fetch(addressOf(path, query), {
      method,
      credentials: 'same-origin',
      redirect: 'error',
      signal: cut.signal,
      headers: {
        accept: 'application/json, application/problem+json',
        'accept-language': document.documentElement.lang,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw await readProblem(response);
    return (await response.json()) as Answer;
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted === true) throw error;
    if (cut.signal.aborted) throw new ApiError('timeout', { cause: error });
    throw new ApiError(error instanceof SyntaxError ? 'unreadable' : 'offline', { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', follow);
  }
}

async function readProblem(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const known = isProblem(body);
  return new ApiError(known ? body.code : 'unreadable', {
    status: response.status,
    ...(known ? { problem: body } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}
