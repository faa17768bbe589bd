import { dictionary } from '@zxcvbn-ts/language-common';
import { expect, test } from 'vitest';
import { passwordIssues } from './password-strength.ts';

const owner = { email: 'd.bennani@atlas-negoce.example', legalName: 'Atlas Négoce' };
const codesOf = (password: string) =>
  passwordIssues(password, { minLength: 4, owner, pointer: '/password' }).map(({ code }) => code);

test.each([
  '1234',
  'Atlas-Negoce',
  'atlas.négoce',
  'Bennani2026',
  'AtlasNegoce2026',
  'Portnet-Badr',
  'Serenity',
  'essaouira',
])('%s is guessed at once', (password) => {
  expect(codesOf(password)).toEqual(['password_too_weak']);
});

test.each(['Atlas-tilleul-47', 'ogive tram 9', 'w7Kq'])('%s is accepted', (password) => {
  expect(codesOf(password)).toEqual([]);
});

test('fewer characters than the rule are told as such', () => {
  expect(codesOf('abc')).toEqual(['password_too_short']);
});

/** OWASP ASVS 5.0, 6.2.4: the commonest ones that the rule of length lets through. */
const commonest = 3_000;
test(`none of the ${String(commonest)} commonest passwords is accepted`, () => {
  const listed = dictionary['passwords-common'].map(String).filter(({ length }) => length >= 4);
  const accepted = listed.slice(0, commonest).filter((password) => codesOf(password).length === 0);
  expect([listed.length > commonest, accepted]).toEqual([true, []]);
});
