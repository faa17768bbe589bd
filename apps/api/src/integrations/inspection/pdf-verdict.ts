import type { FileRefusal } from '@rnoce/schemas';

/**
 * Why a PDF is refused. The codes are stable: the API sends them and the portal has a text for each.
 *
 * In order of precedence: a file which is seen to break several rules gets the first.
 *
 * - `empty`: no byte.
 * - `too_large`: over {@link PDF_MAX_BYTES}.
 * - `not_pdf`: does not begin with `%PDF-1.x` or `%PDF-2.x`, or is at the same time a ZIP archive.
 * - `encrypted`: any trailer, of any revision, names an encryption dictionary (even with an empty password).
 * - `script`: JavaScript, or a form made with XFA.
 * - `launch_action`: an action which starts a program, opens another file, sends the form or plays a media.
 * - `embedded_file`: files inside the file: attachments, portfolios, rich media.
 * - `too_complex`: inflates, nests or counts beyond {@link PDF_LIMITS}, or was stopped by time or memory.
 * - `unreadable`: truncated, damaged beyond what is repaired, or without a page.
 */
export const PDF_RULES = [
  'empty',
  'too_large',
  'not_pdf',
  'encrypted',
  'script',
  'launch_action',
  'embedded_file',
  'too_complex',
  'unreadable',
] as const satisfies readonly FileRefusal[];

export type PdfRule = (typeof PDF_RULES)[number];

/** What the inspection says of a file. `pages` is at least 1; `sha256` is in lower-case hexadecimal. */
export type PdfVerdict =
  | { readonly ok: true; readonly pages: number; readonly sha256: string }
  | { readonly ok: false; readonly rule: PdfRule };

/** 3 MB, the size allowed by the operators' guide, inclusive, in bytes. */
export const PDF_MAX_BYTES = 3_145_728;

const MEBIBYTE = 1_048_576;

/**
 * What a document of {@link PDF_MAX_BYTES} may cost to open. Sizes in bytes. Each is several times what real
 * documents need (a 600 dpi colour page is 105 MB once inflated, a tagged text of 3 MB holds 50,000 objects).
 */
export const PDF_LIMITS = {
  /** Dictionaries and arrays inside each other. */
  depth: 100,
  /** Indirect objects, all revisions and object streams together. */
  objects: 150_000,
  /** Lexical tokens, object streams included. */
  tokens: 2_500_000,
  streams: 20_000,
  /** Filters chained on one stream. */
  filters: 6,
  /** Inflated bytes of all object and cross-reference streams. */
  structureBytes: 24 * MEBIBYTE,
  /** Inflated bytes of everything else but images. */
  contentBytes: 64 * MEBIBYTE,
  /** Inflated bytes of images. */
  imageBytes: 512 * MEBIBYTE,
  /** What a filter may hand to a following filter. */
  intermediateBytes: 24 * MEBIBYTE,
  /** Pixels of one image, whatever its codec. */
  imagePixels: 300_000_000,
  /** One row of a predictor. */
  predictorRowBytes: 4 * MEBIBYTE,
  /** Entries of cross-reference streams. */
  crossReferences: 300_000,
  pages: 5_000,
} as const;

/** Ends an inspection with a refusal; never leaves this folder. */
export class PdfRefusal extends Error {
  readonly rule: PdfRule;

  constructor(rule: PdfRule) {
    super(`PDF refused: ${rule}`);
    this.name = 'PdfRefusal';
    this.rule = rule;
  }
}
