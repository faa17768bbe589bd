import { randomBytes } from 'node:crypto';

/** A PDF of one scanned page, of about `size` bytes: an image that nothing inflates, as scanners make them. */
export function scannedPdf(size: number): Buffer {
  const image = randomBytes(size - 700);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>',
    `<< /Type /XObject /Subtype /Image /Width 1654 /Height 2339 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length ${String(image.length)} >>`,
    '<< /Length 29 >>',
  ];
  const streams: Record<number, Buffer> = { 3: image, 4: Buffer.from('q 595 0 0 842 0 0 cm /I Do Q ') };
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\u00e2\u00e3\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  for (const [index, dictionary] of objects.entries()) {
    offsets.push(length);
    add(Buffer.from(`${String(index + 1)} 0 obj\n${dictionary}\n`));
    const stream = streams[index];
    if (stream) {
      add(Buffer.from('stream\n'));
      add(stream);
      add(Buffer.from('\nendstream\n'));
    }
    add(Buffer.from('endobj\n'));
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = String(objects.length + 1);
  const start = length;
  add(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** The multipart body of an upload, field `file`. */
export function multipartBody(file: Buffer): { body: Buffer; contentType: string } {
  const boundary = 'bench-boundary-7f3a';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="scan.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}
