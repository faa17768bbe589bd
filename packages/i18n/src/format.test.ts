import { expect, test } from 'vitest';
import {
  durationBetween,
  formatAmount,
  formatCount,
  formatDate,
  formatDateTime,
  formatDay,
  formatFileSize,
  formatRib,
  formatTime,
} from './format.ts';

test('a date is written dd/mm/yyyy from its parts', () => {
  expect(formatDate('2023-08-02')).toBe('02/08/2023');
  expect(formatDate('32/13/2023')).toBe('32/13/2023');
});

test("an instant is shown in Morocco's time, Ramadan's hour included", () => {
  // As printed in the guide: filed on 11/09/2023 at 11:53.
  expect(formatDateTime('2023-09-11T10:53:00Z')).toBe('11/09/2023\u00a011:53');
  // During Ramadan Morocco was on UTC.
  expect(formatTime('2023-04-01T10:53:00Z')).toBe('10:53');
  expect(formatDay('2023-09-10T23:30:00Z')).toBe('11/09/2023');
  expect(formatTime(new Date('2023-09-10T23:00:00Z'))).toBe('00:00');
});

test('an instant is shown alike at the change of the clocks and after it, whatever the rules of the machine', () => {
  expect(formatDateTime('2026-09-20T00:59:00Z')).toBe('20/09/2026\u00a001:59');
  expect(formatDateTime('2026-09-20T01:00:00Z')).toBe('20/09/2026\u00a001:00');
  expect(formatDateTime('2026-11-21T23:30:00Z')).toBe('21/11/2026\u00a023:30');
  // A date alone is no instant: never shifted.
  expect(formatDate('2026-09-20')).toBe('20/09/2026');
});

test('amounts follow the French rules in every language, exactly', () => {
  expect(formatAmount('1234.50')).toBe('1\u202f234,50\u00a0MAD');
  expect(formatAmount('9007199254740993.01')).toBe(
    '9\u202f007\u202f199\u202f254\u202f740\u202f993,01\u00a0MAD',
  );
  expect(formatAmount('0.05')).toBe('0,05\u00a0MAD');
  expect(formatAmount('7')).toBe('7,00\u00a0MAD');
  expect(formatAmount('-12.3', 'EUR')).toBe('\u221212,30\u00a0EUR');
  expect(formatCount(1700)).toBe('1\u202f700');
});

test('a file over the limit never looks like one at the limit', () => {
  const limit = 3 * 1024 * 1024;
  expect(formatFileSize(limit, 'fr')).toBe('3\u00a0Mo');
  expect(formatFileSize(limit + 1, 'fr')).toBe('3,1\u00a0Mo');
  expect(formatFileSize(2_900_000, 'en')).toBe('2.8\u00a0MB');
  expect(formatFileSize(512, 'ar')).toBe('512\u00a0بايت');
  expect(formatFileSize(1536, 'fr')).toBe('1,5\u00a0Ko');
});

test('a duration takes its largest whole unit', () => {
  const end = '2026-11-21T12:00:00Z';
  expect(durationBetween('2026-11-21T11:59:58Z', end)).toEqual({ unit: 'minutes', count: 1 });
  expect(durationBetween('2026-11-21T09:30:00Z', end)).toEqual({ unit: 'hours', count: 2 });
  expect(durationBetween('2026-11-18T11:00:00Z', end)).toEqual({ unit: 'days', count: 3 });
});

test('a RIB is grouped as banks print it, and anything else left as it is', () => {
  expect(formatRib('011780000012345678901234')).toBe('011 780 0000123456789012 34');
  expect(formatRib('01178000001234567890123')).toBe('01178000001234567890123');
  expect(formatRib('')).toBe('');
});
