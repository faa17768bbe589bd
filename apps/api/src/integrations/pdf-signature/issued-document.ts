import {
  checkLengths,
  type DocumentView,
  type IndirectObject,
  isName,
  type PendingLength,
  readObject,
  resolve,
  unpackObjects,
} from './pdf-objects.ts';
import { readTable, readTableStream, type TableEntry } from './pdf-tables.ts';
import { type PdfDictionary, type ReadingBudget, Reference, StrictReader } from './pdf-values.ts';
import { SIGNATURE_LIMITS, SignatureFault } from './signature-verdict.ts';

const MAX_PAGES = 500;

/** The document that was issued, read by its own tables: it is ours, so they are believed. */
export class IssuedDocument implements DocumentView {
  readonly bytes: Buffer;
  readonly trailer: PdfDictionary;
  /** Where its last table of objects starts. */
  readonly tableStart: number;
  private readonly budget: ReadingBudget;
  private readonly entries = new Map<number, TableEntry>();
  private readonly unpacked = new Map<number, ReadonlyMap<number, IndirectObject>>();
  private readonly known = new Map<number, IndirectObject | undefined>();

  /** @throws SignatureFault when it can't be read, which is a fault of who issued it. */
  constructor(bytes: Buffer, budget: ReadingBudget) {
    this.bytes = bytes;
    this.budget = budget;
    const reader = new StrictReader(bytes, bytes.lastIndexOf('startxref'), budget);
    reader.expectWord('startxref');
    this.tableStart = reader.integer();
    this.trailer = this.readTables();
  }

  find(objectNumber: number): IndirectObject | undefined {
    if (!this.known.has(objectNumber)) {
      // Known as missing while it is read: a length which leads to itself ends there.
      this.known.set(objectNumber, undefined);
      this.known.set(objectNumber, this.read(objectNumber));
    }
    return this.known.get(objectNumber);
  }

  /** The pages' object numbers, in order. */
  pages(): number[] {
    const root = resolve(this, this.trailer.get('Root'));
    if (!(root instanceof Map)) throw new SignatureFault('malformed_update');
    const pages: number[] = [];
    const visit = (node: unknown, depth: number): void => {
      if (!(node instanceof Reference) || depth > SIGNATURE_LIMITS.depth || pages.length >= MAX_PAGES) {
        throw new SignatureFault('too_complex');
      }
      const value = resolve(this, node);
      if (!(value instanceof Map)) throw new SignatureFault('malformed_update');
      const children = resolve(this, value.get('Kids'));
      if (Array.isArray(children) && isName(value.get('Type'), 'Pages')) {
        for (const child of children) visit(child, depth + 1);
      } else {
        pages.push(node.objectNumber);
      }
    };
    visit(root.get('Pages'), 0);
    return pages;
  }

  private readTables(): PdfDictionary {
    let last: PdfDictionary | undefined;
    const seen = new Set<number>();
    for (let offset: unknown = this.tableStart; typeof offset === 'number'; ) {
      if (seen.has(offset) || seen.size > SIGNATURE_LIMITS.revisions) throw new SignatureFault('too_complex');
      seen.add(offset);
      const reader = new StrictReader(this.bytes, offset, this.budget);
      const { entries, trailer } =
        reader.peekWord() === 'xref'
          ? readTable(reader)
          : readTableStream(readObject(reader, []), this, this.budget);
      for (const [objectNumber, entry] of entries) {
        if (!this.entries.has(objectNumber)) this.entries.set(objectNumber, entry);
      }
      last ??= trailer;
      offset = trailer.get('Prev');
    }
    return last ?? new Map();
  }

  private unpack(container: number): ReadonlyMap<number, IndirectObject> {
    let objects = this.unpacked.get(container);
    if (objects === undefined) {
      const object = this.find(container);
      const inner = object === undefined ? [] : unpackObjects(object, this, this.budget);
      objects = new Map(inner.map((one) => [one.objectNumber, one]));
      this.unpacked.set(container, objects);
    }
    return objects;
  }

  private read(objectNumber: number): IndirectObject | undefined {
    const entry = this.entries.get(objectNumber);
    if (entry === undefined || entry.kind === 'free') return undefined;
    if (entry.kind === 'packed') {
      return this.unpack(entry.container).get(objectNumber);
    }
    const pending: PendingLength[] = [];
    const object = readObject(new StrictReader(this.bytes, entry.offset, this.budget), pending);
    checkLengths(this.bytes, pending, this);
    return object.objectNumber === objectNumber ? object : undefined;
  }
}
