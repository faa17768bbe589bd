import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { checkPdf } from './pdf-check.ts';
import { capPdfLibInflation } from './pdf-document.ts';
import { makeModernPdf, makePdf, makeScan, objectStream, revise, streamBody } from './pdf-samples.ts';
import { PDF_LIMITS, PDF_RULES, type PdfVerdict } from './pdf-verdict.ts';

beforeAll(() => {
  capPdfLibInflation(2 * PDF_LIMITS.structureBytes);
  // pdf-lib tells what it repairs.
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
});

const SCRIPT = '<< /S /JavaScript /JS (x) >>';

/** Whole files of every make, to be damaged. */
const FILES = [
  makePdf({ objects: { 4: streamBody('/Subtype /Image /Width 9', 'pixels', '5 0 R'), 5: '6' } }),
  makeModernPdf({ 9: '<< /A [1 2 (three)] >>' }),
  revise(makePdf(), { 4: '<< /B <0123> >>' }),
  makeScan(2, 400),
];

/** What a damaged file, or a made one, is likely to have at a wrong place. */
const WORDS = [
  'obj',
  ' 0 obj',
  'endobj',
  'stream\n',
  'endstream',
  'xref',
  'trailer',
  'startxref',
  '%%EOF',
  '<<',
  '>>',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '/',
  '#',
  '%',
  'R',
  '/Length 99999999',
  '/Filter /FlateDecode',
  '/Type /ObjStm',
  '/Type /XRef',
  '/Kids [2 0 R]',
  '/N 9',
  '/First 9',
  '/W [9 9 9]',
  '/Prev 9',
  '-1',
  '1e9',
  '99999999999',
  '\0',
].map((word) => Buffer.from(word, 'latin1'));

const damage = fc.record({
  at: fc.nat(4000),
  remove: fc.oneof(fc.constant(0), fc.nat(60)),
  insert: fc.oneof(
    fc.constantFrom(...WORDS),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  ),
});

function apply(file: Buffer, damages: readonly { at: number; remove: number; insert: Buffer }[]): Buffer {
  return damages.reduce((bytes, { at, remove, insert }) => {
    const from = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + remove)]);
  }, file);
}

const VERDICT = expect.toSatisfy(
  (verdict: PdfVerdict) => (verdict.ok ? verdict.pages > 0 : PDF_RULES.includes(verdict.rule)),
  'a verdict',
);

describe('checkPdf, whatever the bytes', () => {
  test('gives a verdict on a damaged file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FILES),
        fc.array(damage, { minLength: 1, maxLength: 6 }),
        async (file, damages) => {
          expect(await checkPdf(apply(file, damages))).toEqual(VERDICT);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('gives a verdict on a truncated file', async () => {
    for (const file of FILES) {
      for (let length = 1; length < file.length; length += 3) {
        expect(await checkPdf(file.subarray(0, length))).toEqual(VERDICT);
      }
    }
  });

  test('gives a verdict on bytes without sense', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...WORDS), { maxLength: 80 }), async (words) => {
        const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), ...words, Buffer.from('\n%%EOF')]);
        expect(await checkPdf(bytes)).toEqual(VERDICT);
      }),
      { numRuns: 1500 },
    );
  });

  test('never accepts a file with a script, wherever bytes are added around it', async () => {
    const files = [
      makePdf({ objects: { 4: SCRIPT } }),
      revise(makePdf({ objects: { 4: SCRIPT } }), { 4: '<< >>' }),
      makePdf({ objects: { 4: objectStream({ 20: SCRIPT }, streamBody) } }),
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), damage, async (file, { at, insert }) => {
        const script = file.indexOf(SCRIPT);
        const from = at % (file.length + 1);
        fc.pre(from <= script || from >= script + SCRIPT.length);
        // A comment, a string or a stream opened before the script would make it text, for viewers as well.
        const before = file.lastIndexOf(' 0 obj', script) - 3;
        fc.pre(from < before || from > script);
        expect(await checkPdf(apply(file, [{ at: from, remove: 0, insert }]))).toMatchObject({ ok: false });
      }),
      { numRuns: 800 },
    );
  });

  test('decodes names however they are escaped', async () => {
    const escape = (name: string, mask: number) =>
      Array.from(name)
        .map((letter, index) =>
          ((mask >> index) & 1) === 1 ? `#${letter.charCodeAt(0).toString(16).padStart(2, '0')}` : letter,
        )
        .join('');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('JavaScript', 'Launch', 'EmbeddedFile', 'GoToR'),
        fc.nat(4095),
        fc.boolean(),
        async (name, mask, modern) => {
          const object = `<< /S /${escape(name, mask)} >>`;
          const file = modern ? makeModernPdf({ 9: object }) : makePdf({ objects: { 9: object } });
          expect(await checkPdf(file)).toMatchObject({ ok: false });
        },
      ),
    );
  });
});
