import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const PEM_FILE = /\.(pem|crt|cer)$/i;
const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const refuse = (path: string, why: string, cause?: unknown): Error =>
  new Error(`SIGNATURE_ROOTS: ${path} ${why}`, { cause });

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path).filter((name) => PEM_FILE.test(name));
  if (files.length === 0) throw refuse(path, 'holds no file *.pem, *.crt or *.cer');
  return files.toSorted().map((name) => join(path, name));
}

function readRoot(path: string, pem: string): Uint8Array {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch (error) {
    throw refuse(path, "holds a certificate that can't be read", error);
  }
  if (!certificate.ca) throw refuse(path, "holds a certificate which isn't an authority's");
  return certificate.raw;
}

/**
 * The certificates of the roots that are trusted to name signers and time stamps, in DER: all those of a PEM file, or of the PEM files of a
 * folder. An empty path is none: then every signer is unknown.
 *
 * @throws Error that names the file, for one that can't be read, holds none, or holds another than an authority's.
 */
export function readTrustedRoots(path: string): Uint8Array[] {
  if (path === '') return [];
  let files: string[];
  try {
    files = filesOf(path);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('SIGNATURE_ROOTS')) throw error;
    throw refuse(path, "can't be read", error);
  }
  return files.flatMap((file) => {
    let text: string;
    try {
      text = readFileSync(file, 'latin1');
    } catch (error) {
      throw refuse(file, "can't be read", error);
    }
    const blocks = text.match(PEM_BLOCK) ?? [];
    if (blocks.length === 0) throw refuse(file, 'holds no certificate in PEM');
    return blocks.map((block) => readRoot(file, block));
  });
}
