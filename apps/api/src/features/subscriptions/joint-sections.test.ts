import { maxSingleWindowUsers, type Section, type Subscription } from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';
import { contact, manager, rib, singleWindowUser } from '../../testing/forms.ts';
import {
  completeCompany,
  fillDraft,
  newIdentifiers,
  type OperatorBrowser,
  openDraft,
  openJointDraft,
  operatorBrowser,
  saveSection,
} from '../../testing/subscriptions.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

type Saved = Pick<Subscription, 'progress' | 'version'>;
const read = async (browser: OperatorBrowser, { id }: Pick<Subscription, 'id'>) =>
  (await browser.call('GET', `/subscriptions/${id}`)).json<Subscription>();
const bankAccount = { bank: '007', rib, branchAddress: 'Rabat' };
const right = {
  company: {},
  managers: [manager],
  legalRepresentative: { manager: 'manager-1' },
  singleWindowUsers: [singleWindowUser],
  contacts: [contact],
  bankAccount,
} satisfies Record<Section, object>;
const portnetOnly = ['legalRepresentative', 'singleWindowUsers', 'contacts', 'bankAccount'] as const;

/** The issues and warnings of a section after it was saved in a new joint draft. */
async function saved(section: Section, body: object) {
  const browser = await operatorBrowser(test);
  const draft = await openJointDraft(browser);
  const answer = await saveSection(browser, draft, section, 1, body);
  expect(answer.statusCode).toBe(200);
  const { progress } = answer.json<Saved>();
  const ofSection = ({ pointer }: { pointer: string }) => pointer.startsWith(`/${section}`);
  const told = ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`;
  return {
    issues: progress.issues.filter(ofSection).map(told),
    warnings: progress.warnings.filter(ofSection).map(told),
  };
}

describe('a joint draft', () => {
  it('has one code, a filing per authority and the steps of both', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    expect(draft.authorities).toEqual(['customs', 'portnet']);
    expect(draft.filings.map(({ authority, status }) => [authority, status])).toEqual([
      ['customs', 'draft'],
      ['portnet', 'draft'],
    ]);
    expect(draft.progress.steps.map(({ step }) => step)).toEqual([
      'company',
      'managers',
      'legalRepresentative',
      'documents',
      'singleWindowUsers',
      'contacts',
      'bankAccount',
      'contract',
      'review',
    ]);
    expect(draft.contract).toBeNull();
    expect(draft.documents.at(-2)).toMatchObject({ document: 'contract', required: true, current: null });
  });

  it('lacks what PortNet asks until it is given', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    const codes = draft.progress.issues.map(({ pointer, code }) => `${pointer} ${code}`);
    for (const issue of [
      '/company/businessTax required',
      '/legalRepresentative/manager required',
      '/singleWindowUsers min_items',
      '/contacts min_items',
      '/bankAccount/rib required',
      '/documents/contract required',
    ])
      expect(codes).toContain(issue);
    expect(codes).not.toContain('/company/cnss required');
  });

  it('is complete once every section and document is', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    await fillDraft(test, browser, draft);
    const { progress, sections, contract } = await read(browser, draft);
    expect(progress.issues).toEqual([]);
    expect(progress.warnings).toEqual([]);
    expect(sections.bankAccount?.rib).toBe(rib);
    expect(contract).toMatchObject({ state: 'in_force', signed: { current: true, way: 'handwritten' } });
  });
});

describe('a section', () => {
  it.each(portnetOnly)('%s is refused in a form for customs alone', async (section) => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answer = await saveSection(browser, draft, section, 1, right[section]);
    expect(answer.json()).toMatchObject({
      status: 422,
      code: 'validation',
      errors: [{ pointer: '', code: 'forbidden' }],
    });
    expect((await read(browser, draft)).version).toBe(1);
  });

  it.each(['exporter', 'customs_broker', 'freight_forwarder'] as const)(
    'of the bank account is refused to a %s',
    async (operatorType) => {
      const browser = await operatorBrowser(test);
      const draft = await openJointDraft(browser, newIdentifiers(operatorType));
      const answer = await saveSection(browser, draft, 'bankAccount', 1, bankAccount);
      expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '', code: 'forbidden' }] });
    },
  );

  it.each([
    ['singleWindowUsers', Array.from({ length: 6 }, () => singleWindowUser), '', 'max_items'],
    ['contacts', Array.from({ length: 21 }, () => contact), '', 'max_items'],
    ['singleWindowUsers', [{ ...singleWindowUser, phone: '1' }], '/0/phone', 'unknown_field'],
    ['singleWindowUsers', [{ ...singleWindowUser, key: 'a b' }], '/0/key', 'invalid'],
    ['contacts', { ...contact }, '', 'invalid'],
    ['legalRepresentative', { manager: 'x'.repeat(41) }, '/manager', 'too_long'],
    ['bankAccount', { ...bankAccount, iban: 'MA64' }, '/iban', 'unknown_field'],
  ] as const)('%s refuses what it can not keep: %#', async (section, body, pointer, code) => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    const answer = await saveSection(browser, draft, section, 1, body);
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });

  it('tells the limit of users with its refusal', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    const answer = await saveSection(
      browser,
      draft,
      'singleWindowUsers',
      1,
      Array.from({ length: 6 }, () => singleWindowUser),
    );
    expect(answer.json()).toMatchObject({ errors: [{ params: { max: maxSingleWindowUsers } }] });
  });

  it.each(portnetOnly)('%s is kept for its owner, one tab at a time', async (section) => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    const answers = await Promise.all(
      [0, 1].map(() => saveSection(browser, draft, section, 1, right[section])),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([
      200, 412,
    ]);
    const late = answers.find(({ statusCode }) => statusCode === 412);
    expect(late?.json()).toMatchObject({ code: 'stale', params: { version: 2 } });
    const stranger = await operatorBrowser(test);
    expect((await saveSection(stranger, draft, section, 2, right[section])).statusCode).toBe(404);
    expect((await read(browser, draft)).sections[section]).toMatchObject(right[section]);
  });
});

describe('what is wrong or doubtful in a section', () => {
  const user = singleWindowUser;
  it.each([
    [[user, { ...user, cin: 'B2', email: ' ILYAS.Zeroual@atlas.example ' }], ['1/email duplicate']],
    [[{ ...user, idExpiresOn: '2020-01-01' }], ['0/idExpiresOn date_in_past']],
    [[{ ...user, cin: '12345' }], ['0/cin cin_invalid']],
    [[{ ...user, email: 'personne' }], ['0/email email_invalid']],
    [
      [{}],
      ['lastName', 'firstName', 'email', 'cin', 'idAddress', 'idExpiresOn'].map((n) => `0/${n} required`),
    ],
  ])('users: %#', async (body, issues) => {
    expect((await saved('singleWindowUsers', body)).issues).toEqual(
      issues.map((issue) => `/singleWindowUsers/${issue}`),
    );
  });

  it.each([
    [[{ ...contact, department: 'cantine' }], ['/contacts/0/department not_in_list']],
    [[contact, contact], []],
  ])('contacts: %#', async (body, issues) => {
    expect((await saved('contacts', body)).issues).toEqual(issues);
  });

  it.each([
    [{ rib: '737738833388892928374859' }, [], ['rib_key']],
    [{ rib: `011${rib.slice(3)}` }, [], ['rib_key']],
    [{ bank: '011' }, [], ['rib_bank']],
    [{ rib: `${rib.slice(0, 3)} ${rib.slice(3, 6)}-${rib.slice(6)}` }, [], []],
    [{ rib: rib.slice(1) }, ['/bankAccount/rib exact_length'], []],
    [{ rib: `${rib.slice(1)}X` }, ['/bankAccount/rib digits_only'], []],
    [{ bank: '999' }, ['/bankAccount/bank not_in_list'], []],
    [{ branchAddress: ' ' }, ['/bankAccount/branchAddress required'], []],
  ])('bank account: %j', async (change, issues, warnings) => {
    expect(await saved('bankAccount', { ...bankAccount, ...change })).toEqual({
      issues,
      warnings: warnings.map((code) => `/bankAccount/rib ${code}`),
    });
  });
});

describe('the legal representative', () => {
  const twoManagers = [
    { ...manager, key: 'un' },
    { ...manager, key: 'deux', firstName: 'Youssef', idNumber: 'BK517302' },
  ];

  async function chosen(key: string) {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    await saveSection(browser, draft, 'managers', 1, twoManagers);
    const answer = await saveSection(browser, draft, 'legalRepresentative', 2, { manager: key });
    return { browser, draft, issues: issuesOf(answer.json<Saved>()) };
  }
  const issuesOf = ({ progress }: Saved) =>
    progress.issues.filter(({ pointer }) => pointer.startsWith('/legalRepresentative'));
  const notAManager = [{ pointer: '/legalRepresentative/manager', code: 'not_a_manager' }];

  it('is one of the managers', async () => {
    expect((await chosen('deux')).issues).toEqual([]);
    expect((await chosen('trois')).issues).toEqual(notAManager);
  });

  it('stays the same person when the managers change places or what they say', async () => {
    const { browser, draft } = await chosen('deux');
    const [first, second] = twoManagers;
    const moved = [{ ...second, lastName: 'Idrissi', idNumber: 'BK517303' }, first];
    const answer = await saveSection(browser, draft, 'managers', 3, moved);
    expect(issuesOf(answer.json<Saved>())).toEqual([]);
    const { sections } = await read(browser, draft);
    expect(sections.legalRepresentative).toEqual({ manager: 'deux' });
    expect(sections.managers?.map(({ key, lastName }) => [key, lastName])).toEqual([
      ['deux', 'Idrissi'],
      ['un', 'Alaoui'],
    ]);
  });

  it('has to be chosen again once removed from the managers', async () => {
    const { browser, draft } = await chosen('deux');
    const answer = await saveSection(browser, draft, 'managers', 3, twoManagers.slice(0, 1));
    const { progress } = answer.json<Saved>();
    expect(issuesOf({ progress, version: 4 })).toEqual(notAManager);
    expect(progress.steps.find(({ step }) => step === 'legalRepresentative')).toMatchObject({ issues: 1 });
  });
});

describe('the keys of list items', () => {
  it('are given by the API when the form gives none, and kept by the next save without them', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    const other = { ...singleWindowUser, email: 'autre@atlas.example' };
    await saveSection(browser, draft, 'singleWindowUsers', 1, [singleWindowUser, other]);
    const first = (await read(browser, draft)).sections.singleWindowUsers?.map(({ key }) => key) ?? [];
    expect(new Set(first).size).toBe(2);
    await saveSection(browser, draft, 'singleWindowUsers', 2, [
      { ...other, lastName: 'Autre' },
      singleWindowUser,
    ]);
    const again = (await read(browser, draft)).sections.singleWindowUsers?.map(({ key }) => key);
    expect(again).toEqual(first.toReversed());
  });

  it('are never two alike', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    const twins = [
      { ...contact, key: 'le-meme' },
      { ...contact, key: 'le-meme', firstName: 'Omar' },
    ];
    await saveSection(browser, draft, 'contacts', 1, twins);
    const keys = (await read(browser, draft)).sections.contacts?.map(({ key }) => key) ?? [];
    expect(keys[0]).toBe('le-meme');
    expect(new Set(keys).size).toBe(2);
  });
});

describe('the signed contract', () => {
  async function signed() {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    return { browser, draft, version: await fillDraft(test, browser, draft) };
  }
  const outdated = { pointer: '/documents/contract', code: 'contract_outdated' };

  it('is outdated by the very save that changes what it says, and right again when it is put back', async () => {
    const { browser, draft, version } = await signed();
    const company = completeCompany(draft);
    const changed = await saveSection(browser, draft, 'company', version, {
      ...company,
      address: '99, rue Nouvelle, Rabat',
    });
    const { progress } = changed.json<Saved>();
    expect(progress.issues).toEqual([outdated]);
    expect(progress.steps.find(({ step }) => step === 'contract')).toMatchObject({ issues: 1 });
    expect(await read(browser, draft)).toMatchObject({
      contract: { state: 'void', signed: { current: false } },
      progress: { issues: [outdated] },
    });
    const refused = await browser.call('POST', `/subscriptions/${draft.id}/submission`, {
      version: version + 1,
      body: { acceptTerms: true },
    });
    expect(refused.json()).toMatchObject({ status: 422, errors: [outdated] });
    const back = await saveSection(browser, draft, 'company', version + 1, company);
    expect(back.json<Saved>().progress.issues).toEqual([]);
  });

  it.each([
    ['singleWindowUsers', [{ ...singleWindowUser, key: 'user-1', email: 'autre@atlas.example' }], true],
    ['bankAccount', { ...bankAccount, branchAddress: 'Salé' }, true],
    ['managers', [{ ...manager, key: 'manager-1', lastName: 'Autre' }], true],
    ['managers', [{ ...manager, key: 'manager-1', birthDate: '1979-01-01' }], false],
  ] as const)('follows what it says of %s: %#', async (section, body, isOutdated) => {
    const { browser, draft, version } = await signed();
    const answer = await saveSection(browser, draft, section, version, body);
    expect(answer.json<Saved>().progress.issues).toEqual(isOutdated ? [outdated] : []);
  });

  it('does not come in as a plain document', async () => {
    const { browser, draft } = await signed();
    const answer = await browser.call('PUT', `/subscriptions/${draft.id}/documents/contract`);
    expect(answer.json()).toMatchObject({ status: 422, code: 'document_forbidden' });
  });
});
