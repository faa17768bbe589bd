import type { LoadCatalogue } from './message.ts';

/** Loads what a conversation of messages says in one language (`MessageThread`). */
export const loadThread: LoadCatalogue = {
  fr: async () => ({ thread: (await import('./fr/thread.json', { with: { type: 'json' } })).default }),
  ar: async () => ({ thread: (await import('./ar/thread.json', { with: { type: 'json' } })).default }),
  en: async () => ({ thread: (await import('./en/thread.json', { with: { type: 'json' } })).default }),
};
