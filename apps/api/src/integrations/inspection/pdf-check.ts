import { createHash } from 'node:crypto';
import { readDocument } from './pdf-document.ts';
import { checkHead } from './pdf-head.ts';
import { isWhitespace } from './pdf-lexer.ts';
import { PdfScan } from './pdf-scan.ts';
import { PdfStreamCheck, withoutUnmeasured } from './pdf-streams.ts';
import { Tally } from './pdf-values.ts';
import { PDF_RULES, PdfRefusal, type PdfRule, type PdfVerdict } from './pdf-verdict.ts';

/** The bytes which may follow the last `%%EOF`, besides white space: too few for the end of an archive (22). */
const MAX_TRAILING_BYTES = 16;

const ZIP_END_BYTES = 22;
const ZIP_MAX_COMMENT_BYTES = 65_535;

/**
 * Tells whether the bytes end like a ZIP archive, which is read from its end: the same file would be an archive
 * (or a Java program) under another name.
 */
function endsAsZip(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - ZIP_END_BYTES - ZIP_MAX_COMMENT_BYTES);
  for (let at = bytes.indexOf('PK\u0005\u0006', from, 'latin1'); at >= 0; ) {
    if (at + ZIP_END_BYTES <= bytes.length) {
      const directoryBytes = bytes.readUInt32LE(at + 12);
      const directoryStart = bytes.readUInt32LE(at + 16);
      if (directoryBytes + directoryStart <= at || directoryStart === 0xff_ff_ff_ff) return true;
    }
    at = bytes.indexOf('PK\u0005\u0006', at + 4, 'latin1');
  }
  return false;
}

function checkTail(bytes: Buffer): void {
  if (endsAsZip(bytes)) throw new PdfRefusal('not_pdf');
  const end = bytes.lastIndexOf('%%EOF');
  if (end < 0) throw new PdfRefusal('unreadable');
  let trailing = 0;
  for (let at = end + 5; at < bytes.length; at += 1) {
    if (!isWhitespace(bytes[at])) trailing += 1;
    if (trailing > MAX_TRAILING_BYTES) throw new PdfRefusal('unreadable');
  }
}

/** Runs a part of the inspection; its refusal becomes one of the rules found. */
async function collect(found: Set<PdfRule>, part: () => Promise<void> | void): Promise<void> {
  try {
    await part();
  } catch (error) {
    if (!(error instanceof PdfRefusal)) throw error;
    found.add(error.rule);
  }
}

async function inspect(bytes: Buffer): Promise<{ pages: number; found: ReadonlySet<PdfRule> }> {
  const head = checkHead(bytes.length, bytes);
  if (head !== undefined) return { pages: 0, found: new Set([head]) };
  const tally = new Tally(bytes.length);
  const { found } = tally;
  let pages = 0;
  const scan = new PdfScan(bytes, tally);
  await collect(found, () => checkTail(bytes));
  await collect(found, () => scan.readAll());
  // An encrypted file's streams cannot be opened; a file of which reading was given up is not read further.
  if (found.has('encrypted') || found.has('too_complex') || found.has('not_pdf')) return { pages, found };
  await collect(found, async () => await new PdfStreamCheck(bytes, scan, tally).checkAll());
  // pdf-lib must not see what was refused: it has no limits of its own.
  if (found.size > 0) return { pages, found };
  await collect(found, async () => {
    const document = await readDocument(withoutUnmeasured(bytes, scan));
    pages = document.pages;
    for (const rule of document.found) found.add(rule);
  });
  return { pages, found };
}

/**
 * Judges a PDF by its bytes alone. Not for the thread which answers requests: it takes from 10 ms to as long as
 * its caller lets it (see `createInspector`), and up to some 200 MB.
 */
export async function checkPdf(bytes: Buffer): Promise<PdfVerdict> {
  const { pages, found } = await inspect(bytes);
  const rule = PDF_RULES.find((candidate) => found.has(candidate));
  if (rule !== undefined) return { ok: false, rule };
  return { ok: true, pages, sha256: createHash('sha256').update(bytes).digest('hex') };
}
