import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContractView, Problem, SignatureWay, Subscription } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { contracts, signedContracts } from '../../db/schema/contracts.ts';
import { documentVersions } from '../../db/schema/documents.ts';
import { makePdf, makeScan } from '../../integrations/inspection/pdf-samples.ts';
import {
  contract as fixtureContract,
  intermediate,
  NOW,
  root,
  samira,
  sign,
  signBySignpdf,
  signedByOpenssl,
  signedByPoppler,
} from '../../integrations/pdf-signature/testing/corpus.ts';
import { invent } from '../../integrations/pdf-signature/testing/test-authority.ts';
import {
  appendRevision,
  bodyOf,
  type FieldOptions,
  numbersOf,
} from '../../integrations/pdf-signature/testing/test-update.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { closeAfterFile } from '../../testing/clean-up.ts';
import { giveSigned, issue, issuedDraft } from '../../testing/contracts.ts';
import { contact } from '../../testing/forms.ts';
import {
  newIdentifiers,
  openDraft,
  openJointDraft,
  operatorBrowser,
  saveSection,
} from '../../testing/subscriptions.ts';
import { storeFile } from '../documents/store-file.ts';

let test: TestApp;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rnoce-corpus-roots-'));
  closeAfterFile(() => rmSync(folder, { recursive: true }));
  const fixtureRoot = new URL('../../integrations/pdf-signature/testing/fixtures/root.der', import.meta.url);
  for (const [name, der] of [
    ['own.pem', root.der],
    ['fixtures.pem', readFileSync(fixtureRoot)],
  ] as const)
    writeFileSync(join(folder, name), new X509Certificate(der).toString());
  test = await testApp({ environment: { SIGNATURE_ROOTS: folder } });
  test.setNow(NOW);
});

type Draft = Awaited<ReturnType<typeof issuedDraft>>;
const give = ({ browser, draft }: Draft, bytes: Uint8Array, way: SignatureWay = 'electronic') =>
  giveSigned(test.app, browser, draft, bytes, way);

type Given = Awaited<ReturnType<typeof give>>;
const refusal = (answer: Given) => {
  const { code, params } = answer.json<Problem>();
  return { status: answer.statusCode, code, params };
};
const refused = (outcome: string, reason: string) => ({
  status: 422,
  code: 'contract_refused',
  params: { outcome, reason },
});
const isVoid = { status: 409, code: 'contract_void', params: undefined };

const standingOf = ({ draft }: Draft) =>
  test.deps.database
    .select()
    .from(documentVersions)
    .where(
      and(
        eq(documentVersions.subscriptionId, draft.id),
        eq(documentVersions.document, 'contract'),
        eq(documentVersions.current, true),
      ),
    );

const reissue = async ({ browser, draft, version }: Draft) => {
  const contacts = [{ ...contact, key: 'contact-1', lastName: 'Tazi' }];
  const saved = await saveSection(browser, draft, 'contacts', version, contacts);
  expect(saved.statusCode).toBe(200);
  return await issue(browser, draft);
};

/** A draft whose contract is, by its bytes, the fixtures': so that what public tools signed comes back of it. */
async function draftOfFixture(): Promise<Draft> {
  const drafted = await issuedDraft(test);
  const sha256 = createHash('sha256').update(fixtureContract).digest('hex');
  const storageKey = await storeFile(test.deps, { kind: 'contracts', bytes: fixtureContract, sha256 });
  await test.deps.database
    .update(contracts)
    .set({ storageKey, sha256, sizeBytes: fixtureContract.length })
    .where(eq(contracts.subscriptionId, drafted.draft.id));
  return { ...drafted, pdf: fixtureContract };
}

