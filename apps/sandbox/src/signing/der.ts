/** Writes values in DER (X.690), as far as certificates and signatures need them. */

function lengthOf(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const hex = size.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

const tagged = (tag: number, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);

export const sequence = (...parts: Uint8Array[]): Buffer => tagged(0x30, Buffer.concat(parts));
/** A set in the order that DER asks of its parts. */
export const set = (...parts: Uint8Array[]): Buffer =>
  tagged(0x31, Buffer.concat(parts.toSorted((one, other) => Buffer.compare(one, other))));
/** `[n]`, constructed. */
export const context = (number: number, content: Uint8Array): Buffer => tagged(0xa0 | number, content);
export const octets = (content: Uint8Array): Buffer => tagged(0x04, content);
export const bits = (content: Uint8Array, unused = 0): Buffer =>
  tagged(0x03, Buffer.concat([Buffer.from([unused]), content]));
export const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 0xff : 0]));
export const text = (value: string): Buffer => tagged(0x0c, Buffer.from(value, 'utf8'));
export const printable = (value: string): Buffer => tagged(0x13, Buffer.from(value, 'latin1'));

/** A whole number that isn't negative, given as its bytes. */
export function integer(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const kept = start < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(start));
  return tagged(0x02, (kept[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), kept]) : kept);
}

/** Between 1950 and 2049. */
export const time = (at: Date): Buffer =>
  tagged(0x17, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`, 'latin1'));

export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...others].flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tagged(0x06, Buffer.from(bytes));
}
