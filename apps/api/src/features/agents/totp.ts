import { westernDigits } from '@rnoce/schemas';
import { Secret, TOTP } from 'otpauth';
import { openSecret, sealSecret } from '../../sealed-secret.ts';

const period = 30;
/** A clock may be half a minute slow or fast. */
const window = 1;
const issuer = 'RNOCE';

/** A new secret, in base32 as the applications take it. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What the agent's application reads, as text or as a QR code. */
export const totpUri = (secret: string, email: string): string =>
  new TOTP({ issuer, label: email, secret: Secret.fromBase32(secret), period }).toString();

/** The time step whose code this is, in any digits and with any spaces, or undefined: now, the one before or the one after. */
export function totpStepOf(typed: string, secret: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  const token = westernDigits(typed).replaceAll(/\s/g, '');
  const delta = TOTP.validate({ token, secret: Secret.fromBase32(secret), period, timestamp, window });
  return delta === null ? undefined : TOTP.counter({ period, timestamp }) + delta;
}

/** Encrypts a secret for its agent: put into another agent's row, it can't be read. `key` is 32 bytes in hexadecimal. */
export const sealTotpSecret = (secret: string, { key, agentId }: { key: string; agentId: string }): string =>
  sealSecret(secret, { key, owner: agentId });

/** Reads a sealed secret. Throws when the key, the agent or the text isn't the one it was sealed with. */
export const openTotpSecret = (sealed: string, { key, agentId }: { key: string; agentId: string }): string =>
  openSecret(sealed, { key, owner: agentId });
