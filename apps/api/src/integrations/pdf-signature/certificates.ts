import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import { BasicConstraints, Certificate, ExtKeyUsage } from 'pkijs';
import { hasStrongKey, isWeakSignature } from './signature-algorithms.ts';
import { type CertificateName, SIGNATURE_LIMITS, SignatureFault, type Signer } from './signature-verdict.ts';

const SUBJECT_PARTS = { commonName: '2.5.4.3', organisation: '2.5.4.10', country: '2.5.4.6' } as const;
const KEY_USAGE = '2.5.29.15';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const BASIC_CONSTRAINTS = '2.5.29.19';
/** Extensions which the check understands, or which bind nobody who checks a signature. */
const KNOWN_EXTENSIONS = new Set([
  KEY_USAGE,
  EXTENDED_KEY_USAGE,
  BASIC_CONSTRAINTS,
  '2.5.29.32',
  '2.5.29.31',
  '2.5.29.14',
  '2.5.29.35',
  '2.5.29.17',
  '1.3.6.1.5.5.7.1.1',
  '1.3.6.1.5.5.7.1.3',
]);

const DIGITAL_SIGNATURE = 0x80;
const NON_REPUDIATION = 0x40;
const KEY_CERT_SIGN = 0x04;

const ANY_PURPOSE = '2.5.29.37.0';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
/** Purposes with which certification authorities mark certificates of persons. */
const SIGNING_PURPOSES = new Set([
  ANY_PURPOSE,
  '1.3.6.1.5.5.7.3.2',
  '1.3.6.1.5.5.7.3.4',
  '1.3.6.1.5.5.7.3.36',
  '1.3.6.1.4.1.311.10.3.12',
  '1.2.840.113583.1.1.5',
]);

function extensionOf(parsed: Certificate, identifier: string): unknown {
  return parsed.extensions?.find((extension) => extension.extnID === identifier)?.parsedValue;
}

function keyUsageOf(parsed: Certificate): number | undefined {
  const value = extensionOf(parsed, KEY_USAGE);
  return value instanceof asn1js.BitString ? (value.valueBlock.valueHexView[0] ?? 0) : undefined;
}

function purposesOf(parsed: Certificate): readonly string[] | undefined {
  const value = extensionOf(parsed, EXTENDED_KEY_USAGE);
  return value instanceof ExtKeyUsage ? value.keyPurposes : undefined;
}

function pathLengthOf(parsed: Certificate): number | undefined {
  const value = extensionOf(parsed, BASIC_CONSTRAINTS);
  const length: unknown = value instanceof BasicConstraints ? value.pathLenConstraint : undefined;
  return typeof length === 'number' ? length : undefined;
}

/** A certificate, read in full: what can't be read of it fails at once, not when it is needed. */
export class KnownCertificate {
  readonly der: Buffer;
  readonly x509: X509Certificate;
  readonly parsed: Certificate;
  readonly publicKey: KeyObject;
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** The first byte of the key usage; undefined when the certificate doesn't limit it. */
  readonly keyUsage: number | undefined;
  /** Identifiers of the purposes; undefined when the certificate doesn't limit them. */
  readonly purposes: readonly string[] | undefined;
  /** How many authorities may follow; undefined without limit. */
  readonly pathLength: number | undefined;
  readonly isAuthority: boolean;
  readonly hasUnknownCriticalExtension: boolean;

  /** @throws when these bytes are no certificate, or its key can't be used. */
  constructor(der: Uint8Array) {
    this.der = Buffer.from(der);
    this.x509 = new X509Certificate(this.der);
    this.parsed = Certificate.fromBER(new Uint8Array(this.der));
    this.publicKey = this.x509.publicKey;
    this.fingerprint = createHash('sha256').update(this.der).digest('hex');
    this.validFrom = this.x509.validFromDate;
    this.validTo = this.x509.validToDate;
    this.keyUsage = keyUsageOf(this.parsed);
    this.purposes = purposesOf(this.parsed);
    this.pathLength = pathLengthOf(this.parsed);
    this.isAuthority = this.x509.ca && (this.keyUsage === undefined || (this.keyUsage & KEY_CERT_SIGN) !== 0);
    this.hasUnknownCriticalExtension = (this.parsed.extensions ?? []).some(
      (extension) => extension.critical && !KNOWN_EXTENSIONS.has(extension.extnID),
    );
  }

  isValidAt(time: Date): boolean {
    return this.validFrom <= time && time <= this.validTo;
  }

  /** Whether an authority could have issued it, and did: its key signed it. */
  isIssuedBy(issuer: KnownCertificate): boolean {
    try {
      return this.x509.checkIssued(issuer.x509) && this.x509.verify(issuer.publicKey);
    } catch {
      return false;
    }
  }
}

