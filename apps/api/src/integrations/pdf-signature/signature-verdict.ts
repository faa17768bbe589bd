import {
  type SignatureOutcome,
  type SignatureReason,
  signatureOutcomes,
  signatureReasons,
} from '@rnoce/schemas/contracts';

export type { SignatureOutcome, SignatureReason };

/** A name in a certificate. */
export interface CertificateName {
  readonly commonName: string | undefined;
  readonly organisation: string | undefined;
  readonly country: string | undefined;
}

export interface Signer extends CertificateName {
  readonly issuer: CertificateName;
  /** The certificate's serial number, in upper-case hexadecimal. */
  readonly serialNumber: string;
  /** SHA-256 of the certificate, in lower-case hexadecimal. */
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

export interface TimestampReport {
  readonly time: Date;
  readonly authority: CertificateName;
  /** Whether a trusted root vouches for it; then its time is the one at which certificates are judged. */
  readonly trusted: boolean;
}

/** What the file holds of a signature, byte offsets counted from its start. */
export interface SignatureCoverage {
  readonly fileBytes: number;
  /** Bytes covered by the signature. */
  readonly coveredBytes: number;
  readonly wholeFile: boolean;
  /** Revisions added to the issued one. */
  readonly addedRevisions: number;
  /** Whether the signature shows on a page. */
  readonly visible: boolean;
}

/** Revocation data in the file about the signer's certificate. `unknown`: none that counts. */
export type RevocationStatus = 'good' | 'revoked' | 'unknown';

export interface SignatureVerdict {
  readonly outcome: SignatureOutcome;
  /** Empty exactly when `valid`; sorted. */
  readonly reasons: readonly SignatureReason[];
  /** Known as soon as the signature could be read; not to be believed unless `valid`. */
  readonly signer: Signer | undefined;
  /** As the signer's machine says; nobody vouches for it. */
  readonly signingTime: Date | undefined;
  readonly timestamp: TimestampReport | undefined;
  readonly revocation: RevocationStatus;
  readonly coverage: SignatureCoverage | undefined;
}

/** Bytes, unless said otherwise. */
export const SIGNATURE_LIMITS = {
  /** As for any uploaded document: 3 MB by the operators' guide. */
  fileBytes: 3_145_728,
  /** Objects that revisions may add. */
  objects: 2_000,
  revisions: 8,
  /** Dictionaries and arrays inside each other, and references followed in a row. */
  depth: 40,
  /** Values read in one file. */
  values: 400_000,
  /** All streams that are opened, together. */
  inflatedBytes: 16_777_216,
  cmsBytes: 262_144,
  certificates: 40,
  chainLength: 8,
  /** OCSP answers and revocation lists looked at. */
  revocationItems: 40,
  revokedEntries: 100_000,
} as const;

/** The outcome that reasons lead to: `valid` without any. */
export function outcomeOf(reasons: Iterable<SignatureReason>): SignatureOutcome {
  let worst = 0;
  for (const reason of reasons) worst = Math.max(worst, signatureOutcomes.indexOf(signatureReasons[reason]));
  return signatureOutcomes[worst] ?? 'altered';
}

/** Ends the reading of a file with a reason; never leaves this folder. */
export class SignatureFault extends Error {
  readonly reason: SignatureReason;

  constructor(reason: SignatureReason) {
    super(`signature refused: ${reason}`);
    this.name = 'SignatureFault';
    this.reason = reason;
  }
}
