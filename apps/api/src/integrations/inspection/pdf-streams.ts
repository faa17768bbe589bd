import { countDecoded, decode, type Filter } from './pdf-filters.ts';
import { measureRow, type Predictor, unpredict } from './pdf-predictor.ts';
import { listOf, numberOf, type PdfScan, type PdfStream } from './pdf-scan.ts';
import { judgeObjects, Name, type PdfDictionary, type PdfValue, type Tally } from './pdf-values.ts';
import { PDF_LIMITS, PdfRefusal } from './pdf-verdict.ts';

const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['Fl', 'FlateDecode'],
  ['LZW', 'LZWDecode'],
  ['RL', 'RunLengthDecode'],
  ['AHx', 'ASCIIHexDecode'],
  ['A85', 'ASCII85Decode'],
  ['DCT', 'DCTDecode'],
  ['CCF', 'CCITTFaxDecode'],
]);

const INFLATING: ReadonlySet<string> = new Set([
  'FlateDecode',
  'LZWDecode',
  'RunLengthDecode',
  'ASCIIHexDecode',
  'ASCII85Decode',
]);

interface Step extends Filter {
  readonly predictor: Predictor;
}

function stepOf(scan: PdfScan, name: string, parameters: PdfValue | undefined): Step {
  const dictionary: PdfDictionary = parameters instanceof Map ? parameters : new Map();
  const number = (key: string, otherwise: number) => numberOf(scan, dictionary, key) ?? otherwise;
  return {
    name: ABBREVIATIONS.get(name) ?? name,
    earlyChange: number('EarlyChange', 1),
    predictor: {
      predictor: number('Predictor', 1),
      colors: number('Colors', 1),
      bitsPerComponent: number('BitsPerComponent', 8),
      columns: number('Columns', 1),
    },
  };
}

/**
 * The filters of a stream, in order. `F` and `DP` are the abbreviations that some viewers take in any stream.
 *
 * @throws PdfRefusal `launch_action` when the stream's data is in another file, `encrypted` for a Crypt filter,
 *   `too_complex` for a long chain.
 */
function stepsOf(scan: PdfScan, dictionary: PdfDictionary): Step[] {
  const steps: Step[] = [];
  const alias = scan.resolve(dictionary.get('F'));
  if (dictionary.has('F') && !(alias instanceof Name || Array.isArray(alias))) {
    throw new PdfRefusal('launch_action');
  }
  for (const [filterKey, parametersKey] of [
    ['Filter', 'DecodeParms'],
    ['F', 'DP'],
  ] as const) {
    const parameters = listOf(scan, dictionary.get(parametersKey) ?? dictionary.get('DecodeParms'));
    for (const [index, filter] of listOf(scan, dictionary.get(filterKey)).entries()) {
      if (!(filter instanceof Name)) throw new PdfRefusal('unreadable');
      steps.push(stepOf(scan, filter.text, parameters[index]));
    }
  }
  if (steps.some((step) => step.name === 'Crypt')) throw new PdfRefusal('encrypted');
  if (steps.length > PDF_LIMITS.filters) throw new PdfRefusal('too_complex');
  return steps;
}

/** What is left of a number of bytes. */
class Budget {
  left: number;

  constructor(bytes: number) {
    this.left = bytes;
  }

  spend(bytes: number): void {
    this.left -= bytes;
    if (this.left < 0) throw new PdfRefusal('too_complex');
  }
}

/** Whether a stream holds objects, or the table of them, rather than what is shown. */
function structureOf(scan: PdfScan, dictionary: PdfDictionary): 'table' | 'objects' | undefined {
  const types = [dictionary.get('Type'), scan.resolve(dictionary.get('Type'))];
  const isType = (name: string) => types.some((type) => type instanceof Name && type.text === name);
  if (isType('XRef')) return 'table';
  // Viewers ask an object stream for its `First`, not all of them for its `Type`.
  return isType('ObjStm') || dictionary.has('First') ? 'objects' : undefined;
}

/**
 * The file without the bytes whose end pdf-lib would search for one by one (20 times slower): those of streams
 * with an indirect or wrong length. What they hold was judged already, and pdf-lib follows no offset.
 */
export function withoutUnmeasured(bytes: Buffer, scan: PdfScan): Buffer {
  const parts: Buffer[] = [];
  let kept = 0;
  let passed = 0;
  for (const stream of scan.streams.toSorted((one, other) => one.start - other.start)) {
    if (stream.start < passed) continue;
    passed = stream.end;
    if (stream.measured || structureOf(scan, stream.dictionary) !== undefined) continue;
    parts.push(bytes.subarray(kept, stream.start));
    kept = stream.end;
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(kept)]);
}

