import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const period = 30;
/** A clock may be half a minute slow or fast. */
const window = 1;
const issuer = 'RNOCE';

/** A new secret, in base32 as the applications take it. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What the agent's application reads, as text or as a QR code. */
export const totpUri = (secret: string, email: string): string =>
  new TOTP({ issuer, label: email, secret: Secret.fromBase32(secret), period }).toString();

/** The time step whose code this is, or undefined: now, the one before or the one after. */
export function totpStepOf(code: string, secret: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  const delta = TOTP.validate({ token: code, secret: Secret.fromBase32(secret), period, timestamp, window });
  return delta === null ? undefined : TOTP.counter({ period, timestamp }) + delta;
}

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a secret for its agent: put into another agent's row, it can't be read. `key` is 32 bytes in hexadecimal. Made of the IV, the tag
 * and the text, in base64url.
 */
export function sealTotpSecret(secret: string, { key, agentId }: { key: string; agentId: string }): string {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, Buffer.from(key, 'hex'), iv).setAAD(Buffer.from(agentId));
  const sealed = Buffer.concat([sealing.update(secret, 'utf8'), sealing.final()]);
  return Buffer.concat([iv, sealing.getAuthTag(), sealed]).toString('base64url');
}

/** Reads a sealed secret. Throws when the key, the agent or the text isn't the one it was sealed with. */
export function openTotpSecret(sealed: string, { key, agentId }: { key: string; agentId: string }): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const opening = createDecipheriv(cipher, Buffer.from(key, 'hex'), bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(agentId))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([opening.update(bytes.subarray(ivBytes + tagBytes)), opening.final()]).toString(
    'utf8',
  );
}
