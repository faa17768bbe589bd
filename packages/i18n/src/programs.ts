import type { LoadCatalogue } from './message.ts';

/** Loads what « Mes informations » says of the programs that act for an operator in one language. */
export const loadPrograms: LoadCatalogue = {
  fr: async () => ({
    programs: (await import('./fr/programs.json', { with: { type: 'json' } })).default,
  }),
  ar: async () => ({
    programs: (await import('./ar/programs.json', { with: { type: 'json' } })).default,
  }),
  en: async () => ({
    programs: (await import('./en/programs.json', { with: { type: 'json' } })).default,
  }),
};
