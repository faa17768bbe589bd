import type { LoadCatalogue } from './message.ts';

/** Loads what is said of a new password's strength in one language (`NewPasswordFields`). */
export const loadPasswords: LoadCatalogue = {
  fr: async () => ({
    passwords: (await import('./fr/passwords.json', { with: { type: 'json' } })).default,
  }),
  ar: async () => ({
    passwords: (await import('./ar/passwords.json', { with: { type: 'json' } })).default,
  }),
  en: async () => ({
    passwords: (await import('./en/passwords.json', { with: { type: 'json' } })).default,
  }),
};
