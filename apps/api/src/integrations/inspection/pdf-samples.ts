import { deflateSync } from 'node:zlib';

/** Hand-written PDF files for the tests: each says in bytes what a writer, or an attacker, would put there. */

export const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

const bytesOf = (data: Buffer | string): Buffer => (typeof data === 'string' ? latin(data) : data);

/** A stream's dictionary (without its brackets) and bytes, as the body of an object. */
export function streamBody(dictionary: string, data: Buffer | string, length?: string): Buffer {
  const bytes = bytesOf(data);
  return Buffer.concat([
    latin(`<< ${dictionary} /Length ${length ?? bytes.length} >>\nstream\n`),
    bytes,
    latin('\nendstream'),
  ]);
}

export const deflated = (dictionary: string, data: Buffer | string): Buffer =>
  streamBody(`${dictionary} /Filter /FlateDecode`, deflateSync(data));

/** An object stream holding objects by number, compressed unless told how. */
export function objectStream(
  objects: Readonly<Record<number, string>>,
  encode: (dictionary: string, data: Buffer) => Buffer = deflated,
): Buffer {
  let offset = 0;
  const header: string[] = [];
  for (const [number, body] of Object.entries(objects)) {
    header.push(`${number} ${offset}`);
    offset += body.length + 1;
  }
  const index = `${header.join(' ')}\n`;
  const data = latin(`${index}${Object.values(objects).join('\n')}\n`);
  return encode(`/Type /ObjStm /N ${header.length} /First ${index.length}`, data);
}

export interface PdfParts {
  readonly version?: string;
  /** Bodies of objects by number; merged over those of a one-page document. */
  readonly objects?: Readonly<Record<number, Buffer | string>>;
  /** Inside the catalogue's, the page's and the trailer's dictionaries. */
  readonly catalogue?: string;
  readonly page?: string;
  readonly trailer?: string;
  /** After the last object, before the table. */
  readonly garbage?: Buffer | string;
  readonly after?: Buffer | string;
}

/** What stands between the header and the table of a one-page document, and the offsets of its objects. */
function writeObjects(start: Buffer, objects: ReadonlyMap<number, Buffer | string>) {
  const parts = [start];
  const offsets = new Map<number, number>();
  let length = start.length;
  for (const [number, body] of objects) {
    offsets.set(number, length);
    const bytes = Buffer.concat([latin(`${number} 0 obj\n`), bytesOf(body), latin('\nendobj\n')]);
    parts.push(bytes);
    length += bytes.length;
  }
  return { bytes: Buffer.concat(parts), offsets };
}

/** A cross-reference table with one section an object, and its trailer. */
export function writeTable(
  offsets: ReadonlyMap<number, number>,
  position: number,
  trailer: string,
  size = Math.max(...offsets.keys()) + 1,
): Buffer {
  const entries = [...offsets].map(
    ([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`,
  );
  return latin(
    `xref\n0 1\n0000000000 65535 f \n${entries.join('')}trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${position}\n%%EOF\n`,
  );
}

/** A PDF with a classic table: one empty page, and what the test adds. */
export function makePdf(parts: PdfParts = {}): Buffer {
  const objects = new Map<number, Buffer | string>([
    [1, `<< /Type /Catalog /Pages 2 0 R ${parts.catalogue ?? ''} >>`],
    [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [3, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${parts.page ?? ''} >>`],
  ]);
  for (const [number, body] of Object.entries(parts.objects ?? {})) objects.set(Number(number), body);
  const start = latin(`%PDF-${parts.version ?? '1.4'}\n%\u00e2\u00e3\u00cf\u00d3\n`);
  const { bytes, offsets } = writeObjects(start, objects);
  const garbage = bytesOf(parts.garbage ?? '');
  const position = bytes.length + garbage.length;
  return Buffer.concat([
    bytes,
    garbage,
    writeTable(offsets, position, `/Root 1 0 R ${parts.trailer ?? ''}`),
    bytesOf(parts.after ?? ''),
  ]);
}

