import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { toString as drawQrCode } from 'qrcode';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createInspector } from '../../integrations/inspection/inspector.ts';
import { judgeSignedContract } from '../../integrations/pdf-signature/contract-check.ts';
import { coversText } from '../../integrations/pdf-signature/covered-text.ts';
import { IssuedDocument } from '../../integrations/pdf-signature/issued-document.ts';
import { ReadingBudget } from '../../integrations/pdf-signature/pdf-values.ts';
import { signBySignpdf } from '../../integrations/pdf-signature/testing/corpus.ts';
import {
  createTypesetter,
  type TemplateData,
  type Typesetter,
} from '../../integrations/typesetting/typesetter.ts';
import { contact, manager, portnetCompany, rib, singleWindowUser } from '../../testing/forms.ts';
import { readPdf } from '../../testing/pdf-text.ts';
import { type ContractSubject, contractData, contractDataHash } from './contract-data.ts';
import { type ContractFile, contractUrl, makeContract } from './contract-document.ts';

const environment = { PUBLIC_URL: 'https://rnoce.example', ASSISTANCE_PHONE: '05 20 47 31 00' };
const marks = {
  number: 'CT-2026-0000000042',
  version: 3,
  code: '7QKD-0M4X-9R2B-VZ8N-1HTE-5SCA-3JWG',
  issuedAt: new Date('2026-11-22T23:30:00Z'),
};
const name = (list: string, code: string): string => `${code} ${list.toUpperCase()}`;

const subject: ContractSubject = {
  code: '22112026I00000000123',
  operatorType: 'importer',
  sections: {
    company: {
      entityType: 'legal_person',
      operatorType: 'importer',
      legalName: 'شركة الأطلس للتجارة SARL',
      acronym: '#let x = 1',
      tradeName: 'Atlas',
      ice: '001234567000089',
      rcNumber: '5537556',
      rcCentre: '81',
      taxId: '20782890',
      address: '12, rue des Essais, Casablanca',
      city: '0077',
      phone: '+212522000000',
      email: 'contact@atlas.example',
      ...portnetCompany,
    },
    managers: [
      { ...manager, key: 'other', lastName: 'Autre', idNumber: 'ZZ999999' },
      { ...manager, key: 'one', lastName: 'العلوي', firstName: 'سلمى' },
    ],
    legalRepresentative: { manager: 'one' },
    singleWindowUsers: [1, 2, 3, 4, 5].map((place) => ({
      ...singleWindowUser,
      key: `user-${String(place)}`,
      email: `prenom.nom.${String(place)}@une-societe-avec-un-tres-long-nom.example`,
    })),
    contacts: Array.from({ length: 20 }, (_, place) => ({ ...contact, key: `c-${String(place)}` })),
    bankAccount: { bank: '007', rib, branchAddress: 'Agence Maârif, Casablanca' },
  },
};

let typesetter: Typesetter;
let contract: ContractFile;
const make = (given: ContractSubject = subject, as = marks, by: Typesetter = typesetter) =>
  makeContract({ typesetter: by, environment }, contractData(given), as, name);
beforeAll(async () => {
  typesetter = createTypesetter({ timeoutMs: 30_000 });
  contract = await make();
});
afterAll(() => typesetter.close());

describe('what stands on it', () => {
  it('is what was declared, each in its place', async () => {
    const { pages, title, language } = await readPdf(contract.bytes);
    const text = pages.flat().join(' ');
    expect(title).toBe('Abonnement aux services de PORTNET S.A. CT-2026-0000000042');
    expect(language).toBe('fr');
    for (const shown of [
      'Abonnement aux services de PORTNET S.A.',
      'CT-2026-0000000042, version 3',
      '22/11/2026',
      subject.code,
      'Personne morale',
      'Importateur',
      '001234567000089',
      '81 RC-CENTRES',
      '34567812',
      '#let x = 1',
      'AE180358',
      singleWindowUser.cin,
      'Administrative',
      '007 780 0002000112345678 ',
      'Agence Maârif, Casablanca',
      'Fait à',
      'Signature et cachet',
      marks.code,
      contractUrl(environment.PUBLIC_URL, marks.code),
      contractDataHash(subject),
    ])
      expect(text).toContain(shown);
    // A long word may be cut, and is whole again when it is copied.
    for (const { email } of subject.sections.singleWindowUsers ?? [])
      expect(pages.flat().join('')).toContain(email ?? '?');
    expect(text).not.toContain('Autre');
    expect(text).not.toContain('ZZ999999');
    expect(pages.at(-1)?.join(' ')).toContain(`${String(pages.length)} / ${String(pages.length)}`);
  });

  it('sets Arabic names shaped, from right to left', async () => {
    const { pages } = await readPdf(contract.bytes);
    const runs = pages.flat();
    // Letters as they are stored, in reading order, whatever their drawn forms; a ligature's are turned around (decision 011).
    const arabic = runs.filter((run) => /\p{Script=Arabic}/u.test(run)).join(' ');
    for (const letters of ['العلوي', 'سلمى', 'للتجارة']) expect(arabic).toContain(letters);
    // The Latin word of a name that begins in Arabic is drawn before it: at its left.
    const place = runs.indexOf('SARL');
    expect(place).toBeGreaterThan(0);
  });

  it('has the bank of an importer alone', async () => {
    const { pages } = await readPdf((await make({ ...subject, operatorType: 'exporter' })).bytes);
    expect(pages.flat().join(' ')).not.toContain('RIB');
  });

  it('opens its public check by the QR code', async () => {
    let given: TemplateData = {};
    const spy = {
      ...typesetter,
      typeset: (_template: URL, data: TemplateData) => {
        given = data;
        return Promise.resolve(new Uint8Array());
      },
    };
    await make(subject, marks, spy);
    const url = `https://rnoce.example/espace-prive/contrat/${marks.code}`;
    expect(given.url).toBe(url);
    expect(given.qr).toBe(await drawQrCode(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 }));
  });
});

