import { inflateSync } from 'node:zlib';
import {
  isWhitespace,
  Name,
  type PdfDictionary,
  type PdfValue,
  type ReadingBudget,
  Reference,
  StrictReader,
} from './pdf-values.ts';
import { SignatureFault } from './signature-verdict.ts';

/** An object with a number, as one revision defines it. */
export interface IndirectObject {
  readonly objectNumber: number;
  readonly generation: number;
  readonly value: PdfValue;
  /** Its bytes, as they stand in the file, when it is a stream; `value` is then its dictionary. */
  readonly stream: Buffer | undefined;
  /** Where its number stands in the file; undefined inside an object stream. */
  readonly offset: number | undefined;
}

/** A document as it stands after one of its revisions. */
export interface DocumentView {
  readonly trailer: PdfDictionary;
  find(objectNumber: number): IndirectObject | undefined;
}

const malformed = (): SignatureFault => new SignatureFault('malformed_update');

/** A stream whose length is told by another object, to be compared once that is read. */
export interface PendingLength {
  readonly length: Reference;
  readonly start: number;
  readonly end: number;
}

/** The object that a reference leads to; none for a wrong generation. */
export function follow(document: DocumentView, value: PdfValue | undefined): IndirectObject | undefined {
  if (!(value instanceof Reference)) return undefined;
  const object = document.find(value.objectNumber);
  return object?.generation === value.generation ? object : undefined;
}

/** The value itself, one reference followed. */
export function resolve(document: DocumentView, value: PdfValue | undefined): PdfValue | undefined {
  return value instanceof Reference ? follow(document, value)?.value : value;
}

export function isName(value: PdfValue | undefined, text: string): boolean {
  return value instanceof Name && value.text === text;
}

function takeStream(reader: StrictReader, dictionary: PdfDictionary, pending: PendingLength[]): Buffer {
  const { bytes } = reader;
  let start = reader.position + 'stream'.length;
  if (bytes[start] === 13) start += 1;
  if (bytes[start] !== 10) throw malformed();
  start += 1;
  const length = dictionary.get('Length');
  let end: number;
  if (typeof length === 'number' && Number.isInteger(length) && length >= 0) {
    end = start + length;
  } else if (length instanceof Reference) {
    end = bytes.indexOf('endstream', start, 'latin1');
    pending.push({ length, start, end });
  } else {
    throw malformed();
  }
  if (end < start || end > bytes.length) throw malformed();
  reader.position = end;
  reader.expectWord('endstream');
  return bytes.subarray(start, end);
}

/** Reads `<number> <generation> obj … endobj` by the letter. */
export function readObject(reader: StrictReader, pending: PendingLength[]): IndirectObject {
  reader.skipWhitespace();
  const offset = reader.position;
  const objectNumber = reader.integer();
  const generation = reader.integer();
  reader.expectWord('obj');
  const value = reader.value();
  let stream: Buffer | undefined;
  if (reader.peekWord() === 'stream') {
    if (!(value instanceof Map)) throw malformed();
    stream = takeStream(reader, value, pending);
  }
  reader.expectWord('endobj');
  return { objectNumber, generation, value, stream, offset };
}

/** Compares the lengths that other objects tell with where the streams were seen to end. */
export function checkLengths(bytes: Buffer, pending: readonly PendingLength[], document: DocumentView): void {
  for (const { length, start, end } of pending) {
    const told = resolve(document, length);
    if (typeof told !== 'number' || !Number.isInteger(told) || told < 0 || start + told > end)
      throw malformed();
    for (let at = start + told; at < end; at += 1) if (!isWhitespace(bytes[at])) throw malformed();
  }
}

function undoPredictor(bytes: Buffer, columns: number): Buffer {
  const rows = Math.floor(bytes.length / (columns + 1));
  const output = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const type = bytes[row * (columns + 1)];
    if (type !== 0 && type !== 1 && type !== 2) throw malformed();
    for (let column = 0; column < columns; column += 1) {
      const to = row * columns + column;
      const left = column > 0 ? (output[to - 1] ?? 0) : 0;
      const up = row > 0 ? (output[to - columns] ?? 0) : 0;
      const add = type === 1 ? left : type === 2 ? up : 0;
      output[to] = ((bytes[row * (columns + 1) + 1 + column] ?? 0) + add) & 0xff;
    }
  }
  return output;
}

/**
 * The bytes that a stream stands for: stored, or deflated, with the predictors that tables of objects are written
 * with.
 *
 * @throws SignatureFault for another filter, or over what the file may inflate to.
 */
export function openStream(object: IndirectObject, document: DocumentView, budget: ReadingBudget): Buffer {
  const { value: dictionary, stream } = object;
  if (stream === undefined || !(dictionary instanceof Map) || dictionary.has('F')) throw malformed();
  const first = (value: PdfValue | undefined): PdfValue | undefined => {
    const resolved = resolve(document, value);
    if (!Array.isArray(resolved)) return resolved;
    if (resolved.length > 1) throw malformed();
    return resolve(document, resolved[0]);
  };
  const filter = first(dictionary.get('Filter'));
  if (filter === undefined || filter === null) {
    budget.inflate(stream.length);
    return stream;
  }
  if (!isName(filter, 'FlateDecode')) throw malformed();
  let inflated: Buffer;
  try {
    inflated = inflateSync(stream, { maxOutputLength: Math.max(1, budget.inflatedLeft) });
  } catch (error) {
    const tooLong = error instanceof RangeError;
    throw new SignatureFault(tooLong ? 'too_complex' : 'malformed_update');
  }
  budget.inflate(inflated.length);
  const parameters = first(dictionary.get('DecodeParms'));
  if (!(parameters instanceof Map)) return inflated;
  const predictor = parameters.get('Predictor') ?? 1;
  if (predictor === 1) return inflated;
  const columns = parameters.get('Columns') ?? 1;
  const plain = (key: string, otherwise: number) => (parameters.get(key) ?? otherwise) === otherwise;
  if (typeof predictor !== 'number' || predictor < 10 || predictor > 15) throw malformed();
  if (typeof columns !== 'number' || !(columns >= 1 && columns <= 64)) throw malformed();
  if (!plain('Colors', 1) || !plain('BitsPerComponent', 8)) throw malformed();
  return undoPredictor(inflated, columns);
}

/** The objects of an object stream, by number. */
export function unpackObjects(
  object: IndirectObject,
  document: DocumentView,
  budget: ReadingBudget,
): IndirectObject[] {
  const { value: dictionary } = object;
  if (!(dictionary instanceof Map) || dictionary.has('Extends')) throw malformed();
  const count = dictionary.get('N');
  const first = dictionary.get('First');
  if (typeof count !== 'number' || typeof first !== 'number') throw malformed();
  const bytes = openStream(object, document, budget);
  const head = new StrictReader(bytes, 0, budget);
  const objects: IndirectObject[] = [];
  for (let index = 0; index < count; index += 1) {
    const objectNumber = head.integer();
    const start = first + head.integer();
    if (start >= bytes.length) throw malformed();
    const value = new StrictReader(bytes, start, budget).value();
    objects.push({ objectNumber, generation: 0, value, stream: undefined, offset: undefined });
  }
  return objects;
}
