import type { RegistryRecord } from '@rnoce/schemas/registry';
import { expect, test } from 'vitest';
import {
  compare,
  comparedFields,
  compareNames,
  countDifferences,
  heldBeside,
  sameManager,
  undeclaredManagers,
} from './differences.ts';

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

const record = {
  company: { legalName: 'Atlas' },
  managers: [{ lastName: 'B', idNumber: 'AE1' }],
  accountNumber: '1',
  accountStatus: 'active',
} as const satisfies RegistryRecord;

test('what BADR has no word on, or does not tell this reader, is not compared', () => {
  const names = ['legalName', 'phone', 'email', 'cnss', 'businessTax'];
  expect(comparedFields(names, record)).toEqual(['legalName', 'phone', 'email']);
  expect(comparedFields(names, { ...record, managers: null })).toEqual(['legalName']);
});

test('the company and each manager have their own record beside them, other sections none', () => {
  expect(heldBeside(null, 'company', ['legalName'], {})).toBeUndefined();
  expect(heldBeside(record, 'company', ['legalName', 'cnss'], {})).toEqual({
    values: record.company,
    compared: new Set(['legalName']),
  });
  expect(heldBeside(record, 'managers', ['lastName'], { idNumber: 'ae 1' })?.values).toBe(record.managers[0]);
  expect(heldBeside(record, 'managers', ['lastName'], { idNumber: 'AE2' })).toBeUndefined();
  expect(heldBeside({ ...record, managers: null }, 'managers', [], { idNumber: 'AE1' })).toBeUndefined();
  expect(heldBeside(record, 'singleWindowUsers', ['cin'], { cin: 'AE1' })).toBeUndefined();
});

test.each([
  ['Ilyas Zeroual', 'ZEROUAL Ilyas', 'same'],
  ['Ilyas Zéroual', 'M. Ilyas ZEROUAL (Atlas SARL)', 'same'],
  ['Ilyas Zeroual', 'Ilyas Alami', 'different'],
  ['Ilyas Zeroual', null, 'none'],
  ['', 'Ilyas Alami', 'none'],
])('%j signed as %j is %s', (declared, certified, expected) => {
  expect(compareNames(declared, certified)).toBe(expected);
});
