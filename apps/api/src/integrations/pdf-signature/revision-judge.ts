import { type DocumentView, follow, type IndirectObject, isName, resolve } from './pdf-objects.ts';
import type { Revision } from './pdf-revisions.ts';
import { isEqual, Name, type PdfDictionary, PdfString, type PdfValue, Reference } from './pdf-values.ts';
import { SIGNATURE_LIMITS, SignatureFault, type SignatureReason } from './signature-verdict.ts';

/** A signature's dictionary, and whether it can be where its offsets say: not inside an object stream. */
export interface SignatureDictionary {
  readonly dictionary: PdfDictionary;
  readonly inFile: boolean;
}

/** The place where a signature shows. */
export interface VisibleWidget {
  /** Object number of the page. */
  readonly page: number;
  readonly rectangle: readonly [number, number, number, number];
}

/** What a document holds of signatures, once its last revision was judged. */
export interface SignatureForm {
  readonly signatures: readonly SignatureDictionary[];
  readonly widgets: readonly VisibleWidget[];
}

const CATALOG_ADDITIONS = new Set(['AcroForm', 'DSS', 'Extensions', 'Metadata', 'Perms', 'Version']);
const FORM_KEYS = new Set(['Type', 'Fields', 'SigFlags', 'DR', 'DA', 'Q', 'NeedAppearances']);
const FIELD_KEYS = new Set(
  'Type Subtype FT T TU TM F Ff Rect P V AP AS MK DA DR Q Lock SV Parent Kids BS Border NM M H C CA'.split(
    ' ',
  ),
);
/** What signing may change in a field that the issued contract has already. */
const SIGNED_FIELD_KEYS = new Set(['V', 'AP', 'AS', 'M', 'DA', 'F', 'MK']);
const SIGNATURE_KEYS = new Set(
  'Type Filter SubFilter Contents ByteRange M Name Location Reason ContactInfo Prop_Build Prop_AuthTime Prop_AuthType Reference Changes R V Cert'.split(
    ' ',
  ),
);
const STORE_KEYS = new Set(['Type', 'Certs', 'OCSPs', 'CRLs', 'VRI']);
const STORE_ITEM_KEYS = new Set(['Type', 'Cert', 'OCSP', 'CRL', 'TU', 'TS']);

/** Keys which make something act, or lead out of the file. */
const ACTING_KEYS = new Set([
  'A',
  'AA',
  'JS',
  'URI',
  'OpenAction',
  'XFA',
  'EF',
  'RF',
  'FS',
  'Dest',
  'Names',
  'OPI',
  'Ref',
]);
/** Keys which tie an object to the pages, their order or what of them is seen. */
const TYING_KEYS = new Set(['Annots', 'Kids', 'Pages', 'OC', 'OCProperties', 'Popup', 'IRT']);
const TYING_TYPES = new Set(['Page', 'Pages', 'Catalog', 'Annot', 'ObjStm', 'XRef', 'OCG', 'OCMD', 'Sig']);
const NO_ZOOM = 8;
const ACTING_TYPES = new Set(['Action', 'Filespec', 'EmbeddedFile']);

const fault = (reason: SignatureReason): SignatureFault => new SignatureFault(reason);

/** Some tools write objects again as they were. */
function isSame(object: IndirectObject, earlier: IndirectObject): boolean {
  if (object.generation !== earlier.generation || !isEqual(object.value, earlier.value)) return false;
  if (object.stream === undefined || earlier.stream === undefined) return object.stream === earlier.stream;
  return object.stream.equals(earlier.stream);
}

function expectKeys(dictionary: PdfDictionary, allowed: ReadonlySet<string>): void {
  for (const key of dictionary.keys()) {
    if (ACTING_KEYS.has(key)) throw fault('action_added');
    if (!allowed.has(key)) throw fault('unexpected_object');
  }
}

/**
 * Judges one revision: does it only add what a signature needs? Everything that it defines must have its part:
 * the catalogue's form, a signature field and its widget, the list of a page's annotations with that widget more,
 * the signature, what it looks like, evidence (DSS), the document's information. What the revision defines and
 * nothing leads to must be new, and harmless in itself.
 */
export class RevisionJudge {
  private readonly revision: Revision;
  private readonly before: DocumentView;
  private readonly accounted = new Set<number>();
  private readonly fields = new Set<number>();
  private readonly rectangles = new Map<number, VisibleWidget['rectangle']>();
  private readonly widgets: VisibleWidget[] = [];
  private readonly signatures: SignatureDictionary[] = [];
  private readonly seenSignatures = new Set<number>();

