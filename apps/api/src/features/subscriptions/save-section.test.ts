import { type CompanyDraft, maxManagers, type Subscription } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { askRegistry } from '../../jobs/ask-registry.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { anySystem, move } from '../../testing/filings.ts';
import { manager } from '../../testing/forms.ts';
import {
  completeCompany,
  fillDraft,
  knownIdentifiers,
  newIdentifiers,
  type OperatorBrowser,
  openDraft,
  operatorBrowser,
  queuedJobs,
} from '../../testing/subscriptions.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const company = (
  browser: OperatorBrowser,
  { id }: Pick<Subscription, 'id'>,
  version: number,
  body: CompanyDraft | Record<string, unknown>,
) => browser.call('PUT', `/subscriptions/${id}/sections/company`, { version, body });

const read = async (browser: OperatorBrowser, { id }: Pick<Subscription, 'id'>) =>
  (await browser.call('GET', `/subscriptions/${id}`)).json<Subscription>();

describe('saving the company', () => {
  it('keeps a half-filled section, says what is missing and gives the next version', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answer = await company(browser, draft, 1, { ...draft.sections.company, legalName: 'Atlas' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.etag).toBe('"2"');
    const saved = answer.json<{ progress: Subscription['progress']; version: number; savedAt: string }>();
    expect(saved.version).toBe(2);
    const pointers = saved.progress.issues.map(({ pointer }) => pointer);
    expect(pointers).not.toContain('/company/legalName');
    expect(pointers).toContain('/company/startDate');
    expect(pointers).toContain('/managers');
    expect(saved.progress.steps.map(({ step, state }) => [step, state])).toEqual([
      ['company', 'current'],
      ['managers', 'todo'],
      ['documents', 'todo'],
      ['review', 'todo'],
    ]);
    const now = await read(browser, draft);
    expect(now).toMatchObject({ version: 2, savedAt: saved.savedAt });
    expect(now.sections.company?.legalName).toBe('Atlas');
  });

  it('writes values as the rules do, keeps wrong ones as typed, drops hidden and empty ones', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const { ice } = draft.identifiers;
    await company(browser, draft, 1, {
      ...draft.sections.company,
      ice: `${ice.slice(0, 9)} ${ice.slice(9)}`,
      phone: '05 22 47 00 11',
      fax: 'pas un numéro',
      startDate: '31/02/2020',
      legalName: '  Atlas Négoce ',
      tradeName: '',
      acronym: null,
      origin: 'lease',
      domiciledAt: 'Chez un autre',
    });
    const { sections } = await read(browser, draft);
    expect(sections.company).toEqual({
      ...draft.sections.company,
      ice,
      phone: '+212522470011',
      fax: 'pas un numéro',
      startDate: '31/02/2020',
      legalName: 'Atlas Négoce',
      origin: 'lease',
    });
  });

  it('takes characters that no table can hold for what they are: nothing', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answer = await company(browser, draft, 1, {
      ...draft.sections.company,
      legalName: 'A\0t\ud800las',
    });
    expect(answer.statusCode).toBe(200);
    expect((await read(browser, draft)).sections.company?.legalName).toBe('At\ufffdlas');
  });

  it('warns of an unusual value and lets it pass', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser, { ...newIdentifiers(), ice: '278802788027880' });
    const answer = await company(browser, draft, 1, { ...draft.sections.company });
    const { progress } = answer.json<{ progress: Subscription['progress'] }>();
    expect(progress.warnings).toEqual([{ pointer: '/company/ice', code: 'ice_check_digits' }]);
    expect(progress.issues.map(({ pointer }) => pointer)).not.toContain('/company/ice');
  });

  it.each([
    ['approvalNumber', 'AGR-1', 'forbidden'],
    ['cnss', '1234567', 'forbidden'],
    ['businessTax', '12345678', 'forbidden'],
    ['operatorType', 'exporter', 'invalid'],
    ['nickname', 'x', 'unknown_field'],
    ['legalName', 12, 'invalid'],
  ])('refuses %s = %o for an importer at customs', async (field, value, code) => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answer = await company(browser, draft, 1, { ...draft.sections.company, [field]: value });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'validation', errors: [{ pointer: `/${field}`, code }] });
    expect((await read(browser, draft)).version).toBe(1);
  });

  it('refuses a stale save with the version that stands, and changes nothing', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    await company(browser, draft, 1, { ...draft.sections.company, legalName: 'Premier onglet' });
    const late = await company(browser, draft, 1, { ...draft.sections.company, legalName: 'Second onglet' });
    expect(late.statusCode).toBe(412);
    expect(late.json()).toMatchObject({ code: 'stale', params: { version: 2 } });
    expect((await read(browser, draft)).sections.company?.legalName).toBe('Premier onglet');
  });

  it('lets exactly one of two tabs save at once', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answers = await Promise.all(
      ['Un', 'Deux', 'Trois'].map((legalName) =>
        company(browser, draft, 1, { ...draft.sections.company, legalName }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([
      200, 412, 412,
    ]);
    expect(answers.filter(({ statusCode }) => statusCode === 412).map((one) => one.json())).toMatchObject([
      { params: { version: 2 } },
      { params: { version: 2 } },
    ]);
  });

  it.each([
    [undefined, 428, 'version_missing'],
    ['"abc"', 412, 'stale'],
    ['*', 400, 'if_match_invalid'],
  ])('wants If-Match: %s is answered %i', async (header, status, code) => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answer = await browser.call('PUT', `/subscriptions/${draft.id}/sections/company`, {
      body: {},
      ...(header === undefined ? {} : { headers: { 'if-match': header } }),
    });
    expect(answer.json()).toMatchObject({ status, code });
  });

  it('refuses what was sent already', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const version = await fillDraft(test, browser, draft);
    await browser.call('POST', `/subscriptions/${draft.id}/submission`, {
      version,
      body: { acceptTerms: true },
    });
    const answer = await company(browser, draft, version + 1, completeCompany(draft));
    expect(answer.json()).toMatchObject({ status: 409, code: 'subscription_not_editable' });
  });
});

