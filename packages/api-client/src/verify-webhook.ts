import type { Event } from '@rnoce/schemas/events';

/** Why a call is not to be believed. Answer 400 and do nothing. */
export type WebhookFault =
  | 'header_missing'
  | 'timestamp_unreadable'
  | 'too_old'
  | 'too_new'
  | 'signature_wrong'
  | 'body_unreadable';

export class WebhookError extends Error {
  readonly fault: WebhookFault;
  constructor(fault: WebhookFault) {
    super(`The webhook is refused: ${fault.replaceAll('_', ' ')}.`);
    this.name = 'WebhookError';
    this.fault = fault;
  }
}

export interface WebhookCall {
  /** The body as it came, byte for byte: what a framework parsed and wrote again has another signature. */
  readonly body: string | Uint8Array;
  /** Of the request: `Headers`, or the object of Node's `request.headers`. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** `whsec_…`; during a rotation both secrets, in any order. */
  readonly secrets: string | readonly string[];
  /** How far its time may lie from `now`, in seconds, before and after. */
  readonly toleranceSeconds?: number;
  readonly now?: Date;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function joined(start: Uint8Array, end: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(start.length + end.length);
  whole.set(start);
  whole.set(end, start.length);
  return whole;
}

function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function headerOf(headers: WebhookCall['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value !== 'string' || value === '') throw new WebhookError('header_missing');
  return value;
}

const importSecret = (secret: string): Promise<CryptoKey> => {
  const bytes = bytesOfBase64(secret.replace(/^whsec_/, ''));
  if (!bytes || bytes.length === 0) throw new TypeError('A webhook secret is `whsec_` and base64.');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
};

/** The signatures of version 1 in a header; those of versions to come are passed over. */
const signaturesOf = (header: string): Uint8Array<ArrayBuffer>[] =>
  header.split(' ').flatMap((one) => (one.startsWith('v1,') ? (bytesOfBase64(one.slice(3)) ?? []) : []));

function requireRecent(timestamp: string, now: Date, toleranceSeconds: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookError('timestamp_unreadable');
  const age = now.getTime() / 1000 - Number(timestamp);
  if (age > toleranceSeconds) throw new WebhookError('too_old');
  if (age < -toleranceSeconds) throw new WebhookError('too_new');
}

function eventOf(id: string, body: Uint8Array): Event {
  try {
    const read: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (typeof read === 'object' && read !== null && 'type' in read && 'data' in read)
      return { ...read, id } as Event;
  } catch {
    // Told below.
  }
  throw new WebhookError('body_unreadable');
}

/**
 * The event of a call that we made (Standard Webhooks 1.0): signed by one of the secrets, and of now. The same event may come more than once, with
 * the same `id`, and out of order: keep the ids that were dealt with. Types and fields are only ever added, so those that this version doesn't know
 * come through as well: end a `switch` on the type by doing nothing.
 *
 * @throws WebhookError the call isn't ours, or not of now
 * @throws TypeError a secret is none
 */
export async function verifyWebhook(call: WebhookCall): Promise<Event> {
  const { headers, secrets, toleranceSeconds = 300, now = new Date() } = call;
  const keys = await Promise.all((typeof secrets === 'string' ? [secrets] : secrets).map(importSecret));
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = signaturesOf(headerOf(headers, 'webhook-signature'));
  requireRecent(timestamp, now, toleranceSeconds);
  const body = typeof call.body === 'string' ? bytesOf(call.body) : call.body;
  const signed = joined(bytesOf(`${id}.${timestamp}.`), body);
  // `verify` compares in the same time wherever the difference is.
  const verdicts = await Promise.all(
    keys.flatMap((key) =>
      signatures.map((signature) => crypto.subtle.verify('HMAC', key, signature, signed)),
    ),
  );
  if (!verdicts.includes(true)) throw new WebhookError('signature_wrong');
  return eventOf(id, body);
}