describe('signed electronically', () => {
  it.each([
    ['OpenSSL', () => Promise.resolve(signedByOpenssl)],
    ['Poppler', () => Promise.resolve(signedByPoppler)],
    ['@signpdf', () => signBySignpdf(fixtureContract)],
  ])('by %s: valid, of the signer whom a trusted root names', async (_, signed) => {
    const answer = await give(await draftOfFixture(), await signed());
    expect(answer.statusCode).toBe(200);
    expect(answer.json<ContractView>().signed).toMatchObject({
      way: 'electronic',
      contractVersion: 1,
      current: true,
      findings: {
        outcome: 'valid',
        reasons: [],
        signer: { commonName: 'Samira El Idrissi', organisation: 'Atlas Negoce SARL', country: 'MA' },
        checkedAt: NOW.toISOString(),
      },
    });
  });

  it('is kept as a version of the document, with what the check found, and shown in the form', async () => {
    const drafted = await issuedDraft(test);
    const bytes = await sign(drafted.pdf);
    const answer = await give(drafted, bytes);
    expect(answer.statusCode).toBe(200);
    const view = answer.json<ContractView>();
    expect(view.signed?.file).toMatchObject({
      document: 'contract',
      version: 1,
      fileName: 'contrat signé.pdf',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
      scan: 'not_scanned',
    });
    const shown = (
      await drafted.browser.call('GET', `/subscriptions/${drafted.draft.id}`)
    ).json<Subscription>();
    expect(shown.contract).toEqual(view);
    expect(shown.progress.issues.map(({ pointer }) => pointer)).not.toContain('/documents/contract');
    const back = await drafted.browser.call('GET', `/subscriptions/${drafted.draft.id}/documents/contract`);
    expect(back.rawPayload.equals(bytes)).toBe(true);
  });

  it.each([
    ['a root that nobody trusts', 'chain_unknown', {}],
    ['a certificate that has expired', 'expired_certificate', { to: '2026-06-01T00:00:00Z' }],
    ['a certificate not yet in force', 'certificate_not_yet_valid', { from: '2027-01-01T00:00:00Z' }],
    ['a certificate made for something else', 'wrong_key_usage', { usage: 0x20 }],
    ['a key too short', 'weak_algorithm', { key: 'rsa-1024' }],
  ] as const)('by %s: sound, and flagged', async (_, reason, options) => {
    const drafted = await issuedDraft(test);
    const issuer =
      reason === 'chain_unknown' ? await invent({ name: 'Inconnue', authority: true }) : intermediate;
    const signer = await invent({ name: 'Samira El Idrissi', issuer, ...options });
    const answer = await give(drafted, await sign(drafted.pdf, {}, { signer, chain: [issuer] }));
    expect(answer.statusCode).toBe(200);
    expect(answer.json<ContractView>().signed?.findings).toMatchObject({
      outcome: 'valid_untrusted',
      reasons: [reason],
      signer: { commonName: 'Samira El Idrissi' },
    });
  });

  it('is judged as such, whatever the operator says', async () => {
    const drafted = await issuedDraft(test);
    const kept = await give(drafted, await sign(drafted.pdf), 'handwritten');
    expect(kept.json<ContractView>().signed).toMatchObject({
      way: 'electronic',
      findings: { outcome: 'valid' },
    });
    const changed = Buffer.concat([await sign(drafted.pdf), Buffer.from('\n')]);
    expect(refusal(await give(drafted, changed, 'handwritten'))).toEqual(
      refused('altered', 'bytes_after_signature'),
    );
  });
});