describe('saving the managers', () => {
  const managers = (browser: OperatorBrowser, { id }: Subscription, version: number, body: object) =>
    browser.call('PUT', `/subscriptions/${id}/sections/managers`, { version, body });

  it('keeps several, and points at the identifier given twice', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const twins = [manager, { ...manager, firstName: 'Autre', idNumber: 'ae 180.358' }];
    const answer = await managers(browser, draft, 1, twins);
    const { progress } = answer.json<{ progress: Subscription['progress'] }>();
    expect(progress.issues.filter(({ pointer }) => pointer.startsWith('/managers'))).toEqual([
      { pointer: '/managers/1/idNumber', code: 'duplicate' },
    ]);
    expect((await read(browser, draft)).sections.managers?.[1]?.idNumber).toBe('AE180358');
  });

  it.each([
    [[{ ...manager, salary: '1' }], '/0/salary', 'unknown_field'],
    [{}, '', 'invalid'],
    [Array.from({ length: maxManagers + 1 }, () => manager), '', 'max_items'],
  ])('refuses a body that is no list of managers', async (body, pointer, code) => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answer = await managers(browser, draft, 1, body);
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });
});

describe('identifiers changed in the form', () => {
  it('ask BADR again in the background, and forget what it said of the others', async () => {
    const owner = 'contact@atlas-negoce.example';
    const browser = await operatorBrowser(test, { email: owner });
    const draft = await openDraft(browser, knownIdentifiers('atlasNegoce'));
    const { ice } = newIdentifiers();
    const saved = await company(browser, draft, 1, { ...draft.sections.company, ice });
    expect(saved.statusCode).toBe(200);
    const changed = await read(browser, draft);
    expect(changed.identifiers.ice).toBe(ice);
    expect(changed.registry).toMatchObject({ status: 'unavailable', record: null, people: 'not_applicable' });
    expect(await queuedJobs(test, 'ask-registry', { subscriptionId: draft.id })).toBe(1);

    await askRegistry(test.deps, { subscriptionId: draft.id });
    const answered = await read(browser, draft);
    expect(answered.registry.status).toBe('not_registered');
    expect(answered.version).toBe(2);
    await askRegistry(test.deps, { subscriptionId: draft.id });
  });

  it('changed again and again ask BADR once now and once in the next turn, with the last ones', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const ices = Array.from({ length: 6 }, () => newIdentifiers().ice);
    for (const [index, ice] of ices.entries())
      await company(browser, draft, index + 1, { ...draft.sections.company, ice });
    // A turn may end between two of these saves.
    expect(await queuedJobs(test, 'ask-registry', { subscriptionId: draft.id })).toBeLessThanOrEqual(3);
    await askRegistry(test.deps, { subscriptionId: draft.id });
    const answered = await read(browser, draft);
    expect(answered.identifiers.ice).toBe(ices.at(-1));
    expect(answered.registry.status).toBe('not_registered');
  });

  it('leave BADR in peace while they are wrong, or unchanged', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    await company(browser, draft, 1, { ...draft.sections.company, ice: '12' });
    await company(browser, draft, 2, { ...draft.sections.company, ice: null });
    await company(browser, draft, 3, { ...draft.sections.company });
    const now = await read(browser, draft);
    expect(now).toMatchObject({ version: 4, identifiers: draft.identifiers });
    expect(now.registry.status).toBe('not_registered');
    expect(await queuedJobs(test, 'ask-registry', { subscriptionId: draft.id })).toBe(0);
  });

  it('are fixed for update_only, which no agent decides', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser, knownIdentifiers('detroitFret'), 'update_only');
    const { ice } = newIdentifiers();
    const answer = await company(browser, draft, 1, { ...draft.sections.company, ice, rcNumber: '7' });
    expect(answer.json()).toMatchObject({
      status: 422,
      errors: [
        { pointer: '/ice', code: 'differs_from_registry' },
        { pointer: '/rcNumber', code: 'differs_from_registry' },
      ],
    });
  });

  it('fill only what is still empty once BADR answers', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const known = knownIdentifiers('importChaouia', 'moi@societe.example');
    const { operatorType: _type, ...typed } = known;
    await company(browser, draft, 1, { ...typed, legalName: 'Mon nom à moi' });
    await askRegistry(test.deps, { subscriptionId: draft.id });
    const now = await read(browser, draft);
    expect(now.version).toBe(3);
    expect(now.registry).toMatchObject({ status: 'registered', people: 'code_needed' });
    expect(now.sections.company).toMatchObject({
      legalName: 'Mon nom à moi',
      email: 'moi@societe.example',
      acronym: 'ICH',
      city: '064610115',
    });
    expect(now.sections.company).not.toHaveProperty('phone');
    expect(now.sections.managers).toBeNull();
  });
});

