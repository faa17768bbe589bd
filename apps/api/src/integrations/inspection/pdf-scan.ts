import { isDigit, isWhitespace, PdfLexer, Token } from './pdf-lexer.ts';
import {
  OPAQUE,
  type PdfDictionary,
  type PdfValue,
  Reference,
  type Tally,
  ValueReader,
} from './pdf-values.ts';
import { PDF_LIMITS, PdfRefusal } from './pdf-verdict.ts';

/** A stream as it stands in the file: its dictionary, and its bytes between two offsets. */
export interface PdfStream {
  readonly dictionary: PdfDictionary;
  readonly start: number;
  readonly end: number;
  /** Whether the dictionary itself says where the bytes end, rightly; else they were searched for their end. */
  readonly measured: boolean;
}

/** All the places of a word, found once: asked again for each stream, it must not cost the file's length each time. */
function placesOf(bytes: Buffer, word: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + word.length)) places.push(at);
  return places;
}

/** The first of the sorted places at or after an offset. */
function firstFrom(places: readonly number[], offset: number): number | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return places[low];
}

/**
 * Reads every object of a file, whether or not its cross-references lead to it: each revision, each trailer, and
 * also what looks like an object inside a stream, a string or a comment, because a viewer which follows an
 * offset, or rebuilds a broken table, would read it there. Never follows what the file says of itself further
 * than its bytes, and reads any byte a bounded number of times.
 */
export class PdfScan {
  readonly streams: PdfStream[] = [];
  private readonly bytes: Buffer;
  private readonly tally: Tally;
  private readonly endings: readonly number[];
  /** Where `obj`, `xref` and `trailer` were met as words. */
  private readonly words = new Set<number>();
  /** Where `<number> <generation> obj` was met. */
  private readonly headers = new Set<number>();
  /** Places which the file's own tables lead to, not yet looked at. */
  private targets: number[] = [];
  private targetCount = 0;
  /** Where the value of an object stands; undefined when several objects bear the number. */
  private readonly definitions = new Map<number, number | undefined>();

  constructor(bytes: Buffer, tally: Tally) {
    this.bytes = bytes;
    this.tally = tally;
    this.endings = placesOf(bytes, 'endstream');
  }

  /** Reads the whole file. */
  readAll(): void {
    this.read(0, false);
    for (const word of ['obj', 'trailer']) {
      for (const place of placesOf(this.bytes, word)) this.readHidden(place, word);
    }
    this.readTargets();
  }

  /** Adds a place to which a cross-reference leads. */
  addTarget(offset: number): void {
    if (!Number.isInteger(offset) || offset <= 0 || offset >= this.bytes.length) return;
    this.targetCount += 1;
    if (this.targetCount > PDF_LIMITS.crossReferences) throw new PdfRefusal('too_complex');
    this.targets.push(offset);
  }

  /** Reads what stands at the places added, unless it has been read. */
  readTargets(): void {
    while (this.targets.length > 0) {
      const targets = this.targets;
      this.targets = [];
      for (const target of targets) this.readTarget(target);
    }
  }

