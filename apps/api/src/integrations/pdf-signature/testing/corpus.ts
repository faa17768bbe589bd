import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { plainAddPlaceholder } from '@signpdf/placeholder-plain';
import { P12Signer } from '@signpdf/signer-p12';
import { SignPdf } from '@signpdf/signpdf';
import { judgeSignedContract } from '../contract-check.ts';
import type { SignatureVerdict } from '../signature-verdict.ts';
import { type Identity, invent } from './test-authority.ts';
import { type MessageOptions, signer } from './test-cms.ts';
import { addField, type FieldOptions, type FillOptions, fill } from './test-update.ts';

const read = (file: string): Buffer => readFileSync(new URL(`./fixtures/${file}`, import.meta.url));

export const contract = read('contract.pdf');
export const earlierVersion = read('earlier-version.pdf');
export const otherContract = read('other-contract.pdf');
export const signedByOpenssl = read('signed-by-openssl.pdf');
export const signedByPoppler = gunzipSync(read('signed-by-poppler.pdf.gz'));
const fixtureRoot = read('root.der');

/** The moment of all checks. */
export const NOW = new Date('2026-11-25T12:00:00Z');

export const root = await invent({ name: 'Racine', authority: true, key: 'rsa-2048' });
export const intermediate = await invent({ name: 'Intermédiaire', authority: true, issuer: root });
export const samira = await invent({
  name: 'Samira El Idrissi',
  organisation: 'Atlas',
  issuer: intermediate,
});

/** Signed by `@signpdf`, its CMS by node-forge. */
export async function signBySignpdf(pdfBuffer: Buffer, widgetRect?: number[]): Promise<Buffer> {
  const prepared = plainAddPlaceholder({
    pdfBuffer,
    reason: 'Accord',
    contactInfo: 'samira@example.ma',
    name: 'Samira El Idrissi',
    location: 'Casablanca',
    signingTime: new Date('2026-11-25T10:00:00Z'),
    ...(widgetRect === undefined ? {} : { widgetRect }),
  });
  const p12 = new P12Signer(read('signer.p12'), { passphrase: 'essai' });
  return await new SignPdf().sign(prepared, p12, new Date('2026-11-25T10:00:00Z'));
}

/** Signed by our own tools, as told. */
export async function sign(
  pdf: Buffer,
  field: FieldOptions = {},
  message: Partial<MessageOptions> = {},
  range: FillOptions = {},
): Promise<Buffer> {
  const full: MessageOptions = { signer: samira, chain: [intermediate], ...message };
  return await fill(addField(pdf, field), signer(full), range);
}

/** The verdict on a file. */
export function judge(
  uploaded: Buffer,
  options: { roots?: readonly Identity[]; now?: Date; issued?: Buffer } = {},
): SignatureVerdict {
  return judgeSignedContract({
    issued: options.issued ?? contract,
    uploaded,
    trustedRoots: [...(options.roots ?? [root]).map(({ der }) => der), fixtureRoot],
    now: options.now ?? NOW,
  });
}

/** The outcome and the reasons in one line, to compare. */
export function summary(verdict: SignatureVerdict): string {
  return [verdict.outcome, ...verdict.reasons].join(' ');
}
