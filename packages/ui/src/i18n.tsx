import {
  chooseLocale,
  dir,
  type LoadCatalogue,
  type Locale,
  localeCookieText,
  localeStorageKey,
} from '@rnoce/i18n';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import { type FindMessage, type Languages, makeLanguages, type Translate } from './languages.ts';

export type { Translate } from './languages.ts';

/** The languages of one application. */
export interface I18n {
  /** Done when the first messages are there: nothing is rendered before. */
  readonly ready: Promise<void>;
  readonly languages: Languages;
  /**
   * Loads what some screens say besides, for the `lazy` of their route: the screen and its messages come side by side,
   * and no key is ever shown in the place of a message.
   */
  readonly withMessages: <Screen>(part: LoadCatalogue, screen: Promise<Screen>) => Promise<Screen>;
}

function rememberedLocale(): string | null {
  try {
    const cookie = new RegExp(`(?:^|; )${localeStorageKey}=([^;]*)`).exec(document.cookie)?.[1];
    return window.localStorage.getItem(localeStorageKey) ?? cookie ?? null;
  } catch {
    // Storage can be forbidden by the browser; the choice then lasts as long as the page.
    return null;
  }
}

/** Kept in both: local storage for the applications, the cookie for the pages and e-mails that the server makes. */
function rememberLocale(locale: Locale): void {
  try {
    window.localStorage.setItem(localeStorageKey, locale);
    // oxlint-disable-next-line unicorn/no-document-cookie -- Cookie Store API is missing in browsers that we serve.
    document.cookie = localeCookieText(locale, window.location.protocol === 'https:');
  } catch {
    // See rememberedLocale.
  }
}

function announceLocale(locale: Locale): void {
  document.documentElement.lang = locale;
  document.documentElement.dir = dir(locale);
}

/**
 * Chooses the language and loads its messages, those of the other languages only when one is chosen.
 *
 * @param first what the first screens say
 */
export function createI18n(first: LoadCatalogue): I18n {
  const locale = chooseLocale({ stored: rememberedLocale(), languages: navigator.languages });
  const languages = makeLanguages(locale);
  announceLocale(locale);
  // The first to hear of a change: the page is turned round before anything is drawn in the new language.
  languages.subscribe(() => announceLocale(languages.locale()));
  return {
    languages,
    ready: languages.add(first),
    withMessages: async (part, screen) => {
      const [loaded] = await Promise.all([screen, languages.add(part)]);
      return loaded;
    },
  };
}

const LanguagesContext = createContext<Languages | undefined>(undefined);

export function I18nProvider({ i18n, children }: { i18n: I18n; children: ReactNode }) {
  return <LanguagesContext value={i18n.languages}>{children}</LanguagesContext>;
}

function useLanguages(): { locale: Locale; languages: Languages } {
  const languages = useContext(LanguagesContext);
  if (!languages) throw new Error('Messages are read inside an I18nProvider.');
  return { locale: useSyncExternalStore(languages.subscribe, languages.locale, languages.locale), languages };
}

/** The translation function of the language in use; changes identity with the language. */
export function useT(): Translate {
  const { locale, languages } = useLanguages();
  return languages.reader(locale).t;
}

/** The same for keys that are only known at run time: undefined when the catalogue doesn't have the key. */
export function useFindMessage(): FindMessage {
  const { locale, languages } = useLanguages();
  return languages.reader(locale).find;
}

/** The language in use, its direction, and how to change it: loads, remembers, and turns the page round. */
export function useLocale(): {
  locale: Locale;
  direction: 'ltr' | 'rtl';
  setLocale: (locale: Locale) => Promise<void>;
} {
  const { locale, languages } = useLanguages();
  const setLocale = useCallback(
    async (wanted: Locale) => {
      if (await languages.change(wanted)) rememberLocale(wanted);
    },
    [languages],
  );
  return useMemo(() => ({ locale, direction: dir(locale), setLocale }), [locale, setLocale]);
}
