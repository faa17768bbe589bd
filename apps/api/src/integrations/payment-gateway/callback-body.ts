import { createHash, timingSafeEqual } from 'node:crypto';
import { maskCardNumbers, maskField, maskJson } from './card-data.ts';
import type { CallbackRecord, FormField, RawCallback } from './payment-gateway.ts';

/** A callback is a few hundred bytes; beyond this one is not read, only counted. */
export const maxCallbackBytes = 64 * 1024;
const maxFields = 300;
const maxStored = 16_000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A header's value, undefined when absent or repeated. */
export function headerOf(raw: RawCallback, name: string): string | undefined {
  const value = raw.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The fields of a posted form in the order received, repeated names included; undefined when the body isn't one. Never throws. */
export function readForm(body: Buffer): FormField[] | undefined {
  if (body.length === 0 || body.length > maxCallbackBytes) return undefined;
  const fields: FormField[] = [];
  try {
    for (const pair of utf8.decode(body).split('&')) {
      if (fields.length >= maxFields) return undefined;
      const [name = '', ...rest] = pair.split('=');
      const decode = (part: string) => decodeURIComponent(part.replaceAll('+', ' '));
      // URLSearchParams would replace what isn't UTF-8, and so change what was signed.
      fields.push([decode(name), decode(rest.join('='))]);
    }
  } catch {
    return undefined;
  }
  return fields;
}

/** The JSON of a body; undefined when it isn't any. Never throws. */
export function readJson(body: Buffer): unknown {
  if (body.length === 0 || body.length > maxCallbackBytes) return undefined;
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}

/** What may be stored of an inbound request: card data masked, cut at 16,000 characters. Never throws. */
export function recordOf(raw: RawCallback): CallbackRecord {
  const contentType = (headerOf(raw, 'content-type') ?? '').slice(0, 200);
  return { contentType, body: storable(raw, contentType).slice(0, maxStored), sha256: sha256(raw.body) };
}

function storable({ body }: RawCallback, contentType: string): string {
  if (/json/i.test(contentType)) {
    const json = readJson(body);
    if (json !== undefined) return JSON.stringify(maskJson(json));
  } else {
    const fields = readForm(body);
    if (fields)
      return fields
        .map(([name, value]) => [maskCardNumbers(name), maskField(name, value)])
        .map(([name = '', value = '']) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
        .join('&');
  }
  // No PostgreSQL text holds NUL.
  return maskCardNumbers(body.subarray(0, maxStored).toString('utf8')).replaceAll('\0', '\uFFFD');
}

const sha256 = (body: Buffer) => createHash('sha256').update(body).digest('hex');

/** Whether two texts are equal, in a time that tells nothing about where they differ. */
export function equalsInConstantTime(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(left), digest(right));
}
