import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';
const secretBytes = 32;

/** A new secret as Standard Webhooks 1.0 writes symmetric ones: `whsec_` and base64. */
export const newWebhookSecret = (): string => `${prefix}${randomBytes(secretBytes).toString('base64')}`;

export interface SignedMessage {
  /** The event's id, the same at each try. */
  readonly id: string;
  /** When it is sent: receivers refuse what is old, so each try has its own. */
  readonly at: Date;
  /** Byte for byte. */
  readonly body: string;
}

/**
 * The headers by which a receiver knows who sends (Standard Webhooks 1.0, « Webhook headers »): HMAC-SHA256 over `id.timestamp.body`, one
 * signature for each secret, so that a receiver may change from one to the next at its own time.
 */
export function webhookHeaders({ id, at, body }: SignedMessage, secrets: readonly string[]) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  } as const;
}
