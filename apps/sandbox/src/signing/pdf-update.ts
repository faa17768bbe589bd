/** Adds revisions to PDF files with a plain table of objects, such as the portal's contracts: what a signer's program does. */

/** The file isn't one that these few lines can sign. */
export class UnsignablePdf extends Error {
  constructor(what: string) {
    super(`Ce fichier n'est pas un contrat du portail : ${what}`);
    this.name = 'UnsignablePdf';
  }
}

/** An object: its number, and all between `obj` and `endobj`. */
export type PdfObject = readonly [number: number, body: string];

function lastMatch(text: string, pattern: RegExp, what: string): string {
  const found = [...text.matchAll(pattern)].at(-1)?.[1];
  if (found === undefined) throw new UnsignablePdf(what);
  return found;
}

/** The text of an object as the last revision has it. */
export function bodyOf(pdf: Buffer, number: number): string {
  const written = new RegExp(`(?<!\\d)${String(number)} 0 obj\\s+((?:(?!endobj)[\\s\\S])*?)\\s*endobj`, 'g');
  return lastMatch(pdf.toString('latin1'), written, `objet ${String(number)} absent`);
}

export interface PdfNumbers {
  readonly root: number;
  /** The first page. */
  readonly page: number;
  /** The number that a new object takes. */
  readonly next: number;
}

export function numbersOf(pdf: Buffer): PdfNumbers {
  const text = pdf.toString('latin1');
  if (!text.startsWith('%PDF-')) throw new UnsignablePdf('pas un PDF');
  return {
    root: Number(lastMatch(text, /\/Root (\d+) 0 R/g, 'racine absente')),
    page: Number(lastMatch(text, /\/Kids \[(\d+) 0 R/g, 'pages absentes')),
    next: Number(lastMatch(text, /\/Size (\d+)/g, 'table absente')),
  };
}

/** The file with a revision more, of these objects. */
export function appendRevision(pdf: Buffer, objects: readonly PdfObject[]): Buffer {
  const { root, next } = numbersOf(pdf);
  const previous = lastMatch(pdf.toString('latin1'), /startxref\s+(\d+)/g, 'table absente');
  let written = pdf.toString('latin1');
  let entries = '';
  for (const [number, body] of objects) {
    entries += `${String(number)} 1\n${String(written.length).padStart(10, '0')} 00000 n \n`;
    written += `${String(number)} 0 obj\n${body}\nendobj\n`;
  }
  const size = Math.max(next, ...objects.map(([number]) => number + 1));
  const table = written.length;
  written += `xref\n0 1\n0000000000 65535 f \n${entries}`;
  written += `trailer\n<< /Size ${String(size)} /Root ${String(root)} 0 R /Prev ${previous} >>\n`;
  return Buffer.from(`${written}startxref\n${String(table)}\n%%EOF\n`, 'latin1');
}

/** A dictionary with an entry more. */
export const withEntry = (body: string, entry: string): string => body.replace(/>>\s*$/, `${entry}\n>>`);

/** A dictionary in which a list has a reference more, made if it isn't there: `[4 0 R]` → `[4 0 R 7 0 R]`. */
export function withReference(body: string, list: RegExp, reference: string, otherwise: string): string {
  return list.test(body)
    ? body.replace(list, (_whole, head: string, listed: string) => `${head}[${listed} ${reference}]`)
    : withEntry(body, otherwise);
}
