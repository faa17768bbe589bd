import type { FormContext } from '@rnoce/schemas/fields';
import { expect, it } from 'vitest';
import { doubtsOf } from './section-issues.ts';

const context: FormContext = {
  operatorType: 'importer',
  authorities: ['customs', 'portnet'],
  today: '2026-11-22',
  has: () => true,
  ribCodes: () => ['230'],
};

it('tells each doubt of a form at its element', () => {
  const sections = {
    bankAccount: { bank: 'cih', rib: '007780000200011234567800', branchAddress: 'Casablanca' },
    singleWindowUsers: [{ cin: 'AE180358' }, { cin: 'A12' }],
  };
  const doubts = doubtsOf(context, sections);
  expect([...doubts].map(([element, { code }]) => [element, code])).toEqual([
    ['singleWindowUsers.1.cin', 'cin_short'],
    ['bankAccount.rib', 'rib_key'],
  ]);
  expect(doubtsOf({ ...context, operatorType: 'exporter' }, sections).has('bankAccount.rib')).toBe(false);
});
