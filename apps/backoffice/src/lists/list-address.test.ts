import { expect, test } from 'vitest';
import { withFilter } from './list-address.ts';

test('a changed filter goes back to the first page', () => {
  const search = new URLSearchParams('page=3&q=atlas');
  expect(withFilter(search, 'held', 'mine').toString()).toBe('q=atlas&held=mine');
  expect(withFilter(search, 'q', '').toString()).toBe('');
  expect(withFilter(search, 'page', '4').toString()).toBe('page=4&q=atlas');
  expect(withFilter(search, 'page', '1').toString()).toBe('q=atlas');
  expect(search.toString()).toBe('page=3&q=atlas');
});
