import { createHash } from 'node:crypto';
import type { FileRefusal } from '@rnoce/schemas';
import { ImageRefusal, type ImageSize } from './image.ts';
import { measureJpeg } from './jpeg.ts';
import { measurePng } from './png.ts';
import { measureWebp } from './webp.ts';

/** 1 MB, inclusive, in bytes. */
export const LOGO_MAX_BYTES = 1_048_576;

/** Pixels of a logo's side at most. */
export const LOGO_MAX_SIDE = 4096;

/**
 * Why a logo is refused:
 *
 * - `empty`, `too_large` (over {@link LOGO_MAX_BYTES});
 * - `not_image`: neither PNG, JPEG nor WebP by its first bytes;
 * - `unreadable`: truncated, damaged, or followed by something else than the image;
 * - `too_complex`: a side over {@link LOGO_MAX_SIDE}, or animated.
 */
export type LogoRule = Extract<
  FileRefusal,
  'empty' | 'too_large' | 'not_image' | 'unreadable' | 'too_complex'
>;

export type LogoType = 'image/png' | 'image/jpeg' | 'image/webp';

/** What the inspection says of a logo. Width and height in pixels, `sha256` in lower-case hexadecimal. */
export type LogoVerdict =
  | {
      readonly ok: true;
      readonly mime: LogoType;
      readonly width: number;
      readonly height: number;
      readonly sha256: string;
    }
  | { readonly ok: false; readonly rule: LogoRule };

interface Format {
  readonly mime: LogoType;
  readonly matches: (bytes: Buffer) => boolean;
  readonly measure: (bytes: Buffer) => ImageSize;
}

const startsWith = (magic: string) => (bytes: Buffer) => bytes.toString('latin1', 0, magic.length) === magic;

const FORMATS: readonly Format[] = [
  { mime: 'image/png', matches: startsWith('\u0089PNG\r\n\u001a\n'), measure: measurePng },
  { mime: 'image/jpeg', matches: startsWith('\u00ff\u00d8\u00ff'), measure: measureJpeg },
  {
    mime: 'image/webp',
    matches: (bytes) => startsWith('RIFF')(bytes) && bytes.toString('latin1', 8, 12) === 'WEBP',
    measure: measureWebp,
  },
];

/**
 * Judges a logo by its bytes: its format, and that it is one whole image of that format from the first byte to
 * the last. The pixels are not decoded, so an image may pass which shows nothing. SVG is refused: it is a
 * document with scripts, not an image. Takes about a millisecond.
 */
export function checkLogo(bytes: Uint8Array): LogoVerdict {
  if (bytes.length === 0) return { ok: false, rule: 'empty' };
  if (bytes.length > LOGO_MAX_BYTES) return { ok: false, rule: 'too_large' };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = FORMATS.find(({ matches }) => matches(buffer));
  if (format === undefined) return { ok: false, rule: 'not_image' };
  try {
    const { width, height } = format.measure(buffer);
    if (width === 0 || height === 0) return { ok: false, rule: 'unreadable' };
    if (width > LOGO_MAX_SIDE || height > LOGO_MAX_SIDE) return { ok: false, rule: 'too_complex' };
    const sha256 = createHash('sha256').update(buffer).digest('hex');
    return { ok: true, mime: format.mime, width, height, sha256 };
  } catch (error) {
    if (error instanceof ImageRefusal) return { ok: false, rule: error.rule };
    throw error;
  }
}
