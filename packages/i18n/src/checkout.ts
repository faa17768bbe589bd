import type { LoadCatalogue } from './message.ts';

/** Loads what the payment application says once invoices are found, as a chunk of its own: the first load is for everybody, this is for who goes on. */
export const loadCheckout: LoadCatalogue = {
  fr: async () => (await import('./checkout.fr.ts')).catalogue,
  ar: async () => (await import('./checkout.ar.ts')).catalogue,
  en: async () => (await import('./checkout.en.ts')).catalogue,
};
