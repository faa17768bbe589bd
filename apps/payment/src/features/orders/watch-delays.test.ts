import { expect, it } from 'vitest';
import { watchDelay } from './watch-delays.ts';

it('looks ever more rarely, and never stops', () => {
  const delays = Array.from({ length: 50 }, (_, looks) => watchDelay(looks, false));
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(delays[0]).toBe(2000);
  expect(delays.at(-1)).toBe(60_000);
});

it('does not hurry for a reference', () => {
  expect(watchDelay(0, true)).toBe(15_000);
  expect(watchDelay(40, true)).toBe(60_000);
});

it('stays far below the limit of readings of an order', () => {
  const limit = { readings: 1200, seconds: 600 };
  let seconds = 0;
  let readings = 0;
  for (; seconds < limit.seconds; readings++) seconds += watchDelay(readings, false) / 1000;
  expect(readings).toBeLessThan(limit.readings / 10);
});
