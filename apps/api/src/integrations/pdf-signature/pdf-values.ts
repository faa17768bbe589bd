import { SIGNATURE_LIMITS, SignatureFault } from './signature-verdict.ts';

/** A name, decoded. */
export class Name {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export class Reference {
  readonly objectNumber: number;
  readonly generation: number;

  constructor(objectNumber: number, generation: number) {
    this.objectNumber = objectNumber;
    this.generation = generation;
  }
}

/** A string, decoded, and where it stands: from its opening delimiter to after the closing one. */
export class PdfString {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly hexadecimal: boolean;

  constructor(bytes: Buffer, start: number, end: number, hexadecimal: boolean) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.hexadecimal = hexadecimal;
  }
}

export type PdfDictionary = Map<string, PdfValue>;
export type PdfValue = null | boolean | number | Name | Reference | PdfString | PdfValue[] | PdfDictionary;

const WHITESPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set(Buffer.from('()<>[]{}/%'));
const INTEGER = /^\d{1,10}$/;
const NUMBER = /^[+-]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})$/;
const ESCAPES: ReadonlyMap<number, number> = new Map([
  [110, 10],
  [114, 13],
  [116, 9],
  [98, 8],
  [102, 12],
]);

export const isWhitespace = (code: number | undefined): boolean => code !== undefined && WHITESPACE.has(code);

const malformed = (): SignatureFault => new SignatureFault('malformed_update');

/** What may still be read of one file; the values and the bytes are counted over all its parts. */
export class ReadingBudget {
  private values = SIGNATURE_LIMITS.values as number;
  private inflated = SIGNATURE_LIMITS.inflatedBytes as number;

  value(): void {
    this.values -= 1;
    if (this.values < 0) throw new SignatureFault('too_complex');
  }

  get inflatedLeft(): number {
    return this.inflated;
  }

  inflate(bytes: number): void {
    this.inflated -= bytes;
    if (this.inflated < 0) throw new SignatureFault('too_complex');
  }
}

/**
 * Reads the objects of a PDF by the letter (ISO 32000-2, 7.2 and 7.3): what viewers would each repair in their own
 * way, an unclosed string, a key given twice, a number with two points, is a fault. Comments are faults too.
 */
export class StrictReader {
  readonly bytes: Buffer;
  position: number;
  private readonly budget: ReadingBudget;

  constructor(bytes: Buffer, position: number, budget: ReadingBudget) {
    this.bytes = bytes;
    this.position = position;
    this.budget = budget;
  }

  skipWhitespace(): void {
    while (isWhitespace(this.bytes[this.position])) this.position += 1;
  }

  /** The regular characters at the position, after white space, without going past them. */
  peekWord(): string {
    this.skipWhitespace();
    let end = this.position;
    while (end < this.bytes.length && end - this.position < 64 && this.isRegular(end)) end += 1;
    return this.bytes.toString('latin1', this.position, end);
  }

  /** @throws SignatureFault when another word stands there. */
  expectWord(word: string): void {
    if (this.peekWord() !== word) throw malformed();
    this.position += word.length;
  }

  /** An integer without sign. */
  integer(): number {
    const word = this.peekWord();
    if (!INTEGER.test(word)) throw malformed();
    this.position += word.length;
    return Number(word);
  }

  value(depth = 0): PdfValue {
    this.budget.value();
    if (depth > SIGNATURE_LIMITS.depth) throw new SignatureFault('too_complex');
    this.skipWhitespace();
    const code = this.bytes[this.position];
    if (code === 47) return this.name();
    if (code === 40) return this.literalString();
    if (code === 91) return this.array(depth);
    if (code === 60) {
      return this.bytes[this.position + 1] === 60 ? this.dictionary(depth) : this.hexadecimalString();
    }
    return this.wordValue();
  }

  private isRegular(at: number): boolean {
    const code = this.bytes[at];
    return code !== undefined && !WHITESPACE.has(code) && !DELIMITERS.has(code);
  }

  private wordValue(): PdfValue {
    const word = this.peekWord();
    if (word === 'true' || word === 'false' || word === 'null') {
      this.position += word.length;
      return word === 'null' ? null : word === 'true';
    }
    if (!NUMBER.test(word)) throw malformed();
    this.position += word.length;
    if (INTEGER.test(word)) {
      const after = this.position;
      const generation = this.peekWord();
      if (/^\d{1,5}$/.test(generation)) {
        this.position += generation.length;
        if (this.peekWord() === 'R') {
          this.position += 1;
          return new Reference(Number(word), Number(generation));
        }
      }
      this.position = after;
    }
    return Number(word);
  }

