import { expect, it } from 'vitest';
import { groupsOf } from './figure-groups.ts';

it.each([
  ['', []],
  ['123', ['123']],
  ['422516222', ['422', '516', '222']],
  ['123456789012', ['1234', '5678', '9012']],
  ['1000300000071', ['1000', '300', '000', '071']],
])('%s is read as %j', (reference, groups) => {
  expect(groupsOf(reference)).toEqual(groups);
});
