import { createHash, timingSafeEqual } from 'node:crypto';

export type Fields = readonly (readonly [name: string, value: string])[];

const escape = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('|', '\\|');

/** CMI's `ver3` hash, written for the bank's side without the portal's code, so that each checks the other. */
export function ver3(fields: Fields, storeKey: string): string {
  const signed = fields
    .filter(([name]) => !['hash', 'encoding'].includes(name.toLowerCase()))
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  const text = [...signed.map(([, value]) => escape(value)), escape(storeKey)].join('|');
  return createHash('sha512').update(text, 'utf8').digest('base64');
}

/** Whether a request's HASH is right; its values are trimmed first. */
export function isRightHash(fields: Fields, storeKey: string): boolean {
  const given = fields.filter(([name]) => name.toLowerCase() === 'hash');
  const expected = ver3(
    fields.map(([name, value]) => [name, value.trim()]),
    storeKey,
  );
  const [first] = given;
  if (given.length !== 1 || !first || first[1].length !== expected.length) return false;
  return timingSafeEqual(Buffer.from(first[1]), Buffer.from(expected));
}
