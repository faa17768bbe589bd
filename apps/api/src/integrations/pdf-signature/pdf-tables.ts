import { type DocumentView, type IndirectObject, isName, openStream } from './pdf-objects.ts';
import { type PdfDictionary, type ReadingBudget, type StrictReader } from './pdf-values.ts';
import { SIGNATURE_LIMITS, SignatureFault } from './signature-verdict.ts';

/** What a cross-reference table says of an object number. */
export type TableEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'direct'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'packed'; readonly container: number; readonly index: number };

export interface CrossReferences {
  readonly entries: ReadonlyMap<number, TableEntry>;
  readonly trailer: PdfDictionary;
}

const ENTRY = /^(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)$/;
const ENTRY_BYTES = 20;
const MAX_ENTRIES = 100_000;

const malformed = (): SignatureFault => new SignatureFault('malformed_update');

function put(entries: Map<number, TableEntry>, objectNumber: number, entry: TableEntry): void {
  if (entries.has(objectNumber)) throw malformed();
  if (entries.size >= MAX_ENTRIES) throw new SignatureFault('too_complex');
  entries.set(objectNumber, entry);
}

/** Reads `xref … trailer <<…>>`, each entry of exactly 20 bytes as the standard wants. */
export function readTable(reader: StrictReader): CrossReferences {
  const entries = new Map<number, TableEntry>();
  reader.expectWord('xref');
  while (reader.peekWord() !== 'trailer') {
    const first = reader.integer();
    const count = reader.integer();
    reader.skipWhitespace();
    for (let index = 0; index < count; index += 1) {
      const line = reader.bytes.toString('latin1', reader.position, reader.position + ENTRY_BYTES);
      const [, offset, generation, kind] = ENTRY.exec(line) ?? [];
      if (offset === undefined || generation === undefined) throw malformed();
      reader.position += ENTRY_BYTES;
      put(
        entries,
        first + index,
        kind === 'f'
          ? { kind: 'free' }
          : { kind: 'direct', offset: Number(offset), generation: Number(generation) },
      );
    }
  }
  reader.expectWord('trailer');
  const trailer = reader.value();
  // A table and a stream for the same revision: which is read depends on the reader's age.
  if (!(trailer instanceof Map) || trailer.has('XRefStm')) throw malformed();
  return { entries, trailer };
}

export function isTableStream(object: IndirectObject): boolean {
  return (
    object.stream !== undefined && object.value instanceof Map && isName(object.value.get('Type'), 'XRef')
  );
}

/** Reads a cross-reference stream (ISO 32000-2, 7.5.8); its dictionary is the trailer. */
export function readTableStream(
  object: IndirectObject,
  document: DocumentView,
  budget: ReadingBudget,
): CrossReferences {
  const trailer = object.value;
  if (!(trailer instanceof Map)) throw malformed();
  const widths = trailer.get('W');
  const size = trailer.get('Size');
  if (!Array.isArray(widths) || widths.length !== 3 || typeof size !== 'number') throw malformed();
  const [kindBytes, firstBytes, secondBytes] = widths.map((width) => {
    if (typeof width !== 'number' || !Number.isInteger(width) || width < 0 || width > 6) throw malformed();
    return width;
  });
  if (kindBytes === undefined || firstBytes === undefined || secondBytes === undefined) throw malformed();
  const index = trailer.get('Index') ?? [0, size];
  if (!Array.isArray(index) || index.length > 2 * SIGNATURE_LIMITS.objects) throw malformed();
  const bytes = openStream(object, document, budget);
  const entries = new Map<number, TableEntry>();
  let at = 0;
  const field = (width: number, otherwise: number): number => {
    if (width === 0) return otherwise;
    if (at + width > bytes.length) throw malformed();
    at += width;
    return bytes.readUIntBE(at - width, width);
  };
  for (let section = 0; section < index.length; section += 2) {
    const first = index[section];
    const count = index[section + 1];
    if (typeof first !== 'number' || typeof count !== 'number') throw malformed();
    for (let offset = 0; offset < count; offset += 1) {
      const kind = field(kindBytes, 1);
      const one = field(firstBytes, 0);
      const two = field(secondBytes, 0);
      if (kind === 0) put(entries, first + offset, { kind: 'free' });
      else if (kind === 1) put(entries, first + offset, { kind: 'direct', offset: one, generation: two });
      else if (kind === 2) put(entries, first + offset, { kind: 'packed', container: one, index: two });
      else throw malformed();
    }
  }
  return { entries, trailer };
}
