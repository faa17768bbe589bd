import { locales as schemaLocales } from '@rnoce/schemas/primitives';
import { expect, test } from 'vitest';
import { acceptedLanguages, chooseLocale, dir, localeCookieText, locales } from './locale.ts';

test('the languages are those of the schemas', () => {
  expect(locales).toEqual(schemaLocales);
});

test('the account comes before the memory of the machine, then the browser, then French', () => {
  expect(chooseLocale({ account: 'en', stored: 'ar', languages: ['fr'] })).toBe('en');
  expect(chooseLocale({ stored: 'ar', languages: ['en-GB'] })).toBe('ar');
  expect(chooseLocale({ stored: 'de', languages: ['de-DE', 'en-GB', 'ar'] })).toBe('en');
  expect(chooseLocale({ languages: ['zgh', 'es'] })).toBe('fr');
  expect(chooseLocale({})).toBe('fr');
});

test('an Accept-Language header is read in its order of preference', () => {
  expect(acceptedLanguages('fr;q=0.5, ar-MA, en;q=0.8, *;q=0')).toEqual(['ar-MA', 'en', 'fr']);
  expect(acceptedLanguages(undefined)).toEqual([]);
  expect(acceptedLanguages(',;q=,')).toEqual([]);
});

test('the cookie of the language goes by https alone where the page does, and to no request of other sites', () => {
  const text = 'rnoce_locale=ar; path=/; max-age=31536000; samesite=lax';
  expect(localeCookieText('ar', false)).toBe(text);
  expect(localeCookieText('ar', true)).toBe(`${text}; secure`);
});

test('Arabic reads from right to left', () => {
  expect(locales.map(dir)).toEqual(['ltr', 'rtl', 'ltr']);
});
