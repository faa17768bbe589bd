import { operatorTypes, type Subscription } from '@rnoce/schemas';
import { and, eq, isNotNull } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { documentVerdicts } from '../../db/schema/documents.ts';
import { emails } from '../../db/schema/emails.ts';
import { filingHistory, filings } from '../../db/schema/filings.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { anySystem, giveDocument, move } from '../../testing/filings.ts';
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

const submit = (browser: OperatorBrowser, { id }: Pick<Subscription, 'id'>, version: number, headers = {}) =>
  browser.call('POST', `/subscriptions/${id}/submission`, { version, headers, body: { acceptTerms: true } });

const mailsOf = ({ account }: OperatorBrowser) =>
  test.deps.database.select().from(emails).where(eq(emails.accountId, account.id));

const filingOf = (subscription: Subscription) => {
  const [filing] = subscription.filings;
  if (!filing) throw new Error('no filing');
  return filing;
};

/** A filing that was sent, and returned for its ICE document and its name. */
async function returned() {
  const browser = await operatorBrowser(test);
  const draft = await openDraft(browser);
  const version = await fillDraft(test, browser, draft);
  const sent = (await submit(browser, draft, version)).json<Subscription>();
  const { id } = filingOf(sent);
  const current = sent.documents.find(({ document }) => document === 'ice')?.current;
  if (!current) throw new Error('no document');
  const at = test.deps.now();
  await test.deps.database
    .insert(documentVerdicts)
    .values({ documentVersionId: current.id, filingId: id, outcome: 'refused', at });
  await move(test, id, {
    transition: 'returned',
    actor: await anySystem(test),
    reasons: [
      { about: { document: 'ice' }, cause: 'illegible', text: 'Document ICE incorrect' },
      { about: { field: 'company.legalName' }, cause: 'mismatch', text: '' },
    ],
  });
  return { browser, draft, sent };
}

