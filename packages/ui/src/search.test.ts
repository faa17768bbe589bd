import { expect, test } from 'vitest';
import { indexOptions, searchOptions } from './search.ts';

const towns = indexOptions([
  { code: '0077', label: 'FKIH BEN SALAH', labelAr: 'الفقيه بن صالح' },
  { code: '0770', label: 'OULED SALAH', common: true },
  { code: '0001', label: 'AÏN HARROUDA' },
  { code: '0002', label: "M'DIQ" },
]);
const found = (query: string) => searchOptions(towns, query, 10).options.map(({ code }) => code);

test('by code, with or without its leading zeros, the exact one first', () => {
  expect(found('0077')).toEqual(['0077']);
  expect(found('77')).toEqual(['0077', '0770']);
});

test('by words in any order, without accents or apostrophes', () => {
  expect(found('salah fkih')).toEqual(['0077']);
  expect(found('ain')).toEqual(['0001']);
  expect(found("m'diq")).toEqual(['0002']);
  expect(found('m diq')).toEqual(['0002']);
  expect(found('salah')).toEqual(['0077', '0770']);
  expect(found('الفقيه')).toEqual(['0077']);
  expect(found('0077 FKIH BEN SALAH')).toEqual(['0077']);
  expect(found('zzz')).toEqual([]);
});

test('nothing typed shows the common ones; what the limit leaves off is counted', () => {
  expect(found('')).toEqual(['0770']);
  expect(searchOptions(towns, 'salah', 1)).toMatchObject({ options: [{ code: '0077' }], total: 2 });
});
