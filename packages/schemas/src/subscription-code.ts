import { westernDigits } from './identifiers.ts';

/** The code by which anyone finds an operator's invoices (guide 004, III), without zod: the payment page uses it too. */

/** « Un code composé de 4 caractères »: letters without accent and digits; case, blanks and Arabic digits don't matter. */
export const subscriptionCodePattern = /^[0-9A-Z]{4}$/;

/** What people type, as the code is kept; it may still be no code. */
export const normaliseSubscriptionCode = (typed: string): string =>
  westernDigits(typed).normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
