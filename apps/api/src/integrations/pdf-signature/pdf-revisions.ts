import type { IssuedDocument } from './issued-document.ts';
import {
  checkLengths,
  type DocumentView,
  type IndirectObject,
  isName,
  type PendingLength,
  readObject,
  unpackObjects,
} from './pdf-objects.ts';
import { type CrossReferences, isTableStream, readTable, readTableStream } from './pdf-tables.ts';
import { isEqual, isWhitespace, type PdfDictionary, type ReadingBudget, StrictReader } from './pdf-values.ts';
import { SIGNATURE_LIMITS, SignatureFault } from './signature-verdict.ts';

const TRAILER_KEYS = new Set(['Size', 'Prev', 'Root', 'Info', 'ID']);
const STREAM_KEYS = new Set(['Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms']);
const END_MARK = '%%EOF';
const MAX_BLANKS = 16;

const malformed = (): SignatureFault => new SignatureFault('malformed_update');

/** A revision added to a document, and the document as it then stands. */
export class Revision implements DocumentView {
  readonly before: DocumentView;
  readonly trailer: PdfDictionary;
  readonly objects: ReadonlyMap<number, IndirectObject>;
  /** Numbers of the objects which hold other objects, or their table. */
  readonly containers: ReadonlySet<number>;
  /** Where its end says that its table is. */
  readonly tableStart: number;

  constructor(
    before: DocumentView,
    references: CrossReferences,
    tableStart: number,
    objects: ReadonlyMap<number, IndirectObject>,
    containers: ReadonlySet<number>,
  ) {
    this.before = before;
    this.trailer = references.trailer;
    this.tableStart = tableStart;
    this.objects = objects;
    this.containers = containers;
  }

  find(objectNumber: number): IndirectObject | undefined {
    return this.objects.get(objectNumber) ?? this.before.find(objectNumber);
  }
}

/** Whether an offset is that of a place, or of the white space before it: every reader skips that. */
function leadsTo(bytes: Buffer, offset: number, place: number): boolean {
  if (offset > place || place - offset > MAX_BLANKS) return false;
  for (let at = offset; at < place; at += 1) if (!isWhitespace(bytes[at])) return false;
  return true;
}

/** Its table names each object of the revision where it stands, and nothing else; it frees nothing of the earlier ones. */
function checkTable(
  bytes: Buffer,
  references: CrossReferences,
  direct: ReadonlyMap<number, IndirectObject>,
  packed: ReadonlyMap<number, { readonly container: number; readonly index: number }>,
  before: DocumentView,
): void {
  const missing = new Set([...direct.keys(), ...packed.keys()]);
  for (const [objectNumber, entry] of references.entries) {
    if (entry.kind === 'free') {
      if (missing.has(objectNumber)) throw malformed();
      if (objectNumber !== 0 && before.find(objectNumber) !== undefined) {
        throw new SignatureFault('shadow_revision');
      }
      continue;
    }
    if (entry.kind === 'direct') {
      const object = direct.get(objectNumber);
      if (object?.offset === undefined || object.generation !== entry.generation) throw malformed();
      if (!leadsTo(bytes, entry.offset, object.offset)) throw malformed();
    } else {
      const place = packed.get(objectNumber);
      if (place?.container !== entry.container || place.index !== entry.index) throw malformed();
    }
    missing.delete(objectNumber);
  }
  // A stream of references need not name itself.
  for (const objectNumber of missing) {
    const object = direct.get(objectNumber);
    if (object === undefined || !isTableStream(object)) throw malformed();
  }
}

function checkTrailer(
  trailer: PdfDictionary,
  before: DocumentView,
  previousTable: number,
  isStream: boolean,
) {
  if (trailer.has('Encrypt')) throw new SignatureFault('encrypted');
  if (trailer.get('Prev') !== previousTable) throw malformed();
  const size = trailer.get('Size');
  const earlierSize = before.trailer.get('Size');
  if (typeof size !== 'number' || typeof earlierSize !== 'number' || size < earlierSize) throw malformed();
  if (!isEqual(trailer.get('Root'), before.trailer.get('Root'))) throw new SignatureFault('shadow_revision');
  for (const [key, value] of trailer) {
    const expected = TRAILER_KEYS.has(key) || (isStream && STREAM_KEYS.has(key));
    if (!expected && !isEqual(value, before.trailer.get(key))) throw new SignatureFault('unexpected_object');
  }
}