  constructor(revision: Revision) {
    this.revision = revision;
    this.before = revision.before;
  }

  /**
   * @param pages object numbers of the issued document's pages
   * @throws SignatureFault for the first thing that shouldn't be there.
   */
  judge(pages: readonly number[]): SignatureForm {
    for (const container of this.revision.containers) {
      if (this.before.find(container) !== undefined) throw fault('shadow_revision');
      this.accounted.add(container);
    }
    this.judgeCatalog();
    this.judgeInformation();
    for (const page of pages) this.judgePage(page);
    // A number below was free: the issued document may name it, and so change.
    const size = this.before.trailer.get('Size') as number;
    for (const [objectNumber, object] of this.revision.objects) {
      const earlier = this.before.find(objectNumber);
      if (earlier === undefined && objectNumber < size) throw fault('unexpected_object');
      if (this.accounted.has(objectNumber)) continue;
      if (earlier !== undefined) {
        if (!isSame(object, earlier)) throw fault('shadow_revision');
        continue;
      }
      this.accounted.add(objectNumber);
      this.expectHarmless(object.value, 0, object);
    }
    return { signatures: this.signatures, widgets: this.widgets };
  }

  /** A value that the revision may define anew because the same place led to it before, or because it is new. */
  private claim(value: PdfValue | undefined, earlier: PdfValue | undefined): IndirectObject | undefined {
    if (!(value instanceof Reference)) return undefined;
    const { objectNumber } = value;
    const existed = this.before.find(objectNumber) !== undefined;
    if (existed && !isEqual(value, earlier) && this.revision.objects.has(objectNumber)) {
      throw fault('shadow_revision');
    }
    this.accounted.add(objectNumber);
    return follow(this.revision, value);
  }

  private claimed(value: PdfValue | undefined, earlier?: PdfValue): PdfValue | undefined {
    return value instanceof Reference ? this.claim(value, earlier)?.value : value;
  }

  private judgeCatalog(): void {
    const root = this.revision.trailer.get('Root');
    const earlier = resolve(this.before, root);
    const catalog = this.claimed(root, root);
    if (!(earlier instanceof Map) || !(catalog instanceof Map)) throw fault('shadow_revision');
    for (const [key, value] of earlier) {
      if (CATALOG_ADDITIONS.has(key) && catalog.has(key)) continue;
      if (!isEqual(value, catalog.get(key))) throw fault('shadow_revision');
    }
    for (const [key, value] of catalog) {
      if (CATALOG_ADDITIONS.has(key)) this.judgeCatalogEntry(key, value, earlier.get(key));
      else if (!earlier.has(key)) {
        throw fault(ACTING_KEYS.has(key) ? 'action_added' : 'unexpected_object');
      }
    }
  }

  private judgeCatalogEntry(key: string, value: PdfValue, earlier: PdfValue | undefined): void {
    if (key === 'AcroForm') this.judgeForm(value, earlier);
    else if (key === 'DSS') this.judgeStore(this.claimed(value, earlier), earlier);
    else if (key === 'Metadata') this.judgeMetadata(value, earlier);
    else if (key === 'Perms') this.judgePermissions(this.claimed(value, earlier));
    else if (key === 'Version') {
      if (!(value instanceof Name)) throw fault('unexpected_object');
    } else this.expectHarmless(this.claimed(value, earlier) ?? null, 0);
  }

  private judgeMetadata(value: PdfValue, earlier: PdfValue | undefined): void {
    const object = this.claim(value, earlier);
    if (object?.stream === undefined || !(object.value instanceof Map)) throw fault('unexpected_object');
    if (!isName(object.value.get('Type'), 'Metadata')) throw fault('unexpected_object');
    this.expectHarmless(object.value, 0, object);
  }

  private judgePermissions(value: PdfValue | undefined): void {
    if (!(value instanceof Map)) throw fault('unexpected_object');
    expectKeys(value, new Set(['DocMDP']));
    this.takeSignature(value.get('DocMDP'));
  }

  private judgeInformation(): void {
    const value = this.revision.trailer.get('Info');
    const earlier = this.before.trailer.get('Info');
    if (value === undefined || value === null) return;
    const information = this.claimed(value, earlier);
    if (!(information instanceof Map)) throw fault('unexpected_object');
    for (const entry of information.values()) {
      if (!(entry instanceof PdfString || entry instanceof Name)) throw fault('unexpected_object');
    }
  }

