import type { LoadCatalogue } from './message.ts';

/** Loads what the wizard and its terms say in one language. */
export const loadWizard: LoadCatalogue = {
  fr: async () => ({ wizard: (await import('./fr/wizard.json', { with: { type: 'json' } })).default }),
  ar: async () => ({ wizard: (await import('./ar/wizard.json', { with: { type: 'json' } })).default }),
  en: async () => ({ wizard: (await import('./en/wizard.json', { with: { type: 'json' } })).default }),
};
