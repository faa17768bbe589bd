import {
  type Catalogue,
  chooseLocale,
  dir,
  type Locale,
  localeStorageKey,
  type MessageKey,
  type MessageParams,
} from '@rnoce/i18n';
import { createInstance, type i18n } from 'i18next';
import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';

type Loaders = Readonly<Record<Locale, () => Promise<Catalogue>>>;

/** The languages of one application: the i18next instance, and how to load another language. */
export interface I18n {
  readonly instance: i18n;
  readonly load: (locale: Locale) => Promise<void>;
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
    document.cookie = `${localeStorageKey}=${locale}; path=/; max-age=31536000; samesite=lax`;
  } catch {
    // See rememberedLocale.
  }
}

function announceLocale(locale: Locale): void {
  document.documentElement.lang = locale;
  document.documentElement.dir = dir(locale);
}

/**
 * Chooses the language, loads its catalogue alone and sets `<html lang dir>`; awaited before the first render, so
 * nothing is painted in another language or direction.
 */
export async function createI18n(loaders: Loaders): Promise<I18n> {
  const locale = chooseLocale({ stored: rememberedLocale(), languages: navigator.languages });
  const instance = createInstance();
  const load = async (wanted: Locale): Promise<void> => {
    const catalogue = await loaders[wanted]();
    for (const [namespace, messages] of Object.entries(catalogue)) {
      instance.addResourceBundle(wanted, namespace, messages, false, true);
    }
  };
  await instance.init({
    lng: locale,
    fallbackLng: false,
    resources: {},
    keySeparator: false,
    nsSeparator: ':',
    interpolation: { escapeValue: false },
    returnNull: false,
    partialBundledLanguages: true,
    react: { useSuspense: false },
  });
  await load(locale);
  announceLocale(locale);
  return { instance, load };
}

const Loading = createContext<I18n['load'] | undefined>(undefined);

export function I18nProvider({ i18n, children }: { i18n: I18n; children: ReactNode }) {
  return (
    <Loading value={i18n.load}>
      <I18nextProvider i18n={i18n.instance}>{children}</I18nextProvider>
    </Loading>
  );
}

/** A message by its whole name: `t('portal:home.title')`, with parameters or a `count`. */
export type Translate = (key: MessageKey, params?: MessageParams) => string;

/** The translation function of the language in use; changes identity with the language. */
export function useT(): Translate {
  const { t } = useTranslation();
  return useCallback<Translate>((key, params) => t(key, { ...params }), [t]);
}

/** The same for keys that are only known at run time: undefined when the catalogue doesn't have the key. */
export function useFindMessage(): (key: string, params?: MessageParams) => string | undefined {
  const { t, i18n } = useTranslation();
  return useCallback(
    (key, params) => (i18n.exists(key, { ...params }) ? t(key, { ...params }) : undefined),
    [t, i18n],
  );
}

/** The language in use, its direction, and how to change it: loads, remembers, and turns the page round. */
export function useLocale(): {
  locale: Locale;
  direction: 'ltr' | 'rtl';
  setLocale: (locale: Locale) => Promise<void>;
} {
  const { i18n } = useTranslation();
  const load = useContext(Loading);
  const locale = chooseLocale({ stored: i18n.language });
  const setLocale = useCallback(
    async (wanted: Locale) => {
      await load?.(wanted);
      rememberLocale(wanted);
      announceLocale(wanted);
      await i18n.changeLanguage(wanted);
    },
    [i18n, load],
  );
  return useMemo(() => ({ locale, direction: dir(locale), setLocale }), [locale, setLocale]);
}
