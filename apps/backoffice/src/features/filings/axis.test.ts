import { expect, test } from 'vitest';
import { ceiling } from './axis.ts';

test.each([
  [0, 2],
  [1, 2],
  [1.2, 2],
  [3, 4],
  [7, 8],
  [8.5, 10],
  [10, 10],
  [11, 20],
  [180, 200],
  [201, 500],
  [4999, 5000],
])('the axis of %d ends at %d', (value, top) => {
  expect(ceiling(value)).toBe(top);
});

test('the line at half height is that of a whole number', () => {
  for (let value = 0; value < 2000; value++) expect(ceiling(value) % 2).toBe(0);
});
