import { expect, test } from 'vitest';
import { historyStep } from './history-step.ts';

test.each([
  ['paid', 'done'],
  ['captured', 'done'],
  ['expired', 'over'],
  ['abandoned', 'over'],
  ['cancelled', 'over'],
  ['refused', 'refused'],
  ['reversed', 'refused'],
] as const)('in the history of an order, « %s » is a step that is %s', (to, state) => {
  expect(historyStep({ to })).toBe(state);
});
