import { describe, expect, it } from 'vitest';
import { companyFields } from './company.ts';
import { documentNames, documentsOf, isPlainDocument } from './documents.ts';
import type { FormContext } from './fields.ts';
import { type Authority, type EntityType, type OperatorType, operatorTypes } from './operator-types.ts';
import {
  draftSchemas,
  forbiddenIssues,
  isListSection,
  partOf,
  type SectionsDraft,
  sections,
  sectionsOf,
  shownFields,
  viewSections,
} from './sections.ts';
import { judgeForm, stepStates, steps, stepsOf } from './subscriptions.ts';

/**
 * What each form has, written out (spec/registration.md, Steps by authority, Company, Documents). Columns: importer, exporter, customs
 * broker, freight forwarder; in each, customs alone, customs and PortNet, PortNet alone. x: has it.
 */
const columns: readonly (readonly [OperatorType, readonly Authority[]])[] = [
  ['importer', ['customs']],
  ['importer', ['customs', 'portnet']],
  ['importer', ['portnet']],
  ['exporter', ['customs']],
  ['exporter', ['customs', 'portnet']],
  ['exporter', ['portnet']],
  ['customs_broker', ['customs']],
  ['customs_broker', ['customs', 'portnet']],
  ['customs_broker', ['portnet']],
  ['freight_forwarder', ['customs']],
  ['freight_forwarder', ['customs', 'portnet']],
  ['freight_forwarder', ['portnet']],
];
type Table = Readonly<Record<string, string>>;

const stepTable: Table = {
  company: /*             */ 'xxx xxx xxx xxx',
  managers: /*            */ 'xxx xxx xxx xxx',
  legalRepresentative: /* */ '.xx .xx .xx .xx',
  documents: /*           */ 'xxx xxx xxx xxx',
  singleWindowUsers: /*   */ '.xx .xx .xx .xx',
  contacts: /*            */ '.xx .xx .xx .xx',
  bankAccount: /*         */ '.xx ... ... ...',
  contract: /*            */ '.xx .xx .xx .xx',
  review: /*              */ 'xxx xxx xxx xxx',
};

const sectionTable: Table = {
  company: /*             */ 'xxx xxx xxx xxx',
  managers: /*            */ 'xxx xxx xxx xxx',
  legalRepresentative: /* */ '.xx .xx .xx .xx',
  singleWindowUsers: /*   */ '.xx .xx .xx .xx',
  contacts: /*            */ '.xx .xx .xx .xx',
  bankAccount: /*         */ '.xx ... ... ...',
};

const legalPersonTable: Table = {
  identity: /*                      */ 'xxx xxx xxx xxx',
  operator_category: /*             */ 'xxx xxx xxx xxx',
  articles: /*                      */ 'xxx xxx xxx xxx',
  trade_register: /*                */ 'xxx xxx xxx xxx',
  power_of_attorney: /*             */ 'xxx xxx xxx xxx',
  business_tax: /*                  */ 'xxx xxx xxx xxx',
  ice: /*                           */ 'xxx xxx xxx xxx',
  rib_certificate: /*               */ 'xxx ... ... ...',
  tax_id: /*                        */ 'xxx xxx xxx xxx',
  ministry_authorisation: /*        */ '... ... ... xxx',
  exchange_office_authorisation: /* */ '... ... ... xxx',
  contract: /*                      */ '.xx .xx .xx .xx',
  logo: /*                          */ 'xxx xxx xxx xxx',
};
const documentTables: Readonly<Record<EntityType, Table>> = {
  legal_person: legalPersonTable,
  natural_person: { ...legalPersonTable, articles: '... ... ... ...' },
};
/** Given when it exists, never asked for. */
const optional = ['logo'];

const everyone = 'xxx xxx xxx xxx';
const companyTable: Table = {
  entityType: everyone,
  operatorType: everyone,
  ice: everyone,
  rcNumber: everyone,
  taxId: everyone,
  rcCentre: everyone,
  legalName: everyone,
  startDate: everyone,
  acronym: everyone,
  tradeName: everyone,
  approvalNumber: '... ... xxx ...',
  mainActivity: everyone,
  actualActivity: everyone,
  cnss: '.xx .xx .xx .xx',
  businessTax: '.xx .xx .xx .xx',
  address: everyone,
  city: everyone,
  repeatedAddress: everyone,
  origin: everyone,
  domiciledAt: everyone,
  domiciliationExpiresOn: everyone,
  phone: everyone,
  fax: everyone,
  email: everyone,
};

/** The rows marked in a column of a table, in its order. */
const marked = (table: Table, column: number): string[] =>
  Object.entries(table)
    .filter(([, marks]) => marks.replaceAll(' ', '')[column] === 'x')
    .map(([name]) => name);

const contextOf = (operatorType: OperatorType, authorities: readonly Authority[]): FormContext => ({
  operatorType,
  authorities,
  today: '2026-11-22',
  has: () => true,
  ribCodes: () => [],
});

/** Something in every field of every section: more than any form may have. */
const overfull: SectionsDraft = {
  company: Object.fromEntries(Object.keys(companyFields).map((name) => [name, name])),
  managers: [{ key: 'm', lastName: 'M' }],
  legalRepresentative: { manager: 'm' },
  singleWindowUsers: [{ key: 'u', lastName: 'U' }],
  contacts: [{ key: 'c', lastName: 'C' }],
  bankAccount: { bank: '007' },
};

