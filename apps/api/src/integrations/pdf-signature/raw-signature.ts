/** Looks for `ByteRange` as it stands, escapes in the name included: a hint for the reasons, never for trust. */
const BYTE_RANGE =
  /\/(?:B|#42)(?:y|#79)(?:t|#74)(?:e|#65)(?:R|#52)(?:a|#61)(?:n|#6e)(?:g|#67)(?:e|#65)\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})/gi;
const NAME = /\/(?:B|#42)(?:y|#79)(?:t|#74)(?:e|#65)(?:R|#52)(?:a|#61)(?:n|#6e)(?:g|#67)(?:e|#65)/i;

/** Whether the file seems to hold an electronic signature, wherever it be. */
export function hasByteRange(bytes: Buffer): boolean {
  return NAME.test(bytes.toString('latin1'));
}

/** How far the signature that reaches furthest covers the file; undefined without one. */
export function lastCoveredByte(bytes: Buffer): number | undefined {
  let end: number | undefined;
  for (const [, , , resume, length] of bytes.toString('latin1').matchAll(BYTE_RANGE)) {
    end = Math.max(end ?? 0, Number(resume) + Number(length));
  }
  return end;
}