  private name(): Name {
    const start = this.position + 1;
    let end = start;
    while (this.isRegular(end)) end += 1;
    this.position = end;
    const raw = this.bytes.toString('latin1', start, end);
    if (/#(?![0-9a-fA-F]{2})/.test(raw)) throw malformed();
    return new Name(
      raw.replaceAll(/#(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  }

  private array(depth: number): PdfValue[] {
    const values: PdfValue[] = [];
    this.position += 1;
    for (;;) {
      this.skipWhitespace();
      if (this.bytes[this.position] === 93) break;
      values.push(this.value(depth + 1));
    }
    this.position += 1;
    return values;
  }

  private dictionary(depth: number): PdfDictionary {
    const dictionary: PdfDictionary = new Map();
    this.position += 2;
    for (;;) {
      this.skipWhitespace();
      if (this.bytes[this.position] === 62) break;
      if (this.bytes[this.position] !== 47) throw malformed();
      const { text } = this.name();
      // A key given twice is read as its first value by some, its last by others.
      if (dictionary.has(text)) throw malformed();
      dictionary.set(text, this.value(depth + 1));
    }
    if (this.bytes[this.position + 1] !== 62) throw malformed();
    this.position += 2;
    return dictionary;
  }

  private hexadecimalString(): PdfString {
    const start = this.position;
    const close = this.bytes.indexOf(62, start);
    if (close < 0) throw malformed();
    const digits = this.bytes.toString('latin1', start + 1, close).replaceAll(/[\0\t\n\f\r ]/g, '');
    if (!/^[0-9a-fA-F]*$/.test(digits)) throw malformed();
    this.position = close + 1;
    const even = digits.length % 2 === 0 ? digits : `${digits}0`;
    return new PdfString(Buffer.from(even, 'hex'), start, this.position, true);
  }

  private literalString(): PdfString {
    const start = this.position;
    const { bytes } = this;
    const decoded: number[] = [];
    let open = 0;
    for (;;) {
      const code = bytes[this.position];
      if (code === undefined) throw malformed();
      this.position += 1;
      if (code === 92) {
        this.escape(decoded);
        continue;
      }
      if (code === 40) open += 1;
      if (code === 41) open -= 1;
      if (open === 0) break;
      if (code === 13) {
        if (bytes[this.position] === 10) this.position += 1;
        decoded.push(10);
      } else if (!(code === 40 && open === 1)) {
        decoded.push(code);
      }
    }
    return new PdfString(Buffer.from(decoded), start, this.position, false);
  }

  private escape(decoded: number[]): void {
    const { bytes } = this;
    const code = bytes[this.position];
    if (code === undefined) throw malformed();
    if (code >= 48 && code <= 55) {
      let value = 0;
      for (let digits = 0; digits < 3; digits += 1) {
        const digit = bytes[this.position];
        if (digit === undefined || digit < 48 || digit > 55) break;
        value = value * 8 + digit - 48;
        this.position += 1;
      }
      decoded.push(value & 0xff);
      return;
    }
    this.position += 1;
    if (code === 13) {
      if (bytes[this.position] === 10) this.position += 1;
    } else if (code !== 10) {
      decoded.push(ESCAPES.get(code) ?? code);
    }
  }
}

/** Whether two values are the same, keys in any order, strings by what they mean; references are compared, not followed. */
export function isEqual(one: PdfValue | undefined, other: PdfValue | undefined): boolean {
  if (one instanceof Name) return other instanceof Name && one.text === other.text;
  if (one instanceof Reference) {
    return (
      other instanceof Reference &&
      one.objectNumber === other.objectNumber &&
      one.generation === other.generation
    );
  }
  if (one instanceof PdfString) return other instanceof PdfString && one.bytes.equals(other.bytes);
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((value, index) => isEqual(value, other[index]))
    );
  }
  if (one instanceof Map) {
    return (
      other instanceof Map &&
      one.size === other.size &&
      [...one].every(([key, value]) => isEqual(value, other.get(key)))
    );
  }
  return one === other;
}
