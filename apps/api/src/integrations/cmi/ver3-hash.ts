import { createHash } from 'node:crypto';
import { equalsInConstantTime } from '../payment-gateway/callback-body.ts';
import type { FormField } from '../payment-gateway/payment-gateway.ts';
import { decodeHtmlEntities } from './html-entities.ts';

/**
 * CMI's hash `ver3`, the same for the request, the callback and the browser's return. It covers the values in the order of their names,
 * not the names themselves: a signed request with renamed fields is a rightly signed callback. What a right hash proves is therefore only
 * that somebody who was given signed values sent them; `cmi-callback.ts` asks for more.
 */

const unhashed = new Set(['hash', 'encoding']);

const escape = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('|', '\\|');

/** PHP's natcasesort: runs of digits compare as numbers, letters in upper case (so `_` comes after them). */
function compareNames(left: string, right: string): number {
  const parts = (name: string) => name.toUpperCase().match(/\d+|\D/g) ?? [];
  const [leftParts, rightParts] = [parts(left), parts(right)];
  for (let index = 0; index < Math.min(leftParts.length, rightParts.length); index += 1) {
    const [a = '', b = ''] = [leftParts[index], rightParts[index]];
    const bothDigits = /^\d/.test(a) && /^\d/.test(b);
    const order = bothDigits ? Math.sign(Number(a) - Number(b)) : a < b ? -1 : a > b ? 1 : 0;
    if (order !== 0) return order;
  }
  return leftParts.length - rightParts.length;
}

/** The text that is hashed, store key included: only for tests and for finding a fault by hand, never for a log. */
export function ver3Text(fields: readonly FormField[], storeKey: string): string {
  const values = fields
    .filter(([name]) => !unhashed.has(name.toLowerCase()))
    .toSorted(([left], [right]) => compareNames(left, right))
    .map(([, value]) => `${escape(value)}|`);
  return `${values.join('')}${escape(storeKey)}`;
}

const hashOf = (fields: readonly FormField[], storeKey: string) =>
  createHash('sha512').update(ver3Text(fields, storeKey), 'utf8').digest('base64');

/** The hash of a request that we send: values are trimmed first, as CMI does. */
export const signRequest = (fields: readonly FormField[], storeKey: string): string =>
  hashOf(
    fields.map(([name, value]) => [name, value.trim()]),
    storeKey,
  );

/** A received field as it counts: one final newline removed, then entities decoded. */
const received = ([name, value]: FormField): FormField => [
  name,
  decodeHtmlEntities(value.replace(/\n$/, '')),
];

/** `missing` and `wrong` also when HASH stands there twice. `fields` are as they count: newline removed, entities decoded. */
export type Ver3Verdict = {
  readonly hash: 'right' | 'wrong' | 'missing';
  readonly fields: readonly FormField[];
};

/** Checks the hash of a callback or a browser's return. Never throws. */
export function checkReceived(raw: readonly FormField[], storeKey: string): Ver3Verdict {
  const fields = raw.map(received);
  const hashes = fields.filter(([name]) => name.toLowerCase() === 'hash').map(([, value]) => value);
  const [hash] = hashes;
  if (hash === undefined || hash === '') return { hash: 'missing', fields };
  const right = hashes.length === 1 && equalsInConstantTime(hash, hashOf(fields, storeKey));
  return { hash: right ? 'right' : 'wrong', fields };
}
