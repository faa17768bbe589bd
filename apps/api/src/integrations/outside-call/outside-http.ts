import type { z } from 'zod';
import { OutsideFault } from './outside-fault.ts';

export interface OutsideRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Statuses whose body is an answer; others are faults. */
  readonly answers: readonly number[];
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
}

export interface OutsideAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Buffer;
  /** The JSON body by a schema. Throws `invalid_answer` when it doesn't fit. */
  json<T extends z.ZodType>(schema: T): z.output<T>;
}

const maxAnswerBytes = 1024 * 1024;
const jsonType = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;
/** Failures before anything was sent. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

async function readBounded(response: Response): Promise<Buffer> {
  if (!response.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Counted after decompression, so that a small body can't unfold into a large one; leaving the loop cancels the rest.
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxAnswerBytes) throw new OutsideFault('invalid_answer', 'unknown');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function faultOfStatus(status: number): OutsideFault {
  if (status >= 500 || status === 408) return new OutsideFault('server_error', 'unknown');
  if (status === 429) return new OutsideFault('server_error', 'none');
  if (status === 401 || status === 403) return new OutsideFault('access_denied', 'none');
  return status >= 400
    ? new OutsideFault('question_refused', 'none')
    : new OutsideFault('invalid_answer', 'unknown');
}

function wasNeverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && neverSent.has(String(cause.code));
}

/**
 * Sends one request and reads its answer of 1 MB at most; redirects aren't followed, because they would carry credentials elsewhere.
 * Throws `OutsideFault`; when the signal was aborted its reason is `timeout`, the caller knows whether it was time or itself.
 */
export async function requestOutside(request: OutsideRequest): Promise<OutsideAnswer> {
  const { method, url, headers = {}, body, signal } = request;
  try {
    const response = await request.fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal,
      ...(body !== undefined && { body }),
    });
    if (!request.answers.includes(response.status)) {
      await response.body?.cancel();
      throw faultOfStatus(response.status);
    }
    const contentType = response.headers.get('content-type') ?? '';
    const bytes = await readBounded(response);
    return {
      status: response.status,
      contentType,
      bytes,
      json(schema) {
        const wrong = (cause?: unknown) => new OutsideFault('invalid_answer', 'unknown', { cause });
        if (!jsonType.test(contentType)) throw wrong();
        let content: unknown;
        try {
          content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        } catch (error) {
          throw wrong(error);
        }
        const parsed = schema.safeParse(content);
        if (!parsed.success) throw wrong(parsed.error);
        return parsed.data;
      },
    };
  } catch (error) {
    if (signal.aborted) throw new OutsideFault('timeout', 'unknown', { cause: error });
    if (error instanceof OutsideFault) throw error;
    throw new OutsideFault('unreachable', wasNeverSent(error) ? 'none' : 'unknown', { cause: error });
  }
}
