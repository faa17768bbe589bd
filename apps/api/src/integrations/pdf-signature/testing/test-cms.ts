import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  CertificateRevocationList,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  MessageImprint,
  OtherRevocationInfoFormat,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  TSTInfo,
} from 'pkijs';
import type { Identity } from './test-authority.ts';
import type { Sign } from './test-update.ts';

const DATA = '1.2.840.113549.1.7.1';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const STAMP = '1.2.840.113549.1.9.16.1.4';

const attribute = (type: string, value: asn1js.AsnType): Attribute =>
  new Attribute({ type, values: [value] });
const octets = (bytes: Buffer): asn1js.OctetString =>
  new asn1js.OctetString({ valueHex: new Uint8Array(bytes).buffer });

export interface MessageOptions {
  readonly signer: Identity;
  /** Certificates besides the signer's. */
  readonly chain?: readonly Identity[];
  readonly hash?: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';
  readonly signingTime?: string;
  /** Whose certificate the signed attributes name: the signer's, unless told; null for no such attribute. */
  readonly named?: Identity | null;
  /** Another signer of the same. */
  readonly second?: Identity;
  readonly contentType?: string;
  /** What is signed, put inside. */
  readonly content?: Buffer;
  readonly lists?: readonly Buffer[];
  readonly answers?: readonly Buffer[];
  /** Stamps the signature. */
  readonly timestamp?: (signature: Buffer) => Promise<Buffer>;
}

function signerInfoOf(options: MessageOptions, identity: Identity, data: Buffer): SignerInfo {
  const hash = options.hash ?? 'SHA-256';
  const digest = createHash(hash.replace('-', '').toLowerCase()).update(data).digest();
  const attributes = [
    attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: options.contentType ?? DATA })),
    attribute('1.2.840.113549.1.9.4', octets(digest)),
  ];
  if (options.signingTime !== undefined) {
    const time = new asn1js.UTCTime({ valueDate: new Date(options.signingTime) });
    attributes.push(attribute('1.2.840.113549.1.9.5', time));
  }
  if (options.named !== null) {
    const named = createHash('sha256')
      .update((options.named ?? identity).der)
      .digest();
    const id = new asn1js.Sequence({ value: [octets(named)] });
    const ids = new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [id] })] });
    attributes.push(attribute('1.2.840.113549.1.9.16.2.47', ids));
  }
  return new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({
      issuer: identity.certificate.issuer,
      serialNumber: identity.certificate.serialNumber,
    }),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
  });
}

/** Makes a signer of CMS messages. */
export function signer(options: MessageOptions): Sign {
  return async (data) => {
    const identities = [options.signer, ...(options.second === undefined ? [] : [options.second])];
    const contentInfo = new EncapsulatedContentInfo({ eContentType: options.contentType ?? DATA });
    if (options.content !== undefined) contentInfo.eContent = octets(options.content);
    const message = new SignedData({
      version: 1,
      encapContentInfo: contentInfo,
      signerInfos: identities.map((identity) => signerInfoOf(options, identity, data)),
      certificates: [...identities, ...(options.chain ?? [])].map(({ certificate }) => certificate),
    });
    const crls = [
      ...(options.lists ?? []).map((list) => CertificateRevocationList.fromBER(new Uint8Array(list))),
      ...(options.answers ?? []).map(
        (answer) =>
          new OtherRevocationInfoFormat({
            otherRevInfoFormat: '1.3.6.1.5.5.7.16.2',
            otherRevInfo: asn1js.fromBER(new Uint8Array(answer)).result,
          }),
      ),
    ];
    if (crls.length > 0) message.crls = crls;
    for (const [index, identity] of identities.entries()) {
      await message.sign(identity.key, index, options.hash ?? 'SHA-256');
    }
    const [first] = message.signerInfos;
    if (options.timestamp !== undefined && first !== undefined) {
      const token = await options.timestamp(Buffer.from(first.signature.getValue()));
      const value = asn1js.fromBER(new Uint8Array(token)).result;
      first.unsignedAttrs = new SignedAndUnsignedAttributes({
        type: 1,
        attributes: [attribute('1.2.840.113549.1.9.16.2.14', value)],
      });
    }
    const info = new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: message.toSchema(true) });
    return Buffer.from(info.toSchema().toBER(false));
  };
}

/** Makes a service that stamps signatures with a time. */
export function timestamper(authority: Identity, time: string, chain: readonly Identity[] = []) {
  return async (signature: Buffer): Promise<Buffer> => {
    const info = new TSTInfo({
      version: 1,
      policy: '1.2.3.4',
      messageImprint: new MessageImprint({
        hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256 }),
        hashedMessage: octets(createHash('sha256').update(signature).digest()),
      }),
      serialNumber: new asn1js.Integer({ value: 7 }),
      genTime: new Date(time),
    });
    const content = Buffer.from(info.toSchema().toBER(false));
    return await signer({ signer: authority, chain, contentType: STAMP, content })(content);
  };
}
