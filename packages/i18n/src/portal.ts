import type { LoadCatalogue } from './message.ts';

/** Loads the catalogue of one language, as a chunk of its own. */
export const loadCatalogue: LoadCatalogue = {
  fr: async () => (await import('./portal.fr.ts')).catalogue,
  ar: async () => (await import('./portal.ar.ts')).catalogue,
  en: async () => (await import('./portal.en.ts')).catalogue,
};
