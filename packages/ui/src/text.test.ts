import { expect, test } from 'vitest';
import { normaliseIdentifierText, searchable } from './text.ts';

test.each([
  [' ae 180-358 ', 'AE180358'],
  ['001 561 191 0000 66', '001561191000066'],
  ['007.810', '007810'],
  ['\u200e٢٤٢٤٣\u200f', '24243'],
  ['KK\u00a0333', 'KK333'],
  ['ＡＥ１２', 'AE12'],
])('« %s » is kept as %s', (typed, kept) => {
  expect(normaliseIdentifierText(typed)).toBe(kept);
});

test('a search knows neither accents, nor case, nor the variants of Arabic letters', () => {
  expect(searchable('Élevage de vaches laitières')).toBe('elevage de vaches laitieres');
  expect(searchable('FKIH  BEN-SALAH')).toBe('fkih ben salah');
  expect(searchable('أكَادير')).toBe(searchable('اكادير'));
  expect(searchable('الدار البيضاء')).toBe('الدار البيضاء'.normalize('NFD').replaceAll(/\p{Mn}/gu, ''));
});
