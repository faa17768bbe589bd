import type { IssuedDocument } from './issued-document.ts';
import { follow, isName, openStream, resolve } from './pdf-objects.ts';
import {
  Name,
  type PdfDictionary,
  PdfString,
  type PdfValue,
  type ReadingBudget,
  StrictReader,
} from './pdf-values.ts';
import type { VisibleWidget } from './revision-judge.ts';
import { SignatureFault } from './signature-verdict.ts';

/** A transformation, as PDF writes it: x' = ax + cy + e, y' = bx + dy + f. */
type Matrix = readonly [number, number, number, number, number, number];
type Rectangle = VisibleWidget['rectangle'];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
/** How far glyphs reach over and under their line, in parts of the size: more than most do. */
const ASCENT = 1;
const DESCENT = -0.3;
const DEFAULT_WIDTH = 1000;

const multiply = (one: Matrix, other: Matrix): Matrix => [
  one[0] * other[0] + one[1] * other[2],
  one[0] * other[1] + one[1] * other[3],
  one[2] * other[0] + one[3] * other[2],
  one[2] * other[1] + one[3] * other[3],
  one[4] * other[0] + one[5] * other[2] + other[4],
  one[4] * other[1] + one[5] * other[3] + other[5],
];

const malformed = (): SignatureFault => new SignatureFault('malformed_update');

/** Widths of a font's glyphs, in thousandths of the size. */
interface FontMetrics {
  readonly bytesPerCode: 1 | 2;
  readonly widths: ReadonlyMap<number, number>;
  readonly otherwise: number;
}

function numbersOf(values: readonly PdfValue[]): number[] {
  return values.map((value) => {
    if (typeof value !== 'number') throw malformed();
    return value;
  });
}

function matrixOf(values: readonly PdfValue[]): Matrix {
  const [a, b, c, d, e, f] = numbersOf(values);
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined)
    throw malformed();
  if (f === undefined) throw malformed();
  return [a, b, c, d, e, f];
}

/** Draws nothing: tells where the text and pictures of a page are. */
class PagePlan {
  private readonly document: IssuedDocument;
  private readonly resources: PdfDictionary;
  private readonly fonts = new Map<string, FontMetrics>();
  private readonly met: (box: Rectangle) => void;
  private readonly saved: { ctm: Matrix; font: FontMetrics | undefined; size: number }[] = [];
  private ctm: Matrix = IDENTITY;
  private text: Matrix = IDENTITY;
  private line: Matrix = IDENTITY;
  private font: FontMetrics | undefined;
  private size = 0;
  private leading = 0;
  private characterSpace = 0;
  private wordSpace = 0;
  private scale = 1;
  private rise = 0;

  constructor(document: IssuedDocument, resources: PdfDictionary, met: (box: Rectangle) => void) {
    this.document = document;
    this.resources = resources;
    this.met = met;
  }

