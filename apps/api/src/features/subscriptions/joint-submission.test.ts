import { type FilingId, operatorTypes, type Reason, type Subscription } from '@rnoce/schemas';
import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { filingHistory } from '../../db/schema/filings.ts';
import { messages } from '../../db/schema/messages.ts';
import { singleWindowAccounts } from '../../db/schema/single-window.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAgent } from '../../testing/factories.ts';
import { anySystem, move } from '../../testing/filings.ts';
import { singleWindowUser } from '../../testing/forms.ts';
import { giveSignedContract } from '../../testing/signed-contracts.ts';
import {
  completeCompany,
  fillDraft,
  newIdentifiers,
  type OperatorBrowser,
  openJointDraft,
  operatorBrowser,
  saveSection,
} from '../../testing/subscriptions.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

type Whose = Pick<Subscription, 'id'>;
const submit = (browser: OperatorBrowser, { id }: Whose, version: number) =>
  browser.call('POST', `/subscriptions/${id}/submission`, { version, body: { acceptTerms: true } });
const rectify = (browser: OperatorBrowser, { id }: Whose) =>
  browser.call('POST', `/subscriptions/${id}/rectification`);
const read = async (browser: OperatorBrowser, { id }: Whose) =>
  (await browser.call('GET', `/subscriptions/${id}`)).json<Subscription>();

function filingOf({ filings }: Subscription, authority: 'customs' | 'portnet') {
  const filing = filings.find((one) => one.authority === authority);
  if (!filing) throw new Error(`no filing at ${authority}`);
  return filing;
}
const statuses = ({ filings }: Subscription) =>
  Object.fromEntries(filings.map(({ authority, status }) => [authority, status]));

const giveBack = async (id: FilingId, ...reasons: Reason[]) =>
  move(test, id, { transition: 'returned', actor: await anySystem(test), reasons });
const whole: Reason = { cause: 'other', text: 'À revoir' };
const about = (field: string): Reason => ({ about: { field }, cause: 'mismatch', text: '' });

/** What each submission of a filing held. */
const sentTo = (id: FilingId) =>
  test.deps.database
    .select()
    .from(filingHistory)
    .where(and(eq(filingHistory.filingId, id), isNotNull(filingHistory.sections)))
    .orderBy(asc(filingHistory.id));
const mailsOf = ({ account }: OperatorBrowser) =>
  test.deps.database.select().from(emails).where(eq(emails.accountId, account.id)).orderBy(asc(emails.id));

async function sentJointly() {
  const browser = await operatorBrowser(test);
  const draft = await openJointDraft(browser);
  const version = await fillDraft(test, browser, draft);
  const answer = await submit(browser, draft, version);
  expect(answer.statusCode).toBe(200);
  const sent = answer.json<Subscription>();
  return {
    browser,
    draft,
    sent,
    customs: filingOf(sent, 'customs').id,
    portnet: filingOf(sent, 'portnet').id,
  };
}

describe('a joint submission', () => {
  it.each(operatorTypes)('of an %s sends each authority what it asks, by one code', async (operatorType) => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser, newIdentifiers(operatorType));
    const version = await fillDraft(test, browser, draft);
    const sent = (await submit(browser, draft, version)).json<Subscription>();
    expect(statuses(sent)).toEqual({ customs: 'in_review', portnet: 'in_review' });
    expect(sent.editable).toBe(false);
    const [customs] = await sentTo(filingOf(sent, 'customs').id);
    const [portnet] = await sentTo(filingOf(sent, 'portnet').id);
    expect(Object.keys(customs?.sections ?? {})).toEqual(['company', 'managers']);
    expect(customs?.sections?.company).not.toHaveProperty('businessTax');
    expect(customs?.sections?.company).not.toHaveProperty('cnss');
    expect(Object.keys(portnet?.sections ?? {}).toSorted()).toEqual([
      ...(operatorType === 'importer' ? ['bankAccount'] : []),
      'company',
      'contacts',
      'legalRepresentative',
      'managers',
      'singleWindowUsers',
    ]);
    expect(portnet?.sections?.company).toMatchObject({ businessTax: '34567812', cnss: '1378001' });
    const contract = sent.documents.find(({ document }) => document === 'contract')?.current?.id;
    expect(portnet?.documentVersions).toContain(contract);
    expect(customs?.documentVersions).not.toContain(contract);
    expect(customs?.documentVersions).toHaveLength((portnet?.documentVersions?.length ?? 0) - 1);
    expect(await mailsOf(browser)).toMatchObject([
      { template: 'subscription_received', data: { code: draft.code, authorities: ['customs', 'portnet'] } },
    ]);
  });

  it('of an empty draft tells what both lack, and sends nothing', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    const answer = await submit(browser, draft, 1);
    const pointers = answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer);
    expect(answer.statusCode).toBe(422);
    expect(pointers).toEqual(
      expect.arrayContaining([
        '/company/businessTax',
        '/legalRepresentative/manager',
        '/singleWindowUsers',
        '/contacts',
        '/bankAccount/rib',
        '/documents/contract',
        '/documents/identity',
      ]),
    );
    expect(statuses(await read(browser, draft))).toEqual({ customs: 'draft', portnet: 'draft' });
  });

  it('leaves nothing to choose', async () => {
    const { browser } = await sentJointly();
    expect((await browser.call('GET', '/subscriptions/options')).json()).toEqual({
      authorities: [
        { authority: 'customs', available: false, reason: 'already_filed' },
        { authority: 'portnet', available: false, reason: 'already_filed' },
      ],
      updateOnly: false,
    });
  });
});

