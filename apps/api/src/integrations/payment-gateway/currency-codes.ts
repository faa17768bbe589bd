import { paymentCurrency } from './payment-gateway.ts';

/** ISO 4217's number of the dirham, as CMI and Fatourati write it. */
export const dirhamNumber = '504';

/** `MAD` for 504 or MAD; anything else as it was said, cut, so that it shows as a contradiction. */
export const currencyOf = (said: string): string =>
  said === dirhamNumber || said === paymentCurrency ? paymentCurrency : said.slice(0, 10) || '?';
