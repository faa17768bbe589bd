import type { SectionsView } from '@rnoce/schemas/sections';
import { expect, test } from 'vitest';
import { fieldWarnings } from './field-warnings.ts';

const sections: SectionsView = {
  company: { ice: '000000000000000', cnss: '12' },
  managers: [],
  legalRepresentative: null,
  singleWindowUsers: [{ cin: 'A1' }, { cin: 'AB12345' }],
  contacts: null,
  bankAccount: { bank: 'cih', rib: '011780000000000000000034' },
};
const banks = [{ code: 'cih', label: 'CIH', ribCodes: ['230'] }];

test('what is doubtful is told to the agents of PortNet by item, the bank once the list is there', () => {
  const dossier = { authority: 'portnet', operatorType: 'importer', sections } as const;
  const warnings = fieldWarnings(dossier, banks);
  expect(warnings.get('company.cnss')).toBe('cnss_length');
  expect(warnings.get('singleWindowUsers.0.cin')).toBe('cin_short');
  expect(warnings.has('singleWindowUsers.1.cin')).toBe(false);
  expect(warnings.get('bankAccount.rib')).toBe('rib_key');
  const rib = '011780000000000000000053';
  const right = { ...dossier, sections: { ...sections, bankAccount: { bank: 'cih', rib } } };
  expect(fieldWarnings(right, banks).get('bankAccount.rib')).toBe('rib_bank');
  expect(fieldWarnings(right, []).has('bankAccount.rib')).toBe(false);
});

test("nothing of the bank is told where the form has none, and customs' numbers are compared with BADR's", () => {
  expect(
    fieldWarnings({ authority: 'portnet', operatorType: 'exporter', sections }, banks).has('bankAccount.rib'),
  ).toBe(false);
  expect(fieldWarnings({ authority: 'customs', operatorType: 'importer', sections }, banks).size).toBe(0);
});
