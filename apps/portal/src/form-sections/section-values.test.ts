import { sectionRules, sections } from '@rnoce/schemas/sections';
import { describe, expect, test } from 'vitest';
import { registryDifferences } from '../features/wizard/registry-differences.ts';
import { groupsOf } from './field-groups.ts';
import { elementOf, fieldOfElement, judgeValues, repeatedItems, warningsByField } from './section-issues.ts';
import {
  canonical,
  completeSections,
  formValues,
  itemsOf,
  mergeSections,
  sectionOf,
  typedOf,
} from './section-values.ts';

const context = {
  operatorType: 'importer',
  authorities: ['customs'],
  today: '2026-11-21',
  has: () => true,
  ribCodes: () => [],
} as const;

const joint = { ...context, authorities: ['customs', 'portnet'] } as const;

test.each(sections)('every field of %s stands in one group', (section) => {
  expect(
    groupsOf(section)
      .flatMap(([, fields]) => fields)
      .toSorted(),
  ).toEqual(Object.keys(sectionRules[section].fields).toSorted());
});

describe('a section from a form', () => {
  test('leaves out what this form must not have and what it does not show', () => {
    const section = sectionOf('company', context, {
      ...formValues('company', { legalName: 'A', origin: 'lease', domiciledAt: 'B' }),
      cnss: '123',
      approvalNumber: 'X',
    });
    expect(section).not.toHaveProperty('cnss');
    expect(section).not.toHaveProperty('approvalNumber');
    expect(section).not.toHaveProperty('domiciledAt');
    expect(section).toMatchObject({ legalName: 'A', origin: 'lease', fax: null });
  });

  test.each(['managers', 'singleWindowUsers', 'contacts'] as const)(
    'without any of %s shows one empty card, which says nothing to the server',
    (section) => {
      const values = formValues(section, []);
      expect(itemsOf(section, values)).toHaveLength(1);
      const data = sectionOf(section, joint, typedOf(section, values));
      expect(canonical(section, joint, data)).toBe('[]');
    },
  );

  test('keeps the key of each item; one kept without is told by its place', () => {
    const { managers } = completeSections({ managers: [{ key: 'a', lastName: 'A' }, { lastName: 'B' }] });
    expect(managers.map(({ key }) => key)).toEqual(['a', 'item-2']);
    const back = sectionOf('managers', context, typedOf('managers', formValues('managers', managers)));
    expect(back.map(({ key }) => key)).toEqual(['a', 'item-2']);
    expect(canonical('managers', context, back)).toBe(
      canonical('managers', context, [{ key: 'a', lastName: ' A ' }, { lastName: 'B' }]),
    );
  });

  test('a card that goes away while a field of it is left leaves no item behind', () => {
    expect(typedOf('managers', { managers: [{ lastName: 'A' }, { key: 'b' }] })).toEqual([{ key: 'b' }]);
  });

  test('going to the form and back changes nothing', () => {
    const company = {
      legalName: 'A',
      ice: '1',
      origin: 'domiciliation',
      domiciledAt: 'B',
      repeatedAddress: true,
    };
    const back = sectionOf('company', context, typedOf('company', formValues('company', company)));
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
    expect(fieldOfElement('legalRepresentative.manager')).toBe('manager');
    expect(fieldOfElement('singleWindowUsers.0')).toBe('singleWindowUsers.0');
  });

  test('the legal representative is judged with the managers', () => {
    const managers = [{ key: 'a', lastName: 'A' }];
    const judge = (manager: string) =>
      judgeValues('legalRepresentative', joint, { manager }, { managers }).issues;
    expect(judge('a')).toEqual([]);
    expect(judge('b')).toEqual([{ pointer: '/manager', code: 'not_a_manager' }]);
  });

  test('who says what another says is told at both', () => {
    const users = [{ email: 'a@a.ma' }, { email: '' }, { email: ' A@a.ma' }, {}];
    expect(repeatedItems('singleWindowUsers', users)).toEqual([[2], [], [0], []]);
    expect(repeatedItems('contacts', users)).toEqual([[], [], [], []]);
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

  describe('of a list, item by item', () => {
    const [a, b, c] = [
      { key: 'a', lastName: 'A', firstName: 'A' },
      { key: 'b', lastName: 'B' },
      { key: 'c', lastName: 'C' },
    ];
    const merge = (before: object[], mine: object[], theirs: object[]) =>
      mergeSections('managers', context, { base: before, mine, theirs });
    const keysOf = (merged: ReturnType<typeof merge>) =>
      (merged as { key: string }[] | undefined)?.map(({ key }) => key);

    test('each side may change its own, add and take out', () => {
      expect(keysOf(merge([a, b], [a, b, c], [a]))).toEqual(['a', 'c']);
      expect(keysOf(merge([a], [a, b], [a, c]))).toEqual(['a', 'c', 'b']);
      expect(merge([a], [{ ...a, lastName: 'AA' }], [{ ...a, firstName: 'AAA' }])).toMatchObject([
        { key: 'a', lastName: 'AA', firstName: 'AAA' },
      ]);
    });

    test('the same field changed on both sides, or an item changed here and taken out there, has no answer', () => {
      expect(merge([a], [{ ...a, lastName: 'X' }], [{ ...a, lastName: 'Y' }])).toBeUndefined();
      expect(merge([a, b], [a, { ...b, lastName: 'X' }], [a])).toBeUndefined();
      expect(merge([], [{ lastName: 'A' }], [{ lastName: 'B' }])).toBeUndefined();
    });

    test('more than a list may hold waits for the person', () => {
      const users = (start: number) =>
        [1, 2, 3].map((place) => ({ key: `${start + place}`, lastName: `${start + place}` }));
      const versions = { base: [], mine: users(0), theirs: users(10) };
      expect(mergeSections('singleWindowUsers', joint, versions)).toBeUndefined();
      expect(mergeSections('contacts', joint, versions)).toHaveLength(6);
    });
  });
});

test('differences with BADR leave out accents, case and what either side has empty', () => {
  const declared = { legalName: 'Société Élan', acronym: 'SE', city: '0077', fax: null };
  const held = { legalName: 'SOCIETE  ELAN', acronym: 'SEL', phone: '+212661767620', fax: '+212522000000' };
  expect([...registryDifferences(context, declared, held)]).toEqual([['acronym', 'SEL']]);
  expect(registryDifferences(context, declared, undefined).size).toBe(0);
});
