import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DocumentName, documentNames, documentsOf } from './documents.ts';
import { validate } from './issues.ts';
import { operatorTypeRules, operatorTypes } from './operator-types.ts';
import {
  CreateSubscriptionBody,
  DossierCode,
  dossierCode,
  judgeForm,
  SubmitSubscriptionBody,
  stepStates,
} from './subscriptions.ts';

const context = {
  operatorType: 'importer',
  authorities: ['customs'],
  today: '2026-11-21',
  has: () => true,
  ribCodes: () => [],
} as const;

describe('dossierCode', () => {
  it.each([
    ['2023-09-10', 'customs_broker', 1137, '10092023T00000001137'],
    ['2023-09-11', 'importer', 1138, '11092023I00000001138'],
    ['2026-11-21', 'exporter', 2001, '21112026EXP00000002001'],
    ['2026-11-21', 'freight_forwarder', 99_999_999_999, '21112026F99999999999'],
  ] as const)('%s %s %i', (date, type, sequence, code) => {
    expect(dossierCode(date, type, sequence)).toBe(code);
  });

  it('always has the form of a code, and never two alike', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...operatorTypes),
        fc.uniqueArray(fc.nat(1e9), { minLength: 2, maxLength: 20 }),
        (type, all) => {
          const codes = all.map((sequence) => dossierCode('2026-01-02', type, sequence));
          for (const code of codes) expect(DossierCode.safeParse(code).success).toBe(true);
          expect(new Set(codes).size).toBe(codes.length);
        },
      ),
    );
  });
});

describe('documentsOf (spec/registration.md, Documents)', () => {
  const everyone: DocumentName[] = [
    'identity',
    'operator_category',
    'articles',
    'trade_register',
    'power_of_attorney',
    'business_tax',
    'ice',
  ];
  it.each([
    ['importer', [...everyone, 'rib_certificate', 'tax_id', 'logo']],
    ['exporter', [...everyone, 'tax_id', 'logo']],
    ['customs_broker', [...everyone, 'tax_id', 'logo']],
    [
      'freight_forwarder',
      [...everyone, 'tax_id', 'ministry_authorisation', 'exchange_office_authorisation', 'logo'],
    ],
  ] as const)('%s', (operatorType, expected) => {
    const of = (entityType: 'legal_person' | 'natural_person') =>
      documentsOf({ operatorType, authorities: ['customs'], entityType });
    expect(of('legal_person')).toEqual(expected);
    expect(of('natural_person')).toEqual(expected.filter((document) => document !== 'articles'));
  });

  it('names in the rules of an operator type only documents that exist', () => {
    for (const type of operatorTypes) {
      for (const document of operatorTypeRules[type].documents) expect(documentNames).toContain(document);
    }
  });
});

describe('judgeForm', () => {
  it('tells missing, refused and forbidden documents by their place', () => {
    const { issues } = judgeForm({
      context,
      sections: { company: { entityType: 'natural_person' } },
      documents: [
        { document: 'identity', mustReplace: false },
        { document: 'ice', mustReplace: true },
        { document: 'articles', mustReplace: false },
        { document: 'ministry_authorisation', mustReplace: false },
      ],
    });
    const about = issues
      .filter(({ pointer }) => pointer.startsWith('/documents'))
      .map(({ pointer, code }) => `${pointer} ${code}`);
    expect(about).toEqual([
      '/documents/operator_category required',
      '/documents/trade_register required',
      '/documents/power_of_attorney required',
      '/documents/business_tax required',
      '/documents/ice not_replaced',
      '/documents/rib_certificate required',
      '/documents/tax_id required',
      '/documents/articles forbidden',
      '/documents/ministry_authorisation forbidden',
    ]);
  });

  it('counts what is missing by step', () => {
    const states = stepStates(
      context,
      [
        { pointer: '/company/ice', code: 'required' },
        { pointer: '/documents/ice', code: 'required' },
      ],
      'managers',
    );
    expect(states).toEqual([
      { step: 'company', issues: 1, state: 'todo' },
      { step: 'managers', issues: 0, state: 'current' },
      { step: 'documents', issues: 1, state: 'todo' },
      { step: 'review', issues: 0, state: 'todo' },
    ]);
  });
});

describe('CreateSubscriptionBody', () => {
  const identifiers = {
    email: 'a@b.ma',
    taxId: '1',
    ice: '001561191000066',
    rcNumber: '2',
    operatorType: 'importer',
    rcCentre: '81',
  };
  it.each([
    [['customs'], []],
    [['portnet'], ['/identifiers', '/authorities']],
    [['customs', 'portnet'], ['/authorities']],
  ])('update_only is for customs alone: %j', (authorities, pointers) => {
    const { issues } = validate(CreateSubscriptionBody, { authorities, purpose: 'update_only', identifiers });
    expect(issues.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it.each([
    [{}, ['/authorities required', '/identifiers required']],
    [{ authorities: ['douane'], purpose: 'x' }, ['/authorities/0', '/purpose', '/identifiers']],
    [{ authorities: ['portnet'], identifiers }, ['/identifiers forbidden']],
    [
      { authorities: ['customs'], identifiers: {} },
      Object.keys(identifiers).map((name) => `/identifiers/${name}`),
    ],
    [null, [' ']],
  ])('tells every wrong field at once: %j', (body, told) => {
    const { issues } = validate(CreateSubscriptionBody, body);
    const given = issues.map(({ pointer, code }) => `${pointer} ${code}`).toSorted();
    expect(given).toHaveLength(told.length);
    told.toSorted().forEach((start, index) => expect(given[index]).toContain(start));
  });
});

describe('the terms', () => {
  it.each([
    [{ acceptTerms: true }, []],
    [{ acceptTerms: false }, [{ pointer: '/acceptTerms', code: 'must_accept' }]],
    [{}, [{ pointer: '/acceptTerms', code: 'required' }]],
  ])('%o', (body, issues) => {
    expect(validate(SubmitSubscriptionBody, body).issues).toEqual(issues);
  });
});

describe('the authorities of a new subscription', () => {
  const { issues } = validate(CreateSubscriptionBody, { authorities: ['customs', 'portnet', 'customs'] });

  it('are named once each', () => {
    expect(issues.map(({ pointer }) => pointer)).toContain('/authorities');
    expect(validate(CreateSubscriptionBody, { authorities: ['customs', 'customs'] }).issues).toContainEqual({
      pointer: '/authorities/1',
      code: 'duplicate',
    });
  });
});
