import { expect, it } from 'vitest';
import { normaliseSubscriptionCode, subscriptionCodePattern } from './subscription-code.ts';

it.each([
  ['1206', '1206'],
  [' b4 z9 ', 'B4Z9'],
  ['\u0661\u0662\u0660\u0666', '1206'],
  ['\u06f1\u06f2\u06f0\u06f6', '1206'],
  ['\uff11\uff12\uff10\uff16', '1206'],
])('%s is read as %s', (typed, code) => {
  expect(normaliseSubscriptionCode(typed)).toBe(code);
  expect(normaliseSubscriptionCode(typed)).toMatch(subscriptionCodePattern);
});