describe('attacked', () => {
  const free = 5000;
  const note = '<< /Type /Annot /Subtype /FreeText /Rect [50 50 500 800] /Contents (Gratuit) >>';
  const drawn = '<< /Length 4 >>\nstream\nq Q\n\nendstream';
  const atLetter = (file: Buffer, place: number): Buffer => {
    const changed = Buffer.from(file);
    changed[place] = (changed[place] ?? 0) ^ 1;
    return changed;
  };
  const led = (pdf: Buffer): Buffer => {
    const { page, contents } = numbersOf(pdf);
    const body = bodyOf(pdf, page).replace(
      `/Contents ${String(contents)} 0 R`,
      `/Contents ${String(free)} 0 R`,
    );
    return appendRevision(pdf, [
      [free, drawn],
      [page, body],
    ]);
  };
  const added = (field: FieldOptions) => (pdf: Buffer) => sign(pdf, field);
  const attacks: Readonly<Record<string, readonly [(pdf: Buffer) => Promise<Buffer>, string]>> = {
    'a byte of the contract changed': [async (pdf) => atLetter(await sign(pdf), 1000), 'not_first_revision'],
    'a byte of the signed part changed after signing': [
      async (pdf) => {
        const file = await sign(pdf, { signature: '/Reason (Accord)' });
        return atLetter(file, file.lastIndexOf('(Accord)') + 1);
      },
      'digest_mismatch',
    ],
    'bytes appended': [
      async (pdf) => Buffer.concat([await sign(pdf), Buffer.from('x')]),
      'bytes_after_signature',
    ],
    'a second file appended': [async (pdf) => Buffer.concat([await sign(pdf), pdf]), 'bytes_after_signature'],
    'a shadow revision before the signature': [(pdf) => sign(led(pdf)), 'shadow_revision'],
    'a shadow revision after it': [async (pdf) => led(await sign(pdf)), 'bytes_after_signature'],
    'content hidden': [
      (pdf) => sign(appendRevision(pdf, [[numbersOf(pdf).contents, drawn]])),
      'shadow_revision',
    ],
    'a note over the page': [
      added({ annotations: `${String(free)} 0 R`, objects: [[free, note]] }),
      'annotation_added',
    ],
    'an action when it opens': [
      added({ catalog: '/OpenAction << /S /URI /URI (https://example.ma) >>' }),
      'action_added',
    ],
    'a signature over the text': [added({ rectangle: '[50 600 500 800]' }), 'covers_text'],
    'a part left out of the signature': [
      (pdf) => sign(pdf, {}, {}, { range: ([a = 0, b = 0, c = 0, d = 0]) => [a, b - 100, c, d] }),
      'byte_range_gap',
    ],
    'another signature than its certificate says': [
      async (pdf) => {
        const other = await invent({ name: 'Samira El Idrissi', issuer: intermediate });
        return await sign(pdf, {}, { signer: { ...samira, key: other.key } });
      },
      'signature_mismatch',
    ],
    'a signature emptied': [
      async (pdf) => {
        const text = (await sign(pdf)).toString('latin1');
        return Buffer.from(
          text.replace(/\/Contents <[0-9a-f]+>/, (all) => `/Contents <${'0'.repeat(all.length - 12)}>`),
          'latin1',
        );
      },
      'cms_malformed',
    ],
    encrypted: [
      (pdf) => sign(appendRevision(pdf, [], { trailer: `/Encrypt ${String(free)} 0 R` })),
      'encrypted',
    ],
    'saved anew by a program': [(pdf) => sign(Buffer.concat([pdf, pdf]).subarray(1)), 'not_first_revision'],
  };

  it.each(Object.entries(attacks))('%s: refused, and what stood stands', async (_, [attack, reason]) => {
    const drafted = await issuedDraft(test);
    expect((await give(drafted, makeScan(1, 2000), 'handwritten')).statusCode).toBe(200);
    const [before] = await standingOf(drafted);
    expect(refusal(await give(drafted, await attack(drafted.pdf)))).toEqual(refused('altered', reason));
    expect(await standingOf(drafted)).toEqual([before]);
  });

  it('the contract of another subscription, rightly signed', async () => {
    const drafted = await issuedDraft(test);
    const other = await issuedDraft(test);
    expect(refusal(await give(drafted, await sign(other.pdf)))).toEqual(
      refused('altered', 'not_first_revision'),
    );
  });
});

describe('not signed', () => {
  it('the contract as it was issued is refused, whatever the operator says', async () => {
    const drafted = await issuedDraft(test);
    for (const way of ['electronic', 'handwritten'] as const)
      expect(refusal(await give(drafted, drafted.pdf, way))).toEqual(refused('not_signed', 'no_signature'));
  });

  it('the contract of another subscription as it was issued is refused too', async () => {
    const drafted = await issuedDraft(test);
    const other = await issuedDraft(test);
    for (const way of ['electronic', 'handwritten'] as const)
      expect(refusal(await give(drafted, other.pdf, way))).toEqual(refused('altered', 'not_first_revision'));
    expect(await standingOf(drafted)).toEqual([]);
  });

  it('a scan is kept as one, to be looked at', async () => {
    const drafted = await issuedDraft(test);
    const answer = await give(drafted, makeScan(2, 5000), 'handwritten');
    expect(answer.statusCode).toBe(200);
    expect(answer.json<ContractView>().signed).toMatchObject({
      way: 'handwritten',
      findings: null,
      current: true,
      contractVersion: 1,
    });
  });

  it('a scan said to be signed electronically is refused', async () => {
    const drafted = await issuedDraft(test);
    expect(refusal(await give(drafted, makeScan(1, 2000)))).toEqual(refused('not_signed', 'no_signature'));
  });

  it.each([
    ['no PDF', Buffer.from('bonjour'), 'not_pdf'],
    [
      'a PDF that acts',
      makePdf({ catalogue: '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>' }),
      'script',
    ],
  ])('%s is refused as any document is', async (_, bytes, rule) => {
    const answer = await give(await issuedDraft(test), bytes, 'handwritten');
    expect(refusal(answer)).toEqual({ status: 415, code: 'file_refused', params: { rule } });
  });
});

