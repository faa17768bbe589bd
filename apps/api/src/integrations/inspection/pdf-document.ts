import {
  decodePDFRawStream,
  PDFArray,
  PDFContext,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';
import { type NamePlace, ruleOfName } from './pdf-names.ts';
import { PDF_LIMITS, PdfRefusal, type PdfRule } from './pdf-verdict.ts';

/**
 * Makes pdf-lib unable to inflate a stream beyond our limit, in this thread. Our own reading has already refused
 * such streams; this holds should pdf-lib ever see a stream where we see none.
 *
 * @throws Error when this version of pdf-lib is made otherwise.
 */
export function capPdfLibInflation(capacity: number): void {
  const context = PDFContext.create();
  const sample = PDFRawStream.of(context.obj({ Filter: 'RunLengthDecode' }), new Uint8Array([128]));
  const decoder: unknown = Object.getPrototypeOf(Object.getPrototypeOf(decodePDFRawStream(sample)));
  const grow: unknown = decoder instanceof Object ? Reflect.get(decoder, 'ensureBuffer') : undefined;
  if (!(decoder instanceof Object) || typeof grow !== 'function') {
    throw new Error('pdf-lib no longer decodes by ensureBuffer: its memory cannot be capped');
  }
  Reflect.set(decoder, 'ensureBuffer', function ensureBuffer(this: unknown, requested: number): unknown {
    if (requested > capacity) throw new PdfRefusal('too_complex');
    return Reflect.apply(grow, this, [requested]);
  });
}

interface Place {
  readonly object: PDFObject | undefined;
  readonly place: NamePlace;
}

/** The second reading of a file, by pdf-lib: what it understood, judged name by name. */
class DocumentJudge {
  readonly found = new Set<PdfRule>();
  private readonly context: PDFContext;
  private pending: Place[] = [];

  constructor(context: PDFContext) {
    this.context = context;
  }

  judge(object: PDFObject | undefined): void {
    this.pending = [{ object, place: 'value' }];
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) this.visit(next);
  }

  private visit({ object, place }: Place): void {
    if (object instanceof PDFName) {
      this.name(object, place);
    } else if (object instanceof PDFArray) {
      for (let index = 0; index < object.size(); index += 1) {
        this.pending.push({ object: object.get(index), place: 'element' });
      }
    } else if (object instanceof PDFDict) {
      this.dictionary(object);
    } else if (object instanceof PDFStream) {
      this.dictionary(object.dict);
    }
  }

  private dictionary(dictionary: PDFDict): void {
    for (const [key, value] of dictionary.entries()) {
      this.name(key, 'key');
      this.pending.push({ object: value, place: 'value' });
      const text = key.asString();
      if (text === '/AF' && this.isFileReference(value)) this.found.add('embedded_file');
      if (text === '/EF' && this.context.lookup(value) instanceof PDFDict) this.found.add('embedded_file');
      if (text === '/URI') this.address(value);
    }
  }

  private name(name: PDFName, place: NamePlace): void {
    const rule = ruleOfName(name.asString().slice(1), place);
    if (rule !== undefined) this.found.add(rule);
  }

  /** Associated files (PDF 2.0). A resource may be called AF too: it has no file in it. */
  private isFileReference(value: PDFObject): boolean {
    const target = this.context.lookup(value);
    if (target instanceof PDFArray) return target.size() > 0;
    return target instanceof PDFDict && ['F', 'UF', 'EF'].some((key) => target.has(PDFName.of(key)));
  }

  /** Web and mail addresses are allowed; one which runs a script or opens a file is what it does. */
  private address(value: PDFObject): void {
    const target = this.context.lookup(value);
    if (!(target instanceof PDFString || target instanceof PDFHexString)) return;
    const address = target
      .decodeText()
      .replace(/[\p{C}\s]/gu, '')
      .toLowerCase();
    if (address.startsWith('javascript:') || address.startsWith('vbscript:')) this.found.add('script');
    if (address.startsWith('file:') || address.startsWith('\\\\')) this.found.add('launch_action');
  }
}

/**
 * The number of pages, each counted once however often the tree leads to it.
 *
 * @throws PdfRefusal `too_complex` over the limit.
 */
function countPages(document: PDFDocument): number {
  const { context, catalog } = document;
  if (!(catalog instanceof PDFDict)) return 0;
  const seen = new Set<PDFObject>();
  const pending: (PDFObject | undefined)[] = [catalog.get(PDFName.of('Pages'))];
  let pages = 0;
  while (pending.length > 0) {
    const entry = pending.pop();
    const node = entry instanceof PDFRef ? context.lookup(entry) : entry;
    if (!(node instanceof PDFDict) || seen.has(node)) continue;
    seen.add(node);
    const kids = context.lookup(node.get(PDFName.of('Kids')));
    if (kids instanceof PDFArray) {
      for (let index = kids.size() - 1; index >= 0; index -= 1) pending.push(kids.get(index));
    } else if (node.get(PDFName.of('Type')) !== PDFName.of('Pages')) {
      pages += 1;
      if (pages > PDF_LIMITS.pages) throw new PdfRefusal('too_complex');
    }
  }
  return pages;
}

/**
 * Has pdf-lib read the file, and judges all that it understood.
 *
 * @returns the number of pages and the rules broken.
 * @throws PdfRefusal `unreadable` when pdf-lib cannot read it, or finds no page.
 */
export async function readDocument(
  bytes: Uint8Array,
): Promise<{ pages: number; found: ReadonlySet<PdfRule> }> {
  try {
    const document = await PDFDocument.load(bytes, {
      ignoreEncryption: true,
      parseSpeed: Number.POSITIVE_INFINITY,
      updateMetadata: false,
    });
    const judge = new DocumentJudge(document.context);
    for (const [, object] of document.context.enumerateIndirectObjects()) judge.judge(object);
    if (document.context.trailerInfo.Encrypt !== undefined) judge.found.add('encrypted');
    const pages = countPages(document);
    if (pages === 0 && judge.found.size === 0) throw new PdfRefusal('unreadable');
    return { pages, found: judge.found };
  } catch (error) {
    if (error instanceof PdfRefusal) throw error;
    throw new PdfRefusal('unreadable');
  }
}
