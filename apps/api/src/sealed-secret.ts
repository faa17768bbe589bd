import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** By what a secret is sealed: a key of 32 bytes in hexadecimal, and whose secret it is. */
export interface Seal {
  readonly key: string;
  readonly owner: string;
}

/** Encrypts a secret for its owner: put into another owner's row, it can't be read. Made of the IV, the tag and the text, in base64url. */
export function sealSecret(secret: string, { key, owner }: Seal): string {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, Buffer.from(key, 'hex'), iv).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([sealing.update(secret, 'utf8'), sealing.final()]);
  return Buffer.concat([iv, sealing.getAuthTag(), sealed]).toString('base64url');
}

/** Reads a sealed secret. Throws when the key, the owner or the text isn't the one it was sealed with. */
export function openSecret(sealed: string, { key, owner }: Seal): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const opening = createDecipheriv(cipher, Buffer.from(key, 'hex'), bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([opening.update(bytes.subarray(ivBytes + tagBytes)), opening.final()]).toString(
    'utf8',
  );
}
