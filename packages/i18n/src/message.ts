import type { Locale } from './locale.ts';

export type MessageParams = Readonly<Record<string, string | number>>;
export type Messages = Readonly<Record<string, string>>;
/** The messages of a language by namespace: `{ common: { 'action.save': … } }`. */
export type Catalogue = Readonly<Record<string, Messages>>;
/** A part of the catalogues, loaded one language at a time. */
export type LoadCatalogue = Readonly<Record<Locale, () => Promise<Catalogue>>>;

const rules = new Map<Locale, Intl.PluralRules>();
const pluralRules = (locale: Locale): Intl.PluralRules => {
  const known = rules.get(locale);
  if (known) return known;
  const made = new Intl.PluralRules(locale);
  rules.set(locale, made);
  return made;
};

/** Codes, phones, dates and Latin names keep their own order inside an Arabic sentence, between direction isolates. */
const isolate = (value: string | number): string =>
  typeof value === 'string' && /[\dA-Za-zÀ-ɏ]/.test(value) ? `\u2068${value}\u2069` : String(value);

/** Replaces each `{{name}}`; a parameter that isn't given leaves its mark, so that a test or a reader sees it. */
export const interpolate = (message: string, params: MessageParams = {}, locale?: Locale): string =>
  message.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (mark, name: string) => {
    const value = params[name];
    if (value === undefined) return mark;
    return locale === 'ar' ? isolate(value) : String(value);
  });

/**
 * Finds `namespace:key` and fills it in; undefined when the catalogue doesn't have it. With a `count`, the form of the
 * language's plural category is taken (`key_few`), or `key_other`.
 */
export function findMessage(
  catalogue: Catalogue,
  locale: Locale,
  key: string,
  params: MessageParams = {},
): string | undefined {
  const colon = key.indexOf(':');
  const messages = catalogue[key.slice(0, colon)] ?? {};
  const name = key.slice(colon + 1);
  const message =
    typeof params.count === 'number'
      ? (messages[`${name}_${pluralRules(locale).select(params.count)}`] ??
        messages[`${name}_other`] ??
        messages[name])
      : messages[name];
  return message === undefined ? undefined : interpolate(message, params, locale);
}

/** The same for a key that is known to exist; one that doesn't comes back as it is. */
export const formatMessage = (
  catalogue: Catalogue,
  locale: Locale,
  key: string,
  params: MessageParams = {},
): string => findMessage(catalogue, locale, key, params) ?? key;
