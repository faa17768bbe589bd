import { crc32 } from 'node:zlib';
import { ImageRefusal, type ImageSize, requireSound } from './image.ts';

const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's data. */
const CHUNK_OVERHEAD = 12;

const DEPTHS_BY_COLOUR: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

/**
 * Walks the chunks of a PNG (ISO 15948), each with its checksum, from IHDR to an IEND which ends the bytes.
 *
 * @throws ImageRefusal `unreadable`, or `too_complex` for an animation.
 */
export function measurePng(bytes: Buffer): ImageSize {
  let size: ImageSize | undefined;
  let imageBytes = 0;
  let palette = false;
  let at = SIGNATURE_BYTES;
  for (;;) {
    requireSound(at + CHUNK_OVERHEAD <= bytes.length);
    const length = bytes.readUInt32BE(at);
    requireSound(at + CHUNK_OVERHEAD + length <= bytes.length);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    requireSound(crc32(bytes.subarray(at + 4, at + 8 + length)) === bytes.readUInt32BE(at + 8 + length));
    requireSound((type === 'IHDR') === (size === undefined));
    at += CHUNK_OVERHEAD + length;
    if (type === 'IHDR') {
      requireSound(length === 13);
      requireSound(DEPTHS_BY_COLOUR.get(data.readUInt8(9))?.includes(data.readUInt8(8)) === true);
      requireSound(data.readUInt8(10) === 0 && data.readUInt8(11) === 0 && data.readUInt8(12) <= 1);
      size = { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
      palette = data.readUInt8(9) !== 3;
    }
    if (type === 'acTL') throw new ImageRefusal('too_complex');
    if (type === 'PLTE') palette = true;
    if (type === 'IDAT') imageBytes += length;
    if (type === 'IEND') break;
  }
  requireSound(size !== undefined && palette && imageBytes > 0 && at === bytes.length);
  return size;
}
