import { createHash, timingSafeEqual } from 'node:crypto';
import * as asn1js from 'asn1js';
import { ContentInfo, IssuerAndSerialNumber, SignedData, type SignerInfo } from 'pkijs';
import { type KnownCertificate, readableCertificates } from './certificates.ts';
import { digestName, isWeakDigest, verifySignature } from './signature-algorithms.ts';
import { SIGNATURE_LIMITS, SignatureFault, type SignatureReason } from './signature-verdict.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const TIMESTAMP_TOKEN = '1.2.840.113549.1.9.16.2.14';
const REVOCATION_ARCHIVE = '1.2.840.113583.1.1.8';

const malformed = (): SignatureFault => new SignatureFault('cms_malformed');

type Attributes = ReadonlyMap<string, readonly asn1js.AsnType[]>;

/** Revocation data, each as it stands: DER of a list, or of an answer (whole or basic). */
export interface RevocationEvidence {
  readonly lists: readonly Uint8Array[];
  readonly answers: readonly Uint8Array[];
}

/** A CMS signed message with one signer. */
export interface CmsMessage {
  readonly certificates: readonly KnownCertificate[];
  readonly signerInfo: SignerInfo;
  readonly contentType: string;
  /** What is signed, when it is inside. */
  readonly content: Buffer | undefined;
  readonly signedAttributes: Attributes;
  readonly unsignedAttributes: Attributes;
  readonly evidence: RevocationEvidence;
}

/** The values in a constructed one, without the marks that end one of indefinite length. */
export function childrenOf(block: unknown): asn1js.AsnType[] {
  if (typeof block !== 'object' || block === null || !('valueBlock' in block)) return [];
  const { valueBlock } = block as { valueBlock: { value?: unknown } };
  if (!Array.isArray(valueBlock.value)) return [];
  return (valueBlock.value as asn1js.AsnType[]).filter((child) => !(child instanceof asn1js.EndOfContent));
}

/** A value as it was written. */
export const rawOf = (block: asn1js.AsnType): Uint8Array => block.valueBeforeDecodeView;

const isTagged = (block: asn1js.AsnType, tag: number): boolean =>
  block.idBlock.tagClass === 3 && block.idBlock.tagNumber === tag;

/** The bytes of an octet string, in one piece or several. */
export function octetsOf(block: unknown): Buffer | undefined {
  return block instanceof asn1js.OctetString ? Buffer.from(block.getValue()) : undefined;
}

function attributesOf(attributes: SignerInfo['signedAttrs']): Attributes {
  const byType = new Map<string, readonly asn1js.AsnType[]>();
  for (const { type, values } of attributes?.attributes ?? []) {
    if (byType.has(type) && attributes?.type === 0) throw malformed();
    if (!byType.has(type)) byType.set(type, values as asn1js.AsnType[]);
  }
  return byType;
}

function evidenceOf(parts: readonly asn1js.AsnType[], signedAttributes: Attributes): RevocationEvidence {
  const lists: Uint8Array[] = [];
  const answers: Uint8Array[] = [];
  // RFC 5652, 10.2.1: lists as they are, OCSP answers as [1] { type, answer }.
  for (const item of parts.filter((part) => isTagged(part, 1)).flatMap(childrenOf)) {
    if (!isTagged(item, 1)) lists.push(rawOf(item));
    else for (const answer of childrenOf(item).slice(1)) answers.push(rawOf(answer));
  }
  const [archive] = signedAttributes.get(REVOCATION_ARCHIVE) ?? [];
  for (const group of childrenOf(archive)) {
    const items = childrenOf(group).flatMap(childrenOf).map(rawOf);
    if (isTagged(group, 0)) lists.push(...items);
    else if (isTagged(group, 1)) answers.push(...items);
  }
  return {
    lists: lists.slice(0, SIGNATURE_LIMITS.revocationItems),
    answers: answers.slice(0, SIGNATURE_LIMITS.revocationItems),
  };
}

/**
 * Reads a CMS signed message with one signer; what follows it is the caller's matter.
 *
 * @returns the message, and how many bytes it takes.
 * @throws SignatureFault `cms_malformed`, or `several_signers`.
 */
export function readCms(bytes: Uint8Array): { readonly message: CmsMessage; readonly length: number } {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof SignatureFault) throw error;
    // The libraries throw errors of many kinds at what they can't read, deep nesting included.
    throw malformed();
  }
}

function read(bytes: Uint8Array): { readonly message: CmsMessage; readonly length: number } {
  const { offset, result } = asn1js.fromBER(new Uint8Array(bytes));
  if (offset <= 0) throw malformed();
  // pkijs retags what it reads: what is taken as it stands comes from a tree of its own.
  const tree = asn1js.fromBER(new Uint8Array(bytes)).result;
  const info = new ContentInfo({ schema: result });
  if (info.contentType !== SIGNED_DATA) throw malformed();
  const signed = new SignedData({ schema: info.content });
  const [signerInfo] = signed.signerInfos;
  if (signerInfo === undefined) throw malformed();
  if (signed.signerInfos.length > 1) throw new SignatureFault('several_signers');
  const parts = childrenOf(childrenOf(childrenOf(tree)[1])[0]);
  const encoded = parts.filter((part) => isTagged(part, 0)).flatMap(childrenOf);
  if (encoded.length > SIGNATURE_LIMITS.certificates) throw new SignatureFault('too_complex');
  const signedAttributes = attributesOf(signerInfo.signedAttrs);
  return {
    length: offset,
    message: {
      // Attribute certificates and the like have tags of their own.
      certificates: readableCertificates(
        encoded.filter((item) => item instanceof asn1js.Sequence).map(rawOf),
      ),
      signerInfo,
      contentType: signed.encapContentInfo.eContentType,
      content: octetsOf(signed.encapContentInfo.eContent),
      signedAttributes,
      unsignedAttributes: attributesOf(signerInfo.unsignedAttrs),
      evidence: evidenceOf(parts, signedAttributes),
    },
  };
}

