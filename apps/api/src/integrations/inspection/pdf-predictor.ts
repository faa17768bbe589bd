import { PDF_LIMITS, PdfRefusal } from './pdf-verdict.ts';

/** Predictor parameters of a Flate or LZW filter (ISO 32000-2, table 8). */
export interface Predictor {
  readonly predictor: number;
  readonly colors: number;
  readonly bitsPerComponent: number;
  readonly columns: number;
}

/**
 * Refuses (`too_complex`) parameters by which a viewer would make a giant row.
 *
 * @returns the bytes of a row and of a pixel.
 */
export function measureRow({ colors, bitsPerComponent, columns }: Predictor): { row: number; pixel: number } {
  const row = Math.ceil((colors * bitsPerComponent * columns) / 8);
  if (!(colors > 0 && bitsPerComponent > 0 && columns > 0 && row <= PDF_LIMITS.predictorRowBytes)) {
    throw new PdfRefusal('too_complex');
  }
  return { row, pixel: Math.max(1, Math.ceil((colors * bitsPerComponent) / 8)) };
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function unpredictPng(bytes: Buffer, row: number, pixel: number): Buffer {
  const rows = Math.ceil(bytes.length / (row + 1));
  const output = Buffer.alloc(Math.max(0, bytes.length - rows));
  for (let index = 0; index < rows; index += 1) {
    const from = index * (row + 1);
    const type = bytes[from] ?? 0;
    const to = index * row;
    const length = Math.min(row, bytes.length - from - 1);
    for (let at = 0; at < length; at += 1) {
      const left = at >= pixel ? (output[to + at - pixel] ?? 0) : 0;
      const up = index > 0 ? (output[to + at - row] ?? 0) : 0;
      const corner = index > 0 && at >= pixel ? (output[to + at - row - pixel] ?? 0) : 0;
      let add = 0;
      if (type === 1) add = left;
      else if (type === 2) add = up;
      else if (type === 3) add = (left + up) >> 1;
      else if (type === 4) add = paeth(left, up, corner);
      output[to + at] = ((bytes[from + 1 + at] ?? 0) + add) & 0xff;
    }
  }
  return output;
}

/**
 * Undoes a predictor, as a viewer would: object streams may be made with one too.
 *
 * @throws PdfRefusal `too_complex` for a giant row; `unreadable` for a TIFF predictor of other than 8 bits, which
 *   nobody uses on objects.
 */
export function unpredict(bytes: Buffer, predictor: Predictor): Buffer {
  if (predictor.predictor <= 1) return bytes;
  const { row, pixel } = measureRow(predictor);
  if (predictor.predictor >= 10) return unpredictPng(bytes, row, pixel);
  if (predictor.predictor !== 2 || predictor.bitsPerComponent !== 8) throw new PdfRefusal('unreadable');
  const output = Buffer.from(bytes);
  for (let at = 0; at < output.length; at += 1) {
    if (at % row >= pixel) output[at] = ((output[at] ?? 0) + (output[at - pixel] ?? 0)) & 0xff;
  }
  return output;
}