  private judgeForm(value: PdfValue, earlierValue: PdfValue | undefined): void {
    const earlier = resolve(this.before, earlierValue);
    const form = this.claimed(value, earlierValue);
    if (!(form instanceof Map)) throw fault('unexpected_object');
    expectKeys(form, FORM_KEYS);
    // Viewers would draw the fields anew, each in its way.
    if (form.get('NeedAppearances') === true) throw fault('unexpected_object');
    const earlierFields = earlier instanceof Map ? earlier.get('Fields') : undefined;
    const known = resolve(this.before, earlierFields);
    const fields = this.claimed(form.get('Fields'), earlierFields);
    const knownFields = Array.isArray(known) ? known : [];
    if (!Array.isArray(fields)) throw fault('unexpected_object');
    for (const field of knownFields) {
      if (!fields.some((other) => isEqual(field, other))) throw fault('shadow_revision');
    }
    for (const field of fields) {
      const existed = knownFields.some((other) => isEqual(field, other));
      this.judgeField(field, existed, undefined, 0);
    }
    for (const key of ['DR', 'DA', 'Q']) {
      this.expectHarmless(this.claimed(form.get(key)) ?? null, 0);
    }
  }

  private judgeField(
    value: PdfValue | undefined,
    existed: boolean,
    inheritedType: PdfValue | undefined,
    depth: number,
  ): void {
    if (!(value instanceof Reference) || depth > 4) throw fault('unexpected_object');
    if (this.fields.has(value.objectNumber)) throw fault('unexpected_object');
    this.fields.add(value.objectNumber);
    const earlier = existed ? resolve(this.before, value) : undefined;
    const field = this.claimed(value, existed ? value : undefined);
    if (!(field instanceof Map)) throw fault('unexpected_object');
    if (earlier instanceof Map) {
      for (const key of new Set([...earlier.keys(), ...field.keys()])) {
        if (SIGNED_FIELD_KEYS.has(key)) continue;
        if (!isEqual(earlier.get(key), field.get(key))) throw fault('shadow_revision');
      }
    } else {
      expectKeys(field, FIELD_KEYS);
    }
    const type = field.get('FT') ?? inheritedType;
    const children = this.claimed(
      field.get('Kids'),
      earlier instanceof Map ? earlier.get('Kids') : undefined,
    );
    if (Array.isArray(children)) {
      for (const child of children) this.judgeField(child, existed, type, depth + 1);
    } else if (!isName(type, 'Sig')) {
      if (!existed) throw fault('unexpected_object');
      return;
    }
    if (field.has('V')) this.takeSignature(field.get('V'));
    if (isName(field.get('Subtype'), 'Widget')) this.judgeWidget(value.objectNumber, field);
    for (const key of ['MK', 'DR', 'Lock', 'SV', 'BS']) {
      this.expectHarmless(this.claimed(field.get(key)) ?? null, 0);
    }
  }

  private judgeWidget(objectNumber: number, widget: PdfDictionary): void {
    const rectangle = this.claimed(widget.get('Rect'));
    const edges = (Array.isArray(rectangle) ? rectangle : []).filter((edge) => typeof edge === 'number');
    const [left, bottom, right, top] = edges;
    if (left === undefined || bottom === undefined || right === undefined || top === undefined) {
      throw fault('unexpected_object');
    }
    if (left !== right && bottom !== top) {
      const flags = widget.get('F') ?? 0;
      // At a small scale it would grow over what stands around.
      if (typeof flags !== 'number' || (flags & NO_ZOOM) !== 0) throw fault('covers_text');
      this.rectangles.set(objectNumber, [
        Math.min(left, right),
        Math.min(bottom, top),
        Math.max(left, right),
        Math.max(bottom, top),
      ]);
    }
    this.expectHarmless(this.claimed(widget.get('AP')) ?? null, 0);
  }

  private takeSignature(value: PdfValue | undefined): void {
    const object = this.claim(value, undefined);
    const dictionary = value instanceof Reference ? object?.value : value;
    if (!(dictionary instanceof Map)) throw fault('unexpected_object');
    if (value instanceof Reference) {
      if (this.seenSignatures.has(value.objectNumber)) return;
      this.seenSignatures.add(value.objectNumber);
    }
    expectKeys(dictionary, SIGNATURE_KEYS);
    for (const [key, entry] of dictionary) {
      if (key !== 'Contents' && key !== 'ByteRange') this.expectHarmless(entry, 0);
    }
    this.signatures.push({ dictionary, inFile: object === undefined || object.offset !== undefined });
  }

