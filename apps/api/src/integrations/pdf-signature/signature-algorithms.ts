import { constants, type KeyObject, verify } from 'node:crypto';
import { type AlgorithmIdentifier, RSASSAPSSParams } from 'pkijs';
import { SignatureFault } from './signature-verdict.ts';

/** Digests that are known, by identifier; those that still count are SHA-2. */
const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/** Signatures that name their digest. */
const SIGNATURES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.5', 'sha1'],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.1', 'sha1'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
]);

/** Identifiers of a key alone: the digest is told elsewhere. */
const BARE_KEYS = new Set(['1.2.840.113549.1.1.1', '1.2.840.10045.2.1']);
const RSA_PSS = '1.2.840.113549.1.1.10';

const MIN_RSA_BITS = 2048;
const STRONG_CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** @throws SignatureFault `unsupported_algorithm` for a digest that isn't known. */
export function digestName(identifier: string): string {
  const name = DIGESTS.get(identifier);
  if (name === undefined) throw new SignatureFault('unsupported_algorithm');
  return name;
}

export const isWeakDigest = (name: string): boolean => name === 'sha1';

/** RSA of 2048 bits or more, or a curve of the NIST of 256 bits or more. */
export function hasStrongKey(key: KeyObject): boolean {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss') {
    return (details?.modulusLength ?? 0) >= MIN_RSA_BITS;
  }
  return key.asymmetricKeyType === 'ec' && STRONG_CURVES.has(details?.namedCurve ?? '');
}

interface Scheme {
  readonly digest: string;
  /** Bytes of salt; defined for RSA-PSS. */
  readonly saltLength: number | undefined;
}

function schemeOf(algorithm: AlgorithmIdentifier, told: string | undefined): Scheme {
  const identifier = algorithm.algorithmId;
  if (identifier === RSA_PSS) {
    const parameters = new RSASSAPSSParams({ schema: algorithm.algorithmParams });
    const digest = digestName(parameters.hashAlgorithm.algorithmId);
    const mask: unknown = parameters.maskGenAlgorithm.algorithmParams;
    const maskDigest = maskDigestOf(mask);
    if (maskDigest !== digest) throw new SignatureFault('unsupported_algorithm');
    return { digest, saltLength: parameters.saltLength };
  }
  const digest = BARE_KEYS.has(identifier) ? told : SIGNATURES.get(identifier);
  if (digest === undefined) throw new SignatureFault('unsupported_algorithm');
  return { digest, saltLength: undefined };
}

function maskDigestOf(parameters: unknown): string | undefined {
  if (typeof parameters !== 'object' || parameters === null || !('valueBlock' in parameters))
    return undefined;
  const { valueBlock } = parameters as { valueBlock: { value?: { valueBlock: { toString(): string } }[] } };
  return DIGESTS.get(valueBlock.value?.[0]?.valueBlock.toString() ?? '');
}

/** Whether what an authority signed is signed by SHA-1, or by something unknown. */
export function isWeakSignature(algorithm: AlgorithmIdentifier): boolean {
  try {
    return isWeakDigest(schemeOf(algorithm, undefined).digest);
  } catch {
    return true;
  }
}

/**
 * Verifies a signature.
 *
 * @param told the digest told beside the signature, for algorithms that don't tell it
 * @throws SignatureFault `unsupported_algorithm`.
 */
export function verifySignature(
  key: KeyObject,
  algorithm: AlgorithmIdentifier,
  told: string | undefined,
  data: Uint8Array,
  signature: Uint8Array,
): { readonly verified: boolean; readonly weak: boolean } {
  const { digest, saltLength } = schemeOf(algorithm, told);
  const isElliptic = key.asymmetricKeyType === 'ec';
  const namesElliptic = algorithm.algorithmId.startsWith('1.2.840.10045.');
  if (isElliptic !== namesElliptic) return { verified: false, weak: false };
  const padding = saltLength === undefined ? {} : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
  let verified = false;
  try {
    verified = verify(digest, data, { key, ...padding }, signature);
  } catch {
    // A key which can't be used so didn't make it.
  }
  return { verified, weak: isWeakDigest(digest) || !hasStrongKey(key) };
}