describe('a submission', () => {
  it.each(
    operatorTypes.flatMap((type) => [[type, 'legal_person'] as const, [type, 'natural_person'] as const]),
  )('of a complete %s, %s, goes to customs', async (operatorType, entityType) => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser, newIdentifiers(operatorType));
    const version = await fillDraft(test, browser, draft, { entityType });
    const answer = await submit(browser, draft, version);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.etag).toBe(`"${String(version + 1)}"`);
    const sent = answer.json<Subscription>();
    expect(sent).toMatchObject({
      editable: false,
      currentStep: 'review',
      progress: { issues: [] },
      filings: [{ status: 'in_review', attached: false, validatedAt: null }],
    });
    expect(sent.submittedAt).not.toBeNull();
    expect(filingOf(sent).history.map(({ event, actor }) => [event, actor])).toEqual([
      ['created', 'operator'],
      ['submitted', 'operator'],
    ]);
    const [snapshot] = await test.deps.database
      .select()
      .from(filingHistory)
      .where(and(eq(filingHistory.filingId, filingOf(sent).id), isNotNull(filingHistory.sections)));
    const { company, managers } = sent.sections;
    expect(snapshot?.sections).toEqual({ company, managers });
    expect(snapshot?.documentVersions).toHaveLength(sent.documents.filter(({ current }) => current).length);
    const [mail] = await mailsOf(browser);
    expect(mail).toMatchObject({ template: 'subscription_received', data: { code: draft.code } });
    expect(await queuedJobs(test, 'send-email', { emailId: mail?.id })).toBe(1);
  });

  it('of an empty draft tells everything that is missing, with its pointers, and sends nothing', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answer = await submit(browser, draft, 1);
    expect(answer.statusCode).toBe(422);
    const pointers = answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer);
    expect(pointers).toEqual(
      expect.arrayContaining([
        '/company/entityType',
        '/managers',
        '/documents/identity',
        '/documents/rib_certificate',
      ]),
    );
    expect(pointers).not.toContain('/documents/logo');
    const now = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(now).toMatchObject({ version: 1, submittedAt: null, filings: [{ status: 'draft' }] });
    expect(await mailsOf(browser)).toEqual([]);
  });

  it('judges again what was right when it was saved: dates pass, lists change', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    await fillDraft(test, browser, draft);
    const { database } = test.deps;
    const [row] = await database.select().from(subscriptions).where(eq(subscriptions.id, draft.id));
    const [first] = row?.sections.managers ?? [];
    const sections = {
      company: { ...row?.sections.company, city: 'ville-retirée' },
      managers: [{ ...first, idExpiresOn: '2020-01-01' }],
    };
    await database.update(subscriptions).set({ sections }).where(eq(subscriptions.id, draft.id));
    const answer = await submit(browser, draft, row?.version ?? 0);
    expect(answer.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/company/city' }, { pointer: '/managers/0/idExpiresOn', code: 'date_in_past' }],
    });
  });

  it.each([
    [{ acceptTerms: false }, '/acceptTerms', 'must_accept'],
    [{}, '/acceptTerms', 'required'],
    [{ acceptTerms: true, more: 1 }, '/more', 'unknown_field'],
  ])('wants the terms accepted: %o', async (body, pointer, code) => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const answer = await browser.call('POST', `/subscriptions/${draft.id}/submission`, { version: 1, body });
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });

  it('refuses a document that the form must not have any more, until it is taken out', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const version = await fillDraft(test, browser, draft);
    const changed = await browser.call('PUT', `/subscriptions/${draft.id}/sections/company`, {
      version,
      body: completeCompany(draft, { entityType: 'natural_person' }),
    });
    const now = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(now.documents).toContainEqual(
      expect.objectContaining({ document: 'articles', belongs: false, required: false }),
    );
    const answer = await submit(browser, draft, changed.json<{ version: number }>().version);
    expect(answer.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/documents/articles', code: 'forbidden' }],
    });
  });

  it('of an older version than the one that stands is refused: the operator reviews again', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const version = await fillDraft(test, browser, draft);
    const answer = await submit(browser, draft, version - 1);
    expect(answer.json()).toMatchObject({ status: 412, code: 'stale', params: { version } });
    expect(
      (
        await browser.call('POST', `/subscriptions/${draft.id}/submission`, { body: { acceptTerms: true } })
      ).json(),
    ).toMatchObject({ code: 'version_missing' });
  });

  it('sent twice is one: by its key, and without', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const version = await fillDraft(test, browser, draft);
    const key = { 'idempotency-key': 'une-seule-fois' };
    const first = await submit(browser, draft, version, key);
    const again = await submit(browser, draft, version, key);
    expect([first.statusCode, again.statusCode]).toEqual([200, 200]);
    expect(again.json()).toEqual(first.json());
    expect((await submit(browser, draft, version)).json()).toMatchObject({
      status: 409,
      code: 'subscription_not_editable',
    });
    expect(await mailsOf(browser)).toHaveLength(1);
  });

  it('made twice at once is made once', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const version = await fillDraft(test, browser, draft);
    const answers = await Promise.all([0, 1, 2].map(() => submit(browser, draft, version)));
    expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([
      200, 409, 409,
    ]);
    expect(await mailsOf(browser)).toHaveLength(1);
  });

  it('of the same operator by two accounts at once has one winner', async () => {
    const identifiers = newIdentifiers();
    const sides = await Promise.all(
      [0, 1].map(async () => {
        const browser = await operatorBrowser(test);
        const draft = await openDraft(browser, identifiers);
        return { browser, draft, version: await fillDraft(test, browser, draft) };
      }),
    );
    const answers = await Promise.all(
      sides.map(({ browser, draft, version }) => submit(browser, draft, version)),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([
      200, 409,
    ]);
    const loser = answers.findIndex(({ statusCode }) => statusCode === 409);
    expect(answers[loser]?.json()).toMatchObject({ code: 'operator_already_registered' });
    const side = sides[loser];
    if (!side) throw new Error('nobody lost');
    const now = (await side.browser.call('GET', `/subscriptions/${side.draft.id}`)).json<Subscription>();
    expect(now).toMatchObject({ version: side.version, filings: [{ status: 'draft' }] });
    expect(await mailsOf(side.browser)).toEqual([]);
  });

  it('changes nothing at all when its e-mail can not be queued', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    const version = await fillDraft(test, browser, draft);
    const before = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    const jobs = { ...test.deps.jobs, send: () => Promise.reject(new Error('the queue is broken')) };
    const app = await buildApp({ ...test.deps, jobs });
    const answer = await browser.callOn(app, 'POST', `/subscriptions/${draft.id}/submission`, {
      version,
      body: { acceptTerms: true },
    });
    await app.close();
    expect(answer.json()).toMatchObject({ status: 500, code: 'internal' });
    expect((await browser.call('GET', `/subscriptions/${draft.id}`)).json()).toEqual(before);
    expect(await mailsOf(browser)).toEqual([]);
    const history = await test.deps.database
      .select()
      .from(filingHistory)
      .where(eq(filingHistory.filingId, filingOf(draft).id));
    expect(history.map(({ event }) => event)).toEqual(['created']);
    expect((await submit(browser, draft, version)).statusCode).toBe(200);
  });

  it('of update_only is validated at once, with no validation date, and marked as attached', async () => {
    const { email } = knownIdentifiers('atlasNegoce');
    const browser = await operatorBrowser(test, { email });
    const draft = await openDraft(browser, knownIdentifiers('atlasNegoce'), 'update_only');
    const version = await fillDraft(test, browser, draft, { ...draft.sections.company });
    const answer = await submit(browser, draft, version);
    expect(answer.statusCode).toBe(200);
    const filing = filingOf(answer.json<Subscription>());
    expect(filing).toMatchObject({ status: 'validated', attached: true, validatedAt: null });
    expect(filing.history.map(({ event }) => event)).toEqual(['created', 'attached']);
    expect(await queuedJobs(test, 'register-operator', { filingId: filing.id })).toBe(0);
    const templates = (await mailsOf(browser)).map(({ template }) => template);
    expect(templates.toSorted()).toEqual(['filing_validated', 'subscription_received']);
  });
});