describe('the step where the operator stopped', () => {
  it('is remembered, and changes nothing of the form', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const path = `/subscriptions/${draft.id}/current-step`;
    expect((await browser.call('PUT', path, { body: { step: 'documents' } })).statusCode).toBe(204);
    const now = await read(browser, draft);
    expect(now).toMatchObject({ currentStep: 'documents', version: 1, savedAt: draft.savedAt });
    expect((await browser.call('PUT', path, { body: { step: 'moon' } })).statusCode).toBe(422);
  });
});

describe('deleting', () => {
  it('takes a draft away whole, and frees the authority', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    await fillDraft(test, browser, draft);
    expect((await browser.call('DELETE', `/subscriptions/${draft.id}`)).statusCode).toBe(204);
    expect((await browser.call('GET', `/subscriptions/${draft.id}`)).statusCode).toBe(404);
    const rows = await test.deps.database.select().from(subscriptions).where(eq(subscriptions.id, draft.id));
    expect(rows).toEqual([]);
    await openDraft(browser);
  });

  it('refuses what was ever sent, an incomplete filing included', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const version = await fillDraft(test, browser, draft);
    await browser.call('POST', `/subscriptions/${draft.id}/submission`, {
      version,
      body: { acceptTerms: true },
    });
    const refused = async () => (await browser.call('DELETE', `/subscriptions/${draft.id}`)).json<object>();
    expect(await refused()).toMatchObject({ status: 409, code: 'subscription_not_editable' });
    const filing = draft.filings[0];
    if (!filing) throw new Error('no filing');
    await move(test, filing.id, {
      transition: 'returned',
      actor: await anySystem(test),
      reasons: [{ cause: 'other', text: 'À revoir' }],
    });
    await browser.call('POST', `/subscriptions/${draft.id}/rectification`);
    expect(await refused()).toMatchObject({ status: 409, code: 'subscription_not_editable' });
  });
});
