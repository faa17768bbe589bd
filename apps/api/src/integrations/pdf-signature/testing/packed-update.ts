import { deflateSync } from 'node:zlib';
import { type NewObject, numbersOf } from './test-update.ts';

const COLUMNS = 7;

/** The rows of a table, each the difference from the one above, as most writers have it. */
function predict(rows: readonly Buffer[]): Buffer {
  const predicted = rows.map((row, index) => {
    const above = rows[index - 1] ?? Buffer.alloc(COLUMNS);
    return Buffer.from([2, ...row.map((byte, column) => byte - (above[column] ?? 0))]);
  });
  return Buffer.concat(predicted);
}

function streamBody(entries: string, bytes: Buffer): string {
  return `<< ${entries} /Filter /FlateDecode /Length ${bytes.length} >>\nstream\n${bytes.toString('latin1')}\nendstream`;
}

/** The file with a revision whose table is a stream, and with objects inside an object stream, as Acrobat writes them. */
export function appendPackedRevision(
  pdf: Buffer,
  direct: readonly NewObject[],
  packed: readonly NewObject[],
): Buffer {
  const { root, size } = numbersOf(pdf);
  const text = pdf.toString('latin1');
  const previous = [...text.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1] ?? '';
  const highest = Math.max(size - 1, ...[...direct, ...packed].map(([objectNumber]) => objectNumber));
  const [container, table] = [highest + 1, highest + 2];
  let head = '';
  let values = '';
  for (const [objectNumber, body] of packed) {
    head += `${objectNumber} ${values.length} `;
    values += `${body}\n`;
  }
  const inner = deflateSync(Buffer.from(head + values, 'latin1'));
  let written = text;
  const rows = new Map<number, Buffer>();
  const row = (kind: number, one: number, two: number): Buffer => {
    const bytes = Buffer.alloc(COLUMNS);
    bytes[0] = kind;
    bytes.writeUInt32BE(one, 1);
    bytes.writeUInt16BE(two, 5);
    return bytes;
  };
  const objects: NewObject[] = [
    ...direct,
    [container, streamBody(`/Type /ObjStm /N ${packed.length} /First ${head.length}`, inner)],
  ];
  for (const [objectNumber, body] of objects) {
    rows.set(objectNumber, row(1, written.length, 0));
    written += `${objectNumber} 0 obj\n${body}\nendobj\n`;
  }
  for (const [index, [objectNumber]] of packed.entries()) rows.set(objectNumber, row(2, container, index));
  rows.set(table, row(1, written.length, 0));
  const entries = deflateSync(predict([...rows.values()]));
  const index = [...rows.keys()].map((objectNumber) => `${objectNumber} 1`).join(' ');
  const dictionary =
    `/Type /XRef /Size ${table + 1} /Root ${root} 0 R /Prev ${previous} /W [1 4 2] /Index [${index}] ` +
    `/DecodeParms << /Predictor 12 /Columns ${COLUMNS} >>`;
  const start = written.length;
  written += `${table} 0 obj\n${streamBody(dictionary, entries)}\nendobj\n`;
  return Buffer.from(`${written}startxref\n${start}\n%%EOF\n`, 'latin1');
}
