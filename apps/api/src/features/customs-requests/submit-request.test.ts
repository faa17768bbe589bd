import type { CustomsRequest } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { accounts } from '../../db/schema/accounts.ts';
import { customsRequestHistory, customsRequests } from '../../db/schema/customs-requests.ts';
import { documentVersions } from '../../db/schema/documents.ts';
import { emails } from '../../db/schema/emails.ts';
import { filings } from '../../db/schema/filings.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  accountNow,
  accountPassword,
  type CustomsAccountOf,
  changeAtCustoms,
  createRequest,
  customsAccount,
  decideRequest,
  emailsOf,
  fillRequest,
  giveRequestDocument,
  openRequest,
  readRequest,
  rejection,
  requestDesk,
  saveRequest,
  sentRequest,
  submitRequest,
} from '../../testing/customs-requests.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { badrMode } from '../../testing/subscriptions.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const filled = async (type: CustomsRequest['type'], given: Parameters<typeof customsAccount>[1] = {}) => {
  const account = await customsAccount(test, given);
  return {
    account,
    draft: await fillRequest(test, account.browser, await openRequest(account.browser, type)),
  };
};
const rowOf = async (id: string) => {
  const [row] = await test.deps.database.select().from(customsRequests).where(eq(customsRequests.id, id));
  return row;
};

/** Does something once, between BADR's next question and its answer. */
function whileBadrIsRead(meanwhile: () => Promise<void>): void {
  const { badr } = test.deps;
  const ask = badr.findOperator.bind(badr);
  const spy = vi.spyOn(badr, 'findOperator').mockImplementation(async (...asked) => {
    spy.mockRestore();
    await meanwhile();
    return await ask(...asked);
  });
}

