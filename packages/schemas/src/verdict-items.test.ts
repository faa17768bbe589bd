import { expect, test } from 'vitest';
import { FieldPath } from './filings.ts';
import type { SectionsView } from './sections.ts';
import { verdictParts, wholeOf } from './verdict-items.ts';

const sections: SectionsView = {
  company: { legalName: 'A', origin: 'lease', businessTax: '12345678' },
  managers: [{ lastName: 'B' }],
  legalRepresentative: { manager: 'one' },
  singleWindowUsers: [{ lastName: 'C' }, { lastName: 'D' }],
  contacts: [{ lastName: 'E' }],
  bankAccount: { bank: '007' },
};
const documents = [{ document: 'ice' }, { document: 'contract' }] as const;
const partsOf = (authority: 'customs' | 'portnet', operatorType: 'importer' | 'exporter' = 'importer') =>
  Object.fromEntries(
    verdictParts({ operatorType, authority, sections, documents }).map(({ part, items }) => [part, items]),
  );

test('customs judges the documents, the company and the managers, and no field that only PortNet asks', () => {
  const parts = partsOf('customs');
  expect(Object.keys(parts)).toEqual(['documents', 'company', 'managers']);
  expect(parts.documents).toEqual(['documents.ice', 'documents.contract']);
  expect(parts.company).toContain('company.legalName');
  expect(parts.company).not.toContain('company.businessTax');
  expect(parts.company).not.toContain('company.domiciledAt');
  expect(parts.managers).toHaveLength(8);
  expect(parts.managers?.[0]).toBe('managers.0.lastName');
});

test('PortNet judges users and contacts as a whole and field by field, and the bank account of importers', () => {
  const parts = partsOf('portnet');
  expect(Object.keys(parts)).toEqual([
    'documents',
    'company',
    'managers',
    'legalRepresentative',
    'singleWindowUsers',
    'contacts',
    'bankAccount',
  ]);
  expect(parts.company).toContain('company.cnss');
  expect(parts.legalRepresentative).toEqual(['legalRepresentative.manager']);
  expect(parts.singleWindowUsers?.filter((item) => wholeOf(item) === undefined)).toEqual([
    'singleWindowUsers.0',
    'singleWindowUsers.1',
  ]);
  expect(parts.contacts).toHaveLength(5);
  expect(parts.bankAccount).toEqual(['bankAccount.bank', 'bankAccount.rib', 'bankAccount.branchAddress']);
  expect(partsOf('portnet', 'exporter')).not.toHaveProperty('bankAccount');
  const { documents: _documents, ...fields } = parts;
  const paths = Object.values(fields).flat();
  expect(paths.filter((path) => !FieldPath.safeParse(path).success)).toEqual([]);
});

test('a field of a list belongs to its item', () => {
  expect(wholeOf('singleWindowUsers.1.email')).toBe('singleWindowUsers.1');
  expect(wholeOf('singleWindowUsers.1')).toBeUndefined();
  expect(wholeOf('company.ice')).toBeUndefined();
  expect(wholeOf('documents.ice')).toBeUndefined();
});
