import type { LoadCatalogue } from './message.ts';

/** Loads what the finance agents' screens say in one language. */
export const loadFinance: LoadCatalogue = {
  fr: async () => ({ finance: (await import('./fr/finance.json', { with: { type: 'json' } })).default }),
  ar: async () => ({ finance: (await import('./ar/finance.json', { with: { type: 'json' } })).default }),
  en: async () => ({ finance: (await import('./en/finance.json', { with: { type: 'json' } })).default }),
};
