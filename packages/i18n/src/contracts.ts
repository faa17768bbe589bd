import type { LoadCatalogue } from './message.ts';

/** Loads what the check of a signed contract found, in one language: sentences for the operator and the agent. */
export const loadContracts: LoadCatalogue = {
  fr: async () => ({ contracts: (await import('./fr/contracts.json', { with: { type: 'json' } })).default }),
  ar: async () => ({ contracts: (await import('./ar/contracts.json', { with: { type: 'json' } })).default }),
  en: async () => ({ contracts: (await import('./en/contracts.json', { with: { type: 'json' } })).default }),
};
