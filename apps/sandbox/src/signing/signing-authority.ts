import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Identity, makeIdentity } from './identities.ts';

const Kept = z.object({ certificate: z.string(), key: z.string() });
const Authority = z.object({
  root: Kept,
  /** Vouched for by the root: whom the portal recognises. */
  signer: Kept,
  secondSigner: Kept,
  expired: Kept,
  /** Vouched for by an authority that the portal doesn't know. */
  stranger: Kept,
});
type Authority = z.infer<typeof Authority>;

export interface SigningAuthority extends Authority {
  /** Where the root's certificate is: what `SIGNATURE_ROOTS` is to be. */
  readonly rootFile: string;
}

const year = (number: number): Date => new Date(Date.UTC(number, 0, 1));
const mark = '(bac à sable)';

function makeAuthority(): Authority {
  const lasting = { from: year(2020), to: year(2045) };
  const person = (name: string, issuer: Identity, dates = { from: year(2024), to: year(2040) }) =>
    makeIdentity({ name: `${name} ${mark}`, organisation: 'Société d’essai', issuer, ...dates });
  const authority = (name: string) =>
    makeIdentity({ name: `${name} ${mark}`, organisation: 'Autorité d’essai', ...lasting });
  const root = authority('Racine d’essai');
  return {
    root,
    signer: person('Samira El Idrissi', root),
    secondSigner: person('Omar Benjelloun', root),
    expired: person('Samira El Idrissi', root, { from: year(2021), to: year(2023) }),
    stranger: person('Samira El Idrissi', authority('Racine inconnue')),
  };
}

function replaceFile(path: string, content: string, mode: number): void {
  writeFileSync(`${path}.new`, content, { mode });
  renameSync(`${path}.new`, path);
}

/**
 * The demonstration authority of a data folder, with its signers: made once and kept in `sandbox/signing/`, so that a portal which trusts its root
 * goes on recognising what was signed before.
 */
export function openSigningAuthority(dataDir: string): SigningAuthority {
  const folder = join(dataDir, 'sandbox', 'signing');
  const path = join(folder, 'authority.json');
  const rootFile = join(folder, 'root.pem');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    replaceFile(path, JSON.stringify(makeAuthority()), 0o600);
  }
  const authority = Authority.parse(JSON.parse(readFileSync(path, 'utf8')));
  if (!existsSync(rootFile)) replaceFile(rootFile, authority.root.certificate, 0o644);
  return { ...authority, rootFile };
}
