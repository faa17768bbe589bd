import { fixtures } from '@rnoce/sandbox/badr/fixtures';
import type { Subscription } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { move } from '../../testing/filings.ts';
import {
  fillDraft,
  knownIdentifiers,
  newIdentifiers,
  openDraft,
  operatorBrowser,
} from '../../testing/subscriptions.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const body = (identifiers: object, more: object = {}) => ({ authorities: ['customs'], identifiers, ...more });

describe('the verification of the account', () => {
  it('opens a draft with the identifiers and what was given at sign-up carried over when BADR knows nobody', async () => {
    const browser = await operatorBrowser(test);
    const { legalName, phone } = browser.account;
    const identifiers = { ...newIdentifiers(), rcNumber: ' 55 37-556 ', email: 'Contact@Nouvelle.Example' };
    const answer = await browser.call('POST', '/subscriptions', { body: body(identifiers) });
    expect(answer.statusCode).toBe(201);
    const draft = answer.json<Subscription>();
    expect(answer.headers.location).toBe(`/api/v1/subscriptions/${draft.id}`);
    expect(answer.headers.etag).toBe('"1"');
    expect(draft).toMatchObject({
      authorities: ['customs'],
      purpose: 'registration',
      registryStatus: 'not_registered',
      registry: { status: 'not_registered', people: 'not_applicable', record: null, mismatch: [] },
      sections: {
        company: {
          operatorType: 'importer',
          ice: identifiers.ice,
          rcNumber: '5537556',
          rcCentre: '81',
          email: 'contact@nouvelle.example',
          legalName,
          phone,
        },
        managers: null,
      },
      filings: [{ authority: 'customs', status: 'draft', history: [{ event: 'created', actorName: null }] }],
      editable: true,
      currentStep: 'company',
    });
    expect(draft.progress.issues).toContainEqual({ pointer: '/company/address', code: 'required' });
    expect(draft.code).toMatch(/^\d{8}I\d{11}$/);
  });

  it('prefills everything for who owns the e-mail that BADR holds', async () => {
    const { email, managers, phone, legalName } = fixtures.atlasNegoce;
    const browser = await operatorBrowser(test, { email });
    const draft = await openDraft(browser, knownIdentifiers('atlasNegoce'));
    expect(draft.registry).toMatchObject({ status: 'registered', people: 'confirmed', maskedEmail: null });
    expect(draft.registry.record?.managers).toHaveLength(managers.length);
    expect(draft.sections.company).toMatchObject({ legalName, phone, email });
    expect(draft.sections.managers).toMatchObject(managers);
    expect(draft.progress.issues.filter(({ pointer }) => !pointer.startsWith('/documents'))).toEqual([]);
  });

  it("keeps people's data from anyone else: company facts only, and the address masked", async () => {
    const browser = await operatorBrowser(test);
    const answer = await browser.call('POST', '/subscriptions', {
      body: body(knownIdentifiers('transitBouregreg', 'curieux@ailleurs.example')),
    });
    const draft = answer.json<Subscription>();
    expect(draft.registry).toMatchObject({
      status: 'registered',
      people: 'code_needed',
      maskedEmail: 'c•••@t•••.example',
      record: { managers: null, accountNumber: 'C10000002' },
    });
    expect(draft.sections.company).toMatchObject({
      legalName: 'Transit Bouregreg SA',
      approvalNumber: 'AGR-0421',
      email: 'curieux@ailleurs.example',
    });
    expect(draft.sections.company).not.toHaveProperty('phone');
    expect(draft.sections.managers).toBeNull();
    for (const secret of [
      fixtures.transitBouregreg.phone,
      fixtures.transitBouregreg.email,
      'Berrada',
      'AE180358',
    ])
      expect(answer.body).not.toContain(secret);
  });

  it("doesn't take an unconfirmed e-mail for BADR's owner", async () => {
    const { email } = fixtures.detroitFret;
    const browser = await operatorBrowser(test, { email, emailConfirmedAt: null });
    const draft = await openDraft(browser, knownIdentifiers('detroitFret'));
    expect(draft.registry.people).toBe('code_needed');
    expect(draft.sections.managers).toBeNull();
  });

  it('opens a registration beside other identifiers of the same ICE, and keeps the mismatch', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser, { ...knownIdentifiers('fatimaOuazzani'), rcNumber: '1' });
    expect(draft.registry).toMatchObject({ status: 'not_registered', mismatch: ['rcNumber'], record: null });
    expect(draft.sections.company).not.toHaveProperty('legalName');
  });

  it.each([
    [{ ice: '12' }, '/identifiers/ice', 'exact_length'],
    [{ ice: '' }, '/identifiers/ice', 'required'],
    [{ taxId: 'AB' }, '/identifiers/taxId', 'digits_only'],
    [{ email: 'nobody' }, '/identifiers/email', 'email_invalid'],
    [{ rcCentre: '9999' }, '/identifiers/rcCentre', 'not_in_list'],
    [{ operatorType: 'pirate' }, '/identifiers/operatorType', 'not_in_list'],
    [{ rib: '1' }, '/identifiers/rib', 'unknown_field'],
  ])('refuses %o at its pointer', async (wrong, pointer, code) => {
    const browser = await operatorBrowser(test);
    const answer = await browser.call('POST', '/subscriptions', {
      body: body({ ...newIdentifiers(), ...wrong }),
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: object[] }>().errors).toMatchObject([{ pointer, code }]);
  });

  it('tells every wrong field at once', async () => {
    const browser = await operatorBrowser(test);
    const answer = await browser.call('POST', '/subscriptions', {
      body: { authorities: ['customs', 'customs'], identifiers: { operatorType: 'importer' } },
    });
    const { errors } = answer.json<{ errors: { pointer: string }[] }>();
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/authorities/1',
      '/identifiers/email',
      '/identifiers/ice',
      '/identifiers/rcCentre',
      '/identifiers/rcNumber',
      '/identifiers/taxId',
    ]);
  });
});

