import type { Locale } from './locale.ts';

export type MessageParams = Readonly<Record<string, string | number>>;
export type Messages = Readonly<Record<string, string>>;
/** The messages of a language by namespace: `{ common: { 'action.save': … } }`. */
export type Catalogue = Readonly<Record<string, Messages>>;

const rules = new Map<Locale, Intl.PluralRules>();
const pluralRules = (locale: Locale): Intl.PluralRules => {
  const known = rules.get(locale);
  if (known) return known;
  const made = new Intl.PluralRules(locale);
  rules.set(locale, made);
  return made;
};

/** Replaces each `{{name}}`; a parameter that isn't given leaves its mark, so that a test or a reader sees it. */
export const interpolate = (message: string, params: MessageParams = {}): string =>
  message.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (mark, name: string) => String(params[name] ?? mark));

/**
 * Finds `namespace:key` and fills it in. With a `count`, the form of the language's plural category is taken
 * (`key_few`), or `key_other`. A key that doesn't exist comes back as it is.
 */
export function formatMessage(
  catalogue: Catalogue,
  locale: Locale,
  key: string,
  params: MessageParams = {},
): string {
  const colon = key.indexOf(':');
  const messages = catalogue[key.slice(0, colon)] ?? {};
  const name = key.slice(colon + 1);
  const message =
    typeof params.count === 'number'
      ? (messages[`${name}_${pluralRules(locale).select(params.count)}`] ??
        messages[`${name}_other`] ??
        messages[name])
      : messages[name];
  return message === undefined ? key : interpolate(message, params);
}
