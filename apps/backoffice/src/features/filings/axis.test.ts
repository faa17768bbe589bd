import { expect, test } from 'vitest';
import { ceiling } from './axis.ts';

test.each([
  [0, 1],
  [1, 1],
  [1.2, 2],
  [3, 5],
  [7, 10],
  [10, 10],
  [11, 20],
  [180, 200],
  [201, 500],
  [4999, 5000],
])('the axis of %d ends at %d', (value, top) => {
  expect(ceiling(value)).toBe(top);
});