describe('two filings decided apart', () => {
  it('only the one that came back is corrected and sent again', async () => {
    const { browser, draft, customs, portnet } = await sentJointly();
    await giveBack(customs, about('company.legalName'));
    const returned = await read(browser, draft);
    expect(statuses(returned)).toEqual({ customs: 'incomplete', portnet: 'in_review' });
    expect(filingOf(returned, 'portnet').reasons).toEqual([]);

    const open = (await rectify(browser, draft)).json<Subscription>();
    expect(open).toMatchObject({ editable: true, currentStep: 'company' });
    const company = completeCompany(draft, { legalName: 'Nouvelle Société SARL AU' });
    const saved = await saveSection(browser, draft, 'company', open.version, company);
    // The contract is PortNet's, which has it, and judges it as it was sent: it holds until PortNet gives it back.
    expect(saved.json<Subscription>().progress.issues).toEqual([]);
    const corrected = await read(browser, draft);
    expect(filingOf(corrected, 'customs').reasons).toMatchObject([{ changed: true }]);
    expect(corrected.contract?.state).toBe('in_force');

    const again = (await submit(browser, draft, corrected.version)).json<Subscription>();
    expect(statuses(again)).toEqual({ customs: 'in_review', portnet: 'in_review' });
    expect(filingOf(again, 'customs').history.map(({ event }) => event)).toEqual([
      'created',
      'submitted',
      'returned',
      'reopened',
      'resubmitted',
    ]);
    expect(filingOf(again, 'portnet').history.map(({ event }) => event)).toEqual(['created', 'submitted']);
    expect((await sentTo(customs)).map(({ sections }) => sections?.company?.legalName)).toEqual([
      'Nouvelle Société SARL',
      'Nouvelle Société SARL AU',
    ]);
    expect((await sentTo(portnet)).map(({ sections }) => sections?.company?.legalName)).toEqual([
      'Nouvelle Société SARL',
    ]);
    expect((await mailsOf(browser)).map(({ data }) => data)).toMatchObject([
      { authorities: ['customs', 'portnet'] },
      { authorities: ['customs'] },
    ]);
    // What else the form says for PortNet isn't lost by it.
    expect(again.sections.singleWindowUsers).toEqual(open.sections.singleWindowUsers);
    expect(again.sections.company?.businessTax).toBe('34567812');
  });

  it('what PortNet alone asks waits for PortNet to give it back', async () => {
    const { browser, draft, customs, portnet } = await sentJointly();
    await giveBack(customs, whole);
    const { version } = (await rectify(browser, draft)).json<Subscription>();
    const users = [{ ...singleWindowUser, key: 'user-1', email: 'autre@atlas.example' }];
    const save = (seen: number) => saveSection(browser, draft, 'singleWindowUsers', seen, users);
    expect((await save(version)).json()).toMatchObject({ status: 409, code: 'subscription_not_editable' });
    const documents = `/subscriptions/${draft.id}/documents`;
    expect((await browser.call('DELETE', `${documents}/contract`)).json()).toMatchObject({
      code: 'subscription_not_editable',
    });
    expect((await browser.call('DELETE', `${documents}/ice`)).statusCode).toBe(204);
    await browser.call('PUT', `${documents}/ice/restoration`);

    await giveBack(portnet, about('singleWindowUsers.0'));
    expect((await save(version)).json()).toMatchObject({ code: 'subscription_not_editable' });
    const open = (await rectify(browser, draft)).json<Subscription>();
    expect(open.currentStep).toBe('singleWindowUsers');
    const saved = await save(open.version);
    expect(saved.json<Subscription>().progress.issues).toEqual([
      { pointer: '/documents/contract', code: 'contract_outdated' },
    ]);
    expect(filingOf(await read(browser, draft), 'portnet').reasons).toMatchObject([{ changed: true }]);
    expect((await submit(browser, draft, open.version + 1)).statusCode).toBe(422);
    await giveSignedContract(test.deps, draft.id);
    const again = (await submit(browser, draft, open.version + 1)).json<Subscription>();
    expect(statuses(again)).toEqual({ customs: 'in_review', portnet: 'in_review' });
    expect((await sentTo(portnet)).map(({ sections }) => sections?.singleWindowUsers?.[0]?.email)).toEqual([
      'ilyas.zeroual@atlas.example',
      'autre@atlas.example',
    ]);
    expect((await mailsOf(browser)).at(-1)).toMatchObject({ data: { authorities: ['customs', 'portnet'] } });
  });

  it('a validated one stays, whatever its own part of the form has become', async () => {
    const { browser, draft, customs, portnet } = await sentJointly();
    await move(test, portnet, { transition: 'validated', actor: await anySystem(test) });
    await giveBack(customs, whole);
    const { version } = (await rectify(browser, draft)).json<Subscription>();
    const company = completeCompany(draft, { businessTax: 'pas encore' });
    const saved = await saveSection(browser, draft, 'company', version, company);
    expect(saved.json<Subscription>().progress.issues).toEqual([]);
    const again = (await submit(browser, draft, version + 1)).json<Subscription>();
    expect(statuses(again)).toEqual({ customs: 'in_review', portnet: 'validated' });
    expect(again.sections.company?.businessTax).toBe('pas encore');
    expect((await sentTo(customs)).at(-1)?.sections?.company).not.toHaveProperty('businessTax');
  });
});

