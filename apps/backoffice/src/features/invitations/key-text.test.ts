import { expect, test } from 'vitest';
import { groupsOfFour } from './key-text.ts';

test('a key stands in groups of four, and nothing after the last', () => {
  expect(groupsOfFour('JBSWY3DPEHPK3PXP')).toBe('JBSW Y3DP EHPK 3PXP');
  expect(groupsOfFour('JBSWY3DPEH')).toBe('JBSW Y3DP EH');
});