describe('its bytes', () => {
  it('are the same again, from another thread', async () => {
    const other = createTypesetter({ timeoutMs: 30_000 });
    expect((await make(subject, marks, other)).sha256).toBe(contract.sha256);
    await other.close();
  });

  it('are the same in another process, in another country, on another day', () => {
    const script = join(tmpdir(), `rnoce-contract-${String(process.pid)}.ts`);
    onTestFinished(() => rmSync(script, { force: true }));
    const here = (path: string) => JSON.stringify(new URL(path, import.meta.url).pathname);
    writeFileSync(
      script,
      `import { createTypesetter } from ${here('../../integrations/typesetting/typesetter.ts')};
import { contractData } from ${here('./contract-data.ts')};
import { makeContract } from ${here('./contract-document.ts')};
const real = Date.now;
Date.now = () => real() + 40 * 86_400_000;
const { subject, marks, environment } = JSON.parse(process.argv[2]);
const typesetter = createTypesetter({ timeoutMs: 30_000 });
const name = (list, code) => code + ' ' + list.toUpperCase();
const made = await makeContract({ typesetter, environment }, contractData(subject), { ...marks, issuedAt: new Date(marks.issuedAt) }, name);
await typesetter.close();
process.stdout.write(made.sha256);
`,
    );
    const told = execFileSync(process.execPath, [script, JSON.stringify({ subject, marks, environment })], {
      env: { ...process.env, TZ: 'Asia/Tokyo', LANG: 'ar_MA.UTF-8' },
    }).toString();
    expect(told).toBe(contract.sha256);
  });

  it('are others for any other number, version, code, day or datum', async () => {
    const others = await Promise.all([
      make(subject, { ...marks, number: 'CT-2026-0000000043' }),
      make(subject, { ...marks, version: 4 }),
      make(subject, { ...marks, code: '7QKD-0M4X-9R2B-VZ8N-1HTE-5SCA-3JWH' }),
      make(subject, { ...marks, issuedAt: new Date('2026-11-24T10:00:00Z') }),
      make({ ...subject, code: '22112026I00000000124' }),
    ]);
    expect(new Set([contract, ...others].map(({ sha256 }) => sha256)).size).toBe(6);
  });

  it('end with a newline, and pass our own inspection', async () => {
    expect(contract.bytes.at(-1)).toBe(0x0a);
    const inspector = createInspector();
    expect(await inspector.inspectPdf(contract.bytes)).toMatchObject({ ok: true });
    await inspector.close();
  });
});

describe('its signature', () => {
  it('by a public tool is sound', async () => {
    const signed = await signBySignpdf(Buffer.from(contract.bytes));
    const now = new Date('2026-11-25T12:00:00Z');
    const verdict = judgeSignedContract({ issued: contract.bytes, uploaded: signed, trustedRoots: [], now });
    expect(verdict.reasons).toEqual(['chain_unknown']);
  });

  it('has an empty frame on the last page to show in', async () => {
    const issued = new IssuedDocument(Buffer.from(contract.bytes), new ReadingBudget());
    const page = issued.pages().at(-1) ?? 0;
    const under = await lineOf(contract.bytes, 'Signature et cachet');
    const covers = (bottom: number, top: number) =>
      coversText(issued, new ReadingBudget(), { page, rectangle: [60, bottom, 530, top] });
    // 40 of the frame's 42 mm, in points.
    expect(covers(under - 8 - 113, under - 8)).toBe(false);
    expect(covers(under - 8 - 113, under + 8)).toBe(true);
  });
});

/** How high on the last page the line of a text stands, in points from the bottom. */
async function lineOf(bytes: Uint8Array, beginning: string): Promise<number> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await task.promise;
  const { items } = await (await document.getPage(document.numPages)).getTextContent();
  const found = items.find((item) => 'str' in item && item.str.startsWith(beginning));
  await task.destroy();
  if (!found || !('transform' in found)) throw new Error(`nothing begins with ${beginning}`);
  return Number(found.transform[5]);
}
