import { deflateSync } from 'node:zlib';
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
  objectStream,
  revise,
  sized,
  streamBody,
  writeTable,
} from './pdf-samples.ts';
import { PDF_LIMITS, PDF_MAX_BYTES, type PdfRule } from './pdf-verdict.ts';

beforeAll(() => capPdfLibInflation(2 * PDF_LIMITS.structureBytes));

const SCRIPT = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

/** An object stream with a script, written in some way. */
const hiddenScript = (encode: (dictionary: string, data: Buffer) => Buffer) =>
  makePdf({ version: '1.5', objects: { 9: objectStream({ 20: SCRIPT }, encode) } });

const filtered = (filters: string, encode: (data: Buffer) => Buffer) =>
  hiddenScript((dictionary, data) => streamBody(`${dictionary} ${filters}`, encode(data)));

/** A script in bytes that a plain reading passes over, and a table whose entry leads to it. */
function reachedByOffset(before: string, after: string): Buffer {
  // The comments keep the object from being found by its usual look.
  const object = `1%\n0%\nobj ${SCRIPT} endobj`;
  const pdf = makePdf({ garbage: `${before}${object}${after}` });
  const offset = pdf.indexOf(object);
  return Buffer.concat([pdf, writeTable(new Map([[8, offset]]), pdf.length, '/Root 1 0 R')]);
}