  private judgeStore(value: PdfValue | undefined, earlierValue: PdfValue | undefined): void {
    const earlier = resolve(this.before, earlierValue);
    const earlierStore: PdfDictionary = earlier instanceof Map ? earlier : new Map();
    if (!(value instanceof Map)) throw fault('unexpected_object');
    expectKeys(value, STORE_KEYS);
    for (const key of ['Certs', 'OCSPs', 'CRLs']) {
      this.expectHarmless(this.claimed(value.get(key), earlierStore.get(key)) ?? null, 0);
    }
    const items = this.claimed(value.get('VRI'), earlierStore.get('VRI'));
    if (!(items instanceof Map)) return;
    for (const item of items.values()) {
      const dictionary = this.claimed(item);
      if (!(dictionary instanceof Map)) throw fault('unexpected_object');
      expectKeys(dictionary, STORE_ITEM_KEYS);
      this.expectHarmless(dictionary, 0);
    }
  }

  private judgePage(objectNumber: number): void {
    const earlier = this.before.find(objectNumber)?.value;
    const page = this.revision.find(objectNumber)?.value;
    this.accounted.add(objectNumber);
    if (!(earlier instanceof Map) || !(page instanceof Map)) throw fault('shadow_revision');
    for (const key of new Set([...earlier.keys(), ...page.keys()])) {
      if (key === 'Annots') continue;
      // The order in which the keyboard goes through the fields.
      if (key === 'Tabs' && page.get(key) instanceof Name) continue;
      if (isEqual(earlier.get(key), page.get(key))) continue;
      if (earlier.has(key)) throw fault('shadow_revision');
      throw fault(ACTING_KEYS.has(key) ? 'action_added' : 'unexpected_object');
    }
    const earlierAnnotations = resolve(this.before, earlier.get('Annots'));
    const annotations = this.claimed(page.get('Annots'), earlier.get('Annots'));
    const known = Array.isArray(earlierAnnotations) ? earlierAnnotations : [];
    const now = Array.isArray(annotations) ? annotations : [];
    if (!known.every((annotation, index) => isEqual(annotation, now[index]))) throw fault('shadow_revision');
    for (const annotation of now) {
      const rectangle = annotation instanceof Reference && this.rectangles.get(annotation.objectNumber);
      if (rectangle) this.widgets.push({ page: objectNumber, rectangle });
    }
    for (const annotation of now.slice(known.length)) {
      if (!(annotation instanceof Reference) || !this.fields.has(annotation.objectNumber)) {
        throw fault('annotation_added');
      }
    }
  }

  /** Walks new objects which only hold data or say what a signature looks like. */
  private expectHarmless(value: PdfValue, depth: number, object?: IndirectObject): void {
    if (depth > SIGNATURE_LIMITS.depth) throw fault('too_complex');
    if (value instanceof Reference) {
      if (!this.revision.objects.has(value.objectNumber) || this.accounted.has(value.objectNumber)) return;
      if (this.before.find(value.objectNumber) !== undefined) throw fault('shadow_revision');
      this.accounted.add(value.objectNumber);
      const target = follow(this.revision, value);
      if (target !== undefined) this.expectHarmless(target.value, depth + 1, target);
    } else if (Array.isArray(value)) {
      for (const element of value) this.expectHarmless(element, depth + 1);
    } else if (value instanceof Map) {
      this.expectHarmlessDictionary(value, depth, object?.stream !== undefined);
    }
  }

  private expectHarmlessDictionary(dictionary: PdfDictionary, depth: number, isStream: boolean): void {
    const type = dictionary.get('Type');
    if (type instanceof Name && ACTING_TYPES.has(type.text)) throw fault('action_added');
    if (type instanceof Name && TYING_TYPES.has(type.text)) throw fault('unexpected_object');
    if (isName(dictionary.get('Subtype'), 'PS')) throw fault('unexpected_object');
    for (const [key, entry] of dictionary) {
      if (ACTING_KEYS.has(key)) throw fault('action_added');
      if (TYING_KEYS.has(key)) throw fault('unexpected_object');
      // The data of a stream in another file.
      if (isStream && (key === 'F' || key === 'FFilter')) throw fault('action_added');
      this.expectHarmless(entry, depth + 1);
    }
  }
}
