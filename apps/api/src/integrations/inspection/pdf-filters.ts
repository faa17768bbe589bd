import { constants, createInflateRaw, inflateRawSync, inflateSync } from 'node:zlib';
import { isWhitespace } from './pdf-lexer.ts';
import { PdfRefusal } from './pdf-verdict.ts';

/** Where decoded bytes go: kept, or only counted. Refuses (`too_complex`) what passes its capacity. */
class Output {
  length = 0;
  private readonly capacity: number;
  private readonly keep: boolean;
  private buffer: Buffer;

  constructor(capacity: number, keep: boolean) {
    this.capacity = capacity;
    this.keep = keep;
    this.buffer = Buffer.alloc(keep ? Math.min(capacity, 65_536) : 0);
  }

  /** Makes place for more bytes; gives where to write them, or undefined when they are only counted. */
  grow(count: number): Buffer | undefined {
    this.length += count;
    if (this.length > this.capacity) throw new PdfRefusal('too_complex');
    if (!this.keep) return undefined;
    if (this.length > this.buffer.length) {
      const larger = Buffer.alloc(Math.min(this.capacity, Math.max(this.length, 2 * this.buffer.length)));
      this.buffer.copy(larger);
      this.buffer = larger;
    }
    return this.buffer;
  }

  push(code: number): void {
    const buffer = this.grow(1);
    if (buffer !== undefined) buffer[this.length - 1] = code;
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }
}

const ZLIB_OPTIONS = { chunkSize: 65_536, finishFlush: constants.Z_SYNC_FLUSH };

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** Whether the two first bytes are a zlib header without a preset dictionary (RFC 1950). */
function hasZlibHeader(bytes: Buffer): boolean {
  const [method = 0, flags = 0] = bytes;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0 && (flags & 0x20) === 0;
}

/**
 * Inflates bytes which must be sound, but for a missing end or checksum: those are repaired alike by all readers.
 *
 * @throws PdfRefusal `too_complex` over the capacity, `unreadable` for unsound bytes.
 */
function inflateStrictly(bytes: Buffer, capacity: number): Buffer {
  if (!hasZlibHeader(bytes)) throw new PdfRefusal('unreadable');
  try {
    return inflateRawSync(bytes.subarray(2), { ...ZLIB_OPTIONS, maxOutputLength: capacity });
  } catch (error) {
    throw new PdfRefusal(isTooLarge(error) ? 'too_complex' : 'unreadable');
  }
}

/** Counts what comes out, in constant memory, up to where the bytes stop making sense. */
function countDeflated(bytes: Buffer, capacity: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = createInflateRaw({ chunkSize: 131_072, finishFlush: constants.Z_SYNC_FLUSH });
    let count = 0;
    stream.on('data', (chunk: Buffer) => {
      count += chunk.length;
      if (count > capacity) {
        stream.destroy();
        reject(new PdfRefusal('too_complex'));
      }
    });
    stream.on('end', () => resolve(count));
    stream.on('error', () => resolve(count));
    stream.end(bytes);
  });
}

const QUICK_BYTES = 1_048_576;

/** Counts what a stream inflates to. Unsound bytes count up to where they stop making sense. */
async function countInflated(bytes: Buffer, capacity: number): Promise<number> {
  // Most streams are small: they are not worth a trip through the thread pool.
  if (bytes.length < 65_536) {
    try {
      const { length } = inflateSync(bytes, { ...ZLIB_OPTIONS, maxOutputLength: QUICK_BYTES });
      if (length > capacity) throw new PdfRefusal('too_complex');
      return length;
    } catch (error) {
      if (error instanceof PdfRefusal) throw error;
    }
  }
  return countDeflated(bytes.subarray(hasZlibHeader(bytes) ? 2 : 0), capacity);
}

