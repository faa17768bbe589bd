import type { LoadCatalogue } from './message.ts';

/** Loads what the first screens say in one language, as a chunk of its own. */
export const loadCatalogue: LoadCatalogue = {
  fr: async () => (await import('./backoffice.fr.ts')).catalogue,
  ar: async () => (await import('./backoffice.ar.ts')).catalogue,
  en: async () => (await import('./backoffice.en.ts')).catalogue,
};