describe('« Rectifier vos données » leads to the step of the first reason', () => {
  it.each([
    [{ about: { document: 'contract' }, cause: 'illegible', text: '' }, 'contract'],
    [{ about: { document: 'ice' }, cause: 'illegible', text: '' }, 'documents'],
    [about('legalRepresentative.manager'), 'legalRepresentative'],
    [about('singleWindowUsers.0.email'), 'singleWindowUsers'],
    [about('singleWindowUsers.0'), 'singleWindowUsers'],
    [about('contacts.0.department'), 'contacts'],
    [about('bankAccount.rib'), 'bankAccount'],
    [about('company.businessTax'), 'company'],
    [whole, 'review'],
  ] satisfies [Reason, string][])('%j', async (reason, step) => {
    const { browser, draft, portnet } = await sentJointly();
    await giveBack(portnet, reason, whole);
    expect((await rectify(browser, draft)).json()).toMatchObject({ currentStep: step, editable: true });
  });
});

describe('the card of each filing', () => {
  it('counts what its agents wrote, and shows the accounts of its users', async () => {
    const { browser, draft, customs, portnet } = await sentJointly();
    const { database } = test.deps;
    const agent = await makeAgent(test, { authority: 'portnet' });
    await database.insert(messages).values([
      { filingId: portnet, agentId: agent.id, text: 'Un' },
      { filingId: portnet, agentId: agent.id, text: 'Deux' },
      { filingId: portnet, agentId: agent.id, text: 'Lu', readAt: new Date() },
      { filingId: customs, accountId: browser.account.id, text: 'De moi' },
    ]);
    const { firstName, lastName, email } = singleWindowUser;
    const named = { firstName: firstName ?? '', lastName: lastName ?? '', email: email ?? '' };
    await database
      .insert(singleWindowAccounts)
      .values({ filingId: portnet, userKey: 'user-1', position: 0, ...named, at: new Date() });
    const one = await read(browser, draft);
    expect(filingOf(one, 'customs')).toMatchObject({ unreadMessages: 0, singleWindowAccounts: [] });
    expect(filingOf(one, 'portnet')).toMatchObject({
      unreadMessages: 2,
      singleWindowAccounts: [{ ...named, status: 'queued' }],
    });
    const { items } = (await browser.call('GET', '/subscriptions')).json<{ items: Subscription[] }>();
    expect(items[0]?.filings).toEqual(one.filings);
    expect(items[0]?.contract).toEqual(one.contract);
  });
});
