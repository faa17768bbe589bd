import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const cells = 21;
const pixelsPerCell = 4;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** A PNG, as a data URI, that looks like a square code and can't be read by any scanner: nothing here can be paid. */
export function placeholderImage(text: string): string {
  const size = cells * pixelsPerCell;
  const rows: Buffer[] = [];
  for (let y = 0; y < size; y += 1) {
    const row = Buffer.alloc(1 + size, 0xff);
    row[0] = 0;
    const line = createHash('sha256')
      .update(`${text}:${Math.trunc(y / pixelsPerCell)}`)
      .digest();
    for (let x = 0; x < size; x += 1)
      if (((line[Math.trunc(x / pixelsPerCell)] ?? 0) & 1) === 1) row[1 + x] = 0;
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${png.toString('base64')}`;
}
