import { singleWindowAccountStatuses } from '@rnoce/schemas/single-window';
import { expect, test } from 'vitest';
import { accountsState } from './accounts-state.ts';

test('one refused account is told before those that wait, and all must be open to be done', () => {
  expect(accountsState([])).toBeUndefined();
  expect(accountsState([{ status: 'opened' }, { status: 'queued' }, { status: 'refused' }])).toBe('refused');
  expect(accountsState([{ status: 'opened' }, { status: 'queued' }])).toBe('queued');
  expect(accountsState([{ status: 'opened' }, { status: 'opened' }])).toBe('opened');
  for (const status of singleWindowAccountStatuses) expect(accountsState([{ status }])).toBe(status);
});
