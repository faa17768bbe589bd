import { createPrivateKey, sign } from 'node:crypto';
import * as der from './der.ts';
import { derOf, ecdsaWithSha256, type Identity, namedBy, sha256 } from './identities.ts';

const dataType = der.identifier('1.2.840.113549.1.7.1');
const sha256Type = der.sequence(der.identifier('2.16.840.1.101.3.4.2.1'));

const attribute = (type: string, value: Buffer): Buffer => der.sequence(der.identifier(type), der.set(value));

/** A detached signature of some bytes, as a PDF carries it: CMS SignedData (RFC 5652) with the attributes of CAdES. */
export function signDetached(bytes: Uint8Array, signer: Identity, at: Date): Buffer {
  const certificate = derOf(signer);
  const attributes = der.set(
    attribute('1.2.840.113549.1.9.3', dataType),
    attribute('1.2.840.113549.1.9.4', der.octets(sha256(bytes))),
    attribute('1.2.840.113549.1.9.5', der.time(at)),
    attribute(
      '1.2.840.113549.1.9.16.2.47',
      der.sequence(der.sequence(der.sequence(der.octets(sha256(certificate))))),
    ),
  );
  // Signed as a set, sent as [0] (RFC 5652, 5.4): only the first byte differs.
  const sent = Buffer.from(attributes);
  sent[0] = 0xa0;
  const one = Buffer.from([1]);
  return der.sequence(
    der.identifier('1.2.840.113549.1.7.2'),
    der.context(
      0,
      der.sequence(
        der.integer(one),
        der.set(sha256Type),
        der.sequence(dataType),
        der.context(0, certificate),
        der.set(
          der.sequence(
            der.integer(one),
            namedBy(signer),
            sha256Type,
            sent,
            ecdsaWithSha256,
            der.octets(sign('sha256', attributes, createPrivateKey(signer.key))),
          ),
        ),
      ),
    ),
  );
}