/** The certificate that the signer is said to have. */
function findSigner({ signerInfo, certificates }: CmsMessage): KnownCertificate | undefined {
  const { sid } = signerInfo as { sid: unknown };
  if (sid instanceof IssuerAndSerialNumber) {
    return certificates.find(
      ({ parsed }) => parsed.serialNumber.isEqual(sid.serialNumber) && parsed.issuer.isEqual(sid.issuer),
    );
  }
  const identifier =
    sid instanceof asn1js.Primitive ? Buffer.from(sid.valueBlock.valueHexView) : octetsOf(childrenOf(sid)[0]);
  return certificates.find(({ parsed }) => {
    const extension = parsed.extensions?.find(({ extnID }) => extnID === '2.5.29.14');
    const held = octetsOf(extension?.parsedValue);
    return held !== undefined && identifier !== undefined && held.equals(identifier);
  });
}

const equals = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

/** Whether the signed attributes (RFC 5035) name the certificate; true when they name none. */
function namesCertificate(attributes: Attributes, certificate: KnownCertificate): boolean {
  for (const type of [SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2]) {
    const [attribute] = attributes.get(type) ?? [];
    if (attribute === undefined) continue;
    const parts = childrenOf(childrenOf(childrenOf(attribute)[0])[0]);
    const [first] = parts;
    let digest = type === SIGNING_CERTIFICATE ? 'sha1' : 'sha256';
    if (first instanceof asn1js.Sequence && type === SIGNING_CERTIFICATE_V2) {
      const [identifier] = childrenOf(first);
      if (!(identifier instanceof asn1js.ObjectIdentifier)) return false;
      digest = digestName(identifier.getValue());
    }
    const hash = octetsOf(parts.find((part) => part instanceof asn1js.OctetString));
    if (hash === undefined || !equals(hash, createHash(digest).update(certificate.der).digest()))
      return false;
  }
  return true;
}

/** What a message says, and whether it can be believed. */
export interface CmsFindings {
  readonly reasons: readonly SignatureReason[];
  readonly signer: KnownCertificate | undefined;
  readonly signingTime: Date | undefined;
}

/**
 * Verifies that one key signed what is given: the digest and kind of the content in the signed attributes, the
 * attributes by the key, the key's certificate named.
 *
 * @param hash the content's digest by an algorithm of `node:crypto`
 */
export function verifyCms(
  message: CmsMessage,
  contentType: string,
  hash: (algorithm: string) => Buffer,
): CmsFindings {
  const { signerInfo, signedAttributes } = message;
  const reasons = new Set<SignatureReason>();
  const signer = findSigner(message);
  const [time] = signedAttributes.get(SIGNING_TIME) ?? [];
  const signingTime =
    time instanceof asn1js.UTCTime || time instanceof asn1js.GeneralizedTime ? time.toDate() : undefined;
  const findings = () => ({ reasons: [...reasons], signer, signingTime });

  const [declared] = signedAttributes.get(CONTENT_TYPE) ?? [];
  const [digest] = signedAttributes.get(MESSAGE_DIGEST) ?? [];
  const expected = octetsOf(digest);
  const declaredType = declared instanceof asn1js.ObjectIdentifier ? declared.getValue() : undefined;
  if (signer === undefined || expected === undefined || declaredType !== contentType) {
    reasons.add('cms_malformed');
    return findings();
  }
  if (message.contentType !== contentType) reasons.add('cms_malformed');
  try {
    const algorithm = digestName(signerInfo.digestAlgorithm.algorithmId);
    if (isWeakDigest(algorithm)) reasons.add('weak_algorithm');
    if (!equals(expected, hash(algorithm))) reasons.add('digest_mismatch');
    const attributes = signerInfo.signedAttrs?.encodedValue;
    const { verified, weak } = verifySignature(
      signer.publicKey,
      signerInfo.signatureAlgorithm,
      algorithm,
      new Uint8Array(attributes ?? new ArrayBuffer(0)),
      signerInfo.signature.valueBlock.valueHexView,
    );
    if (!verified) reasons.add('signature_mismatch');
    if (weak) reasons.add('weak_algorithm');
    if (!namesCertificate(signedAttributes, signer)) reasons.add('certificate_mismatch');
  } catch (error) {
    if (!(error instanceof SignatureFault)) throw error;
    reasons.add(error.reason);
  }
  return findings();
}

/** The time stamp that a message carries, as it stands. */
export function timestampTokenOf(message: CmsMessage): Uint8Array | undefined {
  const [token] = message.unsignedAttributes.get(TIMESTAMP_TOKEN) ?? [];
  return token === undefined ? undefined : rawOf(token);
}