describe('sending a request', () => {
  it('gives it to customs with what was sent, and tells the operator', async () => {
    const { account, draft } = await filled('update');
    const answer = await submitRequest(account.browser, draft);
    expect(answer.statusCode).toBe(200);
    const sent = answer.json<CustomsRequest>();
    expect(sent).toMatchObject({ status: 'in_review', version: draft.version + 1, issues: [] });
    expect(sent.history.map(({ event, actor }) => [event, actor])).toEqual([
      ['created', 'operator'],
      ['submitted', 'operator'],
    ]);
    expect(Number(new Date(String(sent.dueAt)))).toBeGreaterThan(Number(new Date(String(sent.submittedAt))));
    const [, submitted] = await test.deps.database
      .select()
      .from(customsRequestHistory)
      .where(eq(customsRequestHistory.requestId, draft.id))
      .orderBy(customsRequestHistory.at);
    const [given] = await test.deps.database
      .select()
      .from(documentVersions)
      .where(eq(documentVersions.customsRequestId, draft.id));
    expect(submitted?.sent).toMatchObject({
      details: draft.details,
      before: draft.before,
      sections: draft.sections,
      documentVersions: [given?.id],
      registryRecord: { ice: account.ice },
    });
    expect(await emailsOf(test, account)).toEqual({ customs_request_received: 1 });
  });

  it('takes the draft as its operator sees it, once', async () => {
    const { account, draft } = await filled('update');
    const { browser } = account;
    const stale = await submitRequest(browser, { ...draft, version: draft.version - 1 });
    expect(stale.json()).toMatchObject({ code: 'stale', params: { version: draft.version } });
    const tabs = await Promise.all(Array.from({ length: 5 }, () => submitRequest(browser, draft)));
    expect(tabs.map(({ statusCode }) => String(statusCode)).toSorted()).toEqual([
      '200',
      ...Array<string>(4).fill('409'),
    ]);
    for (const lost of tabs.filter(({ statusCode }) => statusCode === 409))
      expect(['request_not_editable', 'operation_not_allowed']).toContain(lost.json<{ code: string }>().code);
    expect(await emailsOf(test, account)).toEqual({ customs_request_received: 1 });
  });

  it('answers the same again for the same key', async () => {
    const { account, draft } = await filled('update');
    const send = () =>
      account.browser.call('POST', `/customs-requests/${draft.id}/submission`, {
        version: draft.version,
        body: {},
        headers: { 'idempotency-key': `envoi-${draft.id}` },
      });
    const first = await send();
    const again = await send();
    expect(first.statusCode).toBe(200);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toBe(first.body);
  });

  it('tells everything that is missing, with its place', async () => {
    const { browser } = await customsAccount(test);
    const draft = await openRequest(browser, 'cancellation');
    const answer = await submitRequest(browser, draft);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)).toEqual([
      '/details/ground',
      '/details/comment',
    ]);
    expect((await readRequest(browser, draft.id)).status).toBe('draft');
  });

  it('refuses a Modèle J of which the three months ended at midnight, between the filling and the sending', async () => {
    test.setNow(new Date('2040-11-23T23:59:00Z'));
    try {
      const { account, draft } = await filled('restoration', {
        by: 'attached',
        accountStatus: 'cancelled',
      });
      const dated = await saveRequest(account.browser, draft, 'details', {
        ...draft.details,
        tradeRegisterDate: '2040-08-23',
      });
      expect(dated.issues).toEqual([]);
      test.setNow(new Date('2040-11-24T00:00:00Z'));
      expect((await submitRequest(account.browser, dated)).json()).toMatchObject({
        status: 422,
        errors: [{ pointer: '/details/tradeRegisterDate', code: 'date_too_old' }],
      });
      test.setNow(new Date('2040-11-23T23:59:59Z'));
      expect((await submitRequest(account.browser, dated)).statusCode).toBe(200);
    } finally {
      test.setNow(undefined);
    }
  });

  it('is judged again under the locks: what was sent while BADR was read stands in the way', async () => {
    const { account, draft } = await filled('update');
    const other = await fillRequest(
      test,
      account.browser,
      await openRequest(account.browser, 'cancellation'),
    );
    whileBadrIsRead(async () => {
      expect((await submitRequest(account.browser, other)).statusCode).toBe(200);
    });
    expect((await submitRequest(account.browser, draft)).json()).toMatchObject({
      code: 'operation_not_allowed',
      params: { reason: 'cancellation_pending' },
    });
    expect((await readRequest(account.browser, draft.id)).status).toBe('draft');
  });

  it('leaves behind what was given for a choice that was changed since', async () => {
    const { account, draft } = await filled('cancellation');
    await giveRequestDocument(test, draft, 'liquidation_evidence');
    const answer = await submitRequest(account.browser, draft);
    expect(answer.json<CustomsRequest>().documents.map(({ document }) => document)).toEqual([
      'trade_register',
    ]);
    const { headers } = await signedInAgent(test);
    const url = `/api/v1/customs-requests/${draft.id}/documents/liquidation_evidence`;
    expect((await test.app.inject({ url, headers })).statusCode).toBe(404);
  });

  it('is refused while another operation stands in the way, and says which', async () => {
    const { account, draft } = await filled('update');
    await sentRequest(test, account, 'cancellation');
    const answer = await submitRequest(account.browser, draft);
    expect(answer.json()).toMatchObject({
      status: 409,
      code: 'operation_not_allowed',
      params: { reason: 'cancellation_pending' },
    });
    expect((await createRequest(account.browser, 'update')).json()).toMatchObject({
      params: { reason: 'cancellation_pending' },
    });
  });

  it('is refused until BADR has the account, and without proof of control', async () => {
    const { account, draft } = await filled('update');
    const refused = async () =>
      (await submitRequest(account.browser, draft)).json<{ params: { reason: string } }>().params.reason;
    const filing = eq(filings.id, account.filingId);
    await test.deps.database.update(filings).set({ registrationStatus: 'queued' }).where(filing);
    expect(await refused()).toBe('not_registered');
    await test.deps.database
      .update(filings)
      .set({ registrationStatus: 'registered', validatedAt: null })
      .where(filing);
    expect(await refused()).toBe('control_not_proven');
  });
});

