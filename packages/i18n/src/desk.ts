import type { LoadCatalogue } from './message.ts';

/** Loads what the agents' screens behind the sign-in say in one language, but for what only some of them say. */
export const loadDesk: LoadCatalogue = {
  fr: async () => ({
    desk: (await import('./fr/desk.json', { with: { type: 'json' } })).default,
  }),
  ar: async () => ({
    desk: (await import('./ar/desk.json', { with: { type: 'json' } })).default,
  }),
  en: async () => ({
    desk: (await import('./en/desk.json', { with: { type: 'json' } })).default,
  }),
};
