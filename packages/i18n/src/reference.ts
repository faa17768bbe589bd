import type { LoadCatalogue } from './message.ts';

/** Loads the labels of codes in one language: what only screens behind the sign-in say. */
export const loadReference: LoadCatalogue = {
  fr: async () => ({ reference: (await import('./fr/reference.json', { with: { type: 'json' } })).default }),
  ar: async () => ({ reference: (await import('./ar/reference.json', { with: { type: 'json' } })).default }),
  en: async () => ({ reference: (await import('./en/reference.json', { with: { type: 'json' } })).default }),
};
