import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Deps } from '../../deps.ts';

type Secrets = Pick<Deps['environment'], 'SESSION_SECRET'>;

const signature = ({ SESSION_SECRET }: Secrets, email: string, device: string): Buffer =>
  createHmac('sha256', SESSION_SECRET).update(`device ${device} ${email}`).digest();

/** What a browser keeps after a right password, so that strangers who lock the login don't lock it. It opens nothing. */
export function newDeviceToken(secrets: Secrets, email: string): string {
  const device = randomBytes(16).toString('base64url');
  return `${device}.${signature(secrets, email, device).toString('base64url')}`;
}

/** The browser that a token stands for, if this login was once opened in it; undefined for a token of another login, or of nobody. */
export function knownDevice(secrets: Secrets, email: string, token: string | undefined): string | undefined {
  const [, device, signed] = /^([\w-]{22})\.([\w-]{43})$/.exec(token ?? '') ?? [];
  if (device === undefined || signed === undefined) return undefined;
  const given = Buffer.from(signed, 'base64url');
  return timingSafeEqual(given, signature(secrets, email, device)) ? device : undefined;
}
