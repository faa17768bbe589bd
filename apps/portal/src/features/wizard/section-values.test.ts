import { companyFields } from '@rnoce/schemas/company';
import { managerFields } from '@rnoce/schemas/managers';
import { describe, expect, test } from 'vitest';
import { companyGroups, managerGroups } from './field-groups.ts';
import { registryDifferences } from './registry-differences.ts';
import { elementOf, fieldOfElement, judgeValues, warningsByField } from './section-issues.ts';
import {
  canonical,
  companyFormValues,
  managersFormValues,
  mergeSections,
  sectionOf,
} from './section-values.ts';

const context = {
  operatorType: 'importer',
  authorities: ['customs'],
  today: '2026-11-21',
  has: () => true,
} as const;

test('every field of the rule tables stands in one group', () => {
  expect(Object.values(companyGroups).flat().toSorted()).toEqual(Object.keys(companyFields).toSorted());
  expect(Object.values(managerGroups).flat().toSorted()).toEqual(Object.keys(managerFields).toSorted());
});

describe('a section from a form', () => {
  test('leaves out what this form must not have and what it does not show', () => {
    const section = sectionOf('company', context, {
      ...companyFormValues({ legalName: 'A', origin: 'lease', domiciledAt: 'B' }),
      cnss: '123',
      approvalNumber: 'X',
    });
    expect(section).not.toHaveProperty('cnss');
    expect(section).not.toHaveProperty('approvalNumber');
    expect(section).not.toHaveProperty('domiciledAt');
    expect(section).toMatchObject({ legalName: 'A', origin: 'lease', fax: null });
  });

  test('without managers shows one empty card, which says nothing to the server', () => {
    const typed = managersFormValues([]);
    expect(typed).toHaveLength(1);
    expect(canonical('managers', context, sectionOf('managers', context, typed))).toBe('[]');
  });

  test('going to the form and back changes nothing', () => {
    const company = {
      legalName: 'A',
      ice: '1',
      origin: 'domiciliation',
      domiciledAt: 'B',
      repeatedAddress: true,
    };
    const back = sectionOf('company', context, companyFormValues(company));
    expect(canonical('company', context, back)).toBe(canonical('company', context, company));
  });
});

describe('judgements and fields', () => {
  test('a company field is named as the form names it', () => {
    const { issues, warnings } = judgeValues('company', context, { ice: '001525713000072' });
    expect(issues.find(({ pointer }) => pointer === '/legalName')?.code).toBe('required');
    expect(warningsByField(warnings).get('ice')?.code).toBe('ice_check_digits');
  });

  test('a manager field carries its place in the list', () => {
    const twice = { idType: 'cin', idNumber: 'AE180358' };
    const { issues } = judgeValues('managers', context, [twice, { ...twice, idNumber: 'ae 180 358' }]);
    expect(issues).toContainEqual({ pointer: '/managers/1/idNumber', code: 'duplicate' });
  });

  test('an element of the whole form leads to the field of its step', () => {
    expect(fieldOfElement(elementOf('/company/ice'))).toBe('ice');
    expect(fieldOfElement(elementOf('/managers/0/lastName'))).toBe('managers.0.lastName');
    expect(fieldOfElement(elementOf('/documents/identity'))).toBe('documents.identity');
  });
});

describe('putting versions together', () => {
  const base = { legalName: 'A', acronym: 'B', phone: '0661767620' };

  test('each side may change its own fields; the way of writing is no change', () => {
    const merged = mergeSections('company', context, {
      base,
      mine: { ...base, legalName: 'AA' },
      theirs: { ...base, acronym: 'BB', phone: '+212 661 76 76 20' },
    });
    expect(merged).toMatchObject({ legalName: 'AA', acronym: 'BB' });
  });

  test('a field emptied here stays empty', () => {
    const mine = { ...base, acronym: '' };
    expect(
      mergeSections('company', context, { base, mine, theirs: { ...base, legalName: 'Z' } }),
    ).toMatchObject({
      legalName: 'Z',
      acronym: null,
    });
  });

  test('the same field changed on both sides has no answer', () => {
    const sides = { base, mine: { ...base, legalName: 'C' }, theirs: { ...base, legalName: 'D' } };
    expect(mergeSections('company', context, sides)).toBeUndefined();
  });

  test('managers are compared as a whole', () => {
    const [one, two] = [[{ lastName: 'A' }], [{ lastName: 'B' }]];
    expect(mergeSections('managers', context, { base: one, mine: one, theirs: two })).toEqual(two);
    expect(mergeSections('managers', context, { base: one, mine: two, theirs: one })).toEqual(two);
    expect(mergeSections('managers', context, { base: [], mine: one, theirs: two })).toBeUndefined();
  });
});

test('differences with BADR leave out accents, case and what either side has empty', () => {
  const declared = { legalName: 'Société Élan', acronym: 'SE', city: '0077', fax: null };
  const held = { legalName: 'SOCIETE  ELAN', acronym: 'SEL', phone: '+212661767620', fax: '+212522000000' };
  expect([...registryDifferences(context, declared, held)]).toEqual([['acronym', 'SEL']]);
  expect(registryDifferences(context, declared, undefined).size).toBe(0);
});