describe("BADR's record at the sending of an update", () => {
  it('that changed meanwhile puts the draft over it: what the operator changed stays', async () => {
    const account = await customsAccount(test);
    const { browser } = account;
    const draft = await fillRequest(test, browser, await openRequest(browser, 'update'), {
      tradeName: 'Enseigne nouvelle',
      address: '4, rue Neuve',
    });
    await changeAtCustoms(test, account, { tradeName: 'Enseigne de la douane', acronym: 'EDD' });
    const refused = await submitRequest(browser, draft);
    expect(refused.json()).toMatchObject({ status: 409, code: 'registry_changed' });

    const rebased = await readRequest(browser, draft.id);
    expect(rebased).toMatchObject({ status: 'draft', version: draft.version + 1 });
    expect(rebased.before.company).toMatchObject({ tradeName: 'Enseigne de la douane', acronym: 'EDD' });
    expect(rebased.sections.company).toMatchObject({ tradeName: 'Enseigne nouvelle', acronym: 'EDD' });
    expect(rebased.changes.map(({ item, before, asked }) => [item, before, asked])).toEqual([
      ['company.tradeName', 'Enseigne de la douane', 'Enseigne nouvelle'],
      ['company.address', draft.before.company?.address, '4, rue Neuve'],
    ]);
    expect(rebased.sections.managers?.[0]?.key).toBe(draft.sections.managers?.[0]?.key);
    expect((await submitRequest(browser, rebased)).statusCode).toBe(200);
  });

  it('that already says what is asked leaves nothing to ask', async () => {
    const { account, draft } = await filled('update');
    await changeAtCustoms(test, account, { tradeName: String(draft.sections.company?.tradeName) });
    await submitRequest(account.browser, draft);
    const rebased = await readRequest(account.browser, draft.id);
    expect(rebased.changes).toEqual([]);
    expect(rebased.issues).toEqual([{ pointer: '', code: 'nothing_changed' }]);
  });

  it('is asked for managers too: theirs are taken over, and those who were changed stay', async () => {
    const account = await customsAccount(test);
    const { browser } = account;
    const [first] = account.record.managers;
    if (!first) throw new Error('the record has a manager');
    const second = { ...first, idNumber: 'QA111111', firstName: 'Second' };
    await changeAtCustoms(test, account, { managers: [first, second] });
    const opened = await openRequest(browser, 'update');
    const [one, two] = opened.sections.managers ?? [];
    const draft = await saveRequest(browser, await fillRequest(test, browser, opened), 'sections/managers', [
      { ...one, address: 'Rabat' },
      { ...two },
    ]);
    const third = { ...first, idNumber: 'QA222222', firstName: 'Troisième' };
    await changeAtCustoms(test, account, {
      managers: [{ ...first, idAddress: 'Fès' }, { ...second, address: 'Oujda' }, third],
    });
    expect((await submitRequest(browser, draft)).json()).toMatchObject({ code: 'registry_changed' });
    const { sections, changes } = await readRequest(browser, draft.id);
    expect(sections.managers).toMatchObject([
      { key: one?.key, address: 'Rabat', idAddress: 'Fès' },
      { key: two?.key, address: 'Oujda' },
      { firstName: 'Troisième' },
    ]);
    expect(changes.map(({ item }) => item)).toEqual(['company.tradeName', `managers.${one?.key}`]);
  });

  it('that can not be read lets it be sent with the older one, which the agent sees', async () => {
    const { account, draft } = await filled('update');
    await badrMode(test, { mode: 'down' });
    const answer = await submitRequest(account.browser, draft);
    await badrMode(test, { mode: 'normal' });
    expect(answer.statusCode).toBe(200);
    expect(await rowOf(draft.id)).toMatchObject({
      registryStatus: 'unavailable',
      registryRecord: { ice: account.ice },
      registryReadAt: new Date(String(draft.registryReadAt)),
    });
  });

  it('that BADR has under other identifiers stops an update', async () => {
    const { account, draft } = await filled('update');
    await changeAtCustoms(test, account, { taxId: '12345678' });
    expect((await submitRequest(account.browser, draft)).json()).toMatchObject({
      code: 'operation_not_allowed',
      params: { reason: 'not_registered' },
    });
    expect((await readRequest(account.browser, draft.id)).status).toBe('draft');
  });
});

