import type { MessageKey } from '@rnoce/i18n';
import { dir, type Locale } from '@rnoce/i18n/locale';
import { type Catalogue, formatMessage, type MessageParams } from '@rnoce/i18n/message';
import { loadCatalogue } from '@rnoce/i18n/payment';

export type PaymentKey = Extract<MessageKey, `payment:${string}`>;
export type Translate = (key: PaymentKey, params?: MessageParams) => string;

/** Loads a language and turns the page its way, before anything is drawn in it. */
export async function openCatalogue(locale: Locale): Promise<Catalogue> {
  const catalogue = await loadCatalogue[locale]();
  document.documentElement.lang = locale;
  document.documentElement.dir = dir(locale);
  return catalogue;
}

export const translator =
  (catalogue: Catalogue, locale: Locale): Translate =>
  (key, params) =>
    formatMessage(catalogue, locale, key, params);
