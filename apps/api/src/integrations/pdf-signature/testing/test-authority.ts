import { webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  BasicConstraints,
  BasicOCSPResponse,
  CertID,
  Certificate,
  CertificateRevocationList,
  Extension,
  ExtKeyUsage,
  OCSPResponse,
  ResponseBytes,
  RevokedCertificate,
  SingleResponse,
  Time,
  TimeType,
} from 'pkijs';

/** A certificate with its key, invented. */
export interface Identity {
  readonly certificate: Certificate;
  readonly key: webcrypto.CryptoKey;
  readonly der: Buffer;
}

export type KeyKind = 'rsa-2048' | 'rsa-1024' | 'rsa-pss' | 'p-256' | 'p-384';

export interface IdentityOptions {
  readonly name: string;
  readonly organisation?: string;
  readonly issuer?: Identity;
  readonly key?: KeyKind;
  readonly hash?: string;
  readonly from?: string;
  readonly to?: string;
  readonly authority?: boolean;
  /** The first byte of the key usage. */
  readonly usage?: number;
  readonly purposes?: readonly string[];
}

export const USAGE = { signature: 0xc0, encipherment: 0x20, authority: 0x06 } as const;
export const PURPOSE = {
  timeStamping: '1.3.6.1.5.5.7.3.8',
  server: '1.3.6.1.5.5.7.3.1',
  ocsp: '1.3.6.1.5.5.7.3.9',
};

const rsa = (name: string, modulusLength: number) => ({
  name,
  modulusLength,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
});
const KEYS = {
  'rsa-2048': rsa('RSASSA-PKCS1-v1_5', 2048),
  'rsa-1024': rsa('RSASSA-PKCS1-v1_5', 1024),
  'rsa-pss': rsa('RSA-PSS', 2048),
  'p-256': { name: 'ECDSA', namedCurve: 'P-256' },
  'p-384': { name: 'ECDSA', namedCurve: 'P-384' },
} as const;

let serial = 1000;

function namePart(type: string, value: string): AttributeTypeAndValue {
  return new AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value }) });
}

function extension(extnID: string, critical: boolean, value: asn1js.AsnType): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER(false) });
}

/** Invents a person, an authority or a service. */
export async function invent(options: IdentityOptions): Promise<Identity> {
  const pair = await webcrypto.subtle.generateKey(KEYS[options.key ?? 'p-256'], true, ['sign', 'verify']);
  const certificate = new Certificate();
  certificate.version = 2;
  serial += 1;
  certificate.serialNumber = new asn1js.Integer({ value: serial });
  certificate.subject.typesAndValues.push(
    namePart('2.5.4.3', options.name),
    namePart('2.5.4.10', options.organisation ?? 'Essai'),
  );
  certificate.issuer.typesAndValues.push(
    ...(options.issuer?.certificate.subject ?? certificate.subject).typesAndValues,
  );
  certificate.notBefore.value = new Date(options.from ?? '2026-01-01T00:00:00Z');
  certificate.notAfter.value = new Date(options.to ?? '2029-01-01T00:00:00Z');
  const isAuthority = options.authority ?? false;
  const usage = options.usage ?? (isAuthority ? USAGE.authority : USAGE.signature);
  certificate.extensions = [
    extension('2.5.29.19', true, new BasicConstraints({ cA: isAuthority }).toSchema()),
    extension('2.5.29.15', true, new asn1js.BitString({ valueHex: new Uint8Array([usage]).buffer })),
  ];
  if (options.purposes !== undefined) {
    const purposes = new ExtKeyUsage({ keyPurposes: [...options.purposes] });
    certificate.extensions.push(extension('2.5.29.37', true, purposes.toSchema()));
  }
  await certificate.subjectPublicKeyInfo.importKey(pair.publicKey);
  await certificate.sign(options.issuer?.key ?? pair.privateKey, options.hash ?? 'SHA-256');
  return { certificate, key: pair.privateKey, der: Buffer.from(certificate.toSchema(true).toBER(false)) };
}

/** A list of revoked certificates, signed by their issuer. */
export async function revocationList(
  issuer: Identity,
  revoked: readonly { readonly identity: Identity; readonly since: string }[],
  signedBy: Identity = issuer,
): Promise<Buffer> {
  const list = new CertificateRevocationList();
  list.version = 1;
  list.issuer = issuer.certificate.subject;
  list.thisUpdate = new Time({ type: TimeType.UTCTime, value: new Date('2026-11-20T00:00:00Z') });
  list.nextUpdate = new Time({ type: TimeType.UTCTime, value: new Date('2026-12-20T00:00:00Z') });
  list.revokedCertificates = revoked.map(
    ({ identity, since }) =>
      new RevokedCertificate({
        userCertificate: identity.certificate.serialNumber,
        revocationDate: new Time({ type: TimeType.UTCTime, value: new Date(since) }),
      }),
  );
  await list.sign(signedBy.key, 'SHA-256');
  return Buffer.from(list.toSchema(true).toBER(false));
}

/** An OCSP answer about one certificate, signed by its issuer or by a service. */
export async function ocspAnswer(
  issuer: Identity,
  about: Identity,
  revokedSince: string | undefined,
  responder: Identity = issuer,
): Promise<Buffer> {
  const id = new CertID();
  await id.createForCertificate(about.certificate, {
    hashAlgorithm: 'SHA-1',
    issuerCertificate: issuer.certificate,
  });
  const single = new SingleResponse({ certID: id });
  single.certStatus =
    revokedSince === undefined
      ? new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: 0 } })
      : new asn1js.Constructed({
          idBlock: { tagClass: 3, tagNumber: 1 },
          value: [new asn1js.GeneralizedTime({ valueDate: new Date(revokedSince) })],
        });
  single.thisUpdate = new Date('2026-11-22T00:00:00Z');
  single.nextUpdate = new Date('2026-12-01T00:00:00Z');
  const basic = new BasicOCSPResponse();
  basic.tbsResponseData.responderID = responder.certificate.subject;
  basic.tbsResponseData.producedAt = new Date('2026-11-22T00:00:00Z');
  basic.tbsResponseData.responses.push(single);
  basic.certs = [responder.certificate];
  basic.signatureAlgorithm = new AlgorithmIdentifier();
  await basic.sign(responder.key, 'SHA-256');
  const whole = new OCSPResponse();
  whole.responseStatus.valueBlock.valueDec = 0;
  whole.responseBytes = new ResponseBytes({
    responseType: '1.3.6.1.5.5.7.48.1.1',
    response: new asn1js.OctetString({ valueHex: basic.toSchema().toBER(false) }),
  });
  return Buffer.from(whole.toSchema().toBER(false));
}