describe('a cancellation', () => {
  const sentTo = async ({ browser }: CustomsAccountOf, template: 'cancellation_notice') =>
    (
      await test.deps.database
        .select()
        .from(emails)
        .where(and(eq(emails.accountId, browser.account.id), eq(emails.template, template)))
    ).map(({ to }) => to);

  it('asks for the password again', async () => {
    const { account, draft } = await filled('cancellation');
    const { browser } = account;
    const none = await browser.call('POST', `/customs-requests/${draft.id}/submission`, {
      version: draft.version,
      body: {},
    });
    expect(none.json()).toMatchObject({ status: 422, errors: [{ pointer: '/password', code: 'required' }] });
    const wrong = await submitRequest(browser, draft, 'Mauvais-mot-de-passe');
    expect(wrong.json()).toMatchObject({ status: 422, code: 'password_wrong' });
    expect((await readRequest(browser, draft.id)).status).toBe('draft');
    expect((await submitRequest(browser, draft)).statusCode).toBe(200);
  });

  it('can not be reached by trying passwords out', async () => {
    const { account, draft } = await filled('cancellation');
    const codes: string[] = [];
    for (let tried = 0; tried < 6; tried += 1)
      codes.push((await submitRequest(account.browser, draft, 'Mauvais')).json<{ code: string }>().code);
    expect(codes).toEqual([...Array<string>(5).fill('password_wrong'), 'locked']);
    const right = await submitRequest(account.browser, draft, accountPassword);
    expect(right.json()).toMatchObject({ status: 429, code: 'locked' });
  });

  it('is told to the address that customs hold today, which is shown to nobody', async () => {
    const { account, draft } = await filled('cancellation');
    await changeAtCustoms(test, account, { email: 'gerance@ailleurs.example' });
    expect((await submitRequest(account.browser, draft)).statusCode).toBe(200);
    expect(await sentTo(account, 'cancellation_notice')).toEqual(['gerance@ailleurs.example']);
    const exported = await account.browser.call('GET', '/account/export');
    expect(exported.body).not.toContain('gerance@ailleurs.example');
    expect(exported.json()).toMatchObject({
      subscriptions: [
        {
          documents: [],
          customsRequests: [
            {
              type: 'cancellation',
              status: 'in_review',
              details: draft.details,
              documents: [{ document: 'trade_register' }],
              history: [{ event: 'created' }, { event: 'submitted' }],
            },
          ],
        },
      ],
    });
  });

  it('is told once to who has the same address at customs', async () => {
    const { account, draft } = await filled('cancellation');
    await changeAtCustoms(test, account, { email: account.browser.account.email.toUpperCase() });
    expect((await submitRequest(account.browser, draft)).statusCode).toBe(200);
    expect(await emailsOf(test, account)).toEqual({ customs_request_received: 1 });
  });

  it('is told to the declared address while BADR is away and was never read', async () => {
    const { account, draft } = await filled('cancellation');
    await badrMode(test, { mode: 'down' });
    const answer = await submitRequest(account.browser, draft);
    await badrMode(test, { mode: 'normal' });
    expect(answer.statusCode).toBe(200);
    expect(await sentTo(account, 'cancellation_notice')).toEqual([account.record.email]);
  });

  it('is not sent with a password that was changed meanwhile', async () => {
    const { account, draft } = await filled('cancellation');
    whileBadrIsRead(async () => {
      await test.deps.database
        .update(accounts)
        .set({ passwordHash: 'another' })
        .where(eq(accounts.id, account.browser.account.id));
    });
    expect((await submitRequest(account.browser, draft)).json()).toMatchObject({ code: 'password_wrong' });
    expect((await readRequest(account.browser, draft.id)).status).toBe('draft');
  });
});

