import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { contract, intermediate, judge, samira, sign, summary } from './testing/corpus.ts';
import { appendPackedRevision } from './testing/packed-update.ts';
import { revocationList } from './testing/test-authority.ts';
import { signer } from './testing/test-cms.ts';
import { bodyOf, fill, type NewObject, numbersOf, RANGE } from './testing/test-update.ts';

const { root, page, size, contents } = numbersOf(contract);
const FREE = size + 20;
const insert = (body: string, entries: string): string => body.replace(/>>$/, `${entries}\n>>`);

const signature: NewObject = [
  size,
  `<< /Type /Sig /SubFilter /ETSI.CAdES.detached ${RANGE} /Contents <${'0'.repeat(8000)}> >>`,
];
const packed: NewObject[] = [
  [size + 1, `<< /Type /Annot /Subtype /Widget /FT /Sig /T (S) /Rect [0 0 0 0] /V ${size} 0 R >>`],
  [size + 2, `[${size + 1} 0 R]`],
  [root, insert(bodyOf(contract, root), `/AcroForm << /Fields ${size + 2} 0 R /SigFlags 3 >>`)],
  [page, insert(bodyOf(contract, page), `/Annots ${size + 2} 0 R`)],
];
const signed = async (direct: readonly NewObject[], inner: readonly NewObject[]) =>
  await fill(
    appendPackedRevision(contract, direct, inner),
    signer({ signer: samira, chain: [intermediate] }),
  );

describe('objects inside object streams, the table in a stream', () => {
  test('are read', async () => {
    expect(summary(judge(await signed([signature], packed)))).toBe('valid');
  });

  test.each([
    ['another content of the page', [[contents, '<< /Length 0 >>']], 'shadow_revision'],
    ['an action', [[FREE, '<< /Type /Action /S /JavaScript /JS (1) >>']], 'action_added'],
    ['an annotation', [[FREE, '<< /Type /Annot /Subtype /FreeText >>']], 'unexpected_object'],
    ['a number given twice', [[size + 1, '<< >>']], 'malformed_update'],
    ['a broken value', [[FREE, '<< /A ']], 'malformed_update'],
  ] as const)('do not hide %s', async (_, objects, reason) => {
    expect(summary(judge(await signed([signature], [...packed, ...objects])))).toBe(`altered ${reason}`);
  });

  test('cannot hold the signature', async () => {
    const inside: NewObject = [signature[0], signature[1].replace(RANGE, '/ByteRange [0 1 2 3]')];
    const verdict = judge(appendPackedRevision(contract, [], [inside, ...packed]));
    expect(summary(verdict)).toBe('altered contents_malformed');
  });

  test('cannot inflate without end', async () => {
    const bomb = deflateSync(Buffer.alloc(40_000_000)).toString('latin1');
    const stream = `<< /Type /ObjStm /N 1 /First 0 /Filter /FlateDecode /Length ${bomb.length} >>\nstream\n${bomb}\nendstream`;
    expect(summary(judge(await signed([signature, [FREE, stream]], packed)))).toBe('altered too_complex');
  });
});

describe('the security store', () => {
  const hold = async (der: Buffer) => {
    const stream = `<< /Length ${der.length} >>\nstream\n${der.toString('latin1')}\nendstream`;
    const store = `/DSS << /CRLs [${FREE} 0 R] /Certs [${FREE + 1} 0 R] /VRI << /${'A'.repeat(40)} << /CRL [${FREE} 0 R] >> >> >>`;
    const certificate = `<< /Length ${intermediate.der.length} >>\nstream\n${intermediate.der.toString('latin1')}\nendstream`;
    const objects: NewObject[] = [
      [FREE, stream],
      [FREE + 1, certificate],
    ];
    return await sign(contract, { catalog: store, objects }, { chain: [] });
  };

  test('gives the intermediate certificate and what is known of revocations', async () => {
    const verdict = judge(await hold(await revocationList(intermediate, [])));
    expect(summary(verdict)).toBe('valid');
    expect(verdict.revocation).toBe('good');
  });

  test('tells of a revocation', async () => {
    const since = '2026-11-23T00:00:00Z';
    const verdict = judge(await hold(await revocationList(intermediate, [{ identity: samira, since }])));
    expect(summary(verdict)).toBe('valid_untrusted revoked');
  });

  test('that cannot be read says nothing', async () => {
    const verdict = judge(await hold(Buffer.from('rien')));
    expect(summary(verdict)).toBe('valid');
    expect(verdict.revocation).toBe('unknown');
  });
});
