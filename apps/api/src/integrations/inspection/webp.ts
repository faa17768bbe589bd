import { ImageRefusal, type ImageSize, requireSound } from './image.ts';

const ANIMATION_FLAG = 0x02;

/** The size in a lossy (VP8) frame's header (RFC 6386, 9.1). */
function measureLossy(data: Buffer): ImageSize {
  requireSound(data.length >= 10 && data.readUIntBE(3, 3) === 0x9d_01_2a);
  return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
}

/** The size in a lossless (VP8L) header: 14 bits each, less one. */
function measureLossless(data: Buffer): ImageSize {
  requireSound(data.length >= 5 && data.readUInt8(0) === 0x2f);
  const bits = data.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** The canvas of an extended (VP8X) header. */
function measureCanvas(data: Buffer): ImageSize {
  requireSound(data.length === 10);
  if ((data.readUInt8(0) & ANIMATION_FLAG) !== 0) throw new ImageRefusal('too_complex');
  return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
}

/**
 * Walks the chunks of a WebP (RFC 9649), which must fill the bytes exactly.
 *
 * @throws ImageRefusal `unreadable`, or `too_complex` for an animation.
 */
export function measureWebp(bytes: Buffer): ImageSize {
  requireSound(bytes.length >= 20 && bytes.readUInt32LE(4) === bytes.length - 8);
  let canvas: ImageSize | undefined;
  let image: ImageSize | undefined;
  let at = 12;
  while (at < bytes.length) {
    requireSound(at + 8 <= bytes.length);
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    requireSound(at + 8 + length <= bytes.length);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'VP8X') {
      requireSound(at === 12);
      canvas = measureCanvas(data);
    } else if (type === 'ANIM' || type === 'ANMF') {
      throw new ImageRefusal('too_complex');
    } else if (type === 'VP8 ' || type === 'VP8L') {
      requireSound(image === undefined);
      image = type === 'VP8 ' ? measureLossy(data) : measureLossless(data);
    }
    at += 8 + length + (length % 2);
  }
  requireSound(image !== undefined && at === bytes.length);
  return canvas ?? image;
}
