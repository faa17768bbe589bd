import type { LoadCatalogue } from './message.ts';

/** Loads what the administrators' screens of integrators say in one language. */
export const loadIntegrators: LoadCatalogue = {
  fr: async () => ({
    integrators: (await import('./fr/integrators.json', { with: { type: 'json' } })).default,
  }),
  ar: async () => ({
    integrators: (await import('./ar/integrators.json', { with: { type: 'json' } })).default,
  }),
  en: async () => ({
    integrators: (await import('./en/integrators.json', { with: { type: 'json' } })).default,
  }),
};
