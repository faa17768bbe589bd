import { describe, expect, it } from 'vitest';
import { addMonths, casablancaDate } from './casablanca-time.ts';
import type { CompanyDraft } from './company.ts';
import type { CustomsRequestType } from './customs-account.ts';
import {
  judgeRequest,
  type RequestForm,
  recordChanges,
  requestDocuments,
  requestMayHave,
  type UpdatedSections,
} from './customs-request-rules.ts';
import { documentNames } from './documents.ts';
import type { FormContext } from './fields.ts';
import type { ManagerDraft } from './managers.ts';

const context: FormContext = {
  operatorType: 'importer',
  authorities: ['customs'],
  today: '2026-11-22',
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
  actualActivity: 'Négoce',
  address: '12, rue Oum Keltoum, Casablanca',
  city: '0077',
  origin: 'lease',
  phone: '+212522000000',
  email: 'contact@atlas.example',
};
const manager: ManagerDraft = {
  key: 'one',
  lastName: 'Zeroual',
  firstName: 'Ilyas',
  address: 'Casablanca',
  birthDate: '1979-04-12',
  idType: 'cin',
  idNumber: 'AE180358',
  idAddress: 'Casablanca',
  idExpiresOn: '2031-08-23',
};
const held: UpdatedSections = { company, managers: [manager] };
const asked = (changes: CompanyDraft): UpdatedSections => ({ ...held, company: { ...company, ...changes } });

const form = (type: CustomsRequestType, given: Partial<RequestForm> = {}): RequestForm => ({
  type,
  context,
  details: {},
  before: type === 'update' ? held : {},
  sections: type === 'update' ? held : {},
  documents: [],
  ...given,
});
const issuesOf = (given: RequestForm) =>
  judgeRequest(given).issues.map(({ pointer, code }) => `${pointer} ${code}`);
const judgedOn = (today: string, tradeRegisterDate: string) =>
  issuesOf(form('update', { context: { ...context, today }, details: { tradeRegisterDate } })).filter(
    (issue) => issue.startsWith('/details'),
  );

describe('three months', () => {
  it.each([
    { dated: '2026-08-22', until: '2026-11-22' },
    { dated: '2026-08-31', until: '2026-11-30' },
    { dated: '2026-11-30', until: '2027-02-28' },
    { dated: '2027-11-30', until: '2028-02-29' },
    { dated: '2027-11-29', until: '2028-02-29' },
    { dated: '2026-11-28', until: '2027-02-28' },
    { dated: '2026-10-31', until: '2027-01-31' },
    { dated: '2026-02-28', until: '2026-05-28' },
    { dated: '2026-12-31', until: '2027-03-31' },
  ])('a Modèle J of $dated is taken until $until', ({ dated, until }) => {
    expect(addMonths(dated, 3)).toBe(until);
    expect(judgedOn(until, dated)).toEqual([]);
    const dayAfter = new Date(Date.parse(until) + 86_400_000).toISOString().slice(0, 10);
    expect(judgedOn(dayAfter, dated)).toEqual(['/details/tradeRegisterDate date_too_old']);
  });

  it('is dated in the past, or today', () => {
    expect(judgedOn('2026-11-22', '2026-11-22')).toEqual([]);
    expect(judgedOn('2026-11-22', '2026-11-23')).toEqual(['/details/tradeRegisterDate date_in_future']);
    expect(judgedOn('2026-11-22', '2026-11-31')).toEqual(['/details/tradeRegisterDate date_invalid']);
  });

  it('end with the day in Morocco, whose clocks may be ahead of UTC', () => {
    const lastMinute = casablancaDate(new Date('2026-08-01T22:59:59Z'));
    const midnight = casablancaDate(new Date('2026-08-01T23:00:00Z'));
    expect(judgedOn(lastMinute, '2026-05-01')).toEqual([]);
    expect(judgedOn(midnight, '2026-05-01')).toEqual(['/details/tradeRegisterDate date_too_old']);
    expect(judgedOn(midnight, '2026-08-02')).toEqual([]);
    expect(judgedOn(lastMinute, '2026-08-02')).toEqual(['/details/tradeRegisterDate date_in_future']);
  });
});

describe('an update', () => {
  const details = { tradeRegisterDate: '2026-11-01' };
  const documents = [{ document: 'trade_register', mustReplace: false }] as const;

  it('is complete with a change, the Modèle J and its date', () => {
    const sections = asked({ address: '4, rue Neuve' });
    expect(issuesOf(form('update', { details, documents, sections }))).toEqual([]);
    expect(issuesOf(form('update', { details, documents }))).toEqual([' nothing_changed']);
  });

  it('asks a customs broker for the decision of the ADII when the raison sociale changes, and nobody else', () => {
    const sections = asked({ legalName: 'Atlas Transit SARL' });
    const broker = { ...context, operatorType: 'customs_broker' } as const;
    expect(requestDocuments(form('update', { sections }))).toEqual(['trade_register']);
    expect(requestDocuments(form('update', { context: broker, sections }))).toEqual([
      'trade_register',
      'name_change_decision',
    ]);
    const spaced = asked({ legalName: ' Atlas Négoce SARL ' });
    expect(requestDocuments(form('update', { context: broker, sections: spaced }))).toEqual([
      'trade_register',
    ]);
  });

  it('never changes by what BADR knows the account', () => {
    const sections = asked({ ice: '001508632000068' });
    expect(issuesOf(form('update', { details, documents, sections }))).toEqual([
      '/company/ice differs_from_registry',
    ]);
  });

  it('judges every section by the rules of the form', () => {
    const sections = { ...asked({ city: 'x', origin: 'domiciliation' }), managers: [] };
    expect(issuesOf(form('update', { details, documents, sections }))).toEqual([
      '/company/city not_in_list',
      '/company/domiciledAt required',
      '/company/domiciliationExpiresOn required',
      '/managers min_items',
    ]);
  });

  it('asks again for a document in which a threat was found', () => {
    const sections = asked({ address: '4, rue Neuve' });
    const infected = [{ document: 'trade_register', mustReplace: true }] as const;
    expect(issuesOf(form('update', { details, documents: infected, sections }))).toEqual([
      '/documents/trade_register not_replaced',
    ]);
  });
});

