import { recordChanges } from '@rnoce/schemas/customs-request-rules';
import { expect, test } from 'vitest';
import { changePutBack, managerFieldPutBack, managerPutBack } from './put-back.ts';

const context = {
  operatorType: 'importer',
  authorities: ['customs'],
  today: '2026-11-22',
  has: () => true,
  ribCodes: () => [],
} as const;

const person = (key: string, lastName: string) => ({ key, lastName, idType: 'cin', idNumber: `AB${key}` });

const before = {
  company: {
    legalName: 'Atlas',
    origin: 'domiciliation',
    domiciledAt: 'Centre',
    domiciliationExpiresOn: '2027-01-01',
  },
  managers: [person('1', 'Un'), person('2', 'Deux'), person('3', 'Trois')],
};

test('whatever was changed, each change put back leaves one less, and all of them the record as it was', () => {
  const asked = {
    company: { legalName: 'Rif', origin: 'lease' },
    managers: [person('1', 'Autre'), person('3', 'Trois'), person('9', 'Neuf')],
  };
  let sections = asked as Parameters<typeof changePutBack>[2];
  let changes = recordChanges(before, sections, context);
  expect(changes.map(({ item }) => item)).toEqual([
    'company.legalName',
    'company.origin',
    'company.domiciledAt',
    'company.domiciliationExpiresOn',
    'managers.1',
    'managers.2',
    'managers.9',
  ]);
  for (let [first] = changes; first; [first] = changes) {
    const { section, data } = changePutBack(first, before, sections, context);
    sections = { ...sections, [section]: data };
    const left = recordChanges(before, sections, context);
    expect(left.length).toBeLessThan(changes.length);
    expect(left.map(({ item }) => item)).not.toContain(first.item);
    changes = left;
  }
  expect(sections.managers).toEqual(before.managers);
  expect(sections.company).toMatchObject(before.company);
});

test('an origin put back brings what goes with it', () => {
  const sections = { company: { ...before.company, origin: 'lease', domiciledAt: null }, managers: [] };
  expect(changePutBack({ item: 'company.origin' }, before, sections, context).data).toMatchObject(
    before.company,
  );
});

test('a manager who was taken out comes back at their place, one who was added goes', () => {
  const keys = (managers: readonly { key?: string | null | undefined }[]) => managers.map(({ key }) => key);
  expect(keys(managerPutBack('1', before.managers, [person('3', 'Trois')]))).toEqual(['1', '3']);
  expect(keys(managerPutBack('2', before.managers, [person('1', 'Un'), person('9', 'Neuf')]))).toEqual([
    '1',
    '2',
    '9',
  ]);
  expect(keys(managerPutBack('9', before.managers, [person('1', 'Un'), person('9', 'Neuf')]))).toEqual(['1']);
});

test('one field of a manager is put back alone', () => {
  const changed = [{ ...person('1', 'Autre'), firstName: 'Ali' }];
  expect(managerFieldPutBack('1', 'lastName', before.managers, changed)).toEqual([
    { ...person('1', 'Un'), firstName: 'Ali' },
  ]);
  expect(managerFieldPutBack('1', 'firstName', before.managers, changed)[0]?.firstName).toBeNull();
});
