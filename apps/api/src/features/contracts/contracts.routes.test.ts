import { createHash } from 'node:crypto';
import {
  type ContractCheck,
  type ContractView,
  checkContract,
  getContract,
  getFilingContract,
  issueContract,
  type Problem,
  putSignedContract,
  type Subscription,
} from '@rnoce/schemas';
import { count, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { contracts } from '../../db/schema/contracts.ts';
import { strayFiles } from '../../db/schema/documents.ts';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { completeDraft, contractPath, download, issue, issuedDraft } from '../../testing/contracts.ts';
import { contact, manager, singleWindowUser } from '../../testing/forms.ts';
import {
  newIdentifiers,
  openDraft,
  openJointDraft,
  operatorBrowser,
  saveSection,
} from '../../testing/subscriptions.ts';

let test: TestApp;
const owned = { id: '' };
const unknownCode = '7QKD-0M4X-9R2B-VZ8N-1HTE-5SCA-3JWG';
beforeAll(async () => {
  test = await testApp();
  const { draft } = await issuedDraft(test);
  owned.id = draft.id;
});

const toOwner = { params: owned, anonymous: 401, agent: 401, operator: 404 };
testAccess(
  () => test,
  [
    { route: issueContract, ...toOwner },
    { route: getContract, ...toOwner },
    { route: putSignedContract, ...toOwner, query: { way: 'electronic' } },
    // A customs agent: PortNet's contract isn't there for them.
    { route: getFilingContract, params: owned, anonymous: 401, operator: 401, agent: 404 },
    // Anybody is let in, and this code is on no contract.
    { route: checkContract, params: { code: unknownCode }, anonymous: 404, operator: 404, agent: 404 },
  ],
);

const rowsOf = ({ id }: Pick<Subscription, 'id'>) =>
  test.deps.database
    .select()
    .from(contracts)
    .where(eq(contracts.subscriptionId, id))
    .orderBy(contracts.version);

describe('a contract', () => {
  it('is made of a complete form, numbered, and kept as its bytes are', async () => {
    const { browser, draft } = await completeDraft(test);
    const contract = await issue(browser, draft);
    expect(contract).toMatchObject({ version: 1, state: 'in_force', signed: null });
    expect(contract.number).toMatch(/^CT-\d{4}-\d{10}$/);
    const pdf = await download(browser, draft);
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(contract.sha256);
    expect(pdf.length).toBe(contract.sizeBytes);
    const shown = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(shown.contract).toEqual(contract);
    expect(await test.deps.database.select().from(strayFiles)).toEqual([]);
  });

  it('is sent as a file with its number and version for a name', async () => {
    const { browser, draft, contract } = await issuedDraft(test);
    const answer = await browser.call('GET', `${contractPath(draft)}?disposition=inline`);
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect(answer.headers['content-disposition']).toContain(
      `inline; filename="contrat-${contract.number}-v1.pdf"`,
    );
    expect(answer.headers['cache-control']).toContain('no-store');
  });

  it('of the same data is the same row, whoever saves what it does not say', async () => {
    const { browser, draft, version, contract } = await issuedDraft(test);
    const company = { ...(await sectionsOf(browser, draft)).company, actualActivity: 'Autre négoce' };
    expect((await saveSection(browser, draft, 'company', version, company)).statusCode).toBe(200);
    expect(await issue(browser, draft)).toEqual(contract);
    expect(await rowsOf(draft)).toHaveLength(1);
  });

  it('is void when its data change, and right again when they are put back', async () => {
    const { browser, draft, version, contract } = await issuedDraft(test);
    const { company } = await sectionsOf(browser, draft);
    const changed = await saveSection(browser, draft, 'company', version, {
      ...company,
      legalName: 'Autre SARL',
    });
    const stateNow = async () =>
      (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>().contract?.state;
    expect(await stateNow()).toBe('void');
    await saveSection(browser, draft, 'company', changed.json<{ version: number }>().version, company ?? {});
    expect(await stateNow()).toBe('in_force');
    expect(await issue(browser, draft)).toEqual(contract);
  });

  it('of other data is the next version of the same number', async () => {
    const { browser, draft, version, contract } = await issuedDraft(test);
    const contacts = [{ ...contact, key: 'contact-1', lastName: 'Tazi' }];
    await saveSection(browser, draft, 'contacts', version, contacts);
    const next = await issue(browser, draft);
    expect(next).toMatchObject({ number: contract.number, version: 2, state: 'in_force' });
    expect(next.sha256).not.toBe(contract.sha256);
    const rows = await rowsOf(draft);
    expect(new Set(rows.map(({ code }) => code)).size).toBe(2);
    expect(new Set(rows.map(({ storageKey }) => storageKey)).size).toBe(2);
  });

  it.each([
    [
      'a manager who is the legal representative',
      'managers',
      [{ ...manager, key: 'manager-1', lastName: 'Tazi' }],
    ],
    ['a user', 'singleWindowUsers', [{ ...singleWindowUser, key: 'user-1', email: 'autre@atlas.example' }]],
    [
      'the bank account',
      'bankAccount',
      { bank: '007', rib: '007780000200011234567891', branchAddress: 'Fès' },
    ],
  ] as const)('says %s', async (_, section, body) => {
    const { browser, draft, version } = await issuedDraft(test);
    expect((await saveSection(browser, draft, section, version, body)).statusCode).toBe(200);
    expect((await issue(browser, draft)).version).toBe(2);
  });

  it('asked twice at once is one', async () => {
    const { browser, draft } = await completeDraft(test);
    // Two processes of one installation.
    const other = await buildApp(test.deps);
    try {
      const answers = await Promise.all(
        [test.app, other, test.app, other].map((app) => browser.callOn(app, 'POST', contractPath(draft))),
      );
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
      const views = answers.map((answer) => answer.json<ContractView>());
      expect(new Set(views.map(({ sha256 }) => sha256)).size).toBe(1);
      const [row, ...others] = await rowsOf(draft);
      expect(others).toEqual([]);
      expect(row?.sha256).toBe(views[0]?.sha256);
      expect(
        createHash('sha256')
          .update(await download(browser, draft))
          .digest('hex'),
      ).toBe(row?.sha256);
    } finally {
      await other.close();
    }
  });

  it('is refused for an incomplete form, with every place, but for documents', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser, newIdentifiers());
    const answer = await browser.call('POST', contractPath(draft));
    expect(answer.statusCode).toBe(422);
    const { code, errors = [] } = answer.json<Problem>();
    expect(code).toBe('validation');
    const pointers = errors.map(({ pointer }) => pointer);
    for (const place of [
      '/company/entityType',
      '/managers',
      '/legalRepresentative/manager',
      '/singleWindowUsers',
      '/contacts',
      '/bankAccount/rib',
    ])
      expect(pointers).toContain(place);
    expect(pointers.filter((pointer) => pointer.startsWith('/documents'))).toEqual([]);
    expect((await browser.call('GET', contractPath(draft))).statusCode).toBe(404);
  });

  it('is not asked of a customs form', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answer = await browser.call('POST', contractPath(draft));
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([422, 'contract_not_asked']);
  });

  it('goes with its draft: nothing of it is left', async () => {
    const { browser, draft } = await issuedDraft(test);
    const [row] = await rowsOf(draft);
    expect((await browser.call('DELETE', `/subscriptions/${draft.id}`)).statusCode).toBe(204);
    expect(await rowsOf(draft)).toEqual([]);
    const left = await test.deps.database
      .select({ count: count() })
      .from(strayFiles)
      .where(eq(strayFiles.storageKey, row?.storageKey ?? ''));
    expect(left).toEqual([{ count: 1 }]);
    await test.deps.database.delete(strayFiles);
  });
});

