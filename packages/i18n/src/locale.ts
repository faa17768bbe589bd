/** The languages of every page and e-mail; French is the default (spec/registration.md). */
export const locales = ['fr', 'ar', 'en'] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = 'fr';

/** Name of the cookie and of the local storage entry that remember the choice of somebody who isn't signed in. */
export const localeStorageKey = 'rnoce_locale';

/** The attributes of that cookie, `maxAge` in seconds; `secure` besides, where the site is reached by https. */
export const localeCookie = { path: '/', sameSite: 'lax', maxAge: 31_536_000 } as const;

/** That cookie as a page's script writes it. */
export function localeCookieText(locale: Locale, secure: boolean): string {
  const { path, sameSite, maxAge } = localeCookie;
  const text = `${localeStorageKey}=${locale}; path=${path}; max-age=${String(maxAge)}; samesite=${sameSite}`;
  return secure ? `${text}; secure` : text;
}

/** Each language in its own words, as the language switch shows it. */
export const languageNames: Readonly<Record<Locale, string>> = {
  fr: 'Français',
  ar: 'العربية',
  en: 'English',
};

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);

/** Writing direction, for the `dir` attribute. */
export const dir = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');

/**
 * The language to show: the account's, else the one remembered on this machine, else the first known one of
 * `languages` (`navigator.languages`, or a parsed `Accept-Language`), else French.
 */
export function chooseLocale(choices: {
  account?: unknown;
  stored?: unknown;
  languages?: readonly string[];
}): Locale {
  if (isLocale(choices.account)) return choices.account;
  if (isLocale(choices.stored)) return choices.stored;
  for (const language of choices.languages ?? []) {
    const primary = language.toLowerCase().split('-')[0];
    if (isLocale(primary)) return primary;
  }
  return defaultLocale;
}

/** The languages of an `Accept-Language` header, the preferred first. */
export function acceptedLanguages(header: string | undefined): string[] {
  if (header === undefined) return [];
  return header
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [language = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { language, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => language !== '' && quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ language }) => language);
}
