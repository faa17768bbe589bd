import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import { BasicOCSPResponse, CertificateRevocationList, OCSPResponse, type SingleResponse } from 'pkijs';
import { type KnownCertificate, mayAnswerFor, readableCertificates } from './certificates.ts';
import { childrenOf, type RevocationEvidence } from './cms.ts';
import { digestName, verifySignature } from './signature-algorithms.ts';
import { type RevocationStatus, SIGNATURE_LIMITS } from './signature-verdict.ts';

/** What one piece of evidence says of a certificate; undefined when it says nothing that counts. */
type Finding = { readonly status: 'good' } | { readonly status: 'revoked'; readonly since: Date };

/** The moment that certificates are judged at, and whether it is proven. */
export interface JudgementTime {
  readonly at: Date;
  /** Proven by a trusted time stamp: a revocation after it doesn't matter. */
  readonly proven: boolean;
  readonly now: Date;
}

function isFresh(thisUpdate: Date, nextUpdate: Date | undefined, { at, now }: JudgementTime): boolean {
  return thisUpdate <= now && (nextUpdate === undefined || nextUpdate >= at);
}

function readList(
  der: Uint8Array,
  certificate: KnownCertificate,
  issuer: KnownCertificate,
  time: JudgementTime,
) {
  const list = CertificateRevocationList.fromBER(new Uint8Array(der));
  if (!list.issuer.isEqual(issuer.parsed.subject)) return undefined;
  const { verified } = verifySignature(
    issuer.publicKey,
    list.signatureAlgorithm,
    undefined,
    list.tbsView,
    list.signatureValue.valueBlock.valueHexView,
  );
  const entries = list.revokedCertificates ?? [];
  if (!verified || entries.length > SIGNATURE_LIMITS.revokedEntries) return undefined;
  const entry = entries.find((one) => one.userCertificate.isEqual(certificate.parsed.serialNumber));
  if (entry !== undefined) return { status: 'revoked', since: entry.revocationDate.value } as const;
  // A list of some certificates only says nothing of the others.
  const partial = list.crlExtensions?.extensions.some((extension) => extension.critical) ?? false;
  if (partial || !isFresh(list.thisUpdate.value, list.nextUpdate?.value, time)) return undefined;
  return { status: 'good' } as const;
}

function basicAnswerOf(der: Uint8Array): BasicOCSPResponse {
  const { result } = asn1js.fromBER(new Uint8Array(der));
  const [first] = childrenOf(result);
  if (!(first instanceof asn1js.Enumerated)) return new BasicOCSPResponse({ schema: result });
  const whole = new OCSPResponse({ schema: result });
  const inner = whole.responseBytes?.response.getValue();
  return BasicOCSPResponse.fromBER(new Uint8Array(inner ?? new ArrayBuffer(0)));
}

function isAbout(answer: SingleResponse, certificate: KnownCertificate, issuer: KnownCertificate): boolean {
  const { certID } = answer;
  const digest = digestName(certID.hashAlgorithm.algorithmId);
  const name = new Uint8Array(issuer.parsed.subject.toSchema().toBER());
  const key = issuer.parsed.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;
  const same = (bytes: Uint8Array, hash: asn1js.OctetString) =>
    createHash(digest).update(bytes).digest().equals(Buffer.from(hash.getValue()));
  return (
    certID.serialNumber.isEqual(certificate.parsed.serialNumber) &&
    same(name, certID.issuerNameHash) &&
    same(key, certID.issuerKeyHash)
  );
}

function readAnswer(
  der: Uint8Array,
  certificate: KnownCertificate,
  issuer: KnownCertificate,
  time: JudgementTime,
) {
  const answer = basicAnswerOf(der);
  const data = answer.tbsResponseData;
  const responders = [
    issuer,
    ...readableCertificates(
      (answer.certs ?? [])
        .slice(0, SIGNATURE_LIMITS.chainLength)
        .map((one) => new Uint8Array(one.toSchema().toBER())),
    ).filter((one) => mayAnswerFor(one, issuer) && one.isValidAt(data.producedAt)),
  ];
  const isSigned = responders.some(
    (responder) =>
      verifySignature(
        responder.publicKey,
        answer.signatureAlgorithm,
        undefined,
        data.tbsView,
        answer.signature.valueBlock.valueHexView,
      ).verified,
  );
  if (!isSigned) return undefined;
  const single = data.responses.find((one) => isAbout(one, certificate, issuer));
  const status = single?.certStatus as asn1js.AsnType | undefined;
  if (single === undefined || status === undefined) return undefined;
  if (status.idBlock.tagNumber === 1) {
    const [since] = childrenOf(status);
    return {
      status: 'revoked',
      since: since instanceof asn1js.GeneralizedTime ? since.toDate() : new Date(0),
    } as const;
  }
  const isGood = status.idBlock.tagNumber === 0 && isFresh(single.thisUpdate, single.nextUpdate, time);
  return isGood ? ({ status: 'good' } as const) : undefined;
}

/** Evidence that can't be read says nothing: it is neither signed nor needed. */
function attempt(read: () => Finding | undefined): Finding | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * What the revocation data in the file say of a certificate at a time; data which its issuer didn't sign don't count.
 * Nothing is asked of the network.
 */
export function revocationOf(
  certificate: KnownCertificate,
  issuer: KnownCertificate,
  evidence: RevocationEvidence,
  time: JudgementTime,
): RevocationStatus {
  let status: RevocationStatus = 'unknown';
  const findings = [
    ...evidence.lists.map((der) => attempt(() => readList(der, certificate, issuer, time))),
    ...evidence.answers.map((der) => attempt(() => readAnswer(der, certificate, issuer, time))),
  ];
  for (const finding of findings) {
    if (finding?.status === 'revoked' && !(time.proven && finding.since > time.at)) return 'revoked';
    if (finding?.status === 'good') status = 'good';
  }
  return status;
}