/** Opens every stream of a file within budgets, and judges the objects that object streams hold. */
export class PdfStreamCheck {
  private readonly bytes: Buffer;
  private readonly scan: PdfScan;
  private readonly tally: Tally;
  private readonly structure = new Budget(PDF_LIMITS.structureBytes);
  private readonly content = new Budget(PDF_LIMITS.contentBytes);
  private readonly images = new Budget(PDF_LIMITS.imageBytes);
  private entries = 0;
  private done = 0;

  constructor(bytes: Buffer, scan: PdfScan, tally: Tally) {
    this.bytes = bytes;
    this.scan = scan;
    this.tally = tally;
  }

  /**
   * Checks the streams which the scan has found, and those that their cross-references reveal.
   *
   * @throws PdfRefusal over a limit, and for object streams that cannot be read.
   */
  async checkAll(): Promise<void> {
    while (this.done < this.scan.streams.length) {
      const stream = this.scan.streams[this.done];
      this.done += 1;
      if (stream !== undefined) await this.check(stream);
      if (this.done === this.scan.streams.length) this.scan.readTargets();
    }
  }

  private async check(stream: PdfStream): Promise<void> {
    const { dictionary } = stream;
    const steps = stepsOf(this.scan, dictionary);
    for (const step of steps) if (step.predictor.predictor > 1) measureRow(step.predictor);
    const structure = structureOf(this.scan, dictionary);
    if (structure === 'table') {
      this.checkCrossReferences(dictionary, this.open(stream, steps));
    } else if (structure === 'objects') {
      this.tally.object(numberOf(this.scan, dictionary, 'N') ?? 0);
      judgeObjects(this.open(stream, steps), this.tally);
    } else {
      await this.count(stream, steps);
    }
  }

  /** The decoded bytes of a structural stream. */
  private open(stream: PdfStream, steps: readonly Step[]): Buffer {
    let data = this.bytes.subarray(stream.start, stream.end);
    for (const step of steps) {
      data = unpredict(decode(step, data, this.structure.left), step.predictor);
      this.structure.spend(data.length);
    }
    return data;
  }

  /** Counts the decoded bytes of any other stream. Image codecs (JPEG, CCITT…) are left to their declared size. */
  private async count(stream: PdfStream, steps: readonly Step[]): Promise<void> {
    const { dictionary } = stream;
    const subtype = this.scan.resolve(dictionary.get('Subtype'));
    const isImage = subtype instanceof Name && subtype.text === 'Image';
    if (isImage) this.checkPixels(dictionary);
    const budget = isImage ? this.images : this.content;
    const codec = steps.findIndex((step) => !INFLATING.has(step.name));
    const inflating = codec < 0 ? steps : steps.slice(0, codec);
    let data = this.bytes.subarray(stream.start, stream.end);
    for (const [index, step] of inflating.entries()) {
      if (index === inflating.length - 1) {
        budget.spend(await countDecoded(step, data, budget.left));
        return;
      }
      const capacity = Math.min(budget.left, PDF_LIMITS.intermediateBytes);
      data = unpredict(decode(step, data, capacity), step.predictor);
      budget.spend(data.length);
    }
  }

  private checkPixels(dictionary: PdfDictionary): void {
    const size = (key: string, short: string) =>
      numberOf(this.scan, dictionary, key) ?? numberOf(this.scan, dictionary, short) ?? 0;
    if (size('Width', 'W') * size('Height', 'H') > PDF_LIMITS.imagePixels)
      throw new PdfRefusal('too_complex');
  }

  /** Checks that the entries are there in reasonable number, and hands the places they lead to to the scan. */
  private checkCrossReferences(dictionary: PdfDictionary, data: Buffer): void {
    const numbers = (key: string) =>
      listOf(this.scan, dictionary.get(key)).map((value) => (typeof value === 'number' ? value : -1));
    const widths = numbers('W');
    const index = dictionary.has('Index') ? numbers('Index') : [0, numbers('Size')[0] ?? 0];
    const counts = index.filter((_, at) => at % 2 === 1);
    if (widths.some((width) => width < 0 || width > 8) || counts.some((count) => !(count >= 0))) {
      throw new PdfRefusal('unreadable');
    }
    this.entries += counts.reduce((sum, count) => sum + count, 0);
    if (this.entries > PDF_LIMITS.crossReferences) throw new PdfRefusal('too_complex');
    for (const key of ['Prev', 'XRefStm']) this.scan.addTarget(numberOf(this.scan, dictionary, key) ?? 0);
    const [type = 0, offset = 0, generation = 0] = widths;
    const row = type + offset + generation;
    if (row === 0) return;
    for (let at = 0; at + row <= data.length; at += row) {
      const kind = type === 0 ? 1 : readNumber(data, at, type);
      if (kind === 1) this.scan.addTarget(readNumber(data, at + type, offset));
    }
  }
}

function readNumber(data: Buffer, at: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index += 1) value = value * 256 + (data[at + index] ?? 0);
  return value;
}
