/** « Contrat »: the contract that the portal makes of the form, and what comes back signed (spec/registration.md, PortNet's part). */
import { z } from 'zod';
import { bytes, route } from './contract.ts';
import { DocumentVersion, documentRules } from './documents.ts';
import { FilingId, Instant, SubscriptionId } from './primitives.ts';

/** `in_force`: what these data make; `void`: the data have changed since, and it must be made and signed again. */
export const contractStates = ['in_force', 'void'] as const;
export const ContractState = z.enum(contractStates);
export type ContractState = z.infer<typeof ContractState>;

/** `electronic`: by the signer's own key; `handwritten`: printed, signed, stamped and scanned. */
export const signatureWays = ['electronic', 'handwritten'] as const;
export const SignatureWay = z.enum(signatureWays);
export type SignatureWay = z.infer<typeof SignatureWay>;

/**
 * What the check of a signed contract ends in (docs/decisions/014): `valid`; `valid_untrusted`, sound and untouched, but who signed can't be
 * relied upon; `altered`, what is signed isn't shown to be the issued contract alone; `not_signed`.
 */
export const signatureOutcomes = ['valid', 'valid_untrusted', 'altered', 'not_signed'] as const;
export const SignatureOutcome = z.enum(signatureOutcomes);
export type SignatureOutcome = z.infer<typeof SignatureOutcome>;

/**
 * Every reason that the check may give, and the outcome it leads to; of several, the gravest counts. Of those of one outcome, the first of the
 * table says most to the operator. The codes are stable, and `contracts:reason.<code>` says what each means and what to do.
 */
export const signatureReasons = {
  /** No signature at all. */
  no_signature: 'not_signed',

  /** The file doesn't begin with the bytes that were issued: another contract, an earlier version, a file saved anew. */
  not_first_revision: 'altered',
  several_signers: 'altered',
  bytes_after_signature: 'altered',
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
  /** Beyond the limits of the check, or of the time and memory given to one file. */
  too_complex: 'altered',

  /** `ByteRange` isn't four numbers inside the file, from its first byte on. */
  byte_range_malformed: 'altered',
  /** What `ByteRange` leaves out isn't exactly the signature's own bytes. */
  byte_range_gap: 'altered',
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
export type SignatureReason = keyof typeof signatureReasons;
export const SignatureReason = z.enum(
  Object.keys(signatureReasons) as [SignatureReason, ...SignatureReason[]],
);

const CertificateName = z.object({
  commonName: z.string().nullable(),
  organisation: z.string().nullable(),
  country: z.string().nullable(),
});

/** What the check found, in codes: `contracts:reason.<reason>` has the sentence of each. */
export const SignatureFindings = z.object({
  outcome: SignatureOutcome,
  /** Empty exactly when `valid`. */
  reasons: z.array(SignatureReason),
  signer: CertificateName.extend({
    issuer: CertificateName,
    validFrom: Instant,
    validTo: Instant,
  }).nullable(),
  /** As the signer's machine says. */
  signingTime: Instant.nullable(),
  timestamp: z.object({ time: Instant, trusted: z.boolean() }).nullable(),
  revocation: z.enum(['good', 'revoked', 'unknown']),
  checkedAt: Instant,
});
export type SignatureFindings = z.infer<typeof SignatureFindings>;

/** What came back signed: the file, and of which version of the contract it is. */
export const SignedContract = z.object({
  file: DocumentVersion,
  way: SignatureWay,
  contractVersion: z.int(),
  /** Whether it is of the contract in force. */
  current: z.boolean(),
  /** Null for a scan, which people look at. */
  findings: SignatureFindings.nullable(),
});
export type SignedContract = z.infer<typeof SignedContract>;

export const ContractView = z.object({
  /** `CT-2026-0000000042`, the same for every version. */
  number: z.string(),
  version: z.int(),
  state: ContractState,
  issuedAt: Instant,
  /** Of the issued PDF, hexadecimal. */
  sha256: z.string(),
  sizeBytes: z.int(),
  signed: SignedContract.nullable(),
});
export type ContractView = z.infer<typeof ContractView>;

const subscriptionParams = z.strictObject({ id: SubscriptionId });
const tag = 'contracts';
const pdf = { 200: bytes('application/pdf') };

export const issueContract = route({
  name: 'issueContract',
  tag,
  method: 'POST',
  path: '/subscriptions/:id/contract',
  access: ['operator'],
  summary:
    'Make the contract of the form as it stands; the same data give the same contract, others a new version which voids the one before',
  params: subscriptionParams,
  responses: { 200: ContractView },
  problems: ['validation', 'subscription_not_editable', 'contract_not_asked', 'storage_unavailable'],
  idempotent: true,
  rateLimit: { max: 60, windowSeconds: 600 },
});

export const getContract = route({
  name: 'getContract',
  tag,
  method: 'GET',
  path: '/subscriptions/:id/contract',
  access: ['operator'],
  summary: 'The contract that was issued last, to sign',
  params: subscriptionParams,
  query: z.strictObject({ disposition: z.enum(['inline', 'attachment']).default('attachment') }),
  responses: pdf,
  problems: ['storage_unavailable'],
});

export const putSignedContract = route({
  name: 'putSignedContract',
  tag,
  method: 'PUT',
  path: '/subscriptions/:id/contract/signed',
  access: ['operator'],
  summary:
    'Give the signed contract, or replace it. An electronic signature is checked; what is not the contract in force, untouched, is refused with its reasons',
  params: subscriptionParams,
  query: z.strictObject({ way: SignatureWay }),
  upload: { mediaTypes: ['application/pdf'], maxBytes: documentRules.contract.maxBytes },
  responses: { 200: ContractView },
  problems: [
    'subscription_not_editable',
    'contract_not_asked',
    'contract_not_issued',
    'contract_void',
    'contract_refused',
    'file_refused',
    'file_too_large',
    'inspection_busy',
    'storage_unavailable',
  ],
  rateLimit: { max: 120, windowSeconds: 600 },
});

export const getFilingContract = route({
  name: 'getFilingContract',
  tag,
  method: 'GET',
  path: '/filings/:id/contract',
  access: ['agent'],
  summary: 'The contract as it was issued, of the version that was sent signed with the dossier',
  params: z.strictObject({ id: FilingId }),
  query: z.strictObject({ disposition: z.enum(['inline', 'attachment']).default('inline') }),
  responses: pdf,
  problems: ['forbidden', 'storage_unavailable'],
});

/** What the public verification page says of a contract: what identifies it, nothing of the people in it. */
export const ContractCheck = z.object({
  number: z.string(),
  version: z.int(),
  state: ContractState,
  legalName: z.string(),
  ice: z.string(),
  issuedAt: Instant,
  sha256: z.string(),
});
export type ContractCheck = z.infer<typeof ContractCheck>;

export const checkContract = route({
  name: 'checkContract',
  tag,
  method: 'GET',
  path: '/contracts/:code',
  access: ['anyone'],
  summary: 'Whether a contract is genuine and in force, by the code of its QR code',
  params: z.strictObject({ code: z.string().max(40) }),
  responses: { 200: ContractCheck },
  problems: [],
  rateLimit: { max: 60, windowSeconds: 600 },
});
