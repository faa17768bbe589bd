import type { LoadCatalogue } from './message.ts';

/** Loads what the first screens say in one language, as a chunk of its own. */
export const loadCatalogue: LoadCatalogue = {
  fr: async () => (await import('./portal.fr.ts')).catalogue,
  ar: async () => (await import('./portal.ar.ts')).catalogue,
  en: async () => (await import('./portal.en.ts')).catalogue,
};
