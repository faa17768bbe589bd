import type { LoadCatalogue } from './message.ts';

/** Loads what the operations on a customs account say in one language. */
export const loadOperations: LoadCatalogue = {
  fr: async () => ({
    operations: (await import('./fr/operations.json', { with: { type: 'json' } })).default,
  }),
  ar: async () => ({
    operations: (await import('./ar/operations.json', { with: { type: 'json' } })).default,
  }),
  en: async () => ({
    operations: (await import('./en/operations.json', { with: { type: 'json' } })).default,
  }),
};
