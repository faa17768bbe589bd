import type { LoadCatalogue } from './message.ts';

/** Loads the catalogue of one language, as a chunk of its own. */
export const loadCatalogue: LoadCatalogue = {
  fr: async () => (await import('./payment.fr.ts')).catalogue,
  ar: async () => (await import('./payment.ar.ts')).catalogue,
  en: async () => (await import('./payment.en.ts')).catalogue,
};