  /**
   * The value itself, one reference followed.
   *
   * @throws PdfRefusal `unreadable` when several objects bear the number: readers would not agree which it is.
   */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    if (!(value instanceof Reference)) return value;
    if (!this.definitions.has(value.objectNumber)) return undefined;
    const place = this.definitions.get(value.objectNumber);
    if (place === undefined) throw new PdfRefusal('unreadable');
    const lexer = new PdfLexer(this.bytes, place);
    const reader = new ValueReader(lexer, this.tally);
    do {
      const kind = lexer.next();
      if (kind === Token.end || kind === Token.keyword) break;
      this.tally.token();
      reader.take(kind);
    } while (reader.isOpen);
    this.tally.bytes(lexer.position - place);
    return reader.value;
  }

  /** Reads on from an offset: to the end of the file, or of one object. */
  private read(from: number, oneObject: boolean): void {
    const lexer = new PdfLexer(this.bytes, from);
    const reader = new ValueReader(lexer, this.tally);
    /** The starts and values of the last two numbers outside any value. */
    let numbers: { start: number; value: number }[] = [];
    let charged = from;
    for (let kind = lexer.next(); kind !== Token.end; kind = lexer.next()) {
      this.tally.token();
      this.tally.bytes(lexer.position - charged);
      charged = lexer.position;
      if (kind !== Token.keyword) {
        if (kind === Token.number && !reader.isOpen) {
          numbers = [...numbers.slice(-1), { start: lexer.start, value: lexer.number() }];
        }
        reader.take(kind);
        continue;
      }
      const word = lexer.keyword();
      if (word.startsWith('stream')) {
        this.takeStream(reader, lexer);
        reader.reset();
        charged = lexer.position;
        if (oneObject) return;
      } else if (word === 'obj') {
        this.takeHeader(lexer, numbers);
        reader.reset();
      } else if (word === 'n') {
        this.addTarget(numbers[0]?.value ?? 0);
      } else if (word === 'trailer' || word === 'xref') {
        this.words.add(lexer.start);
        reader.reset();
      } else if (word === 'startxref') {
        this.takeTrailer(reader.value);
        reader.reset();
        if (lexer.next() === Token.number) this.addTarget(lexer.number());
        if (oneObject) return;
      } else if (word === 'endobj') {
        reader.reset();
        if (oneObject) return;
      } else if (reader.isOpen) {
        reader.take(kind);
      }
      numbers = word === 'n' || word === 'f' ? numbers : [];
    }
    this.takeTrailer(reader.value);
  }

  private takeHeader(lexer: PdfLexer, numbers: readonly { start: number; value: number }[]): void {
    this.tally.object();
    this.words.add(lexer.start);
    const [first, second] = numbers;
    if (first === undefined || second === undefined) return;
    this.headers.add(first.start);
    this.definitions.set(first.value, this.definitions.has(first.value) ? undefined : lexer.position);
  }

  private takeTrailer(value: PdfValue | undefined): void {
    if (!(value instanceof Map)) return;
    for (const key of ['Prev', 'XRefStm']) {
      const offset = value.get(key);
      if (typeof offset === 'number') this.addTarget(offset);
    }
  }

  /** Records the stream whose dictionary was just read, and goes past its bytes. */
  private takeStream(reader: ValueReader, lexer: PdfLexer): void {
    const dictionary = reader.value;
    if (!(dictionary instanceof Map)) return;
    const { bytes } = this;
    let start = lexer.start + 'stream'.length;
    if (bytes[start] === 0x20 && bytes[start + 1] === 0x0d && bytes[start + 2] === 0x0a) start += 1;
    if (bytes[start] === 0x0d) start += bytes[start + 1] === 0x0a ? 2 : 1;
    else if (bytes[start] === 0x0a) start += 1;
    const measured = this.measuredEnd(dictionary, start);
    const end = measured ?? firstFrom(this.endings, start) ?? bytes.length;
    if (this.streams.length >= PDF_LIMITS.streams) throw new PdfRefusal('too_complex');
    this.streams.push({ dictionary, start, end, measured: measured !== undefined });
    lexer.position = end;
  }

  /** Where the dictionary says that the bytes end, when `endstream` is there. */
  private measuredEnd(dictionary: PdfDictionary, start: number): number | undefined {
    const { bytes } = this;
    const length = dictionary.get('Length');
    if (typeof length !== 'number' || !(length >= 0 && start + length <= bytes.length)) return undefined;
    let at = start + length;
    while (isWhitespace(bytes[at])) at += 1;
    this.tally.bytes(at - start - length);
    return bytes.toString('latin1', at, at + 9) === 'endstream' ? start + length : undefined;
  }

  /** Reads an object or trailer which stands where the first reading saw none. */
  private readHidden(place: number, word: string): void {
    if (this.words.has(place)) return;
    if (word === 'trailer') {
      this.read(place, true);
      return;
    }
    const { bytes } = this;
    let at = place - 1;
    const back = (test: (code: number | undefined) => boolean) => {
      const from = at;
      while (test(bytes[at]) && from - at < 32) at -= 1;
      return from - at;
    };
    back(isWhitespace);
    if (back(isDigit) === 0 || back(isWhitespace) === 0 || back(isDigit) === 0) return;
    this.read(at + 1, true);
  }

  /** Reads what a cross-reference leads to, when it is an object or a table that was not seen. */
  private readTarget(offset: number): void {
    const lexer = new PdfLexer(this.bytes, offset);
    lexer.skipBlanks();
    const { position } = lexer;
    this.tally.bytes(position - offset);
    if (this.headers.has(position) || this.words.has(position)) return;
    if (this.bytes.toString('latin1', position, position + 4) === 'xref') {
      this.read(position, true);
      return;
    }
    if (!isDigit(this.bytes[position])) return;
    const isHeader =
      lexer.next() === Token.number &&
      lexer.next() === Token.number &&
      lexer.next() === Token.keyword &&
      lexer.keyword() === 'obj';
    this.tally.bytes(lexer.position - position);
    if (isHeader) this.read(position, true);
  }
}

/** A number under a key, or undefined. */
export function numberOf(scan: PdfScan, dictionary: PdfDictionary, key: string): number | undefined {
  const value = scan.resolve(dictionary.get(key));
  return typeof value === 'number' ? value : undefined;
}

/** A value as a list: an array's elements resolved, a single value alone, nothing for null. */
export function listOf(scan: PdfScan, value: PdfValue | undefined): PdfValue[] {
  const resolved = scan.resolve(value);
  if (resolved === undefined || resolved === OPAQUE) return [];
  if (!Array.isArray(resolved)) return [resolved];
  return resolved.map((element) => scan.resolve(element) ?? OPAQUE);
}
