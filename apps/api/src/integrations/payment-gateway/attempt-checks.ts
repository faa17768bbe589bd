import { GatewayRefusalError } from './gateway-errors.ts';
import {
  type GatewayMessage,
  type Inquiry,
  type KnownAttempt,
  type PaymentAttempt,
  type PaymentChannel,
  paymentCurrency,
} from './payment-gateway.ts';

/** With a digit: a payer's name, which may be letters alone in CMI's form, can't be moved in its place. */
const referenceForm = /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9-]{0,39}$/;
/** The largest amount that is asked for: 999 999 999.99 MAD. */
const maxCentimes = 99_999_999_999;

/** Whether a text has the form of our attempts' references; a callback about another can't be ours. */
export const isAttemptReference = (text: string): boolean => referenceForm.test(text);

/** Throws `GatewayRefusalError` `invalid_attempt` when nothing may be asked with it. */
export function assertAttempt(
  provider: string,
  channels: readonly PaymentChannel[],
  attempt: PaymentAttempt,
  now: Date,
): void {
  const refuse = (detail: string) => new GatewayRefusalError(provider, 'invalid_attempt', detail);
  if (!isAttemptReference(attempt.reference)) throw refuse('reference');
  if (!channels.includes(attempt.channel)) throw refuse('channel');
  const { amountCentimes } = attempt;
  if (!Number.isSafeInteger(amountCentimes) || amountCentimes <= 0 || amountCentimes > maxCentimes)
    throw refuse('amount');
  const sum = attempt.lines.reduce((total, line) => total + line.amountCentimes, 0);
  if (attempt.lines.length > 0 && sum !== amountCentimes) throw refuse('lines');
  if (attempt.expiresAt <= now) throw refuse('expiry');
}

/**
 * What a gateway's message or inquiry says otherwise than the attempt: any of them settles nothing.
 * An inquiry without an amount contradicts nothing, and proves nothing.
 */
export function contradictions(
  told: Pick<GatewayMessage, 'amountCentimes' | 'currency' | 'attemptReference'> | Inquiry,
  attempt: KnownAttempt,
): ('reference' | 'amount' | 'currency')[] {
  const found: ('reference' | 'amount' | 'currency')[] = [];
  if ('attemptReference' in told && told.attemptReference !== attempt.reference) found.push('reference');
  if (told.amountCentimes !== undefined && told.amountCentimes !== attempt.amountCentimes)
    found.push('amount');
  if (told.currency !== undefined && told.currency !== paymentCurrency) found.push('currency');
  return found;
}