const BAD: readonly (readonly [string, Buffer, PdfRule])[] = [
  ['nothing', Buffer.alloc(0), 'empty'],
  ['one byte over 3 MiB', sized(PDF_MAX_BYTES + 1), 'too_large'],
  ['text', latin('Statut de la société'), 'not_pdf'],
  ['a web page', latin(`<html><script>alert(1)</script>${makePdf().toString('latin1')}`), 'not_pdf'],
  ['a picture before the document', Buffer.concat([latin('\u00ff\u00d8\u00ff'), makePdf()]), 'not_pdf'],
  ['a line before the document', Buffer.concat([latin('\r\n'), makePdf()]), 'not_pdf'],
  ['an unknown version', makePdf({ version: '9.1' }), 'not_pdf'],
  ['an archive at the end', makePdf({ after: attack.zipTail() }), 'not_pdf'],
  [
    'an archive with the document in its comment',
    makePdf({ garbage: Buffer.concat([latin('%'), attack.zipTail('comment'), latin('\n')]) }),
    'not_pdf',
  ],

  [
    'encryption',
    makePdf({ trailer: '/Encrypt 5 0 R', objects: { 5: '<< /Filter /Standard >>' } }),
    'encrypted',
  ],
  [
    'encryption of an earlier revision',
    revise(makePdf({ trailer: '/Encrypt 5 0 R', objects: { 5: '<< >>' } }), { 6: '1' }),
    'encrypted',
  ],
  [
    'encryption in a cross-reference stream',
    makeModernPdf({}, undefined, '/Encrypt << /Filter /Standard >>'),
    'encrypted',
  ],
  ['a crypt filter', makePdf({ objects: { 9: streamBody('/Filter /Crypt', 'x') } }), 'encrypted'],

  ['a script at opening', makePdf({ catalogue: `/OpenAction ${SCRIPT}` }), 'script'],
  [
    'a script with escaped names',
    makePdf({ catalogue: '/OpenAction << /S /J#61vaScr#69pt /#4a#53 (x) >>' }),
    'script',
  ],
  ['a script with an escaped key only', makePdf({ catalogue: '/OpenAction << /#4aS (x) >>' }), 'script'],
  ['scripts by name', makePdf({ catalogue: '/Names << /JavaScript << /Names [(a) 5 0 R] >> >>' }), 'script'],
  [
    'a calculated field',
    makePdf({
      catalogue: '/AcroForm << /CO [5 0 R] >>',
      objects: { 5: `<< /FT /Tx /AA << /C ${SCRIPT} >> >>` },
    }),
    'script',
  ],
  [
    'a type of action elsewhere',
    makePdf({ catalogue: '/OpenAction << /S 8 0 R >>', objects: { 8: '/JavaScript' } }),
    'script',
  ],
  ['an XFA form', makePdf({ catalogue: '/AcroForm << /XFA 5 0 R >>' }), 'script'],
  ['a script that nothing leads to', makePdf({ objects: { 77: SCRIPT } }), 'script'],
  ['a script of an earlier revision', revise(makePdf({ objects: { 5: SCRIPT } }), { 5: '<< >>' }), 'script'],
  ['a script in a trailer', makePdf({ trailer: `/X ${SCRIPT}` }), 'script'],
  [
    'a script as an address',
    makePdf({ page: '/Annots [<< /A << /S /URI /URI (Java\\tScript:alert\\(1\\)) >> >>]' }),
    'script',
  ],
  ['a script in a broken dictionary', makePdf({ objects: { 5: '<< /A /B /C [ << /JS (x) ' } }), 'script'],
  ['a script in an object stream', makeModernPdf({ 9: SCRIPT }), 'script'],
  ['… not compressed', hiddenScript(streamBody), 'script'],
  ['… whose names are escaped', makeModernPdf({ 9: '<< /S /JavaS#63ript >>' }), 'script'],
  [
    '… without a type',
    hiddenScript((dictionary, data) => deflated(dictionary.replace('/Type /ObjStm', ''), data)),
    'script',
  ],
  ['… under an abbreviated filter', filtered('/Filter /Fl', deflateSync), 'script'],
  ['… under abbreviated keys', filtered('/F /Fl', deflateSync), 'script'],
  [
    '… compressed twice',
    filtered('/Filter [/FlateDecode /FlateDecode]', (data) => deflateSync(deflateSync(data))),
    'script',
  ],
  [
    '… in hexadecimal',
    filtered('/Filter [/ASCIIHexDecode /FlateDecode]', (data) =>
      latin(`${deflateSync(data).toString('hex')}>`),
    ),
    'script',
  ],
  ['… in ASCII85', filtered('/Filter [/A85 /Fl]', (data) => attack.ascii85(deflateSync(data))), 'script'],
  ['… in run lengths', filtered('/Filter /RunLengthDecode', attack.runLength), 'script'],
  ['… with a predictor', hiddenScript(attack.predicted(7)), 'script'],
  [
    '… without its checksum',
    filtered('/Filter /FlateDecode', (data) => deflateSync(data).subarray(0, -4)),
    'script',
  ],
  [
    'a script in an object inside a stream',
    makePdf({ objects: { 5: streamBody('', `8 0 obj ${SCRIPT} endobj`) } }),
    'script',
  ],
  [
    'a script in an object inside a string',
    makePdf({ objects: { 5: `(8 0 obj ${SCRIPT} endobj)` } }),
    'script',
  ],
  ['a script in an object inside a comment', makePdf({ garbage: `% 8 0 obj ${SCRIPT} endobj\n` }), 'script'],
  [
    'a script in a stream that an offset leads to',
    reachedByOffset('7 0 obj << >> stream\n', '\nendstream endobj\n'),
    'script',
  ],
  ['a script in a string that an offset leads to', reachedByOffset('7 0 obj (', ') endobj\n'), 'script'],
  [
    'a trailer inside a stream',
    makePdf({ objects: { 5: streamBody('', `trailer << /Root << /OpenAction ${SCRIPT} >> >>`) } }),
    'script',
  ],

  ['a program', makePdf({ catalogue: '/OpenAction << /S /Launch /F (calc.exe) >>' }), 'launch_action'],
  [
    'a program with an escaped name',
    makePdf({ catalogue: '/OpenAction << /S /L#61unch >>' }),
    'launch_action',
  ],
  ...['GoToR', 'GoToE', 'ImportData', 'SubmitForm', 'Rendition', 'Movie', 'Sound'].map(
    (action) =>
      [
        `the action ${action}`,
        makePdf({ page: `/AA << /O << /S /${action} >> >>` }),
        'launch_action',
      ] as const,
  ),
  [
    'a local file as an address',
    makePdf({ page: '/Annots [<< /A << /S /URI /URI (file:///c:/windows) >> >>]' }),
    'launch_action',
  ],
  [
    'a stream whose data is elsewhere',
    makePdf({ objects: { 9: streamBody('/F (\\\\\\\\host\\\\share)', '') } }),
    'launch_action',
  ],

  [
    'an attachment',
    makePdf({ objects: { 5: '<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>' } }),
    'embedded_file',
  ],
  [
    'an attached stream',
    makePdf({ objects: { 6: streamBody('/Type /EmbeddedFile', 'MZ') } }),
    'embedded_file',
  ],
  [
    'attachments by name',
    makePdf({ catalogue: '/Names << /EmbeddedFiles << /Names [] >> >>' }),
    'embedded_file',
  ],
  [
    'an attachment on the page',
    makePdf({ page: '/Annots [<< /Subtype /FileAttachment >>]' }),
    'embedded_file',
  ],
  [
    'an associated file',
    makePdf({ catalogue: '/AF [5 0 R]', objects: { 5: '<< /UF (a.xml) >>' } }),
    'embedded_file',
  ],
  ['a portfolio', makePdf({ catalogue: '/Collection << /View /T >>' }), 'embedded_file'],
  ['rich media', makePdf({ page: '/Annots [<< /Subtype /RichMedia >>]' }), 'embedded_file'],

  ['arrays in arrays', makePdf({ objects: { 5: '['.repeat(50_000) } }), 'too_complex'],
  ['dictionaries in dictionaries', makePdf({ objects: { 5: `${'<</A'.repeat(50_000)} 1` } }), 'too_complex'],
  ['arrays in arrays in an object stream', makeModernPdf({ 9: '['.repeat(500_000) }), 'too_complex'],
  [
    'a content bomb',
    makePdf({ objects: { 9: streamBody('/Filter /FlateDecode', attack.zlibBomb(100)) } }),
    'too_complex',
  ],
  [
    'a bomb which says it is short',
    makePdf({ objects: { 9: streamBody('/Filter /FlateDecode', attack.zlibBomb(100), '10') } }),
    'too_complex',
  ],
  [
    'an object-stream bomb',
    makePdf({
      objects: { 9: streamBody('/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode', attack.zlibBomb(100)) },
    }),
    'too_complex',
  ],
  [
    'a cross-reference bomb',
    makePdf({
      objects: { 9: streamBody('/Type /XRef /W [1 1 1] /Size 9 /Filter /FlateDecode', attack.zlibBomb(100)) },
    }),
    'too_complex',
  ],
  [
    'a bomb in a bomb',
    makePdf({
      objects: { 9: streamBody('/Filter [/FlateDecode /FlateDecode]', deflateSync(attack.zlibBomb(100))) },
    }),
    'too_complex',
  ],
  [
    'a bomb under an abbreviation',
    makePdf({ objects: { 9: streamBody('/F /Fl', attack.zlibBomb(100)) } }),
    'too_complex',
  ],
  [
    'an LZW bomb',
    makePdf({ objects: { 9: streamBody('/Filter /LZWDecode', attack.lzwBomb(100_000)) } }),
    'too_complex',
  ],
  [
    'an LZW bomb of objects',
    makePdf({
      objects: { 9: streamBody('/Type /ObjStm /N 1 /First 5 /Filter /LZW', attack.lzwBomb(100_000)) },
    }),
    'too_complex',
  ],
  [
    'a run-length bomb',
    makePdf({ objects: { 9: streamBody('/Filter /RL', Buffer.alloc(2_500_000, 129)) } }),
    'too_complex',
  ],
  [
    'a long chain of filters',
    makePdf({ objects: { 9: streamBody(`/Filter [${'/AHx '.repeat(7)}]`, '>') } }),
    'too_complex',
  ],
  [
    'a giant predictor row',
    makePdf({
      objects: {
        9: streamBody(
          '/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 >>',
          deflateSync('x'),
        ),
      },
    }),
    'too_complex',
  ],
  [
    'a negative predictor row',
    makePdf({
      objects: {
        9: streamBody(
          '/Filter /FlateDecode /DecodeParms [<< /Predictor 15 /Columns -1 >>]',
          deflateSync('x'),
        ),
      },
    }),
    'too_complex',
  ],
  [
    'a giant picture',
    makePdf({
      objects: { 9: streamBody('/Subtype /Image /Width 60000 /Height 60000 /Filter /DCTDecode', 'x') },
    }),
    'too_complex',
  ],
  ['entries that are not there', attack.crossReferenceBomb('/W [1 4 1] /Size 2000000000'), 'too_complex'],
  [
    'sections that are not there',
    attack.crossReferenceBomb('/W [1 4 1] /Size 1 /Index [0 1 5 2000000000]'),
    'too_complex',
  ],
  ['entries without width', attack.crossReferenceBomb('/W [0 0 0] /Size 2000000000'), 'too_complex'],
  [
    'an object stream which claims too many objects',
    makePdf({ objects: { 9: deflated('/Type /ObjStm /N 999999999 /First 5', '1 0 1') } }),
    'too_complex',
  ],
  ['too many objects', makePdf({ garbage: '9 0 obj 1\n'.repeat(160_000) }), 'too_complex'],
  ['too many objects in streams', attack.dictionariesBomb(4, 40_000), 'too_complex'],
  ['too many numbers', attack.numbersBomb(3_000_000), 'too_complex'],
  [
    'too many pages',
    makePdf({
      objects: {
        2: `<< /Type /Pages /Kids [${Array.from({ length: 5001 }, (_, index) => `${index + 10} 0 R`).join(' ')}] >>`,
        ...Object.fromEntries(Array.from({ length: 5001 }, (_, index) => [index + 10, '<< /Type /Page >>'])),
      },
    }),
    'too_complex',
  ],
  [
    'too many streams',
    makePdf({ garbage: '9 0 obj<<>>stream\n\nendstream endobj\n'.repeat(20_001) }),
    'too_complex',
  ],
  ['strings that open in strings', attack.openStrings(100_000), 'too_complex'],

  ['a header alone', latin('%PDF-1.4\n'), 'unreadable'],
  ['half a document', makePdf().subarray(0, 200), 'unreadable'],
  ['half a scan', makeScan(3, 100_000).subarray(0, 150_000), 'unreadable'],
  ['no end mark', latin(makePdf().toString('latin1').replace('%%EOF', '')), 'unreadable'],
  ['something else after the end', makePdf({ after: noise(2000) }), 'unreadable'],
  ['no page', makePdf({ objects: { 2: '<< /Type /Pages /Kids [] /Count 0 >>' } }), 'unreadable'],
  [
    'a tree of pages which only leads to itself',
    makePdf({
      objects: { 2: '<< /Type /Pages /Kids [2 0 R 4 0 R] >>', 4: '<< /Type /Pages /Kids [2 0 R] >>' },
    }),
    'unreadable',
  ],
  ['no catalogue', makePdf({ objects: { 1: '<< >>' } }), 'unreadable'],
  ['noise', Buffer.concat([latin('%PDF-1.4\n'), noise(100_000), latin('%%EOF')]), 'unreadable'],
  [
    'a damaged object stream',
    makeModernPdf({}, (dictionary, data) =>
      streamBody(
        `${dictionary} /Filter /FlateDecode`,
        Buffer.concat([deflateSync(data).subarray(0, 20), noise(200)]),
      ),
    ),
    'unreadable',
  ],
  [
    'an object stream under an unknown filter',
    hiddenScript((dictionary, data) => streamBody(`${dictionary} /Filter /BrotliDecode`, data)),
    'unreadable',
  ],
  ['columns wider than numbers', attack.crossReferenceBomb('/W [1 1000000000 1] /Size 1'), 'unreadable'],
  [
    'two filters under one key',
    makePdf({ objects: { 9: streamBody('/Filter /FlateDecode /Filter /AHx', deflateSync('x')) } }),
    'unreadable',
  ],
  [
    'a filter which depends on the reader',
    makePdf({
      garbage: '8 0 obj /FlateDecode endobj\n',
      objects: { 8: '/AHx', 9: streamBody('/Filter 8 0 R', 'x') },
    }),
    'unreadable',
  ],
];

describe('checkPdf', () => {
  test.each(BAD)('refuses %s', async (_, bytes, rule) => {
    expect(await checkPdf(bytes)).toEqual({ ok: false, rule });
  });
});
