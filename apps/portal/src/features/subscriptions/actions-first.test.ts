import type { FilingStatus } from '@rnoce/schemas/filings';
import { expect, test } from 'vitest';
import { actionsFirst } from './actions-first.ts';

const request = (...statuses: FilingStatus[]) => ({ filings: statuses.map((status) => ({ status })) });

test('what the operator must do stands first, among requests and within a joint one', () => {
  expect(
    actionsFirst([
      request('in_review'),
      request('validated', 'incomplete'),
      request('validated'),
      request('draft'),
      request('incomplete', 'in_review'),
    ]),
  ).toEqual([
    request('incomplete', 'validated'),
    request('draft'),
    request('incomplete', 'in_review'),
    request('in_review'),
    request('validated'),
  ]);
});

test('two filings that ask for something, or neither, keep customs first', () => {
  const both = request('incomplete', 'draft');
  const neither = request('validated', 'in_review');
  expect(actionsFirst([both, neither])).toEqual([both, neither]);
});
