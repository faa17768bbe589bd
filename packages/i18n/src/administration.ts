import type { LoadCatalogue } from './message.ts';

/** Loads what the administrators' screens of agents and issuers say in one language, and the history of what they do. */
export const loadAdministration: LoadCatalogue = {
  fr: async () => ({
    administration: (await import('./fr/administration.json', { with: { type: 'json' } })).default,
  }),
  ar: async () => ({
    administration: (await import('./ar/administration.json', { with: { type: 'json' } })).default,
  }),
  en: async () => ({
    administration: (await import('./en/administration.json', { with: { type: 'json' } })).default,
  }),
};
