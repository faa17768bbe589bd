import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import * as der from './der.ts';

/** A certificate with its key, as they are kept: PEM. Every key here is public knowledge of this machine: none proves anything. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

interface Subject {
  readonly name: string;
  readonly organisation: string;
  readonly from: Date;
  readonly to: Date;
  /** Who vouches for it; without, it vouches for itself and may vouch for others. */
  readonly issuer?: Identity;
}

export const ecdsaWithSha256 = der.sequence(der.identifier('1.2.840.10045.4.3.2'));

const nameOf = ({ name, organisation }: Pick<Subject, 'name' | 'organisation'>): Buffer => {
  const part = (type: string, value: Buffer) => der.set(der.sequence(der.identifier(type), value));
  return der.sequence(
    part('2.5.4.6', der.printable('MA')),
    part('2.5.4.10', der.text(organisation)),
    part('2.5.4.3', der.text(name)),
  );
};

/** The parts of a certificate (RFC 5280, 4.1), each as it stands there. */
function partsOf(certificate: Buffer): { serial: Buffer; issuer: Buffer; subject: Buffer } {
  const body = (whole: Buffer): Buffer => {
    const first = whole[1] ?? 0;
    return whole.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
  };
  const split = (content: Buffer): Buffer[] => {
    const parts: Buffer[] = [];
    for (let left = content; left.length > 0; ) {
      const first = left[1] ?? 0;
      const head = first < 0x80 ? 2 : 2 + (first & 0x7f);
      const size = first < 0x80 ? first : Number.parseInt(left.toString('hex', 2, head), 16);
      parts.push(left.subarray(0, head + size));
      left = left.subarray(head + size);
    }
    return parts;
  };
  const [signed = Buffer.alloc(0)] = split(body(certificate));
  const [, serial, , issuer, , subject] = split(body(signed));
  if (!serial || !issuer || !subject) throw new Error('This is no certificate.');
  return { serial, issuer, subject };
}

export const derOf = ({ certificate }: Pick<Identity, 'certificate'>): Buffer =>
  new X509Certificate(certificate).raw;

/** Issuer and serial number of a certificate, by which a signature names it. */
export function namedBy(identity: Identity): Buffer {
  const { issuer, serial } = partsOf(derOf(identity));
  return der.sequence(issuer, serial);
}

const pem = (label: string, bytes: Buffer): string =>
  `-----BEGIN ${label}-----\n${bytes.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;

const extension = (type: string, value: Buffer): Buffer =>
  der.sequence(der.identifier(type), der.boolean(true), der.octets(value));

/** Draws a key (P-256) and has it certified. */
export function makeIdentity(subject: Subject): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const isAuthority = subject.issuer === undefined;
  const own = nameOf(subject);
  const signed = der.sequence(
    der.context(0, der.integer(Buffer.from([2]))),
    der.integer(randomBytes(12)),
    ecdsaWithSha256,
    subject.issuer ? partsOf(derOf(subject.issuer)).subject : own,
    der.sequence(der.time(subject.from), der.time(subject.to)),
    own,
    publicKey.export({ type: 'spki', format: 'der' }),
    der.context(
      3,
      der.sequence(
        extension('2.5.29.19', der.sequence(...(isAuthority ? [der.boolean(true)] : []))),
        // An authority signs certificates and lists of revoked ones; a person signs documents.
        extension(
          '2.5.29.15',
          isAuthority ? der.bits(Buffer.from([0x06]), 1) : der.bits(Buffer.from([0xc0]), 6),
        ),
      ),
    ),
  );
  const key = subject.issuer ? createPrivateKey(subject.issuer.key) : privateKey;
  const certificate = der.sequence(signed, ecdsaWithSha256, der.bits(sign('sha256', signed, key)));
  return {
    certificate: pem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
