import { PdfLexer, Token, type TokenKind } from './pdf-lexer.ts';
import { type NamePlace, ruleOfName } from './pdf-names.ts';
import { PDF_LIMITS, PdfRefusal, type PdfRule } from './pdf-verdict.ts';

/** A name, decoded. */
export class Name {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A reference to an indirect object; the generation does not matter here. */
export class Reference {
  readonly objectNumber: number;

  constructor(objectNumber: number) {
    this.objectNumber = objectNumber;
  }
}

/** Stands for any string, and for true, false and null: their content is not judged. */
export const OPAQUE: unique symbol = Symbol('opaque');

export type PdfDictionary = Map<string, PdfValue>;
export type PdfValue = number | Name | Reference | typeof OPAQUE | PdfValue[] | PdfDictionary;

/** What has been spent and what has been found, over a whole file. */
export class Tally {
  readonly found = new Set<PdfRule>();
  private tokens = 0;
  private objects = 0;
  private scanned = 0;
  private readonly maxScanned: number;

  /** @param size of the file, in bytes: places where readers may differ are read again, but not without end. */
  constructor(size: number) {
    this.maxScanned = 6 * size + 65_536;
  }

  token(): void {
    this.tokens += 1;
    if (this.tokens > PDF_LIMITS.tokens) throw new PdfRefusal('too_complex');
  }

  object(count = 1): void {
    this.objects += count;
    if (this.objects > PDF_LIMITS.objects) throw new PdfRefusal('too_complex');
  }

  bytes(count: number): void {
    this.scanned += count;
    if (this.scanned > this.maxScanned) throw new PdfRefusal('too_complex');
  }

  name(name: string, place: NamePlace): void {
    const rule = ruleOfName(name, place);
    if (rule !== undefined) this.found.add(rule);
  }
}

/** Keys which, given twice, would be read differently by different viewers: one would see other bytes than we. */
const UNIQUE: ReadonlySet<string> = new Set(['Filter', 'DecodeParms']);

interface Container {
  readonly value: PdfValue[] | PdfDictionary;
  key: string | undefined;
}

/**
 * Builds values out of tokens, judging every name on the way. Tolerant like viewers are: an unclosed dictionary
 * is what was read of it, a value without key or a stray bracket is passed over.
 */
export class ValueReader {
  private readonly lexer: PdfLexer;
  private readonly tally: Tally;
  private readonly keep: boolean;
  private open: Container[] = [];
  /** The outermost value being read, or just read. */
  private outermost: PdfValue | undefined;

  /** @param keep whether the values are wanted, besides being judged */
  constructor(lexer: PdfLexer, tally: Tally, keep = true) {
    this.lexer = lexer;
    this.tally = tally;
    this.keep = keep;
  }

  /** Forgets what was read: another object starts. */
  reset(): void {
    this.open = [];
    this.outermost = undefined;
  }

  /** True between a value's opening and its closing. */
  get isOpen(): boolean {
    return this.open.length > 0;
  }

  get value(): PdfValue | undefined {
    return this.outermost;
  }

  /** Takes a token which is not a keyword. */
  take(kind: TokenKind): void {
    if (kind === Token.name) {
      this.takeName(this.lexer.name());
    } else if (kind === Token.number) {
      const number = this.lexer.number();
      this.add(this.lexer.takeReference() ? new Reference(number) : number);
    } else if (kind === Token.dictOpen) {
      this.push(new Map());
    } else if (kind === Token.arrayOpen) {
      this.push([]);
    } else if (kind === Token.dictClose) {
      this.closeDictionary();
    } else if (kind === Token.arrayClose) {
      if (Array.isArray(this.open.at(-1)?.value)) this.open.pop();
    } else {
      this.add(OPAQUE);
    }
  }

  private takeName(name: string): void {
    const container = this.open.at(-1);
    if (container === undefined) {
      this.tally.name(name, 'value');
    } else if (Array.isArray(container.value)) {
      this.tally.name(name, 'element');
    } else if (container.key === undefined) {
      this.tally.name(name, 'key');
      container.key = name;
      return;
    } else {
      this.tally.name(name, 'value');
    }
    this.add(new Name(name));
  }

  private push(value: PdfValue[] | PdfDictionary): void {
    this.add(value);
    this.open.push({ value, key: undefined });
    if (this.open.length > PDF_LIMITS.depth) throw new PdfRefusal('too_complex');
  }

  /** Closes the innermost dictionary, and the arrays left open in it. */
  private closeDictionary(): void {
    let closed = this.open.pop();
    while (closed !== undefined && Array.isArray(closed.value)) closed = this.open.pop();
  }

  private add(value: PdfValue): void {
    const container = this.open.at(-1);
    if (container === undefined) {
      this.outermost = value;
    } else if (Array.isArray(container.value)) {
      if (this.keep) container.value.push(value);
    } else if (container.key !== undefined) {
      if (UNIQUE.has(container.key) && container.value.has(container.key)) this.tally.found.add('unreadable');
      // The files of a file specification. The rights of a signed form have an EF too, which is a list of words.
      if (container.key === 'EF' && !Array.isArray(value)) this.tally.found.add('embedded_file');
      if (this.keep) container.value.set(container.key, value);
      container.key = undefined;
    }
  }
}

/** Judges the names of bytes which hold objects only, such as an object stream once inflated. */
export function judgeObjects(bytes: Buffer, tally: Tally): void {
  const lexer = new PdfLexer(bytes);
  const reader = new ValueReader(lexer, tally, false);
  for (let kind = lexer.next(); kind !== Token.end; kind = lexer.next()) {
    tally.token();
    if (kind !== Token.keyword || reader.isOpen) reader.take(kind);
  }
}