describe('a cancellation', () => {
  const comment = 'Cessation';

  it.each([
    { ground: 'liquidation', evidence: 'liquidation_evidence' },
    { ground: 'striking_off', evidence: 'trade_register' },
  ] as const)('for $ground asks for $evidence', ({ ground, evidence }) => {
    const details = { ground, comment };
    expect(issuesOf(form('cancellation', { details }))).toEqual([`/documents/${evidence} required`]);
    const documents = [{ document: evidence, mustReplace: false }];
    expect(issuesOf(form('cancellation', { details, documents }))).toEqual([]);
  });

  it('needs its motif and its comment', () => {
    expect(issuesOf(form('cancellation'))).toEqual(['/details/ground required', '/details/comment required']);
    expect(issuesOf(form('cancellation', { details: { ground: 'other', comment } }))).toEqual([
      '/details/ground not_in_list',
    ]);
  });
});

describe('a restoration', () => {
  const motive = 'Reprise';

  it('asks for the handwritten request, and a fresh Modèle J or the minutes', () => {
    const byRegister = { evidence: 'trade_register', tradeRegisterDate: '2026-11-01', motive };
    expect(issuesOf(form('restoration', { details: byRegister }))).toEqual([
      '/documents/restoration_request required',
      '/documents/trade_register required',
    ]);
    expect(issuesOf(form('restoration', { details: { evidence: 'minutes', motive } }))).toEqual([
      '/documents/restoration_request required',
      '/documents/minutes required',
    ]);
    expect(issuesOf(form('restoration', { details: { evidence: 'trade_register', motive } }))).toContain(
      '/details/tradeRegisterDate required',
    );
  });

  it('needs what shows the manager, and its motif', () => {
    expect(issuesOf(form('restoration'))).toEqual([
      '/details/evidence required',
      '/details/motive required',
      '/documents/restoration_request required',
    ]);
  });
});

describe('the documents that a draft may hold', () => {
  it.each([
    { type: 'update', operatorType: 'importer', has: ['trade_register'] },
    { type: 'update', operatorType: 'customs_broker', has: ['trade_register', 'name_change_decision'] },
    { type: 'cancellation', operatorType: 'importer', has: ['trade_register', 'liquidation_evidence'] },
    {
      type: 'restoration',
      operatorType: 'importer',
      has: ['trade_register', 'restoration_request', 'minutes'],
    },
  ] as const)('of $operatorType, $type: $has', ({ type, operatorType, has }) => {
    const may = documentNames.filter((document) => requestMayHave({ type, operatorType }, document));
    expect(new Set<string>(may)).toEqual(new Set<string>(has));
  });
});

describe('the changes of an update', () => {
  const changes = (before: UpdatedSections, sections: UpdatedSections) =>
    recordChanges(before, sections, context);

  it('are the fields that say something else, in the order of the form', () => {
    expect(
      changes(held, asked({ phone: '+212522000001', legalName: 'Atlas', fax: '+212522000002' })),
    ).toEqual([
      { item: 'company.legalName', kind: 'changed', before: 'Atlas Négoce SARL', asked: 'Atlas' },
      { item: 'company.phone', kind: 'changed', before: '+212522000000', asked: '+212522000001' },
      { item: 'company.fax', kind: 'added', before: null, asked: '+212522000002' },
    ]);
    expect(changes(asked({ fax: '+212522000002' }), held)).toMatchObject([
      { item: 'company.fax', kind: 'removed', asked: null },
    ]);
  });

  it('leave out what is only written otherwise, hidden, or not of the record', () => {
    expect(changes(held, asked({ legalName: 'Atlas Négoce SARL ', fax: null, acronym: 'ATN' }))).toEqual([]);
    expect(changes(held, asked({ domiciledAt: 'Chez soi' }))).toEqual([]);
    expect(changes(held, asked({ approvalNumber: 'AGR-1', cnss: '1234567' }))).toEqual([]);
    expect(changes(held, asked({ repeatedAddress: true }))).toEqual([]);
  });

  it('tell managers apart by their keys: changed, removed, added', () => {
    const two = { ...manager, key: 'two', idNumber: 'B12345' };
    const three = { ...manager, key: 'three', idNumber: 'C12345' };
    const before = { ...held, managers: [manager, two] };
    const moved = { ...manager, address: 'Rabat' };
    expect(changes(before, { ...held, managers: [three, moved] })).toEqual([
      { item: 'managers.one', kind: 'changed', before: manager, asked: moved },
      { item: 'managers.two', kind: 'removed', before: two, asked: null },
      { item: 'managers.three', kind: 'added', before: null, asked: three },
    ]);
    expect(changes(before, { ...held, managers: [two, manager] })).toEqual([]);
  });
});
