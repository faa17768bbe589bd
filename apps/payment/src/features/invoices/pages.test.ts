import { expect, it } from 'vitest';
import { pageCount, pageNumbers } from './pages.ts';

it.each([
  [0, 1],
  [10, 1],
  [11, 2],
  [23, 3],
])('%i invoices stand on %i pages', (total, pages) => {
  expect(pageCount(total, 10)).toBe(pages);
});

it.each<[number, number, (number | 'gap')[]]>([
  [1, 1, [1]],
  [2, 3, [1, 2, 3]],
  [1, 10, [1, 2, 'gap', 10]],
  [4, 10, [1, 2, 3, 4, 5, 'gap', 10]],
  [5, 10, [1, 'gap', 4, 5, 6, 'gap', 10]],
  [10, 10, [1, 'gap', 9, 10]],
])('page %i of %i shows %j', (current, count, shown) => {
  expect(pageNumbers(current, count)).toEqual(shown);
});
