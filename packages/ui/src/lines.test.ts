import { expect, test } from 'vitest';
import { linesOf, onTheirLines } from './lines.ts';

const text = ' 196.200.131.4 \n\n10.0.0\r\n';

test('one value a line, blank lines none', () => {
  expect(linesOf(text)).toEqual(['196.200.131.4', '10.0.0']);
  expect(linesOf(' \n')).toEqual([]);
});

test('an issue stands at the line that was typed, others stay where they are', () => {
  const issues = [
    { pointer: '/addresses/1', code: 'address_range_invalid' },
    { pointer: '/addresses', code: 'max_items' },
    { pointer: '/name', code: 'required' },
  ];
  expect(onTheirLines(issues, 'addresses', text).map(({ pointer }) => pointer)).toEqual([
    '/addresses/2',
    '/addresses',
    '/name',
  ]);
});
