import type { MessageKey } from '@rnoce/i18n';
import { chooseLocale, dir, type Locale, localeCookieText, localeStorageKey } from '@rnoce/i18n/locale';
import { type Catalogue, formatMessage, type LoadCatalogue, type MessageParams } from '@rnoce/i18n/message';
import { loadCatalogue } from '@rnoce/i18n/payment';

export type PaymentKey = Extract<MessageKey, `payment:${string}` | `checkout:${string}`>;
export type Translate = (key: PaymentKey, params?: MessageParams) => string;

/** The language in use. */
export interface Language {
  readonly locale: Locale;
  readonly t: Translate;
}

/** The parts of the catalogues that the screens opened so far speak by. */
const parts = new Set<LoadCatalogue>([loadCatalogue]);
const loaded: Record<Locale, Catalogue> = { fr: {}, ar: {}, en: {} };
let current: Locale | undefined;

async function load(part: LoadCatalogue, locale: Locale): Promise<void> {
  loaded[locale] = { ...loaded[locale], ...(await part[locale]()) };
}

const translators: Readonly<Record<Locale, Translate>> = {
  fr: (key, params) => formatMessage(loaded.fr, 'fr', key, params),
  ar: (key, params) => formatMessage(loaded.ar, 'ar', key, params),
  en: (key, params) => formatMessage(loaded.en, 'en', key, params),
};

/** Loads a language and turns the page its way, before anything is drawn in it. */
export async function openLanguage(locale: Locale): Promise<Language> {
  await Promise.all([...parts].map((part) => load(part, locale)));
  current = locale;
  document.documentElement.lang = locale;
  document.documentElement.dir = dir(locale);
  return { locale, t: translators[locale] };
}

/** Loads a screen together with what it says, so that no key is ever shown in the place of a message. */
export async function withWords<Screen>(part: LoadCatalogue, screen: Promise<Screen>): Promise<Screen> {
  parts.add(part);
  const [found] = await Promise.all([screen, current && load(part, current)]);
  return found;
}

/** The language chosen here or on the landing page, else the browser's. */
export function rememberedLocale(): Locale {
  let stored: string | null = null;
  try {
    const cookie = new RegExp(`(?:^|; )${localeStorageKey}=([^;]*)`).exec(document.cookie)?.[1];
    stored = window.localStorage.getItem(localeStorageKey) ?? cookie ?? null;
  } catch {
    // Storage can be forbidden by the browser: the choice then lasts as long as the page.
  }
  return chooseLocale({ stored, languages: navigator.languages });
}

/** Kept in both: local storage for the applications, the cookie for the sentences that the server writes. */
export function rememberLocale(locale: Locale): void {
  try {
    window.localStorage.setItem(localeStorageKey, locale);
    // oxlint-disable-next-line unicorn/no-document-cookie -- Cookie Store API is missing in browsers that we serve.
    document.cookie = localeCookieText(locale, window.location.protocol === 'https:');
  } catch {
    // See rememberedLocale.
  }
}