describe('the public check', () => {
  const check = (code: string) => test.app.inject({ url: `/api/v1/contracts/${encodeURIComponent(code)}` });

  it('says what identifies a contract, and nothing of its people', async () => {
    const { draft, contract } = await issuedDraft(test, { legalName: 'Atlas Négoce SARL' });
    const [row] = await rowsOf(draft);
    const answer = await check(row?.code ?? '');
    expect(answer.statusCode).toBe(200);
    expect(answer.json<ContractCheck>()).toEqual({
      number: contract.number,
      version: 1,
      state: 'in_force',
      legalName: 'Atlas Négoce SARL',
      ice: draft.identifiers.ice,
      issuedAt: contract.issuedAt,
      sha256: contract.sha256,
    });
    for (const person of [manager.lastName, singleWindowUser.lastName, contact.email])
      expect(answer.body).not.toContain(person);
  });

  it('tells a natural person by initials', async () => {
    const { draft } = await issuedDraft(test, { entityType: 'natural_person', legalName: 'Ahmed Benali' });
    const [row] = await rowsOf(draft);
    expect((await check(row?.code ?? '')).json<ContractCheck>().legalName).toBe('A••• B•••');
  });

  it('reads a code as it is typed, and tells an earlier version from the one in force', async () => {
    const { browser, draft, version } = await issuedDraft(test);
    await saveSection(browser, draft, 'contacts', version, [
      { ...contact, key: 'contact-1', lastName: 'Tazi' },
    ]);
    const [first] = await rowsOf(draft);
    const typed = (first?.code ?? '').toLowerCase().replaceAll('-', ' ');
    expect((await check(typed)).json<ContractCheck>().state).toBe('void');
    await issue(browser, draft);
    const [, second] = await rowsOf(draft);
    expect((await check(first?.code ?? '')).json<ContractCheck>()).toMatchObject({
      version: 1,
      state: 'void',
    });
    expect((await check(second?.code ?? '')).json<ContractCheck>()).toMatchObject({
      version: 2,
      state: 'in_force',
    });
  });

  it('answers alike for what nothing bears and what cannot be a code', async () => {
    const answers = [await check(unknownCode), await check('bonjour')].map((answer) => ({
      status: answer.statusCode,
      body: { ...answer.json<Problem>(), requestId: '' },
    }));
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.status).toBe(404);
  });
});

async function sectionsOf(
  browser: Awaited<ReturnType<typeof operatorBrowser>>,
  draft: Pick<Subscription, 'id'>,
): Promise<Subscription['sections']> {
  return (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>().sections;
}
