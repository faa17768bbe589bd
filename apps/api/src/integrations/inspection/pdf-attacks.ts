import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import { deflated, latin, makeModernPdf, makePdf, objectStream, streamBody } from './pdf-samples.ts';

/** Hostile files for the tests, made to be small and to cost much. */

/** A zlib stream of so many mebibytes of zeros, 1000 times smaller: one compressed block, repeated. */
export function zlibBomb(mebibytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(1_048_576), { finishFlush: constants.Z_FULL_FLUSH });
  const end = deflateRawSync(Buffer.alloc(0));
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: mebibytes }, () => block), end]);
}

/** A content stream, an image or an object stream, of 1.5 MB, which inflates to 1.5 GB. */
export const inflationBomb = (dictionary = ''): Buffer =>
  makePdf({ objects: { 9: streamBody(`${dictionary} /Filter /FlateDecode`, zlibBomb(1500)) } });

/** Codes of an LZW stream which never widen past 12 bits: each names the longest string known. */
export function lzwBomb(codes: number): Buffer {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  const put = (code: number, width: number) => {
    held = (held << width) | code;
    bits += width;
    while (bits >= 8) {
      bits -= 8;
      bytes.push((held >>> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  };
  put(256, 9);
  put(0, 9);
  let next = 258;
  for (let count = 0; count < codes; count += 1) {
    const width = next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9;
    put(Math.min(next, 4095), width);
    if (next < 4096) next += 1;
  }
  put(257, 12);
  return Buffer.concat([Buffer.from(bytes), Buffer.alloc(2)]);
}

/** An object stream of one giant array of small numbers: cheap to inflate, dear to hold. */
export const numbersBomb = (count: number): Buffer => makeModernPdf({ 9: `[${'0 '.repeat(count)}]` });

/** Objects which each contain an object stream of many small dictionaries. */
export function dictionariesBomb(streams: number, each: number): Buffer {
  const objects: Record<number, Buffer> = {};
  for (let stream = 0; stream < streams; stream += 1) {
    const inside: Record<number, string> = {};
    for (let index = 0; index < each; index += 1)
      inside[1000 + stream * each + index] = '<</A<</B<</C[0]>>>>>>';
    objects[10 + stream] = objectStream(inside);
  }
  return makePdf({ version: '1.5', objects });
}

/** A cross-reference stream which claims entries it has not. */
export const crossReferenceBomb = (claims: string): Buffer =>
  makePdf({ objects: { 9: deflated(`/Type /XRef /Root 1 0 R ${claims}`, Buffer.alloc(6)) } });

/** Streams which never end: a reader which looks for each one's end reads the file as many times. */
export const endlessStreams = (count: number): Buffer =>
  makePdf({ garbage: '4 0 obj<</L 1>>stream\n'.repeat(count) });

/** Objects which never end and make no sense. */
export const endlessObjects = (count: number): Buffer => makePdf({ garbage: '4 0 obj >\n'.repeat(count) });

/** A comment in which every other character could start an object. */
export const digitsInComments = (count: number): Buffer => makePdf({ garbage: `4 ${'%1 '.repeat(count)}\n` });

/** Strings that open in strings: a reader which starts again at each would read all of them each time. */
export const openStrings = (count: number): Buffer => makePdf({ garbage: '1 0 obj('.repeat(count) });

/** One file, read as an archive from its end. */
export function zipTail(comment = ''): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, latin(comment)]);
}

/** PNG-predicted rows (type 2, « up ») of a width, as some writers make their object streams. */
export function predicted(columns: number): (dictionary: string, data: Buffer) => Buffer {
  return (dictionary, data) => {
    const rows: Buffer[] = [];
    let above = Buffer.alloc(columns);
    for (let at = 0; at < data.length; at += columns) {
      const row = Buffer.alloc(columns, 0x20);
      data.copy(row, 0, at, at + columns);
      rows.push(Buffer.from([2, ...row.map((code, index) => (code - (above[index] ?? 0)) & 0xff)]));
      above = row;
    }
    return streamBody(
      `${dictionary} /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns ${columns} >>`,
      deflateSync(Buffer.concat(rows)),
    );
  };
}

/** ASCII85, with its end mark. */
export function ascii85(data: Buffer): Buffer {
  let text = '';
  for (let at = 0; at < data.length; at += 4) {
    const count = Math.min(4, data.length - at);
    const group = Buffer.alloc(4);
    data.copy(group, 0, at, at + count);
    let value = group.readUInt32BE();
    let digits = '';
    for (let index = 0; index < 5; index += 1) {
      digits = String.fromCharCode(33 + (value % 85)) + digits;
      value = Math.floor(value / 85);
    }
    text += digits.slice(0, count + 1);
  }
  return latin(`${text}~>`);
}

/** Run lengths, all literal. */
export function runLength(data: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < data.length; at += 128) {
    const part = data.subarray(at, at + 128);
    parts.push(Buffer.from([part.length - 1]), part);
  }
  return Buffer.concat([...parts, Buffer.from([128])]);
}