function readRevision(
  reader: StrictReader,
  before: DocumentView,
  previousTable: number,
  budget: ReadingBudget,
): Revision {
  const direct = new Map<number, IndirectObject>();
  const pending: PendingLength[] = [];
  let tableStart: number | undefined;
  let references: CrossReferences | undefined;
  let last: IndirectObject | undefined;
  for (let word = reader.peekWord(); word !== 'startxref'; word = reader.peekWord()) {
    if (word === 'xref') {
      if (references !== undefined) throw malformed();
      tableStart = reader.position;
      references = readTable(reader);
      continue;
    }
    // Nothing stands between the table and its place.
    if (references !== undefined || direct.size >= SIGNATURE_LIMITS.objects) throw malformed();
    last = readObject(reader, pending);
    if (direct.has(last.objectNumber)) throw malformed();
    direct.set(last.objectNumber, last);
  }
  const isStream = references === undefined;
  if (isStream) tableStart = last?.offset;
  reader.expectWord('startxref');
  const told = reader.integer();
  if (tableStart === undefined || !leadsTo(reader.bytes, told, tableStart)) throw malformed();
  reader.skipWhitespace();
  const mark = reader.bytes.toString('latin1', reader.position, reader.position + END_MARK.length);
  if (mark !== END_MARK) throw malformed();
  reader.position += END_MARK.length;
  if (reader.position < reader.bytes.length && !isWhitespace(reader.bytes[reader.position]))
    throw malformed();
  reader.skipWhitespace();

  const own: DocumentView = {
    trailer: before.trailer,
    find: (objectNumber) => direct.get(objectNumber) ?? before.find(objectNumber),
  };
  checkLengths(reader.bytes, pending, own);
  const containers = new Set<number>();
  if (references === undefined) {
    if (last === undefined || !isTableStream(last)) throw malformed();
    references = readTableStream(last, own, budget);
  }
  const objects = new Map(direct);
  const packed = new Map<number, { container: number; index: number }>();
  for (const [container, object] of direct) {
    if (isTableStream(object)) {
      if (object !== last || !isStream) throw malformed();
      containers.add(container);
    }
    if (!(object.value instanceof Map) || !isName(object.value.get('Type'), 'ObjStm')) continue;
    containers.add(container);
    for (const [index, inner] of unpackObjects(object, own, budget).entries()) {
      if (objects.has(inner.objectNumber) || objects.size >= SIGNATURE_LIMITS.objects) throw malformed();
      objects.set(inner.objectNumber, inner);
      packed.set(inner.objectNumber, { container, index });
    }
  }
  checkTrailer(references.trailer, before, previousTable, isStream);
  checkTable(reader.bytes, references, direct, packed, before);
  // Some viewers know no object beyond the size.
  for (const objectNumber of objects.keys()) {
    if (objectNumber >= (references.trailer.get('Size') as number)) throw malformed();
  }
  return new Revision(before, references, told, objects, containers);
}

/**
 * Reads what was added to an issued document, to the last byte: nothing but complete revisions (objects, their
 * table, its place, the end mark), where each table names every object that stands there, at its place. So it
 * doesn't matter by which way a viewer finds its objects, by the tables or by searching: there are no others.
 *
 * @throws SignatureFault `malformed_update` when it isn't so, `too_complex`, `encrypted`, or `shadow_revision` when
 *   a revision has another root or takes an issued object away.
 */
export function readRevisions(bytes: Buffer, issued: IssuedDocument, budget: ReadingBudget): Revision[] {
  const revisions: Revision[] = [];
  const reader = new StrictReader(bytes, issued.bytes.length, budget);
  // Poppler starts its first object right after the issued end mark; the tables still lead to it.
  reader.skipWhitespace();
  let before: DocumentView = issued;
  let table = issued.tableStart;
  while (reader.position < bytes.length) {
    if (revisions.length >= SIGNATURE_LIMITS.revisions) throw new SignatureFault('too_complex');
    const revision = readRevision(reader, before, table, budget);
    revisions.push(revision);
    before = revision;
    table = revision.tableStart;
  }
  return revisions;
}
