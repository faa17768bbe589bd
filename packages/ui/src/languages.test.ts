import type { Catalogue, LoadCatalogue, Locale, MessageKey } from '@rnoce/i18n';
import { expect, test } from 'vitest';
import { makeLanguages } from './languages.ts';

const part = (fr: Catalogue, ar: Catalogue = fr, en: Catalogue = fr): LoadCatalogue => ({
  fr: () => Promise.resolve(fr),
  ar: () => Promise.resolve(ar),
  en: () => Promise.resolve(en),
});

/** Only these tests have catalogues of their own. */
const key = (name: string): MessageKey => name as MessageKey;

const words = part(
  { ns: { hello: 'Bonjour {{name}}', days_one: '{{count}} jour', days_other: '{{count}} jours' } },
  {
    ns: {
      hello: 'مرحبا {{name}}',
      days_zero: 'لا يوم',
      days_one: 'يوم واحد',
      days_two: 'يومان',
      days_few: '{{count}} أيام',
      days_many: '{{count}} يوما',
      days_other: '{{count}} يوم',
    },
  },
);
const more = part({ more: { title: 'Suite' } }, { more: { title: 'تتمة' } });

/** A part whose languages arrive when the test says so. */
function slow(messages: Record<Locale, string>) {
  const asked = new Map<Locale, PromiseWithResolvers<Catalogue>>();
  const load = (locale: Locale) => () => {
    const loading = Promise.withResolvers<Catalogue>();
    asked.set(locale, loading);
    return loading.promise;
  };
  return {
    part: { fr: load('fr'), ar: load('ar'), en: load('en') } satisfies LoadCatalogue,
    arrive: (locale: Locale) => asked.get(locale)?.resolve({ slow: { word: messages[locale] } }),
    fail: (locale: Locale) => asked.get(locale)?.reject(new Error('offline')),
  };
}

test('a count takes the form of the language, in Arabic all six', async () => {
  const languages = makeLanguages('ar');
  await languages.add(words);
  const { t } = languages.reader('ar');
  expect([0, 1, 2, 3, 11, 100].map((count) => t(key('ns:days'), { count }))).toEqual([
    'لا يوم',
    'يوم واحد',
    'يومان',
    '3 أيام',
    '11 يوما',
    '100 يوم',
  ]);
});

test('a missing parameter keeps its mark; a missing message its key, or nothing when it is only looked for', async () => {
  const languages = makeLanguages('fr');
  await languages.add(words);
  const { t, find } = languages.reader('fr');
  expect(t(key('ns:hello'))).toBe('Bonjour {{name}}');
  expect(t(key('ns:hello'), { name: 'Salma' })).toBe('Bonjour Salma');
  expect(t(key('ns:nothing'))).toBe('ns:nothing');
  expect(find('ns:nothing')).toBeUndefined();
  expect(find('ns:days', { count: 1 })).toBe('1 jour');
});

test('a change of language brings every loaded part along, and is told once all are there', async () => {
  const languages = makeLanguages('fr');
  await languages.add(words);
  await languages.add(more);
  const heard: string[] = [];
  const stop = languages.subscribe(() =>
    heard.push(languages.reader(languages.locale()).t(key('more:title'))),
  );
  const before = languages.reader('fr').t;
  expect(await languages.change('ar')).toBe(true);
  expect(heard).toEqual(['تتمة']);
  expect(languages.reader('ar').t(key('ns:hello'), { name: 'سلمى' })).toBe('مرحبا سلمى');
  // What is still drawn in the former language goes on reading it.
  expect(before(key('more:title'))).toBe('Suite');
  expect(languages.reader('fr').t).toBe(before);
  stop();
  await languages.change('fr');
  expect(heard).toHaveLength(1);
});

test('the later of two changes holds, whichever arrives first', async () => {
  const languages = makeLanguages('fr');
  const { part: word, arrive } = slow({ fr: 'mot', ar: 'كلمة', en: 'word' });
  const first = languages.add(word);
  arrive('fr');
  await first;
  const toArabic = languages.change('ar');
  const toEnglish = languages.change('en');
  arrive('en');
  expect(await toEnglish).toBe(true);
  arrive('ar');
  expect(await toArabic).toBe(false);
  expect(languages.locale()).toBe('en');
});

test('a part asked for while the language changes arrives in the new language', async () => {
  const languages = makeLanguages('fr');
  const { part: word, arrive } = slow({ fr: 'mot', ar: 'كلمة', en: 'word' });
  const adding = languages.add(word);
  const changing = languages.change('ar');
  arrive('ar');
  expect(await changing).toBe(true);
  arrive('fr');
  await adding;
  expect(languages.reader('ar').t(key('slow:word'))).toBe('كلمة');
});

test('a part that could not be loaded is no obstacle to a change of language, and can be asked for again', async () => {
  const languages = makeLanguages('fr');
  await languages.add(words);
  const { part: word, arrive, fail } = slow({ fr: 'mot', ar: 'كلمة', en: 'word' });
  const adding = languages.add(word);
  fail('fr');
  await expect(adding).rejects.toThrow('offline');
  expect(await languages.change('ar')).toBe(true);
  const again = languages.add(word);
  arrive('ar');
  await again;
  expect(languages.reader('ar').find('slow:word')).toBe('كلمة');
});

test('a language that could not be loaded leaves the one in use', async () => {
  const languages = makeLanguages('fr');
  const { part: word, arrive, fail } = slow({ fr: 'mot', ar: 'كلمة', en: 'word' });
  const adding = languages.add(word);
  arrive('fr');
  await adding;
  const changing = languages.change('ar');
  fail('ar');
  await expect(changing).rejects.toThrow('offline');
  expect(languages.locale()).toBe('fr');
});
