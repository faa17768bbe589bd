import type { HistoryEntry } from '@rnoce/schemas/filings';
import { expect, test } from 'vitest';
import { decisionDate } from './decision-date.ts';

const entry = (event: HistoryEntry['event'], at: string) => ({ event, at });
const history = [
  entry('submitted', '2023-09-10T14:13:00Z'),
  entry('returned', '2023-09-11T08:56:00Z'),
  entry('resubmitted', '2023-09-12T09:00:00Z'),
  entry('returned', '2023-09-13T10:00:00Z'),
  entry('reopened', '2023-09-14T10:00:00Z'),
];

test('a filing that was sent back shows when, as the guide does, until it is judged again', () => {
  expect(decisionDate({ status: 'incomplete', validatedAt: null, history: history.slice(0, 2) })).toBe(
    '2023-09-11T08:56:00Z',
  );
  expect(decisionDate({ status: 'incomplete', validatedAt: null, history })).toBe('2023-09-13T10:00:00Z');
  expect(decisionDate({ status: 'in_review', validatedAt: null, history })).toBeNull();
});

test('a validated filing shows its validation, an attached one nothing', () => {
  const validatedAt = '2023-09-15T10:00:00Z';
  expect(decisionDate({ status: 'validated', validatedAt, history })).toBe(validatedAt);
  expect(decisionDate({ status: 'validated', validatedAt: null, history })).toBeNull();
});
