import { randomBytes } from 'node:crypto';
import { decimalOf } from '@rnoce/schemas/money';
import { dirhamNumber } from '../payment-gateway/currency-codes.ts';
import type { FormField, PaymentAttempt } from '../payment-gateway/payment-gateway.ts';
import { type CmiOptions, storeType, tranType } from './cmi-settings.ts';
import { signRequest } from './ver3-hash.ts';

/** CMI's limits on the time that its page stays open, in seconds. */
const shortestSession = 30;
const longestSession = 2_700;

const emailForm = /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

/**
 * A name that can stand in no other field's place: letters of any script, blanks, hyphens, apostrophes and dots, no digit.
 * The names aren't hashed, so a typed value that looks like `00` or like an order's reference could be moved to another field.
 */
function billingName(name: string | undefined, otherwise: string): string {
  const letters = (name ?? '')
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M} .'’-]/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, 60)
    .trim();
  return /\p{L}/u.test(letters) ? letters : otherwise;
}

const billingEmail = (email: string | undefined, otherwise: string): string =>
  email !== undefined && email.length <= 100 && emailForm.test(email) ? email : otherwise;

/** Whole seconds left to the attempt, within CMI's limits. */
export function sessionSeconds(attempt: PaymentAttempt, now: Date): number {
  const left = Math.floor((attempt.expiresAt.getTime() - now.getTime()) / 1_000);
  return Math.min(longestSession, Math.max(shortestSession, left));
}

/** The hidden fields of the form that the payer's browser submits to CMI's page, signed. Sends nothing that CMI doesn't demand. */
export function hostedPageFields(attempt: PaymentAttempt, options: CmiOptions, now: Date): FormField[] {
  const { newRandom = () => randomBytes(16).toString('hex') } = options;
  const signed: FormField[] = [
    ['clientid', options.clientId],
    ['storetype', storeType],
    ['TranType', tranType],
    ['amount', decimalOf(attempt.amountCentimes)],
    ['currency', dirhamNumber],
    ['oid', attempt.reference],
    ['okUrl', options.okUrl],
    ['failUrl', options.failUrl],
    ['shopurl', options.shopUrl],
    ['callbackUrl', options.callbackUrl],
    ['CallbackResponse', 'true'],
    ['lang', attempt.language],
    ['rnd', newRandom()],
    ['hashAlgorithm', 'ver3'],
    ['AutoRedirect', 'true'],
    ['refreshtime', '5'],
    ['sessiontimeout', String(sessionSeconds(attempt, now))],
    ['email', billingEmail(attempt.payer.email, options.payerEmail)],
    ['BillToName', billingName(attempt.payer.name, options.payerName)],
    ['BillToCountry', dirhamNumber],
  ];
  return [...signed, ['encoding', 'UTF-8'], ['HASH', signRequest(signed, options.storeKey)]];
}