describe('« Rectifier vos données »', () => {
  const rectify = (browser: OperatorBrowser, { id }: Pick<Subscription, 'id'>) =>
    browser.call('POST', `/subscriptions/${id}/rectification`);

  it('is for incomplete filings alone', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser);
    expect((await rectify(browser, draft)).json()).toMatchObject({
      status: 409,
      code: 'filing_not_incomplete',
    });
    const version = await fillDraft(test, browser, draft);
    await submit(browser, draft, version);
    expect((await rectify(browser, draft)).json()).toMatchObject({ code: 'filing_not_incomplete' });
  });

  it('opens the form again at what was refused, once', async () => {
    const { browser, draft, sent } = await returned();
    const closed = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(closed).toMatchObject({ editable: false, filings: [{ status: 'incomplete' }] });
    expect(filingOf(closed).reasons).toHaveLength(2);

    const answer = await rectify(browser, draft);
    expect(answer.statusCode).toBe(200);
    const open = answer.json<Subscription>();
    expect(open).toMatchObject({
      editable: true,
      version: sent.version + 1,
      currentStep: 'company',
      filings: [{ status: 'incomplete' }],
    });
    expect(open.documents.find(({ document }) => document === 'ice')?.current?.verdict).toBe('refused');
    expect(open.progress.issues).toEqual([{ pointer: '/documents/ice', code: 'not_replaced' }]);
    const again = await rectify(browser, draft);
    expect(again.json<Subscription>().version).toBe(open.version);
    expect(filingOf(again.json<Subscription>()).history.map(({ event }) => event)).toEqual([
      'created',
      'submitted',
      'returned',
      'reopened',
    ]);
  });

  it('goes back to review once what was refused is replaced, and only then', async () => {
    const { browser, draft } = await returned();
    const { version } = (await rectify(browser, draft)).json<Subscription>();
    expect((await submit(browser, draft, version)).json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/documents/ice', code: 'not_replaced' }],
    });
    await giveDocument({ database: test.deps.database, subscriptionId: draft.id, document: 'ice' });
    const answer = await submit(browser, draft, version);
    expect(answer.statusCode).toBe(200);
    const sent = answer.json<Subscription>();
    expect(filingOf(sent)).toMatchObject({ status: 'in_review', reasons: [] });
    expect(filingOf(sent).history.at(-1)?.event).toBe('resubmitted');
    const [row] = await test.deps.database
      .select()
      .from(filings)
      .where(eq(filings.id, filingOf(sent).id));
    expect(row).toMatchObject({ submissions: 2, reopenedAt: null });
    const templates = (await mailsOf(browser)).map(({ template }) => template);
    expect(templates).toEqual(['subscription_received', 'subscription_received']);
  });

  it('tells what was refused and has changed since, also in the list, until it is sent', async () => {
    const { browser, draft } = await returned();
    const read = async () => {
      const path = `/subscriptions/${draft.id}`;
      const one = (await browser.call('GET', path)).json<Subscription>();
      const { items } = (await browser.call('GET', '/subscriptions')).json<{ items: Subscription[] }>();
      const [listed] = items;
      if (!listed) throw new Error('nothing is listed');
      expect(filingOf(listed).reasons).toEqual(filingOf(one).reasons);
      return filingOf(one).reasons.map(({ changed }) => changed);
    };
    expect(await read()).toEqual([false, false]);
    const { version } = (await rectify(browser, draft)).json<Subscription>();
    expect(await read()).toEqual([false, false]);
    await giveDocument({ database: test.deps.database, subscriptionId: draft.id, document: 'ice' });
    expect(await read()).toEqual([true, false]);
    const save = (seen: number, legalName: string) =>
      browser.call('PUT', `/subscriptions/${draft.id}/sections/company`, {
        version: seen,
        body: completeCompany(draft, { legalName }),
      });
    expect((await save(version, 'Nouvelle Société SARL AU')).statusCode).toBe(200);
    expect(await read()).toEqual([true, true]);
    // What was judged comes back: it is as it was.
    expect((await save(version + 1, 'Nouvelle Société SARL')).statusCode).toBe(200);
    expect(await read()).toEqual([true, false]);
    // A field that the operator stands by may be sent again as it is.
    expect((await submit(browser, draft, version + 2)).statusCode).toBe(200);
    expect(await read()).toEqual([]);
  });

  it("can't be sent before it was reopened", async () => {
    const { browser, draft, sent } = await returned();
    expect((await submit(browser, draft, sent.version)).json()).toMatchObject({
      status: 409,
      code: 'subscription_not_editable',
    });
  });
});
