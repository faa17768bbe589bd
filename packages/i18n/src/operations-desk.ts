import type { LoadCatalogue } from './message.ts';

/** Loads what the agents' screens of operations on customs accounts say in one language. */
export const loadOperationsDesk: LoadCatalogue = {
  fr: async () => ({
    'operations-desk': (await import('./fr/operations-desk.json', { with: { type: 'json' } })).default,
  }),
  ar: async () => ({
    'operations-desk': (await import('./ar/operations-desk.json', { with: { type: 'json' } })).default,
  }),
  en: async () => ({
    'operations-desk': (await import('./en/operations-desk.json', { with: { type: 'json' } })).default,
  }),
};