/** A later revision of a file: some objects again, a table of them, a trailer which names the one before. */
export function revise(
  pdf: Buffer,
  objects: Readonly<Record<number, Buffer | string>>,
  trailer = '',
): Buffer {
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.toString('latin1'))?.[1] ?? '0';
  const entries = Object.entries(objects).map(([number, body]): [number, Buffer | string] => [
    Number(number),
    body,
  ]);
  const { bytes, offsets } = writeObjects(pdf, new Map(entries));
  return Buffer.concat([
    bytes,
    writeTable(offsets, bytes.length, `/Root 1 0 R /Prev ${previous} ${trailer}`, 100),
  ]);
}

/** The `W [1 4 1]` entries of a cross-reference stream: offset, or stream and index. */
function writeEntries(entries: ReadonlyMap<number, readonly [number, number, number]>, size: number): Buffer {
  const data = Buffer.alloc(6 * size);
  for (const [number, [kind, value, index]] of entries) {
    data.writeUInt8(kind, 6 * number);
    data.writeUInt32BE(value, 6 * number + 1);
    data.writeUInt8(index, 6 * number + 5);
  }
  return data;
}

/**
 * A PDF 1.5 whose catalogue and pages are in an object stream, found by a cross-reference stream.
 *
 * @param inStream objects added to the object stream, or replacing its own, by number
 * @param encode how the object stream is written
 */
export function makeModernPdf(
  inStream: Readonly<Record<number, string>> = {},
  encode?: (dictionary: string, data: Buffer) => Buffer,
  crossReference = '',
): Buffer {
  const contained: Record<number, string> = {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    ...inStream,
  };
  const holder = 50;
  const table = 51;
  const start = latin('%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n');
  const { bytes, offsets } = writeObjects(start, new Map([[holder, objectStream(contained, encode)]]));
  const entries = new Map<number, readonly [number, number, number]>([
    [holder, [1, offsets.get(holder) ?? 0, 0]],
    [table, [1, bytes.length, 0]],
  ]);
  for (const [index, number] of Object.keys(contained).entries()) {
    entries.set(Number(number), [2, holder, index]);
  }
  const body = deflated(
    `/Type /XRef /Size 52 /W [1 4 1] /Root 1 0 R ${crossReference}`,
    writeEntries(entries, 52),
  );
  return Buffer.concat([
    bytes,
    latin(`${table} 0 obj\n`),
    body,
    latin(`\nendobj\nstartxref\n${bytes.length}\n%%EOF\n`),
  ]);
}

/** Bytes without structure, the same each time: what compressed pixels look like. */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** What a scanner makes: a page for each JPEG, drawn over the whole of it. */
export function makeScan(pageCount: number, bytesPerPage: number, indirectLength = false): Buffer {
  const objects: Record<number, Buffer | string> = {};
  const kids: string[] = [];
  for (let index = 0; index < pageCount; index += 1) {
    const page = 10 + 4 * index;
    kids.push(`${page} 0 R`);
    objects[page] =
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${page + 1} 0 R /Resources << /ProcSet [/PDF /ImageC] /XObject << /Im0 ${page + 2} 0 R >> >> >>`;
    objects[page + 1] = streamBody('', 'q 595 0 0 842 0 0 cm /Im0 Do Q');
    objects[page + 2] = streamBody(
      '/Type /XObject /Subtype /Image /Width 2480 /Height 3508 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode',
      Buffer.concat([
        latin('\u00ff\u00d8\u00ff\u00e0'),
        noise(bytesPerPage, index + 1),
        latin('\u00ff\u00d9'),
      ]),
      indirectLength ? `${page + 3} 0 R` : undefined,
    );
    objects[page + 3] = String(bytesPerPage + 6);
  }
  return makePdf({
    objects: { 2: `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pageCount} >>`, ...objects },
  });
}

/** A file of exactly so many bytes. */
export function sized(size: number): Buffer {
  const with4 = (length: number) => makePdf({ objects: { 4: streamBody('', noise(length)) } });
  return with4(1_000_000 + size - with4(1_000_000).length - String(size).length + 7);
}
