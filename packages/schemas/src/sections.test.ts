import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompanyDraft, companyFields, origins } from './company.ts';
import type { FormContext } from './fields.ts';
import type { Issue } from './issues.ts';
import { idTypes, type ManagerDraft, managerFields } from './managers.ts';
import { operatorTypes } from './operator-types.ts';
import {
  forbiddenIssues,
  isListSection,
  judgeSection,
  type SectionsDraft,
  sectionRule,
  sections,
  tidySection,
} from './sections.ts';

const context: FormContext = {
  operatorType: 'importer',
  authorities: ['customs'],
  today: '2026-11-21',
  has: (list, code) => list !== 'banks' && ['81', '0077', '0141'].includes(code),
  ribCodes: () => [],
};
const company: CompanyDraft = {
  entityType: 'legal_person',
  operatorType: 'importer',
  ice: '001561191000066',
  rcNumber: '30009',
  taxId: '20782890',
  rcCentre: '81',
  legalName: 'Atlas Négoce SARL',
  startDate: '2023-08-02',
  acronym: 'ATN',
  tradeName: 'Atlas',
  mainActivity: '0141',
  actualActivity: 'Élevage de vaches laitières',
  address: '12, rue Oum Keltoum, Casablanca',
  city: '0077',
  origin: 'lease',
  phone: '0661767620',
  email: 'contact@atlas.example',
};
const manager: ManagerDraft = {
  lastName: 'Bennani',
  firstName: 'Salma',
  address: '3, avenue des FAR, Casablanca',
  birthDate: '1980-02-29',
  idType: 'cin',
  idNumber: 'ae 180358',
  idAddress: 'Casablanca',
  idExpiresOn: '2026-11-21',
};
const judge = (change: Partial<CompanyDraft>, within: Partial<FormContext> = {}) =>
  judgeSection('company', { ...context, ...within }, { ...company, ...change });
const codes = (issues: Issue[]) => issues.map(({ pointer, code }) => `${pointer} ${code}`);

describe('company', () => {
  it('takes a right form, normalised', () => {
    const { issues, warnings, value } = judge({
      ice: '001 561 191 000 066',
      email: ' Contact@Atlas.example ',
    });
    expect([issues, warnings]).toEqual([[], []]);
    expect(value).toMatchObject({
      ice: '001561191000066',
      phone: '+212661767620',
      email: 'contact@atlas.example',
    });
  });

  it('lists every wrong field at once', () => {
    const { issues } = judge({
      entityType: 'club',
      ice: '12345',
      rcNumber: 'A12',
      rcCentre: '99',
      legalName: '  ',
      startDate: '2026-11-22',
      phone: '00000000',
      email: 'contact@',
      acronym: 'x'.repeat(256),
    });
    expect(codes(issues)).toEqual([
      '/entityType not_in_list',
      '/ice exact_length',
      '/rcNumber digits_only',
      '/rcCentre not_in_list',
      '/legalName required',
      '/startDate date_in_future',
      '/acronym too_long',
      '/phone phone_invalid',
      '/email email_invalid',
    ]);
  });

  it('asks who lodges the company only when the origin is domiciliation, until a date to come', () => {
    expect(codes(judge({ origin: 'domiciliation' }).issues)).toEqual([
      '/domiciledAt required',
      '/domiciliationExpiresOn required',
    ]);
    expect(
      codes(
        judge({ origin: 'domiciliation', domiciledAt: 'Centre', domiciliationExpiresOn: '2026-11-21' })
          .issues,
      ),
    ).toEqual(['/domiciliationExpiresOn date_in_past']);
    expect(judge({ origin: 'lease', domiciledAt: 'Centre' }).value).not.toHaveProperty('domiciledAt');
  });

  it.each(operatorTypes)('asks the licence of a customs broker only: %s', (operatorType) => {
    const within = { operatorType };
    const expected = operatorType === 'customs_broker' ? [] : ['/approvalNumber forbidden'];
    expect(codes(judge({ operatorType, approvalNumber: 'AG-12' }, within).issues)).toEqual(expected);
    expect(codes(forbiddenIssues('company', { ...context, ...within }, { approvalNumber: 'AG-12' }))).toEqual(
      expected,
    );
    expect(codes(judge({ operatorType }, within).issues)).toEqual(
      operatorType === 'customs_broker' ? ['/approvalNumber required'] : [],
    );
  });

  it('has the fields of PortNet only with PortNet', () => {
    expect(codes(judge({ cnss: '1378', businessTax: '383888' }).issues)).toEqual([
      '/cnss forbidden',
      '/businessTax forbidden',
    ]);
    const joint = judge({ cnss: '1378', businessTax: '383888' }, { authorities: ['customs', 'portnet'] });
    expect(joint.issues).toEqual([]);
    expect(codes(joint.warnings as unknown as Issue[])).toEqual([
      '/cnss cnss_length',
      '/businessTax business_tax_length',
    ]);
    expect(codes(judge({}, { authorities: ['customs', 'portnet'] }).issues)).toEqual([
      '/businessTax required',
    ]);
  });

  it('doubts check digits and lengths without refusing them, as the guide does', () => {
    const { issues, warnings } = judge({ ice: '278802788027880', taxId: '33555' });
    expect(issues).toEqual([]);
    expect(codes(warnings as unknown as Issue[])).toEqual(['/ice ice_check_digits', '/taxId tax_id_length']);
  });
});

