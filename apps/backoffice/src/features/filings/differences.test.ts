import { expect, test } from 'vitest';
import { compare, countDifferences, sameManager, undeclaredManagers } from './differences.ts';

test.each([
  ['legalName', 'Société Générale', 'SOCIETE  GENERALE', 'same'],
  ['legalName', 'Atlas S.A.R.L', 'atlas s a r l', 'same'],
  ['legalName', 'Atlas', 'Atlas Négoce', 'different'],
  ['phone', '+212522000000', '0522 00 00 00', 'same'],
  ['phone', '+212522000000', '0522000001', 'different'],
  ['email', 'a@b.example', 'A@B.example', 'same'],
  ['fax', '', null, 'none'],
  ['fax', '+212522000000', undefined, 'absent'],
  ['acronym', '', 'AN', 'different'],
  ['repeatedAddress', false, undefined, 'none'],
  ['legalName', 'شركة الأطلس', 'شركة الاطلس', 'same'],
])('%s: %j beside %j is %s', (name, declared, held, expected) => {
  expect(compare(name, declared, held)).toBe(expected);
});

test('differences are counted over the fields shown', () => {
  expect(countDifferences(['ice', 'taxId'], { ice: '1', taxId: '2' }, { ice: '1', taxId: '3' })).toBe(1);
});

test('managers are known by their identifier', () => {
  const held = [
    { lastName: 'B', idNumber: 'ae 1' },
    { lastName: 'C', idNumber: 'KK333' },
  ];
  expect(sameManager({ idNumber: 'AE-1' }, held)?.lastName).toBe('B');
  expect(sameManager({ idNumber: '' }, held)).toBeUndefined();
  const undeclared = undeclaredManagers([{ lastName: 'A', idNumber: 'AE1' }], held);
  expect(undeclared.map(({ lastName }) => lastName)).toEqual(['C']);
});