describe('after a rejection', () => {
  it('a new request says what was asked, over what customs hold now, with the documents that were not refused', async () => {
    const account = await customsAccount(test);
    const { browser } = account;
    const desk = requestDesk(test, await signedInAgent(test));
    const sent = await sentRequest(test, account, 'update', { tradeName: 'Nouvelle', address: 'Rabat' });
    await decideRequest(desk, sent.id, rejection);
    await changeAtCustoms(test, account, { acronym: 'EDD' });
    const next = await openRequest(browser, 'update');
    expect(next.reference).toBe(sent.reference.replace(/1$/, '2'));
    expect(next.details).toEqual(sent.details);
    expect(next.sections.company).toMatchObject({ tradeName: 'Nouvelle', address: 'Rabat', acronym: 'EDD' });
    expect(next.changes.map(({ item }) => item)).toEqual(['company.tradeName', 'company.address']);
    expect(next.issues).toEqual([]);
    expect((await submitRequest(browser, next)).statusCode).toBe(200);
    expect((await accountNow(account)).operations[0]?.latest?.reference).toBe(next.reference);
  });

  it('a document that was refused must be given again', async () => {
    const account = await customsAccount(test);
    const desk = requestDesk(test, await signedInAgent(test));
    const sent = await sentRequest(test, account, 'cancellation');
    await decideRequest(desk, sent.id, {
      outcome: 'rejected',
      reasons: [{ about: { document: 'trade_register' }, cause: 'illegible', text: '' }],
    });
    const refused = await readRequest(account.browser, sent.id);
    expect(refused.documents).toMatchObject([{ current: { verdict: 'refused' } }]);
    const next = await openRequest(account.browser, 'cancellation');
    expect(next.issues).toEqual([{ pointer: '/documents/trade_register', code: 'required' }]);
    expect(next.details).toEqual(sent.details);
  });
});

describe("the operator's list", () => {
  it('has their own requests that were sent, and counts them', async () => {
    const account = await customsAccount(test);
    await openRequest(account.browser, 'update');
    const sent = await sentRequest(test, account, 'cancellation');
    const list = async (query = '') =>
      (await account.browser.call('GET', `/customs-requests${query}`)).json<{
        items: CustomsRequest[];
        total: number;
        counts: object;
      }>();
    const all = await list();
    expect(all.items.map(({ id }) => id)).toEqual([sent.id]);
    expect(all).toMatchObject({
      total: 1,
      counts: { in_review: 1, accepted: 0, rejected: 0, overdue: 0, stuck: 0 },
    });
    expect((await list('?type=update')).items).toEqual([]);
    expect((await list('?stuck=true')).items).toEqual([]);
    expect((await list(`?q=${sent.reference.toLowerCase()}`)).total).toBe(1);
    expect((await list(`?q=${account.ice.slice(3, 12)}`)).total).toBe(1);
    expect((await list('?q=introuvable')).total).toBe(0);
  });
});

it('identifiers that an accepted update changed are those by which BADR is asked', async () => {
  const account = await customsAccount(test);
  const desk = requestDesk(test, await signedInAgent(test));
  const sent = await sentRequest(test, account, 'update', { rcNumber: '777', rcCentre: '81' });
  await decideRequest(desk, sent.id, { outcome: 'accepted' });
  // Not made at customs yet: asked by the new number first or by the old one, BADR finds the account.
  expect((await createRequest(account.browser, 'update')).statusCode).toBe(201);
  const { id } = await openRequest(account.browser, 'update');
  await account.browser.call('DELETE', `/customs-requests/${id}`);
  await changeAtCustoms(test, account, { rcNumber: '777' });
  const draft = await openRequest(account.browser, 'update');
  expect(draft.before.company?.rcNumber).toBe('777');
  const [kept] = await test.deps.database
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.id, account.subscription.id));
  expect(kept?.identifiers.rcNumber).toBe(account.record.rcNumber);
});