describe('update_only', () => {
  const updateOnly = { purpose: 'update_only' };

  it('goes on for an operator that BADR knows', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser, knownIdentifiers('importChaouia'), 'update_only');
    expect(draft).toMatchObject({ purpose: 'update_only', registry: { status: 'registered' } });
    expect(draft.registry.record?.accountStatus).toBe('cancelled');
  });

  it("can't go on for an operator that BADR doesn't know", async () => {
    const browser = await operatorBrowser(test);
    const answer = await browser.call('POST', '/subscriptions', { body: body(newIdentifiers(), updateOnly) });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'operator_unknown_to_customs' });
    expect((await browser.call('GET', '/subscriptions')).json()).toEqual({ items: [] });
  });

  it('points at the identifiers that BADR holds otherwise', async () => {
    const browser = await operatorBrowser(test);
    const identifiers = { ...knownIdentifiers('importChaouia'), taxId: '1', rcCentre: '81' };
    const answer = await browser.call('POST', '/subscriptions', { body: body(identifiers, updateOnly) });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: 'identifiers_differ',
      errors: [
        { pointer: '/identifiers/taxId', code: 'differs_from_registry' },
        { pointer: '/identifiers/rcCentre', code: 'differs_from_registry' },
      ],
    });
  });

  it('forbids PortNet', async () => {
    const browser = await operatorBrowser(test);
    const answer = await browser.call('POST', '/subscriptions', {
      body: body(newIdentifiers(), { ...updateOnly, authorities: ['customs', 'portnet'] }),
    });
    expect(answer.json<{ errors: object[] }>().errors).toMatchObject([
      { pointer: '/authorities', code: 'forbidden' },
    ]);
  });
});