describe('managers', () => {
  const judgeManagers = (...managers: ManagerDraft[]) => judgeSection('managers', context, managers);

  it('takes a right manager whose card expires today', () => {
    const { issues, value } = judgeManagers(manager);
    expect(issues).toEqual([]);
    expect(value).toMatchObject([{ idNumber: 'AE180358' }]);
  });

  it('needs one at least', () => {
    expect(codes(judgeManagers().issues)).toEqual([' min_items']);
  });

  it('takes as many as BADR may hold of a company, and no more', () => {
    const many = Array.from({ length: 100 }, (_, n) => ({
      ...manager,
      idNumber: `AE${String(100_000 + n)}`,
    }));
    expect(judgeManagers(...many).issues).toEqual([]);
    expect(codes(judgeManagers(...many, manager).issues)).toEqual([' max_items']);
  });

  it('refuses the same identifier twice, however it is written', () => {
    expect(codes(judgeManagers(manager, { ...manager, idNumber: 'AE-180358' }).issues)).toEqual([
      '/1/idNumber duplicate',
    ]);
    expect(judgeManagers(manager, { ...manager, idType: 'passport' }).issues).toEqual([]);
  });

  it.each([
    [{ birthDate: '2026-11-21' }, '/0/birthDate date_in_future'],
    [{ birthDate: '1980-02-30' }, '/0/birthDate date_invalid'],
    [{ idExpiresOn: '2026-11-20' }, '/0/idExpiresOn date_in_past'],
    [{ idNumber: '180358' }, '/0/idNumber cin_invalid'],
    [{ idType: 'passport', idNumber: 'AB' }, '/0/idNumber identifier_invalid'],
    [{ idType: 'tribe' }, '/0/idType not_in_list'],
    [{ firstName: null }, '/0/firstName required'],
  ] as const)('refuses %j', (change, issue) => {
    expect(codes(judgeManagers({ ...manager, ...change }).issues)).toEqual([issue]);
  });
});

describe('tidying', () => {
  /** Anything that people type or paste into a field, with a bias for what nearly fits. */
  const typed = fc.oneof(
    fc.constantFrom(
      null,
      undefined,
      '',
      '  ',
      ' 0661 76.76-20 ',
      'ae 180.358',
      ' Contact@Atlas.Example ',
      '2030-01-01',
    ),
    fc.constantFrom('31/12/2026', '81', '0077', '0141', '278802788027880', ...origins, ...idTypes),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  const draftOf = (fields: object) =>
    fc.record(Object.fromEntries(Object.keys(fields).map((name) => [name, typed])), { requiredKeys: [] });
  const companies = fc
    .tuple(draftOf(companyFields), fc.option(fc.boolean(), { nil: undefined }))
    .map(([draft, repeatedAddress]) => ({ ...company, ...draft, repeatedAddress }));

  it('an identifier given twice is one, its type left out or emptied', () => {
    const { issues } = judgeSection('managers', context, [
      { idNumber: 'AE180358' },
      { idType: '', idNumber: 'ae 180358' },
    ]);
    expect(issues).toContainEqual({ pointer: '/1/idNumber', code: 'duplicate' });
  });

  it('changes no judgement, and nothing when done twice', () => {
    fc.assert(
      fc.property(companies, fc.array(draftOf(managerFields), { maxLength: 3 }), (draft, managers) => {
        const tidied = tidySection('company', context, draft);
        const others = forbiddenIssues('company', context, draft).map(({ pointer }) => pointer);
        const { issues, ...rest } = judgeSection('company', context, draft);
        expect(judgeSection('company', context, tidied)).toEqual({
          ...rest,
          issues: issues.filter(({ pointer }) => !others.includes(pointer)),
        });
        expect(tidySection('company', context, tidied)).toEqual(tidied);
        const tidiedManagers = tidySection('managers', context, managers);
        expect(judgeSection('managers', context, tidiedManagers)).toEqual(
          judgeSection('managers', context, managers),
        );
      }),
    );
  });

  const joint: FormContext = { ...context, authorities: ['customs', 'portnet'] };
  it.each(sections)('changes no judgement of anything typed in %s', (section) => {
    const keyed = fc
      .tuple(
        draftOf(sectionRule(section).fields),
        fc.option(fc.constantFrom('m-1', 'm-2'), { nil: undefined }),
      )
      .map(([fields, key]) => ({ ...fields, key }));
    const data = isListSection(section)
      ? fc.array(keyed, { maxLength: 3 })
      : draftOf(sectionRule(section).fields);
    const others = { managers: [{ key: '0077' }] };
    fc.assert(
      fc.property(data as fc.Arbitrary<SectionsDraft[typeof section]>, (draft) => {
        const tidied = tidySection(section, joint, draft);
        const forbidden = forbiddenIssues(section, joint, draft).map(({ pointer }) => pointer);
        const { issues, ...rest } = judgeSection(section, joint, draft, others);
        expect(judgeSection(section, joint, tidied, others)).toEqual({
          ...rest,
          issues: issues.filter(({ pointer }) => !forbidden.includes(pointer)),
        });
        expect(tidySection(section, joint, tidied)).toEqual(tidied);
      }),
    );
  });

  it('writes right values as the rules do, and leaves wrong ones as they were typed', () => {
    expect(
      tidySection('company', context, {
        ice: '0015 6119 1000 066',
        phone: '06.61.76.76.20',
        email: ' Contact@Atlas.Example',
        rcNumber: '30 009 bis',
        tradeName: ' ',
        domiciledAt: 'ailleurs',
      }),
    ).toEqual({
      ice: '001561191000066',
      phone: '+212661767620',
      email: 'contact@atlas.example',
      rcNumber: '30 009 bis',
    });
  });

  it('drops what is only for a domiciliation, unless it is one', () => {
    const domiciled = { origin: 'domiciliation', domiciledAt: 'Centre Atlas' };
    expect(tidySection('company', context, domiciled)).toEqual(domiciled);
    expect(tidySection('company', context, { ...domiciled, origin: 'lease' })).toEqual({ origin: 'lease' });
  });
});