describe('of what is in force', () => {
  it('an earlier version is void, signed, unsigned, or with the later one after it', async () => {
    const drafted = await issuedDraft(test);
    await reissue(drafted);
    expect(refusal(await give(drafted, await sign(drafted.pdf)))).toEqual(isVoid);
    expect(refusal(await give(drafted, drafted.pdf, 'handwritten'))).toEqual(isVoid);
  });

  it('data that changed since the contract make it void before a byte is read', async () => {
    const drafted = await issuedDraft(test);
    const contacts = [{ ...contact, key: 'contact-1', lastName: 'Tazi' }];
    await saveSection(drafted.browser, drafted.draft, 'contacts', drafted.version, contacts);
    expect(refusal(await give(drafted, Buffer.from('never read')))).toEqual(isVoid);
  });

  it('what was signed before the data changed is outdated, and right again when they are put back', async () => {
    const drafted = await issuedDraft(test);
    const { browser, draft, version } = drafted;
    await give(drafted, await sign(drafted.pdf));
    const contacts = [{ ...contact, key: 'contact-1', lastName: 'Tazi' }];
    const saved = await saveSection(browser, draft, 'contacts', version, contacts);
    const shown = async () => {
      const { contract, progress } = (
        await browser.call('GET', `/subscriptions/${draft.id}`)
      ).json<Subscription>();
      const codes = progress.issues
        .filter(({ pointer }) => pointer === '/documents/contract')
        .map(({ code }) => code);
      return { state: contract?.state, current: contract?.signed?.current, codes };
    };
    expect(await shown()).toEqual({ state: 'void', current: false, codes: ['contract_outdated'] });
    const back = [{ ...contact, key: 'contact-1' }];
    await saveSection(browser, draft, 'contacts', saved.json<{ version: number }>().version, back);
    expect(await shown()).toEqual({ state: 'in_force', current: true, codes: [] });
  });

  it('data saved while the file was checked make it void, and nothing is kept', async () => {
    const drafted = await issuedDraft(test);
    const { browser, draft, version, pdf } = drafted;
    const signatures: typeof test.deps.signatures = {
      ...test.deps.signatures,
      checkSignedContract: async (order) => {
        const contacts = [{ ...contact, key: 'contact-1', lastName: 'Tazi' }];
        await saveSection(browser, draft, 'contacts', version, contacts);
        return await test.deps.signatures.checkSignedContract(order);
      },
    };
    const app = await buildApp({ ...test.deps, signatures });
    expect(refusal(await giveSigned(app, browser, draft, await sign(pdf)))).toEqual(isVoid);
    await app.close();
    expect(await standingOf(drafted)).toEqual([]);
    expect(
      await test.deps.database
        .select()
        .from(signedContracts)
        .innerJoin(contracts, eq(contracts.id, signedContracts.contractId))
        .where(eq(contracts.subscriptionId, draft.id)),
    ).toEqual([]);
  });

  it('two given at once are two versions, of which one stands', async () => {
    const drafted = await issuedDraft(test);
    const files = await Promise.all([sign(drafted.pdf), sign(drafted.pdf)]);
    const answers = await Promise.all(files.map((file) => give(drafted, file)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const versions = answers.map((answer) => answer.json<ContractView>().signed?.file.version);
    expect(new Set(versions)).toEqual(new Set([1, 2]));
    expect((await standingOf(drafted)).map(({ version }) => version)).toEqual([2]);
  });
});

describe('a form without a contract', () => {
  it('must make one first', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser, newIdentifiers());
    const answer = await giveSigned(test.app, browser, draft, makeScan(1, 2000), 'handwritten');
    expect(refusal(answer)).toEqual({ status: 409, code: 'contract_not_issued', params: undefined });
  });

  it('of customs has none to give, by this way nor as a document', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answer = await giveSigned(test.app, browser, draft, makeScan(1, 2000), 'handwritten');
    expect(refusal(answer)).toEqual({ status: 422, code: 'contract_not_asked', params: undefined });
  });
});