describe('what can be chosen', () => {
  it('is both while nothing is filed', async () => {
    const browser = await operatorBrowser(test);
    expect((await browser.call('GET', '/subscriptions/options')).json()).toEqual({
      authorities: [
        { authority: 'customs', available: true, reason: null },
        { authority: 'portnet', available: true, reason: null },
      ],
      updateOnly: true,
    });
  });

  it('is not customs again once customs is filed, be it a draft', async () => {
    const browser = await operatorBrowser(test);
    await openDraft(browser);
    expect((await browser.call('GET', '/subscriptions/options')).json()).toMatchObject({
      authorities: [
        { available: false, reason: 'already_filed' },
        { available: false, reason: 'customs_draft' },
      ],
      updateOnly: false,
    });
    const again = await browser.call('POST', '/subscriptions', { body: body(newIdentifiers()) });
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ code: 'authority_unavailable' });
  });

  it('is not PortNet where no single window is configured', async () => {
    const browser = await operatorBrowser(test);
    const app = await buildApp({
      ...test.deps,
      environment: { ...test.deps.environment, SINGLE_WINDOW_URL: '' },
    });
    const options = await browser.callOn(app, 'GET', '/subscriptions/options');
    const asked = { authorities: ['customs', 'portnet'], identifiers: newIdentifiers() };
    const answer = await browser.callOn(app, 'POST', '/subscriptions', { body: asked });
    await app.close();
    expect(options.json()).toMatchObject({ authorities: [{ available: true }, { reason: 'coming' }] });
    expect(answer.json()).toMatchObject({ status: 409, code: 'authority_unavailable' });
  });

  it.each([
    [{ authorities: ['portnet'], identifiers: newIdentifiers() }, '/identifiers', 'forbidden'],
    [{ authorities: ['customs', 'portnet'] }, '/identifiers', 'required'],
    [{ authorities: ['customs'] }, '/identifiers', 'required'],
    [{ authorities: ['portnet'], purpose: 'update_only' }, '/authorities', 'forbidden'],
  ])('takes identifiers for a new operator, and none for PortNet alone: %j', async (asked, pointer, code) => {
    const browser = await operatorBrowser(test);
    const answer = await browser.call('POST', '/subscriptions', { body: asked });
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });

  it('refuses an operator that another account has filed, drafts not counting', async () => {
    const identifiers = newIdentifiers();
    const first = await operatorBrowser(test);
    const draft = await openDraft(first, identifiers);
    const second = await operatorBrowser(test);
    await openDraft(second, identifiers);
    await fillDraft(test, first, draft);
    const filing = draft.filings[0];
    if (!filing) throw new Error('no filing');
    await move(test, filing.id, {
      transition: 'submitted',
      actor: { kind: 'operator', accountId: first.account.id },
      sections: { company: { ice: identifiers.ice, legalName: 'Première' }, managers: [] },
    });
    const third = await operatorBrowser(test);
    const answer = await third.call('POST', '/subscriptions', { body: body(identifiers) });
    expect(answer.json()).toMatchObject({ status: 409, code: 'operator_already_registered' });
    const exporter = { ...identifiers, operatorType: 'exporter' };
    await openDraft(third, exporter);
  });
});

describe('codes', () => {
  it('are distinct and follow one sequence, whoever asks at the same time', async () => {
    const before = await test.deps.database.execute<{ value: string }>(
      sql`select last_value as value from subscription_sequence`,
    );
    const browsers = await Promise.all(Array.from({ length: 20 }, () => operatorBrowser(test)));
    const drafts = await Promise.all(browsers.map((browser) => openDraft(browser)));
    const numbers = drafts.map(({ code }) => Number(code.slice(-11))).toSorted((one, other) => one - other);
    const first = Number(before.rows[0]?.value) + 1;
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => first + index));
  });

  it('carry the date of Casablanca and the letters of the type', async () => {
    // 23:30 UTC was the next day in Casablanca, one hour ahead at that date.
    test.setNow(new Date('2025-12-31T23:30:00Z'));
    try {
      const browser = await operatorBrowser(test);
      const draft = await openDraft(browser, newIdentifiers('exporter'));
      expect(draft.code).toMatch(/^01012026EXP\d{11}$/);
      expect(draft.createdAt).toBe('2025-12-31T23:30:00.000Z');
    } finally {
      test.setNow(undefined);
    }
  });

  it('are given once for one request sent twice', async () => {
    const browser = await operatorBrowser(test);
    const asked = { body: body(newIdentifiers()), headers: { 'idempotency-key': 'envoi-numero-un' } };
    const first = await browser.call('POST', '/subscriptions', asked);
    const second = await browser.call('POST', '/subscriptions', asked);
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.json()).toEqual(first.json());
  });

  it('open one draft when the same account asks twice at once', async () => {
    const browser = await operatorBrowser(test);
    const answers = await Promise.all(
      [0, 1, 2].map(() => browser.call('POST', '/subscriptions', { body: body(newIdentifiers()) })),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([
      201, 409, 409,
    ]);
  });
});
