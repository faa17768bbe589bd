import { expect, test } from 'vitest';
import { maxContacts } from './contacts.ts';
import { documentNames } from './documents.ts';
import { FieldPath, VerdictDraft } from './filings.ts';
import { maxManagers } from './managers.ts';
import type { SectionsView } from './sections.ts';
import { maxSingleWindowUsers } from './single-window-users.ts';
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
  // Fixed at the verification step: refused, it could never be corrected.
  expect(parts.company).not.toContain('company.operatorType');
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

test('a verdict has room for every item of the longest form', () => {
  const longest: SectionsView = {
    ...sections,
    company: { origin: 'domiciliation' },
    managers: Array.from({ length: maxManagers }, () => ({})),
    singleWindowUsers: Array.from({ length: maxSingleWindowUsers }, () => ({})),
    contacts: Array.from({ length: maxContacts }, () => ({})),
  };
  const parts = verdictParts({
    operatorType: 'importer',
    authority: 'portnet',
    sections: longest,
    documents: documentNames.map((document) => ({ document })),
  });
  const accepted = parts.flatMap(({ items }) => items);
  expect(accepted.length).toBeGreaterThan(maxManagers * 8);
  expect(VerdictDraft.safeParse({ accepted, reasons: [] }).error).toBeUndefined();
});

test('a field of a list belongs to its item', () => {
  expect(wholeOf('singleWindowUsers.1.email')).toBe('singleWindowUsers.1');
  expect(wholeOf('singleWindowUsers.1')).toBeUndefined();
  expect(wholeOf('company.ice')).toBeUndefined();
  expect(wholeOf('documents.ice')).toBeUndefined();
});
