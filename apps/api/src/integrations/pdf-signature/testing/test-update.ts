/** Writes revisions of PDF files by hand: as tools do, and as attackers do. */

/** An object to be written: its number, and all between `obj` and `endobj`. */
export type NewObject = readonly [objectNumber: number, body: string];

export interface RevisionOptions {
  /** Added to the trailer. */
  readonly trailer?: string;
  /** Written between the objects and the table. */
  readonly before?: string;
  /** Numbers declared free. */
  readonly freed?: readonly number[];
  /** Numbers which the table doesn't name. */
  readonly unlisted?: readonly number[];
}

const last = (text: string, pattern: RegExp): string => {
  const found = [...text.matchAll(pattern)].at(-1)?.[1];
  if (found === undefined) throw new Error(`The file has no ${pattern.source}`);
  return found;
};

/** The text of an object as its last definition has it. */
export function bodyOf(pdf: Buffer, objectNumber: number): string {
  return last(
    pdf.toString('latin1'),
    new RegExp(`(?<!\\d)${objectNumber} 0 obj\\s+((?:(?!endobj)[\\s\\S])*?)\\s*endobj`, 'g'),
  );
}

export function numbersOf(pdf: Buffer): { root: number; page: number; contents: number; size: number } {
  const text = pdf.toString('latin1');
  const page = Number(last(text, /\/Kids \[(\d+) 0 R/g));
  return {
    root: Number(last(text, /\/Root (\d+) 0 R/g)),
    page,
    contents: Number(last(bodyOf(pdf, page), /\/Contents (\d+) 0 R/g)),
    size: Number(last(text, /\/Size (\d+)/g)),
  };
}

/** The file with a revision more. */
export function appendRevision(
  pdf: Buffer,
  objects: readonly NewObject[],
  options: RevisionOptions = {},
): Buffer {
  const text = pdf.toString('latin1');
  const { root, size } = numbersOf(pdf);
  const previous = last(text, /startxref\s+(\d+)/g);
  let written = text;
  const entries: string[] = [];
  let highest = size - 1;
  for (const [objectNumber, body] of objects) {
    if (!options.unlisted?.includes(objectNumber)) {
      entries.push(`${objectNumber} 1\n${String(written.length).padStart(10, '0')} 00000 n \n`);
    }
    written += `${objectNumber} 0 obj\n${body}\nendobj\n`;
    highest = Math.max(highest, objectNumber);
  }
  for (const objectNumber of options.freed ?? []) entries.push(`${objectNumber} 1\n0000000000 00001 f \n`);
  written += options.before ?? '';
  const table = written.length;
  written += `xref\n0 1\n0000000000 65535 f \n${entries.join('')}`;
  written += `trailer\n<< /Size ${highest + 1} /Root ${root} 0 R /Prev ${previous} ${options.trailer ?? ''} >>\n`;
  return Buffer.from(`${written}startxref\n${table}\n%%EOF\n`, 'latin1');
}

export interface FieldOptions {
  /** The widget's rectangle; none shows nothing. */
  readonly rectangle?: string;
  /** The widget's flags: 132 is printed and locked. */
  readonly flags?: number;
  /** Added to the widget, to the catalogue, to the page, to the signature's dictionary. */
  readonly widget?: string;
  readonly catalog?: string;
  readonly page?: string;
  readonly signature?: string;
  readonly subFilter?: string;
  /** Other annotations of the page. */
  readonly annotations?: string;
  /** Room for `Contents`, in bytes. */
  readonly room?: number;
  readonly contents?: string;
  readonly objects?: readonly NewObject[];
  readonly revision?: RevisionOptions;
}

const insert = (body: string, entries: string): string => body.replace(/>>$/, `${entries}\n>>`);
/** Stands for the range of a signature until it is known. */
export const RANGE = '/ByteRange [0 ********** ********** **********]';

/** The file with a signature field, ready to be signed. */
export function addField(pdf: Buffer, options: FieldOptions = {}): Buffer {
  const { root, page, size } = numbersOf(pdf);
  const widget = `${size + 1} 0 R`;
  const contents = options.contents ?? `<${'0'.repeat(2 * (options.room ?? 6000))}>`;
  const subFilter = options.subFilter ?? 'ETSI.CAdES.detached';
  return appendRevision(
    pdf,
    [
      [
        size,
        `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${subFilter} ${RANGE} /Contents ${contents} ${options.signature ?? ''} >>`,
      ],
      [
        size + 1,
        `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /F ${options.flags ?? 132} /Rect ${options.rectangle ?? '[0 0 0 0]'} /V ${size} 0 R /P ${page} 0 R ${options.widget ?? ''} >>`,
      ],
      [
        root,
        insert(bodyOf(pdf, root), `/AcroForm << /Fields [${widget}] /SigFlags 3 >> ${options.catalog ?? ''}`),
      ],
      [
        page,
        insert(bodyOf(pdf, page), `/Annots [${widget} ${options.annotations ?? ''}] ${options.page ?? ''}`),
      ],
      ...(options.objects ?? []),
    ],
    options.revision,
  );
}

/** Makes a CMS message over what is signed. */
export type Sign = (data: Buffer) => Promise<Buffer>;

export interface FillOptions {
  /** Changes the range which is written, and signed. */
  readonly range?: (range: readonly number[], file: Buffer) => readonly (number | string)[];
}

/** Signs the last field that waits for it. */
export async function fill(prepared: Buffer, sign: Sign, options: FillOptions = {}): Promise<Buffer> {
  const file = Buffer.from(prepared);
  const place = file.lastIndexOf(RANGE, undefined, 'latin1');
  const start = file.indexOf('/Contents <', place, 'latin1') + '/Contents '.length;
  const end = file.indexOf('>', start, 'latin1') + 1;
  const whole = [0, start, end, file.length - end];
  const range = options.range?.(whole, file) ?? whole;
  file.write(`/ByteRange [${range.join(' ')}]`.padEnd(RANGE.length), place, 'latin1');
  const [first = 0, length = 0, second = 0, rest = 0] = range.map(Number);
  const data = Buffer.concat([file.subarray(first, first + length), file.subarray(second, second + rest)]);
  const message = await sign(data);
  if (message.length * 2 > end - start - 2) throw new Error('The message has no room');
  file.write(message.toString('hex'), start + 1, 'latin1');
  return file;
}
