import { expect, test } from 'vitest';
import { canonicalPart, mergePart } from './request-parts.ts';

const context = {
  operatorType: 'importer',
  authorities: ['customs'],
  today: '2026-11-22',
  has: () => true,
  ribCodes: () => [],
} as const;

test('two tabs that filled in different fields are put together, and the same field twice is told', () => {
  const base = { ground: 'liquidation' };
  const merged = mergePart('cancellation', context, 'details', {
    base,
    mine: { ...base, comment: 'Fin' },
    theirs: { ground: 'striking_off' },
  });
  expect(merged).toEqual({ ground: 'striking_off', comment: 'Fin' });
  const torn = mergePart('cancellation', context, 'details', {
    base,
    mine: { ...base, comment: 'Fin' },
    theirs: { ...base, comment: 'Autre' },
  });
  expect(torn).toBeUndefined();
});

test('spaces, empty fields and what is no longer shown make no difference to the details', () => {
  const text = (details: object) => canonicalPart('restoration', context, 'details', details);
  expect(text({ evidence: 'minutes', motive: ' Reprise ', tradeRegisterDate: '2026-11-01' })).toBe(
    text({ evidence: 'minutes', motive: 'Reprise', comment: null }),
  );
  expect(text({ evidence: 'trade_register', motive: 'Reprise' })).not.toBe(
    text({ evidence: 'minutes', motive: 'Reprise' }),
  );
});
