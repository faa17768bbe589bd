/**
 * What the check of a signed contract ends in.
 *
 * - `valid`: the issued contract, untouched, wholly covered by one sound signature whose signer a trusted root vouches for.
 * - `valid_untrusted`: the same, but who signed can't be relied upon; the reasons say why.
 * - `altered`: there is a signature, and what it protects isn't shown to be the issued contract alone.
 * - `not_signed`: no electronic signature in the file. A scan signed by hand is one.
 */
export type SignatureOutcome = 'valid' | 'valid_untrusted' | 'altered' | 'not_signed';

/** Each reason, and the outcome it leads to; of several, the gravest counts. The codes are stable. */
export const SIGNATURE_REASONS = {
  /** No signature at all. */
  no_signature: 'not_signed',

  /** The file doesn't begin with the bytes that were issued: another contract, an earlier version, a file saved anew. */
  not_first_revision: 'altered',
  /** What follows the issued bytes isn't a well-formed incremental update, or holds bytes that no table of it names. */
  malformed_update: 'altered',
  /** A revision gives an object of the issued contract another content: text, fonts, pages, structure. */
  shadow_revision: 'altered',
  /** A revision adds something that a signature doesn't need. */
  unexpected_object: 'altered',
  /** A page got an annotation other than the signature's own. */
  annotation_added: 'altered',
  /** Something was added that acts: script, link, file, submission. */
  action_added: 'altered',
  /** The visible signature lies over what the contract says. */
  covers_text: 'altered',
  encrypted: 'altered',
  /** Beyond the limits of `SIGNATURE_LIMITS`, or of the time and memory given to one file. */
  too_complex: 'altered',

  several_signers: 'altered',
  /** `ByteRange` isn't four numbers inside the file, from its first byte on. */
  byte_range_malformed: 'altered',
  /** What `ByteRange` leaves out isn't exactly the signature's own bytes. */
  byte_range_gap: 'altered',
  bytes_after_signature: 'altered',
  /** `Contents` isn't one hexadecimal string with a signature, then zeros. */
  contents_malformed: 'altered',
  /** Not a detached CMS signature (`adbe.pkcs7.detached`, `ETSI.CAdES.detached`). */
  unsupported_format: 'altered',
  /** An algorithm by which nothing can be verified here. */
  unsupported_algorithm: 'altered',
  cms_malformed: 'altered',
  /** The file's bytes aren't those that were signed. */
  digest_mismatch: 'altered',
  /** The signature isn't that of the certificate's key. */
  signature_mismatch: 'altered',
  /** The signed attributes name another certificate. */
  certificate_mismatch: 'altered',
  /** There is a time stamp, and it isn't one of this signature. */
  timestamp_invalid: 'altered',

  /** SHA-1, RSA under 2048 bits, a curve other than P-256, P-384, P-521: in the signature, a certificate of its chain or its time stamp. */
  weak_algorithm: 'valid_untrusted',
  chain_unknown: 'valid_untrusted',
  expired_certificate: 'valid_untrusted',
  certificate_not_yet_valid: 'valid_untrusted',
  /** The certificate isn't made for signing documents. */
  wrong_key_usage: 'valid_untrusted',
  revoked: 'valid_untrusted',
  /** The signer's own clock is ahead of ours. */
  signing_time_in_future: 'valid_untrusted',
} as const satisfies Record<string, Exclude<SignatureOutcome, 'valid'>>;

export type SignatureReason = keyof typeof SIGNATURE_REASONS;

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

const ORDER: readonly SignatureOutcome[] = ['valid', 'valid_untrusted', 'altered', 'not_signed'];

/** The outcome that reasons lead to: `valid` without any. */
export function outcomeOf(reasons: Iterable<SignatureReason>): SignatureOutcome {
  let worst = 0;
  for (const reason of reasons) worst = Math.max(worst, ORDER.indexOf(SIGNATURE_REASONS[reason]));
  return ORDER[worst] ?? 'altered';
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
