import type { z } from 'zod';
import type { BadrUnavailableReason } from './badr-gateway.ts';

/** A request that brought no usable answer. */
export class BadrFault extends Error {
  readonly reason: BadrUnavailableReason;

  constructor(reason: BadrUnavailableReason, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'BadrFault';
    this.reason = reason;
  }
}

export interface BadrRequest {
  method: 'GET' | 'PUT';
  url: URL;
  key: string;
  body?: unknown;
  /** Aborted when time is up or the caller has gone. */
  signal: AbortSignal;
  fetch: typeof fetch;
}

export interface BadrAnswer {
  status: number;
  /** The body by a schema. Throws `invalid_answer` when it doesn't fit. */
  as<T extends z.ZodType>(schema: T): z.output<T>;
}

const maxAnswerBytes = 1024 * 1024;
const jsonType = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

async function readBounded(response: Response): Promise<Buffer> {
  if (!response.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Counted after decompression, so that a small body can't unfold into a large one; leaving the loop cancels the rest.
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxAnswerBytes) throw new BadrFault('invalid_answer');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new BadrFault('invalid_answer', { cause: error });
  }
}

/** The reason that a status alone gives, for those that can't carry an answer. */
function reasonOfStatus(status: number): BadrUnavailableReason | undefined {
  if (status >= 500 || status === 429 || status === 408) return 'server_error';
  if (status === 401 || status === 403) return 'access_denied';
  if (status === 200 || status === 201 || status === 404 || status === 409 || status === 422)
    return undefined;
  return status >= 400 ? 'question_refused' : 'invalid_answer';
}

/**
 * Sends one request and reads its JSON answer of 1 MB at most; redirects aren't followed, because they would carry the key elsewhere.
 * Throws `BadrFault`; when the signal was aborted its reason is `timeout`, the caller knows whether it was time or itself.
 */
export async function requestBadr(request: BadrRequest): Promise<BadrAnswer> {
  const { method, url, key, body, signal } = request;
  try {
    const response = await request.fetch(url, {
      method,
      redirect: 'manual',
      signal,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const reason =
      reasonOfStatus(response.status) ??
      (jsonType.test(response.headers.get('content-type') ?? '') ? undefined : 'invalid_answer');
    if (reason) {
      await response.body?.cancel();
      throw new BadrFault(reason);
    }
    const content = parseJson(await readBounded(response));
    return {
      status: response.status,
      as(schema) {
        const parsed = schema.safeParse(content);
        if (!parsed.success) throw new BadrFault('invalid_answer', { cause: parsed.error });
        return parsed.data;
      },
    };
  } catch (error) {
    if (signal.aborted) throw new BadrFault('timeout', { cause: error });
    if (error instanceof BadrFault) throw error;
    throw new BadrFault('unreachable', { cause: error });
  }
}
