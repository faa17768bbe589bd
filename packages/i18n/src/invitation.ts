import type { LoadCatalogue } from './message.ts';

/** Loads what the screen says by which an invited agent sets up their access, in one language. */
export const loadInvitation: LoadCatalogue = {
  fr: async () => ({
    invitation: (await import('./fr/invitation.json', { with: { type: 'json' } })).default,
  }),
  ar: async () => ({
    invitation: (await import('./ar/invitation.json', { with: { type: 'json' } })).default,
  }),
  en: async () => ({
    invitation: (await import('./en/invitation.json', { with: { type: 'json' } })).default,
  }),
};
