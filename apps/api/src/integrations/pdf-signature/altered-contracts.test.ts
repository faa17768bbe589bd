import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contract,
  earlierVersion,
  intermediate,
  judge,
  otherContract,
  samira,
  sign,
  signBySignpdf,
  signedByOpenssl,
  signedByPoppler,
  summary,
} from './testing/corpus.ts';
import { signer } from './testing/test-cms.ts';
import { addField, appendRevision, bodyOf, fill, numbersOf, RANGE } from './testing/test-update.ts';

const ids = numbersOf(contract);
const FREE = ids.size + 10;
const EMPTY_STREAM = '<< /Length 4 >>\nstream\nq Q\n\nendstream';
const signed = await sign(contract);

const change = (file: Buffer, offset: number, mask: number): Buffer => {
  const changed = Buffer.from(file);
  changed[offset] = (changed[offset] ?? 0) ^ mask;
  return changed;
};

const signedBySignpdf = await signBySignpdf(contract);

describe('one byte altered', () => {
  const files: [string, Buffer][] = [
    ['ours', signed],
    ['@signpdf’s', signedBySignpdf],
    ['OpenSSL’s', signedByOpenssl],
    ['Poppler’s', signedByPoppler],
  ];
  test.each(files)('of %s file is never valid where the signature covers it', (_, file) => {
    const start = file.indexOf('/Contents <', contract.length, 'latin1') + '/Contents '.length;
    const end = file.indexOf('>', start, 'latin1') + 1;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: file.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (offset, mask) => {
          fc.pre(offset < start || offset >= end);
          expect(['altered', 'not_signed']).toContain(judge(change(file, offset, mask)).outcome);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(files)('of %s signature says the same of the same signer, or is not valid', (_, file) => {
    const start = file.indexOf('/Contents <', contract.length, 'latin1') + '/Contents '.length;
    const end = file.indexOf('>', start, 'latin1') + 1;
    const before = judge(file);
    expect(before.outcome).toBe('valid');
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: end - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (offset, mask) => {
          const verdict = judge(change(file, offset, mask));
          expect(verdict.outcome === 'valid' ? verdict : before).toEqual(before);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('in the text of the contract', () => {
    expect(summary(judge(change(signed, 1000, 1)))).toBe('altered not_first_revision');
  });
});

describe('another contract', () => {
  test.each([
    ['of another number', otherContract],
    ['of an earlier version', earlierVersion],
  ])('%s, rightly signed', async (_, pdf) => {
    const uploaded = await sign(pdf);
    expect(summary(judge(uploaded, { issued: pdf }))).toBe('valid');
    expect(summary(judge(uploaded))).toBe('altered not_first_revision');
  });

  test('the earlier version, with the contract appended and signed', async () => {
    const uploaded = await sign(Buffer.concat([earlierVersion, contract]));
    expect(summary(judge(uploaded))).toBe('altered not_first_revision');
  });
});

describe('after the signature', () => {
  test.each([
    ['a byte', '\0'],
    ['a line', '\n'],
    ['an end mark', '%%EOF\n'],
    ['a kilobyte', 'x'.repeat(1024)],
    ['a second file', otherContract.toString('latin1')],
  ])('%s', (_, bytes) => {
    const verdict = judge(Buffer.concat([signed, Buffer.from(bytes, 'latin1')]));
    expect(verdict.outcome).toBe('altered');
    expect(verdict.reasons).toContain('bytes_after_signature');
  });

  test.each([
    ['replaces the page’s content', [[ids.contents, EMPTY_STREAM]], 'shadow_revision'],
    [
      'shows another content',
      [
        [
          ids.page,
          bodyOf(signed, ids.page).replace(`/Contents ${ids.contents} 0 R`, `/Contents ${FREE} 0 R`),
        ],
        [FREE, EMPTY_STREAM],
      ],
      'shadow_revision',
    ],
    ['adds nothing that is used', [[FREE, '<< >>']], 'bytes_after_signature'],
    ['changes the title', [[FREE, '<< /Title (Autre) >>']], 'bytes_after_signature'],
  ] as const)('a revision which %s', (_, objects, reason) => {
    const verdict = judge(appendRevision(signed, objects as never));
    expect(verdict.outcome).toBe('altered');
    expect(verdict.reasons).toContain(reason);
    expect(verdict.reasons).toContain('bytes_after_signature');
  });

  test('a second signature', async () => {
    const { root, page } = ids;
    const prepared = appendRevision(signed, [
      [FREE, `<< /Type /Sig /SubFilter /ETSI.CAdES.detached ${RANGE} /Contents <${'0'.repeat(8000)}> >>`],
      [FREE + 1, `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Autre) /Rect [0 0 0 0] /V ${FREE} 0 R >>`],
      [root, bodyOf(signed, root).replace(/(\/Fields \[[^\]]*)/, `$1 ${FREE + 1} 0 R`)],
      [page, bodyOf(signed, page).replace(/(\/Annots \[[^\]]*)/, `$1 ${FREE + 1} 0 R`)],
    ]);
    const verdict = judge(await fill(prepared, signer({ signer: samira, chain: [intermediate] })));
    expect(summary(verdict)).toBe('altered bytes_after_signature several_signers');
  });
});

describe('shadow revisions before the signature', () => {
  const page = bodyOf(contract, ids.page);
  test.each([
    // Hide: what lies over the content is taken away, or the content itself.
    ['hides the content', [[ids.contents, EMPTY_STREAM]], {}, 'shadow_revision'],
    ['frees the content', [], { freed: [ids.contents] }, 'shadow_revision'],
    // Replace: another object of the same number, another font.
    [
      'replaces the page',
      [[ids.page, page.replace(/\/MediaBox \[[^\]]*\]/, '/MediaBox [0 0 100 100]')]],
      {},
      'shadow_revision',
    ],
    // Hide and replace: new objects, and the old tree led to them.
    [
      'leads the pages elsewhere',
      [
        [1, `<< /Type /Pages /Count 1 /Kids [${FREE} 0 R] >>`],
        [FREE, page],
      ],
      {},
      'shadow_revision',
    ],
    ['adds a page that nothing shows', [[FREE, page]], {}, 'unexpected_object'],
    ['hides an object from its table', [[FREE, '<< >>']], { unlisted: [FREE] }, 'malformed_update'],
    [
      'leaves bytes between objects',
      [[FREE, '<< >>']],
      { before: '% 5 0 obj << >> endobj\n' },
      'malformed_update',
    ],
    ['has two tables', [[FREE, '<< >>']], { trailer: '/XRefStm 1234' }, 'malformed_update'],
    ['encrypts', [], { trailer: `/Encrypt ${FREE} 0 R` }, 'encrypted'],
    ['gives a key twice', [[FREE, '<< /A1 1 /A1 2 >>']], {}, 'malformed_update'],
    ['adds an object under a free number below', [[0, '<< >>']], {}, 'malformed_update'],
  ] as const)('one which %s', async (_, objects, options, reason) => {
    const uploaded = await sign(appendRevision(contract, objects as never, options));
    expect(summary(judge(uploaded))).toBe(`altered ${reason}`);
  });

  test('one which changes nothing is none', async () => {
    const uploaded = await sign(appendRevision(contract, [[ids.contents, bodyOf(contract, ids.contents)]]));
    expect(summary(judge(uploaded))).toBe('valid');
    expect(judge(uploaded).coverage?.addedRevisions).toBe(2);
  });
});

describe('what is added with the signature', () => {
  const note = `<< /Type /Annot /Subtype /FreeText /Rect [50 50 500 800] /Contents (Gratuit) >>`;
  test.each([
    [
      'an annotation over the page',
      { annotations: `${FREE} 0 R`, objects: [[FREE, note]] },
      'annotation_added',
    ],
    ['an annotation that no page shows', { objects: [[FREE, note]] }, 'unexpected_object'],
    [
      'an action when it opens',
      { catalog: '/OpenAction << /S /URI /URI (https://example.ma) >>' },
      'action_added',
    ],
    ['a script in the field', { widget: '/AA << /K << /S /JavaScript /JS (1) >> >>' }, 'action_added'],
    ['names', { catalog: `/Names << >>` }, 'action_added'],
    ['an action of the page', { page: '/AA << >>' }, 'action_added'],
    ['a rotation of the page', { page: '/Rotate 180' }, 'unexpected_object'],
    ['layers', { catalog: '/OCProperties << >>' }, 'unexpected_object'],
    ['a file in an orphan', { objects: [[FREE, '<< /Type /Filespec /EF << >> >>']] }, 'action_added'],
    [
      'another field',
      { widget: `/Kids [${FREE} 0 R]`, objects: [[FREE, '<< /FT /Tx /T (x) >>']] },
      'unexpected_object',
    ],
    [
      'a layer in what it shows',
      {
        widget: `/AP << /N ${FREE} 0 R >>`,
        objects: [
          [
            FREE,
            '<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /OC << >> /Length 0 >>\nstream\n\nendstream',
          ],
        ],
      },
      'unexpected_object',
    ],
    ['a signature drawn over the text', { rectangle: '[50 700 500 800]' }, 'covers_text'],
    ['a signature drawn over all', { rectangle: '[0 0 595 842]' }, 'covers_text'],
    [
      'a signature which grows as the page shrinks',
      { rectangle: '[300 60 500 140]', flags: 140 },
      'covers_text',
    ],
  ] as const)('%s', async (_, field, reason) => {
    const uploaded = await sign(contract, field);
    expect(summary(judge(uploaded))).toBe(`altered ${reason}`);
  });

  test('what a signature looks like, evidence, description and a certification are welcome', async () => {
    const look =
      '<< /Type /XObject /Subtype /Form /BBox [0 0 200 80] /Resources << /Font << /F 901 0 R >> >> /Length 3 >>\nstream\nq Q\nendstream';
    const uploaded = await sign(contract, {
      rectangle: '[300 60 500 140]',
      widget: '/AP << /N 900 0 R >> /MK << >>',
      catalog: `/DSS 902 0 R /Perms << /DocMDP ${ids.size} 0 R >> /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >> /Version /1.7`,
      signature:
        '/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>]',
      objects: [
        [900, look],
        [901, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
        [902, '<< /Type /DSS /Certs [903 0 R] >>'],
        [903, EMPTY_STREAM],
        [904, '<< /Producer (essai) >>'],
      ],
      revision: { trailer: '/Info 904 0 R' },
    });
    expect(summary(judge(uploaded))).toBe('valid');
  });
});

describe('the place of the signature', () => {
  const ranges: [string, (range: readonly number[], file: Buffer) => readonly (number | string)[], string][] =
    [
      [
        'does not start at the first byte',
        ([, b = 0, c = 0, d = 0]) => [10, b - 10, c, d],
        'byte_range_malformed',
      ],
      [
        'leaves out a part of the file',
        ([a = 0, b = 0, c = 0, d = 0]) => [a, b - 100, c, d],
        'byte_range_gap',
      ],
      ['leaves out what follows', ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c + 20, d - 20], 'byte_range_gap'],
      ['ends early', ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d - 5], 'bytes_after_signature'],
      ['ends late', ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d + 5], 'byte_range_malformed'],
      ['overlaps', ([a = 0, b = 0]) => [a, b, 0, 10], 'byte_range_malformed'],
      ['is huge', ([a = 0, b = 0]) => [a, b, 99_999_999_999, 9], 'byte_range_malformed'],
      ['is short', ([a = 0, b = 0]) => [a, b], 'byte_range_malformed'],
      ['has a name in it', ([a = 0, b = 0, c = 0]) => [a, b, c, '/x'], 'byte_range_malformed'],
      ['is negative', ([a = 0, b = 0, c = 0]) => [a, b, c, -1], 'byte_range_malformed'],
    ];
  test.each(ranges)('that %s', async (_, range, reason) => {
    const verdict = judge(await sign(contract, {}, {}, { range }));
    expect(verdict.outcome).toBe('altered');
    expect(verdict.reasons).toContain(reason);
  });

  test('wrapping: the signed bytes are moved, others stand in their place', async () => {
    const file = await sign(contract);
    const text = file.toString('latin1');
    const [, range = '', at = '', rest = ''] =
      /\[0 (\d+) (\d+) (\d+)\s*\]/.exec(text.slice(contract.length)) ?? [];
    const tail = file.subarray(Number(at));
    const inserted = Buffer.from(`> /Reason (autre) ${' '.repeat(200)}`);
    const wrapped = Buffer.concat([file.subarray(0, Number(at) - 1), inserted, tail]);
    const moved = Number(at) - 1 + inserted.length;
    const renamed = wrapped
      .toString('latin1')
      .replace(`[0 ${range} ${at} ${rest}`, `[0 ${range} ${moved} ${rest}`);
    expect(judge(Buffer.from(renamed, 'latin1')).outcome).toBe('altered');
  });

  test.each([
    ['given twice', { signature: '/Contents <00>' }, 'malformed_update'],
    ['the range twice', { signature: '/ByteRange [0 1 2 3]' }, 'malformed_update'],
    ['of an unknown kind', { subFilter: 'adbe.x509.rsa_sha1' }, 'unsupported_format'],
    ['of SHA-1 by its kind', { subFilter: 'adbe.pkcs7.sha1' }, 'unsupported_format'],
  ] as const)('the signature %s', async (_, field, reason) => {
    expect(judge(await sign(contract, field)).reasons).toContain(reason);
    expect(judge(await sign(contract, field)).outcome).toBe('altered');
  });

  const forged: [string, (text: string) => string, string][] = [
    // Universal signature forgery: a signature without what there is to verify.
    [
      'without Contents',
      (text) => text.replace(/\/Contents <[0-9a-f]+>/, (all) => ' '.repeat(all.length)),
      'contents_malformed',
    ],
    [
      'with empty Contents',
      (text) => text.replace(/\/Contents <[0-9a-f]+>/, (all) => `/Contents <>${' '.repeat(all.length - 12)}`),
      'contents_malformed',
    ],
    [
      'with null Contents',
      (text) =>
        text.replace(/\/Contents <[0-9a-f]+>/, (all) => `/Contents null${' '.repeat(all.length - 14)}`),
      'contents_malformed',
    ],
    [
      'with zeros in Contents',
      (text) =>
        text.replace(/\/Contents <([0-9a-f]+)>/, (_, hex: string) => `/Contents <${'0'.repeat(hex.length)}>`),
      'cms_malformed',
    ],
    [
      'with Contents not hexadecimal',
      (text) => text.replace('/Contents <30', '/Contents <zz'),
      'malformed_update',
    ],
    ['with blanks in Contents', (text) => text.replace(/00>/, '  >'), 'contents_malformed'],
    [
      'with both cases in Contents',
      (text) => text.replace(/(\/Contents <[0-9a-f]*?)a/, '$1A'),
      'contents_malformed',
    ],
    ['with something after the message', (text) => text.replace(/00>/, '01>'), 'contents_malformed'],
    [
      'without ByteRange',
      (text) => text.replace(/\/ByteRange \[[^\]]*\]/, (all) => ' '.repeat(all.length)),
      'byte_range_malformed',
    ],
    [
      'with null ByteRange',
      (text) => text.replace(/\/ByteRange \[[^\]]*\]/, (all) => '/ByteRange null'.padEnd(all.length)),
      'byte_range_malformed',
    ],
    [
      'with a negative ByteRange',
      (text) => text.replace(/\/ByteRange \[0 \d/, '/ByteRange [-1 '),
      'byte_range_malformed',
    ],
  ];
  test.each(forged)('a forgery %s', (_, forge, reason) => {
    const text = signed.toString('latin1');
    const file = Buffer.from(text.slice(0, contract.length) + forge(text.slice(contract.length)), 'latin1');
    const verdict = judge(file);
    expect(verdict.outcome).toBe('altered');
    expect(file.length).toBe(signed.length);
    expect(verdict.reasons).toContain(reason);
  });
});

describe('the signature itself', () => {
  test('that of another file', async () => {
    const other = await sign(otherContract);
    const hex =
      /\/Contents <([0-9a-f]+)>/.exec(other.toString('latin1').slice(otherContract.length))?.[1] ?? '';
    const file = signed.toString('latin1').replace(/(\/Contents <)[0-9a-f]{100,}>/, `$1${hex}>`);
    expect(summary(judge(Buffer.from(file, 'latin1')))).toBe('altered digest_mismatch');
  });

  test('of two signers', async () => {
    expect(summary(judge(await sign(contract, {}, { second: intermediate })))).toBe(
      'altered several_signers',
    );
  });

  test('naming another certificate', async () => {
    expect(summary(judge(await sign(contract, {}, { named: intermediate })))).toBe(
      'altered certificate_mismatch',
    );
  });

  test('with what is signed inside', async () => {
    const content = Buffer.from('autre chose');
    expect(judge(await sign(contract, {}, { content })).reasons).toContain('unsupported_format');
  });

  test('of another kind of content', async () => {
    const contentType = '1.2.840.113549.1.9.16.1.4';
    expect(summary(judge(await sign(contract, {}, { contentType })))).toBe('altered cms_malformed');
  });

  test('larger than any', async () => {
    const room = 300_000;
    expect(summary(judge(await sign(contract, { room })))).toBe('altered too_complex');
  });

  test('nested without end', async () => {
    const deep = async () => Buffer.from('3080'.repeat(50_000), 'hex');
    const verdict = judge(await fill(addField(contract, { room: 100_000 }), deep));
    expect(summary(verdict)).toBe('altered cms_malformed');
  });
});

describe('files made to exhaust', () => {
  const arrays = '['.repeat(100_000);
  test.each([
    ['deep arrays', `${FREE} 0 obj\n${arrays}\nendobj\n`],
    ['an endless string', `${FREE} 0 obj\n(${'('.repeat(500_000)}`],
    ['many values', `${FREE} 0 obj\n[${'1 '.repeat(500_000)}]\nendobj\n`],
    ['a million blanks', ' '.repeat(1_000_000)],
  ])('%s', (_, bytes) => {
    expect(['altered', 'not_signed']).toContain(judge(Buffer.concat([contract, Buffer.from(bytes)])).outcome);
  });

  test('a file over the limit', () => {
    expect(summary(judge(Buffer.concat([signed, Buffer.alloc(3_145_728)])))).toBe('altered too_complex');
  });

  test('random updates end in a verdict', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(judge(Buffer.concat([contract, bytes])).outcome).not.toBe('valid');
      }),
      { numRuns: 200 },
    );
  });
});
