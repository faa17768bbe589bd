import type { Locale } from './locale.ts';
import type { Catalogue } from './message.ts';

/** Loads the catalogue of one language, as a chunk of its own. */
export const loadCatalogue: Readonly<Record<Locale, () => Promise<Catalogue>>> = {
  fr: async () => (await import('./payment.fr.ts')).catalogue,
  ar: async () => (await import('./payment.ar.ts')).catalogue,
  en: async () => (await import('./payment.en.ts')).catalogue,
};
