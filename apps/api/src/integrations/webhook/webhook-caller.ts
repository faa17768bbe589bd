import type { WebhookAttempt } from '@rnoce/schemas';
import { Agent, type Dispatcher } from 'undici';
import {
  AddressRefused,
  isPublicAddress,
  literalAddress,
  publicLookup,
  type ResolveHost,
  resolveHostBy,
} from './webhook-addresses.ts';

export interface WebhookCallerOptions {
  /** How long an endpoint may take to answer, its name's resolution included, in milliseconds. */
  readonly timeoutMs: number;
  /** `http` and addresses of local networks are let in. */
  readonly localAddresses: boolean;
  readonly resolve?: ResolveHost;
}

export interface WebhookCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of a call; without a status there was no answer, and `error` says why. */
export interface WebhookAnswer extends Pick<WebhookAttempt, 'status' | 'error' | 'answer'> {
  /** The header `Retry-After`, as it came. */
  readonly retryAfter: string | undefined;
}

export interface WebhookCaller {
  /** Posts a message. Never throws but when `stop` was aborted: what became of the call is unknown then. */
  readonly call: (call: WebhookCall, stop: AbortSignal) => Promise<WebhookAnswer>;
  readonly close: () => Promise<void>;
}

/** How much of an answer is kept, in characters; a character has at most four bytes. */
const answerCharacters = 1000;
const answerBytes = answerCharacters * 4;

const timeouts = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);
/** Codes of OpenSSL and Node that say that the other side's certificate or handshake isn't good. */
const tlsCodes = /^(?:ERR_TLS|ERR_SSL|CERT_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** Why there was no answer, in the journal's words: a library's text may hold what isn't for strangers. */
function errorOf(error: unknown): NonNullable<WebhookAttempt['error']> {
  let found: NonNullable<WebhookAttempt['error']> = 'connection';
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AddressRefused) return 'address_refused';
    const code = 'code' in cause ? String(cause.code) : '';
    if (timeouts.has(code)) found = 'timeout';
    if (tlsCodes.test(code)) found = 'tls';
  }
  return found;
}

/** The beginning of an answer, as text that PostgreSQL can keep; what can't be read in time is left out. */
async function readAnswer(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Leaving the loop ends the connection: an endless answer isn't read.
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size >= answerBytes) break;
    }
  } catch {
    // The status came, and it decides.
  }
  const text = Buffer.concat(chunks).toString('utf8').replaceAll('\0', '\ufffd');
  return Array.from(text).slice(0, answerCharacters).join('');
}

/**
 * Calls endpoints that strangers named. Where a call leads is judged at its connection; redirects aren't followed, because they would lead
 * anywhere with a signed body; an answer is read to its beginning alone, and never unpacked.
 */
export function createWebhookCaller({
  timeoutMs,
  localAddresses,
  resolve = resolveHostBy(),
}: WebhookCallerOptions): WebhookCaller {
  const agent = new Agent({
    allowH2: false,
    connect: {
      timeout: timeoutMs,
      ...(localAddresses ? {} : { lookup: publicLookup(resolve) }),
    },
  });

  const assertAllowed = (url: URL): void => {
    if (localAddresses) return;
    // A socket asks `lookup` about names alone.
    const literal = literalAddress(url);
    if (url.protocol !== 'https:' || (literal !== undefined && !isPublicAddress(literal)))
      throw new AddressRefused();
  };

  return {
    call: async ({ url: text, headers, body }, stop) => {
      const time = AbortSignal.timeout(timeoutMs);
      try {
        const url = new URL(text);
        assertAllowed(url);
        const response = await agent.request({
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'RNOCE-Webhooks/1' },
          body,
          signal: AbortSignal.any([time, stop]),
        });
        const { statusCode: status } = response;
        const retryAfter = response.headers['retry-after'];
        return {
          status,
          error: status >= 300 && status < 400 ? 'redirect' : null,
          answer: await readAnswer(response.body),
          retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
        };
      } catch (error) {
        stop.throwIfAborted();
        return {
          status: null,
          error: time.aborted ? 'timeout' : errorOf(error),
          answer: '',
          retryAfter: undefined,
        };
      }
    },
    close: () => agent.destroy(),
  };
}
