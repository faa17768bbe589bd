import { expect, test } from 'vitest';
import { ribOf } from './rib.ts';

test.each([
  ['350 810 0000000008722186 44', '350810000000000872218644'],
  ['350.810-000000000872218644', '350810000000000872218644'],
  ['MA64 3508 1000 0000 0008 7221 8644', '350810000000000872218644'],
  ['٣٥٠', '350'],
  // Not a Moroccan IBAN: shown as it was typed, and refused for what it is.
  ['FR76 3000 6000 0112 3456 7890 189', 'FR7630006000011234567890189'],
])('%s is kept as the digits of a RIB', (typed, kept) => {
  expect(ribOf(typed)).toBe(kept);
});
