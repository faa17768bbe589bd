import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Locale, locales } from './locale.ts';

const namespaces = readdirSync(join(import.meta.dirname, 'fr')).map((file) => file.replace('.json', ''));

function read(locale: Locale, namespace: string): Record<string, string> {
  const parsed: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, locale, `${namespace}.json`), 'utf8'),
  );
  return Object.fromEntries(Object.entries(parsed ?? {}).map(([key, value]) => [key, String(value)]));
}

const pluralSuffix = /_(zero|one|two|few|many|other)$/;
const baseOf = (key: string): string => key.replace(pluralSuffix, '');
const isPlural = (key: string): boolean => pluralSuffix.test(key);
const params = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name))].toSorted();

/** The plural forms that each language's catalogue gives; French's « many » is for millions, where « other » does. */
const pluralForms: Readonly<Record<Locale, readonly string[]>> = {
  fr: ['one', 'other'],
  ar: ['few', 'many', 'one', 'other', 'two', 'zero'],
  en: ['one', 'other'],
};

/** Messages that are rightly the same in French and another language: names, codes, words both languages share. */
const sameAllowed = new Set([
  'RNOCE',
  '05 20 47 31 00',
  'Notifications',
  'ICE',
  'Importateur',
  'Documents',
  'Freight forwarder',
  'Document IF',
  'Acquisition',
  'Domiciliation',
  'Administration',
  'Code',
  'PortNet',
  'Information',
  '{{count}} minute',
  '{{count}} minutes',
  '{{count}} page',
  '{{count}} pages',
  '{{value}} h',
  '{{label}}, version {{number}}',
  'version {{number}}',
  'Assistance',
  'CMI',
  'AmanPay',
  'Fatourati',
  'TASHILAT',
  'Contacts',
  'Email',
  'PORTNET',
  'Services',
  'Verdict',
  'Date',
  'RIB',
  'Administrative',
  'Contact {{number}}',
]);

for (const namespace of namespaces) {
  const catalogues = Object.fromEntries(locales.map((locale) => [locale, read(locale, namespace)]));
  const french = catalogues.fr ?? {};

  test.each(locales)(`${namespace}: %s has the keys of French, sorted, none empty`, (locale) => {
    const messages = catalogues[locale] ?? {};
    const keys = Object.keys(messages);
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
    expect([...new Set(keys.map(baseOf))].toSorted()).toEqual(
      [...new Set(Object.keys(french).map(baseOf))].toSorted(),
    );
    expect(keys.filter((key) => messages[key]?.trim() === '')).toEqual([]);
  });

  test.each(locales)(
    `${namespace}: %s has every plural form of its language and the parameters of French`,
    (locale) => {
      const messages = catalogues[locale] ?? {};
      for (const key of Object.keys(messages).filter((name) => !isPlural(name))) {
        expect({ key, params: params(messages[key] ?? '') }).toEqual({
          key,
          params: params(french[key] ?? ''),
        });
      }
      for (const base of new Set(Object.keys(french).filter(isPlural).map(baseOf))) {
        const forms = Object.keys(messages).filter((key) => isPlural(key) && baseOf(key) === base);
        expect({ base, forms: forms.map((key) => key.slice(base.length + 1)).toSorted() }).toEqual({
          base,
          forms: pluralForms[locale],
        });
        // « one » may say « يوم واحد » without its figure; the form for everything else has every parameter.
        expect({ base, params: params(messages[`${base}_other`] ?? '') }).toEqual({
          base,
          params: params(french[`${base}_other`] ?? ''),
        });
      }
    },
  );

  test(`${namespace}: typography of each language`, () => {
    const wrong = (locale: Locale, pattern: RegExp) =>
      Object.entries(catalogues[locale] ?? {}).filter(([, message]) => pattern.test(message));
    // A no-break space (U+00A0) before « : ; ? ! % » and inside guillemets, but for addresses and headers as programs write them; the
    // straight apostrophe.
    expect(
      wrong('fr', / [:;?!%»]|« |[^\u00A0:;?!…][?!]|[^\u00A0\d]:(?!\/\/| Bearer)|«[^\u00A0]|[^\u00A0]»|’/),
    ).toEqual([]);
    // Arabic comma, semicolon and question mark; guillemets without spaces; isolates, never older embeddings.
    expect(wrong('ar', /\p{Script=Arabic}[,;?]|« | »| [:،؛؟!.]|اً|[\u202A-\u202E]/u)).toEqual([]);
    // An Arabic paragraph turns figures apart around a hyphen: « 09-08 » would read 08-09.
    expect(wrong('ar', /\d-\d/)).toEqual([]);
    expect(wrong('en', /[«»"’]|\be-mail|n't\b/i)).toEqual([]);
  });

  test(`${namespace}: nothing is left in French`, () => {
    for (const locale of ['ar', 'en'] as const) {
      const messages = catalogues[locale] ?? {};
      const left = Object.keys(messages).filter(
        (key) => messages[key] === french[key] && !sameAllowed.has(messages[key] ?? ''),
      );
      expect({ locale, left }).toEqual({ locale, left: [] });
    }
  });

  test(`${namespace}: Arabic is in Arabic letters`, () => {
    const messages = catalogues.ar ?? {};
    const foreign = Object.keys(messages).filter(
      (key) =>
        !/\p{Script=Arabic}/u.test(messages[key] ?? '') &&
        /\p{L}/u.test((messages[key] ?? '').replaceAll(/\{\{\w+\}\}/g, '')) &&
        !sameAllowed.has(messages[key] ?? ''),
    );
    expect(foreign).toEqual([]);
  });
}
