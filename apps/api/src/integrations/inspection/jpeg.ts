import { type ImageSize, requireSound } from './image.ts';

const SOS = 0xda;
const EOI = 0xd9;

/** Frames that browsers show: baseline, extended and progressive; not lossless, hierarchical or arithmetic. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

/** The offset of the first marker after coded data: stuffed bytes and restarts belong to the data. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  return bytes.length;
}

/**
 * Walks the segments of a JPEG (ISO 10918-1) from SOI to an EOI which ends the bytes.
 *
 * @throws ImageRefusal `unreadable`.
 */
export function measureJpeg(bytes: Buffer): ImageSize {
  let size: ImageSize | undefined;
  let scanned = false;
  let at = 2;
  for (;;) {
    requireSound(bytes[at] === 0xff);
    while (bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    requireSound(marker !== undefined && marker !== 0);
    at += 2;
    if (marker === EOI) break;
    requireSound(at + 2 <= bytes.length);
    const length = bytes.readUInt16BE(at);
    requireSound(length >= 2 && at + length <= bytes.length);
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      requireSound(FRAMES.has(marker) && size === undefined && length >= 11);
      size = { height: bytes.readUInt16BE(at + 3), width: bytes.readUInt16BE(at + 5) };
    }
    at += length;
    if (marker === SOS) {
      requireSound(size !== undefined);
      scanned = true;
      at = endOfScan(bytes, at);
    }
  }
  requireSound(size !== undefined && scanned && at === bytes.length);
  return size;
}