function decodeLzw(bytes: Buffer, earlyChange: number, output: Output): void {
  const previous = new Uint16Array(4096);
  const first = new Uint8Array(4096);
  const last = new Uint8Array(4096);
  const lengths = new Uint16Array(4096);
  for (let code = 0; code < 256; code += 1) {
    first[code] = code;
    last[code] = code;
    lengths[code] = 1;
  }
  let width = 9;
  let next = 258;
  let before = -1;
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xff_ffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >>> bits) & ((1 << width) - 1);
    if (code === 257) return;
    if (code === 256) {
      width = 9;
      next = 258;
      before = -1;
      continue;
    }
    if (code > next || (code === next && before < 0)) return;
    if (before >= 0 && next < 4096) {
      previous[next] = before;
      lengths[next] = (lengths[before] ?? 0) + 1;
      first[next] = first[before] ?? 0;
      last[next] = first[code === next ? before : code] ?? 0;
      next += 1;
    }
    const length = lengths[code] ?? 0;
    const buffer = output.grow(length);
    if (buffer !== undefined) {
      for (let at = output.length - 1, from = code; at >= output.length - length; at -= 1) {
        buffer[at] = last[from] ?? 0;
        from = previous[from] ?? 0;
      }
    }
    before = code;
    if (next + earlyChange >= 1 << width && width < 12) width += 1;
  }
}

function decodeRunLength(bytes: Buffer, output: Output): void {
  let at = 0;
  while (at < bytes.length) {
    const code = bytes[at] ?? 128;
    if (code === 128) return;
    const count = code < 128 ? Math.min(code + 1, bytes.length - at - 1) : 257 - code;
    const buffer = output.grow(count);
    if (code < 128) {
      if (buffer !== undefined) bytes.copy(buffer, output.length - count, at + 1, at + 1 + count);
      at += 1 + count;
    } else {
      buffer?.fill(bytes[at + 1] ?? 0, output.length - count, output.length);
      at += 2;
    }
  }
}

function decodeHex(bytes: Buffer, output: Output): void {
  let high = -1;
  for (const code of bytes) {
    if (code === 0x3e) break;
    const digit = Number.parseInt(String.fromCharCode(code), 16);
    if (Number.isNaN(digit)) continue;
    if (high < 0) {
      high = digit;
    } else {
      output.push(high * 16 + digit);
      high = -1;
    }
  }
  if (high >= 0) output.push(high * 16);
}

function decodeAscii85(bytes: Buffer, output: Output): void {
  let group: number[] = [];
  const flush = (count: number) => {
    while (group.length < 5) group.push(84);
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
    for (let index = 0; index < count; index += 1) output.push(Math.floor(value / 256 ** (3 - index)) & 0xff);
    group = [];
  };
  for (const code of bytes) {
    if (code === 0x7e) break;
    if (code === 0x7a && group.length === 0) {
      for (let index = 0; index < 4; index += 1) output.push(0);
    } else if (code >= 33 && code <= 117 && !isWhitespace(code)) {
      group.push(code - 33);
      if (group.length === 5) flush(4);
    }
  }
  if (group.length > 1) flush(group.length - 1);
}

/** A filter by its full name, with what of its parameters changes the bytes. */
export interface Filter {
  readonly name: string;
  /** LZW: whether codes widen one code early, as they do unless told otherwise. */
  readonly earlyChange: number;
}

function decodeOther(filter: Filter, bytes: Buffer, output: Output): void {
  switch (filter.name) {
    case 'LZWDecode':
      decodeLzw(bytes, filter.earlyChange, output);
      return;
    case 'RunLengthDecode':
      decodeRunLength(bytes, output);
      return;
    case 'ASCIIHexDecode':
      decodeHex(bytes, output);
      return;
    case 'ASCII85Decode':
      decodeAscii85(bytes, output);
      return;
    default:
      throw new PdfRefusal('unreadable');
  }
}

/**
 * What a filter makes of bytes.
 *
 * @throws PdfRefusal `too_complex` over the capacity in bytes, `unreadable` for unsound bytes or another filter.
 */
export function decode(filter: Filter, bytes: Buffer, capacity: number): Buffer {
  if (filter.name === 'FlateDecode') return inflateStrictly(bytes, capacity);
  const output = new Output(capacity, true);
  decodeOther(filter, bytes, output);
  return output.bytes();
}

/**
 * How many bytes a filter makes, without keeping them.
 *
 * @throws PdfRefusal `too_complex` over the capacity in bytes, `unreadable` for another filter.
 */
export async function countDecoded(filter: Filter, bytes: Buffer, capacity: number): Promise<number> {
  if (filter.name === 'FlateDecode') return await countInflated(bytes, capacity);
  const output = new Output(capacity, false);
  decodeOther(filter, bytes, output);
  return output.length;
}
