import { PDF_MAX_BYTES, type PdfRule } from './pdf-verdict.ts';

/**
 * What can be said from the size and the first bytes: cheap enough for the thread which answers requests.
 *
 * The header must be the very first bytes, although viewers look for it in the first 1024: what may stand before
 * it is what makes a file an image or a web page as well.
 */
export function checkHead(size: number, head: Uint8Array): PdfRule | undefined {
  if (size === 0) return 'empty';
  if (size > PDF_MAX_BYTES) return 'too_large';
  return /^%PDF-[12]\.\d/.test(Buffer.from(head.subarray(0, 8)).toString('latin1')) ? undefined : 'not_pdf';
}

/** The number of bytes of {@link checkHead}'s `head`. */
export const HEAD_BYTES = 8;