/** The certificates among these bytes; those that can't be read are left out. */
export function readableCertificates(encoded: readonly Uint8Array[]): KnownCertificate[] {
  return encoded.flatMap((der) => {
    try {
      return [new KnownCertificate(der)];
    } catch {
      return [];
    }
  });
}

/** Names of a certificate's subject or issuer. */
export function nameOf(name: Certificate['subject']): CertificateName {
  const part = (identifier: string): string | undefined => {
    const found = name.typesAndValues.find((entry) => entry.type === identifier);
    const value: unknown = found?.value.valueBlock.value;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    commonName: part(SUBJECT_PARTS.commonName),
    organisation: part(SUBJECT_PARTS.organisation),
    country: part(SUBJECT_PARTS.country),
  };
}

export function describeSigner(certificate: KnownCertificate): Signer {
  return {
    ...nameOf(certificate.parsed.subject),
    issuer: nameOf(certificate.parsed.issuer),
    serialNumber: certificate.x509.serialNumber,
    fingerprint: certificate.fingerprint,
    validFrom: certificate.validFrom,
    validTo: certificate.validTo,
  };
}

/** Whether a certificate is made for signing documents: not an authority's, not a machine's. */
export function maySignDocuments(certificate: KnownCertificate): boolean {
  const { keyUsage, purposes } = certificate;
  if (certificate.x509.ca || keyUsage === undefined) return false;
  if ((keyUsage & (DIGITAL_SIGNATURE | NON_REPUDIATION)) === 0) return false;
  return purposes === undefined || purposes.some((purpose) => SIGNING_PURPOSES.has(purpose));
}

/** RFC 3161, 2.3: time stamping, and nothing else. */
export function mayStampTime(certificate: KnownCertificate): boolean {
  const { purposes } = certificate;
  return !certificate.x509.ca && purposes?.length === 1 && purposes[0] === TIME_STAMPING;
}

/** Whether an authority let this certificate answer for it about revocations. */
export function mayAnswerFor(certificate: KnownCertificate, issuer: KnownCertificate): boolean {
  return (certificate.purposes?.includes(OCSP_SIGNING) ?? false) && certificate.isIssuedBy(issuer);
}

/** The way from a certificate to a trusted root. */
export interface CertificateChain {
  /** The certificate first, the root last; only the certificate when no root was reached. */
  readonly links: readonly KnownCertificate[];
  readonly trusted: boolean;
  /** Whether a link is too weak to be relied upon. */
  readonly weak: boolean;
}

const MAX_VERIFICATIONS = 300;

/**
 * Finds the shortest way from a certificate to a trusted root through the certificates at hand, those in force at a
 * time first.
 */
export function findChain(
  leaf: KnownCertificate,
  pool: readonly KnownCertificate[],
  roots: readonly KnownCertificate[],
  at: Date,
): CertificateChain {
  const rootPrints = new Set(roots.map((root) => root.fingerprint));
  const candidates = [...roots, ...pool].toSorted(
    (one, other) => Number(other.isValidAt(at)) - Number(one.isValidAt(at)),
  );
  const seen = new Set([leaf.fingerprint]);
  let verifications = 0;
  let ways: KnownCertificate[][] = [[leaf]];
  for (let length = 1; length <= SIGNATURE_LIMITS.chainLength && ways.length > 0; length += 1) {
    const longer: KnownCertificate[][] = [];
    for (const way of ways) {
      const last = way.at(-1);
      if (last === undefined) continue;
      if (rootPrints.has(last.fingerprint)) return judgeChain(way);
      for (const issuer of candidates) {
        if (seen.has(issuer.fingerprint) || !issuer.isAuthority) continue;
        if (issuer.pathLength !== undefined && issuer.pathLength < way.length - 1) continue;
        verifications += 1;
        if (verifications > MAX_VERIFICATIONS) throw new SignatureFault('too_complex');
        if (!last.isIssuedBy(issuer)) continue;
        seen.add(issuer.fingerprint);
        longer.push([...way, issuer]);
      }
    }
    ways = longer;
  }
  return { links: [leaf], trusted: false, weak: !hasStrongKey(leaf.publicKey) };
}

function judgeChain(links: readonly KnownCertificate[]): CertificateChain {
  const weak = links.some(
    (link, index) =>
      !hasStrongKey(link.publicKey) ||
      // A root is trusted for being in the list, not for its signature of itself.
      (index < links.length - 1 && isWeakSignature(link.parsed.signatureAlgorithm)),
  );
  return { links, trusted: !links.some((link) => link.hasUnknownCriticalExtension), weak };
}