  read(content: Buffer, budget: ReadingBudget): void {
    const reader = new StrictReader(content, 0, budget);
    let operands: PdfValue[] = [];
    for (reader.skipWhitespace(); reader.position < content.length; reader.skipWhitespace()) {
      const word = reader.peekWord();
      if (/^[A-Za-z'"]/.test(word) && !['true', 'false', 'null'].includes(word)) {
        reader.position += word.length;
        this.run(word, operands);
        operands = [];
      } else {
        operands.push(reader.value());
      }
    }
  }

  private run(operator: string, operands: readonly PdfValue[]): void {
    const number = (index: number): number => numbersOf(operands)[index] ?? 0;
    if (operator === 'q') this.saved.push({ ctm: this.ctm, font: this.font, size: this.size });
    else if (operator === 'Q') this.restore();
    else if (operator === 'cm') this.ctm = multiply(matrixOf(operands), this.ctm);
    else if (operator === 'BT') this.moveTo(IDENTITY);
    else if (operator === 'Tm') this.moveTo(matrixOf(operands));
    else if (operator === 'Td' || operator === 'TD') {
      if (operator === 'TD') this.leading = -number(1);
      this.moveBy(number(0), number(1));
    } else if (operator === 'T*') this.moveBy(0, -this.leading);
    else if (operator === 'Tf') this.selectFont(operands);
    else if (operator === 'TL') this.leading = number(0);
    else if (operator === 'Tc') this.characterSpace = number(0);
    else if (operator === 'Tw') this.wordSpace = number(0);
    else if (operator === 'Tz') this.scale = number(0) / 100;
    else if (operator === 'Ts') this.rise = number(0);
    else if (operator === 'Tj') this.show(operands);
    else if (operator === 'TJ') this.show(Array.isArray(operands[0]) ? operands[0] : []);
    else if (operator === "'" || operator === '"') {
      this.moveBy(0, -this.leading);
      this.show(operands.slice(-1));
    } else if (operator === 'Do') this.place(operands[0]);
    // Pictures inside the content: where they end isn't told.
    else if (operator === 'BI') throw malformed();
  }

  private restore(): void {
    const state = this.saved.pop();
    if (state === undefined) return;
    this.ctm = state.ctm;
    this.font = state.font;
    this.size = state.size;
  }

  private moveTo(matrix: Matrix): void {
    this.line = matrix;
    this.text = matrix;
  }

  private moveBy(x: number, y: number): void {
    this.moveTo(multiply([1, 0, 0, 1, x, y], this.line));
  }

  private selectFont([name, size]: readonly PdfValue[]): void {
    if (!(name instanceof Name) || typeof size !== 'number') throw malformed();
    let metrics = this.fonts.get(name.text);
    if (metrics === undefined) {
      metrics = this.readFont(this.resource('Font', name.text));
      this.fonts.set(name.text, metrics);
    }
    this.font = metrics;
    this.size = size;
  }

  private resource(kind: string, name: string): PdfValue | undefined {
    const group = resolve(this.document, this.resources.get(kind));
    return group instanceof Map ? group.get(name) : undefined;
  }

  private readFont(value: PdfValue | undefined): FontMetrics {
    const font = resolve(this.document, value);
    if (!(font instanceof Map)) throw malformed();
    const widths = new Map<number, number>();
    if (!isName(font.get('Subtype'), 'Type0')) {
      const first = font.get('FirstChar');
      const list = resolve(this.document, font.get('Widths'));
      if (Array.isArray(list) && typeof first === 'number') {
        for (const [index, width] of numbersOf(list).entries()) widths.set(first + index, width);
      }
      return { bytesPerCode: 1, widths, otherwise: DEFAULT_WIDTH };
    }
    const descendants = resolve(this.document, font.get('DescendantFonts'));
    const descendant = resolve(this.document, Array.isArray(descendants) ? descendants[0] : undefined);
    if (!(descendant instanceof Map) || !isName(font.get('Encoding'), 'Identity-H')) throw malformed();
    const otherwise = descendant.get('DW');
    const list = resolve(this.document, descendant.get('W'));
    this.readWidths(Array.isArray(list) ? list : [], widths);
    return { bytesPerCode: 2, widths, otherwise: typeof otherwise === 'number' ? otherwise : DEFAULT_WIDTH };
  }

  /** `first [w …]` or `first last w` (ISO 32000-2, 9.7.4.3). */
  private readWidths(list: readonly PdfValue[], widths: Map<number, number>): void {
    for (let at = 0; at < list.length; ) {
      const first = list[at];
      const second = resolve(this.document, list[at + 1]);
      if (typeof first !== 'number') throw malformed();
      if (Array.isArray(second)) {
        for (const [index, width] of numbersOf(second).entries()) widths.set(first + index, width);
        at += 2;
        continue;
      }
      const width = list[at + 2];
      if (typeof second !== 'number' || typeof width !== 'number' || second > 0xff_ff) throw malformed();
      for (let code = first; code <= second; code += 1) widths.set(code, width);
      at += 3;
    }
  }

  private show(pieces: readonly PdfValue[]): void {
    if (this.font === undefined) throw malformed();
    let width = 0;
    for (const piece of pieces) {
      if (typeof piece === 'number') width -= (piece / 1000) * this.size * this.scale;
      else if (piece instanceof PdfString) width += this.widthOf(piece.bytes, this.font);
    }
    const low = DESCENT * this.size + this.rise;
    const high = ASCENT * this.size + this.rise;
    this.meet([Math.min(0, width), low, Math.max(0, width), high], multiply(this.text, this.ctm));
    this.text = multiply([1, 0, 0, 1, width, 0], this.text);
  }

  private widthOf(codes: Buffer, { bytesPerCode, widths, otherwise }: FontMetrics): number {
    let width = 0;
    for (let at = 0; at + bytesPerCode <= codes.length; at += bytesPerCode) {
      const code = codes.readUIntBE(at, bytesPerCode);
      const space = bytesPerCode === 1 && code === 32 ? this.wordSpace : 0;
      width += ((widths.get(code) ?? otherwise) / 1000) * this.size + this.characterSpace + space;
    }
    return width * this.scale;
  }

  /** A picture fills the unit square, a form its own box. */
  private place(name: PdfValue | undefined): void {
    if (!(name instanceof Name)) throw malformed();
    const object = follow(this.document, this.resource('XObject', name.text));
    if (!(object?.value instanceof Map)) throw malformed();
    if (!isName(object.value.get('Subtype'), 'Form')) {
      this.meet([0, 0, 1, 1], this.ctm);
      return;
    }
    const box = resolve(this.document, object.value.get('BBox'));
    const matrix = resolve(this.document, object.value.get('Matrix'));
    const [left, bottom, right, top] = numbersOf(Array.isArray(box) ? box : []);
    if (left === undefined || bottom === undefined || right === undefined || top === undefined)
      throw malformed();
    const own = Array.isArray(matrix) ? matrixOf(matrix) : IDENTITY;
    this.meet([left, bottom, right, top], multiply(own, this.ctm));
  }

  private meet([left, bottom, right, top]: Rectangle, [a, b, c, d, e, f]: Matrix): void {
    const corners = [
      [left, bottom],
      [right, bottom],
      [left, top],
      [right, top],
    ] as const;
    const xs = corners.map(([x, y]) => a * x + c * y + e);
    const ys = corners.map(([x, y]) => b * x + d * y + f);
    this.met([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
  }
}

function contentOf(document: IssuedDocument, page: PdfDictionary, budget: ReadingBudget): Buffer {
  const contents = page.get('Contents');
  const list = resolve(document, contents);
  const parts = (Array.isArray(list) ? list : [contents]).map((part) => {
    const object = follow(document, part);
    if (object === undefined) throw malformed();
    return openStream(object, document, budget);
  });
  return Buffer.concat(parts.flatMap((part) => [part, Buffer.from('\n')]));
}

/**
 * Whether a visible signature lies over text or pictures of the issued page. Lines and areas don't count: a frame may
 * be there to be signed in. What can't be placed is taken for covered.
 */
export function coversText(issued: IssuedDocument, budget: ReadingBudget, widget: VisibleWidget): boolean {
  const [left, bottom, right, top] = widget.rectangle;
  let covered = false;
  const page = issued.find(widget.page)?.value;
  try {
    if (!(page instanceof Map)) throw malformed();
    const resources = resolve(issued, page.get('Resources'));
    if (!(resources instanceof Map)) throw malformed();
    const plan = new PagePlan(issued, resources, (box) => {
      covered ||= box[0] < right && left < box[2] && box[1] < top && bottom < box[3];
    });
    plan.read(contentOf(issued, page, budget), budget);
  } catch (error) {
    if (!(error instanceof SignatureFault)) throw error;
    return true;
  }
  return covered;
}
