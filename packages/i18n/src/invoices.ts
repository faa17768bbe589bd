import type { LoadCatalogue } from './message.ts';

/** Loads what « Mes factures » says in one language. */
export const loadInvoices: LoadCatalogue = {
  fr: async () => ({ invoices: (await import('./fr/invoices.json', { with: { type: 'json' } })).default }),
  ar: async () => ({ invoices: (await import('./ar/invoices.json', { with: { type: 'json' } })).default }),
  en: async () => ({ invoices: (await import('./en/invoices.json', { with: { type: 'json' } })).default }),
};
