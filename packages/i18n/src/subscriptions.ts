import type { LoadCatalogue } from './message.ts';

/** Loads what the operator's choices and requests say besides, in one language: their screens come after the sign-in. */
export const loadSubscriptions: LoadCatalogue = {
  fr: async () => ({
    subscriptions: (await import('./fr/subscriptions.json', { with: { type: 'json' } })).default,
  }),
  ar: async () => ({
    subscriptions: (await import('./ar/subscriptions.json', { with: { type: 'json' } })).default,
  }),
  en: async () => ({
    subscriptions: (await import('./en/subscriptions.json', { with: { type: 'json' } })).default,
  }),
};