/** No form asks for them: `customs-request-rules.test.ts`. */
const operationDocuments = ['name_change_decision', 'liquidation_evidence', 'restoration_request', 'minutes'];

it('the tables leave out nothing and nobody', () => {
  expect(Object.keys(stepTable)).toEqual(steps);
  expect(Object.keys(sectionTable)).toEqual(sections);
  expect(Object.keys(sectionTable)).toEqual(Object.keys(draftSchemas));
  expect([...Object.keys(legalPersonTable), ...operationDocuments].toSorted()).toEqual(
    documentNames.toSorted(),
  );
  expect(Object.keys(companyTable)).toEqual(Object.keys(companyFields));
  expect([...new Set(columns.map(([type]) => type))]).toEqual(operatorTypes);
  for (const table of [stepTable, sectionTable, ...Object.values(documentTables), companyTable])
    for (const marks of Object.values(table)) expect(marks).toMatch(/^([.x]{3} ){3}[.x]{3}$/);
});

describe.each(columns.map(([type, authorities], column) => ({ type, authorities, column })))(
  'the form of an $type for $authorities',
  ({ type, authorities, column }) => {
    const context = contextOf(type, authorities);
    const ownSections = marked(sectionTable, column);

    it('has its steps, each judged at its place', () => {
      expect(stepsOf(context)).toEqual(marked(stepTable, column));
      expect(stepStates(context, [], 'review').map(({ step }) => step)).toEqual(marked(stepTable, column));
    });

    it('has its sections; another one is refused', () => {
      expect(sectionsOf(context)).toEqual(ownSections);
      for (const section of sections) {
        const refusals = forbiddenIssues(section, context, isListSection(section) ? [] : {});
        expect(refusals).toEqual(ownSections.includes(section) ? [] : [{ pointer: '', code: 'forbidden' }]);
      }
    });

    it('has its fields of the company; a value in another one is refused', () => {
      const own = marked(companyTable, column);
      const shown = shownFields(companyFields, context, { origin: 'domiciliation' });
      expect(shown).toEqual(own);
      expect(forbiddenIssues('company', context, overfull.company).map(({ pointer }) => pointer)).toEqual(
        Object.keys(companyTable)
          .filter((field) => !own.includes(field))
          .map((field) => `/${field}`),
      );
    });

    it('is shown and sent whole, and nothing more', () => {
      const view = viewSections(overfull, context);
      expect(Object.entries(view).flatMap(([name, data]) => (data === null ? [] : [name]))).toEqual(
        ownSections,
      );
      const part = partOf(overfull, context);
      expect(Object.keys(part)).toEqual(ownSections);
      expect(Object.keys(part.company ?? {})).toEqual(marked(companyTable, column));
    });

    it('lacks each of its sections and required documents while it is empty', () => {
      const { issues } = judgeForm({ context, sections: {}, documents: [] });
      const parts = issues.map(({ pointer }) => pointer.split('/')[1]);
      expect([...new Set(parts)]).toEqual([...ownSections, 'documents']);
      const missing = issues.flatMap(({ pointer }) => /^\/documents\/(.+)/.exec(pointer)?.[1] ?? []);
      expect(missing).toEqual(
        marked(documentTables.legal_person, column).filter((name) => !optional.includes(name)),
      );
    });

    it.each(['legal_person', 'natural_person'] as const)(
      'has the documents of a %s, and no other',
      (entityType) => {
        const own = marked(documentTables[entityType], column);
        expect(documentsOf({ operatorType: type, authorities, entityType })).toEqual(own);
        const { issues } = judgeForm({
          context,
          sections: { company: { entityType } },
          documents: documentNames.map((document) => ({ document, mustReplace: false })),
        });
        expect(issues.filter(({ pointer }) => pointer.startsWith('/documents/'))).toEqual(
          documentNames
            .filter((document) => !own.includes(document))
            .map((document) => ({ pointer: `/documents/${document}`, code: 'forbidden' })),
        );
      },
    );
  },
);

it('only the signed contract and what operations ask for are given elsewhere than at « Documents »', () => {
  expect(documentNames.filter((document) => !isPlainDocument(document))).toEqual([
    'contract',
    ...operationDocuments,
  ]);
});

describe('a form of two authorities of which one has it back', () => {
  const context = contextOf('importer', ['customs', 'portnet']);
  const pointersFor = (...open: Authority[]) =>
    new Set(
      judgeForm({ context, sections: { company: { cnss: 'x' } }, documents: [], open }).issues.map(
        ({ pointer }) => pointer,
      ),
    );

  it('is judged for that one alone', () => {
    const both = pointersFor('customs', 'portnet');
    const customs = pointersFor('customs');
    expect([...both].filter((pointer) => !customs.has(pointer))).toEqual([
      '/company/cnss',
      '/company/businessTax',
      '/legalRepresentative/manager',
      '/singleWindowUsers',
      '/contacts',
      '/bankAccount/bank',
      '/bankAccount/rib',
      '/bankAccount/branchAddress',
      '/documents/contract',
    ]);
    expect(pointersFor('portnet')).toEqual(both);
  });

  it('still refuses what nobody may have', () => {
    const { issues } = judgeForm({
      context,
      sections: { company: { entityType: 'natural_person', approvalNumber: 'AGR' } },
      documents: [{ document: 'articles', mustReplace: false }],
      open: ['customs'],
    });
    expect(issues).toContainEqual({ pointer: '/company/approvalNumber', code: 'forbidden' });
    expect(issues).toContainEqual({ pointer: '/documents/articles', code: 'forbidden' });
  });
});
