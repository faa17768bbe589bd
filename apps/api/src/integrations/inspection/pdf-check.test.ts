import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import * as attack from './pdf-attacks.ts';
import { checkPdf } from './pdf-check.ts';
import { capPdfLibInflation } from './pdf-document.ts';
import {
  deflated,
  latin,
  makeModernPdf,
  makePdf,
  makeScan,
  noise,
  revise,
  sized,
  streamBody,
} from './pdf-samples.ts';
import { PDF_LIMITS, PDF_MAX_BYTES } from './pdf-verdict.ts';

beforeAll(() => capPdfLibInflation(2 * PDF_LIMITS.structureBytes));

const SCRIPT = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

/** What pdf-lib writes: a form, a link, a drawing. */
async function byPdfLib(useObjectStreams: boolean): Promise<Buffer> {
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  page.drawText('Statut', { x: 50, y: 700, font: await document.embedFont(StandardFonts.Helvetica) });
  document.getForm().createTextField('ice').addToPage(page, { x: 50, y: 600 });
  const link = document.context.register(
    document.context.obj({
      Type: 'Annot',
      Subtype: 'Link',
      Rect: [0, 0, 100, 100],
      A: { S: 'URI', URI: PDFString.of('https://www.douane.gov.ma/') },
    }),
  );
  page.node.addAnnot(link);
  document.catalog.set(PDFName.of('OpenAction'), document.context.obj([page.ref, 'Fit']));
  return Buffer.from(await document.save({ useObjectStreams }));
}

const SIGNED = makePdf({
  catalogue: '/AcroForm << /Fields [5 0 R] /SigFlags 3 >> /Perms << /DocMDP 6 0 R >>',
  page: '/Annots [5 0 R]',
  objects: {
    5: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V 6 0 R /Rect [0 0 0 0] /P 3 0 R >>',
    6: `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 400 8400 500] /Contents <3082${'00'.repeat(4000)}> /M (D:20261121120000Z) >>`,
  },
});

const GOOD: readonly (readonly [string, Buffer | (() => Promise<Buffer>), number])[] = [
  ['a minimal document', makePdf(), 1],
  ...['1.3', '1.7', '2.0'].map((version) => [`PDF ${version}`, makePdf({ version }), 1] as const),
  ['a scan', makeScan(3, 300_000), 3],
  ['a scan with indirect lengths', makeScan(3, 300_000, true), 3],
  ['a document in object streams', makeModernPdf(), 1],
  ['pdf-lib, object streams', () => byPdfLib(true), 1],
  ['pdf-lib, plain objects', () => byPdfLib(false), 1],
  ['exactly 3 MiB', sized(PDF_MAX_BYTES), 1],
  ['two revisions', revise(makePdf(), { 4: '<< /A 1 >>' }), 1],
  ['three revisions of a modern file', revise(revise(makeModernPdf(), { 9: '1' }), { 9: '2' }), 1],
  ['a signature', SIGNED, 1],
  ['a signature and a later revision', revise(SIGNED, { 7: '<< /A 1 >>' }), 1],
  ['CRLF line ends', latin(makePdf().toString('latin1').replaceAll('\n', '\r\n')), 1],
  ['CR line ends', latin(makePdf().toString('latin1').replaceAll('\n', '\r')), 1],
  ['padding after the end', makePdf({ after: Buffer.alloc(4096) }), 1],
  ['a word after the end', makePdf({ after: '\r\n-- end --\r\n' }), 1],
  [
    'a wrong startxref',
    latin(
      makePdf()
        .toString('latin1')
        .replace(/startxref\n\d+/, 'startxref\n7'),
    ),
    1,
  ],
  ['a wrong length', makePdf({ objects: { 4: streamBody('', 'q Q', '9999') } }), 1],
  ['a missing endobj', latin(makePdf().toString('latin1').replace('endobj\n', '')), 1],
  [
    'a table in which all is off by one',
    latin(makePdf().toString('latin1').replace('%\u00e2', ' %\u00e2')),
    1,
  ],
  [
    'a broken font, which viewers replace',
    makePdf({ objects: { 9: streamBody('/Filter /FlateDecode', noise(999)) } }),
    1,
  ],
  [
    'a codec that is not opened',
    makePdf({ objects: { 9: streamBody('/Filter [/FlateDecode /JBIG2Decode]', deflateSync(noise(99))) } }),
    1,
  ],
  [
    'a filter under another number',
    makePdf({ objects: { 8: '/FlateDecode', 9: streamBody('/Filter 8 0 R', deflateSync('q Q')) } }),
    1,
  ],
  ['LZW', makePdf({ objects: { 9: streamBody('/Filter /LZWDecode', attack.lzwBomb(40)) } }), 1],
  [
    'a web and a mail address',
    makePdf({
      page: '/Annots [<< /Subtype /Link /A << /S /URI /URI (https://a.ma) >> >> << /A << /S /URI /URI (mailto:a@b.ma) >> >>]',
    }),
    1,
  ],
  ['a jump to a page', makePdf({ catalogue: '/OpenAction << /S /GoTo /D [3 0 R /Fit] >>' }), 1],
  ['printing at opening', makePdf({ catalogue: '/OpenAction << /S /Named /N /Print >>' }), 1],
  ['a button which clears the form', makePdf({ page: '/Annots [<< /A << /S /ResetForm >> >>]' }), 1],
  [
    'a resource called AF',
    makePdf({ page: '/Resources << /Font << /AF 4 0 R >> >>', objects: { 4: '<< /Type /Font >>' } }),
    1,
  ],
  ['glyphs called like keys', makePdf({ objects: { 4: '<< /Differences [1 /JS /EF /AF /Movie] >>' } }), 1],
  [
    'the rights of a form, which have a list called EF',
    makePdf({ objects: { 4: '<< /Type /TransformParams /EF [/Create /Delete] >>' } }),
    1,
  ],
  [
    'words about scripts',
    makePdf({
      objects: { 4: '<< /Title (On /JavaScript and /Launch) >>', 5: deflated('', '(/JS /JavaScript) Tj') },
    }),
    1,
  ],
  [
    'a page met twice in the tree',
    makePdf({ objects: { 2: '<< /Type /Pages /Kids [3 0 R 3 0 R 2 0 R] /Count 3 >>' } }),
    1,
  ],
];

describe('checkPdf', () => {
  test.each(GOOD)('accepts %s', async (_, source, pages) => {
    const bytes = typeof source === 'function' ? await source() : source;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await checkPdf(bytes)).toEqual({ ok: true, pages, sha256 });
  });

  test('tells the first rule in order when several are broken', async () => {
    const both = makePdf({
      catalogue: '/OpenAction << /S /Launch >> /Collection << >>',
      objects: { 5: SCRIPT, 9: streamBody('/Filter /FlateDecode', attack.zlibBomb(100)) },
    });
    expect(await checkPdf(both)).toEqual({ ok: false, rule: 'script' });
  });
});
