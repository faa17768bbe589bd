/** A PDF made of scanned pages, one JPEG a page: the smallest thing that a viewer and the server's inspection both read. */

/** One page: its JPEG, the picture's size in pixels, and the page's size in points (1/72 inch). */
export interface ImagePage {
  readonly jpeg: Uint8Array;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly pointWidth: number;
  readonly pointHeight: number;
}

const encoder = new TextEncoder();

/** Two decimals are a hundredth of a point: finer than any printer. */
const number = (value: number): string => String(Math.round(value * 100) / 100);

/** Writes the file piece by piece and remembers where each object starts, which the cross-reference table repeats. */
class PdfWriter {
  readonly #parts: Uint8Array[] = [];
  readonly #offsets: number[] = [];
  #length = 0;

  write(part: string | Uint8Array): void {
    const bytes = typeof part === 'string' ? encoder.encode(part) : part;
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  object(id: number, dictionary: string, stream?: Uint8Array): void {
    this.#offsets[id] = this.#length;
    this.write(`${id} 0 obj\n${dictionary}\n`);
    if (stream) {
      this.write('stream\n');
      this.write(stream);
      this.write('\nendstream\n');
    }
    this.write('endobj\n');
  }

  end(root: number): Uint8Array<ArrayBuffer> {
    const start = this.#length;
    const entries = this.#offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    const size = entries.length + 1;
    this.write(`xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}`);
    this.write(`trailer\n<< /Size ${size} /Root ${root} 0 R >>\nstartxref\n${start}\n%%EOF\n`);
    const file = new Uint8Array(this.#length);
    let position = 0;
    for (const part of this.#parts) {
      file.set(part, position);
      position += part.length;
    }
    return file;
  }
}

const firstPage = 3;
const idsOf = (index: number) => {
  const page = firstPage + index * 3;
  return { page, content: page + 1, image: page + 2 };
};

/** Makes the PDF. Pages are RGB or grey JPEGs as a canvas makes them; throws without any page. */
export function imagePdf(pages: readonly ImagePage[]): Uint8Array<ArrayBuffer> {
  if (pages.length === 0) throw new RangeError('A PDF has at least one page');
  const pdf = new PdfWriter();
  // Four bytes over 127 tell transfer programs that the file isn't text.
  pdf.write('%PDF-1.4\n%');
  pdf.write(Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3, 0x0a));
  pdf.object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  const kids = pages.map((_, index) => `${idsOf(index).page} 0 R`).join(' ');
  pdf.object(2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  for (const [index, page] of pages.entries()) {
    const ids = idsOf(index);
    const [width, height] = [number(page.pointWidth), number(page.pointHeight)];
    pdf.object(
      ids.page,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents ${ids.content} 0 R /Resources << /XObject << /Scan ${ids.image} 0 R >> >> >>`,
    );
    const drawing = encoder.encode(`q ${width} 0 0 ${height} 0 0 cm /Scan Do Q`);
    pdf.object(ids.content, `<< /Length ${drawing.length} >>`, drawing);
    pdf.object(
      ids.image,
      `<< /Type /XObject /Subtype /Image /Width ${page.pixelWidth} /Height ${page.pixelHeight} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${page.jpeg.length} >>`,
      page.jpeg,
    );
  }
  return pdf.end(1);
}
