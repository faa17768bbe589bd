import type { CustomsRequestDossier, DecisionPreview, Problem } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentVersions } from '../../db/schema/documents.ts';
import { emails } from '../../db/schema/emails.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  acceptance,
  accountNow,
  customsAccount,
  decideRequest,
  emailsOf,
  fillRequest,
  openRequest,
  ordersQueued,
  type RequestDesk,
  readRequest,
  rejection,
  requestDesk,
  saveRequest,
  sentRequest,
  submitRequest,
} from '../../testing/customs-requests.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { manager } from '../../testing/forms.ts';
import { codeOf } from '../../testing/refusals.ts';
import type { EmailTemplateData } from '../emails/emails.templates.ts';
import { renderEmail } from '../emails/render-email.ts';

let test: TestApp;
let desk: RequestDesk;
let agentName: string;
beforeAll(async () => {
  test = await testApp();
  const agent = await signedInAgent(test, { name: 'Nadia Berrada' });
  agentName = agent.agent.name;
  desk = requestDesk(test, agent);
});

const emailData = async (accountId: string, template: string) =>
  await test.deps.database
    .select({ data: emails.data, to: emails.to })
    .from(emails)
    .where(and(eq(emails.accountId, accountId), eq(emails.template, template)));
const preview = (id: string, body: object) =>
  desk.call('POST', `/customs-requests/${id}/decision-preview`, { body });
const scanAs = (id: string, scan: 'quarantined' | 'infected') =>
  test.deps.database.update(documentVersions).set({ scan }).where(eq(documentVersions.customsRequestId, id));

describe('an acceptance', () => {
  it('is told, goes to BADR, and stands in the history with what it was decided on', async () => {
    const account = await customsAccount(test);
    const { id, reference } = await sentRequest(test, account, 'update');
    const before = await desk.dossier(id);
    expect(before).toMatchObject({
      reference,
      control: 'agent',
      attached: false,
      agentsNeeded: 1,
      endorsements: [],
      account: { email: account.browser.account.email },
      registry: { status: 'registered', accountStatus: 'active' },
      documents: [{ document: 'trade_register', verdict: null }],
      changes: [
        { item: 'company.tradeName', now: 'Atlas', before: 'Atlas', overtaken: false, verdict: null },
      ],
    });
    const decided = await decideRequest(desk, id, acceptance);
    expect(decided).toMatchObject({
      status: 'accepted',
      version: before.version + 1,
      effect: { status: 'queued' },
      documents: [{ verdict: 'accepted' }],
      changes: [{ verdict: 'accepted' }],
      endorsements: [{ agentName }],
    });
    expect(decided.history.map(({ event, actorName }) => [event, actorName])).toEqual([
      ['created', null],
      ['submitted', null],
      ['accepted', agentName],
    ]);
    expect(await ordersQueued(test, id)).toBe(1);
    expect(await emailsOf(test, account)).toEqual({
      customs_request_received: 1,
      customs_request_accepted: 1,
    });
    const shown = await readRequest(account.browser, id);
    expect(shown.history.at(-1)).toMatchObject({ event: 'accepted', actor: 'agent', actorName: null });
  });

  it('is made once: a second decision finds none to make, and nothing more is told', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update');
    const { version } = await decideRequest(desk, id, acceptance);
    for (const body of [acceptance, rejection])
      expect(codeOf(await desk.decide(id, version, body))).toBe('request_not_decidable');
    expect(codeOf(await preview(id, acceptance))).toBe('request_not_decidable');
    expect(await ordersQueued(test, id)).toBe(1);
    expect(await emailsOf(test, account)).toMatchObject({ customs_request_accepted: 1 });
  });

  it('of an update may leave changes out, and says why', async () => {
    const account = await customsAccount(test);
    const draft = await fillRequest(test, account.browser, await openRequest(account.browser, 'update'), {
      acronym: 'NEUF',
    });
    const added = { ...manager, key: 'new', firstName: 'Chaimae', lastName: 'Tazi', idNumber: 'CC333333' };
    const saved = await saveRequest(account.browser, draft, 'sections/managers', [
      ...(draft.sections.managers ?? []),
      added,
    ]);
    expect((await submitRequest(account.browser, saved)).statusCode).toBe(200);
    const reasons = [{ about: { item: 'managers.new' }, cause: 'other', text: 'Inconnue au modèle J.' }];
    const decided = await decideRequest(desk, draft.id, { ...acceptance, reasons });
    expect(decided.changes.map(({ item, verdict }) => [item, verdict])).toEqual([
      ['company.acronym', 'accepted'],
      ['managers.new', 'refused'],
    ]);
    expect((await readRequest(account.browser, draft.id)).reasons).toEqual(reasons);
    const [told] = await emailData(account.browser.account.id, 'customs_request_accepted');
    expect(told?.data).toMatchObject({ leftOut: [{ name: 'Chaimae Tazi', text: 'Inconnue au modèle J.' }] });
  });

  it('leaves something of an update, and speaks of what it asks for', async () => {
    const account = await customsAccount(test);
    const { id, version } = await sentRequest(test, account, 'update');
    const about = (given: object) => ({ about: given, cause: 'mismatch' });
    const wrong = [
      { reasons: [about({ item: 'company.tradeName' })], pointer: '/reasons', code: 'nothing_left' },
      {
        reasons: [about({ item: 'company.acronym' })],
        pointer: '/reasons/0/about/item',
        code: 'not_in_list',
      },
      { reasons: [about({ document: 'trade_register' })], pointer: '/reasons/0/about', code: 'not_in_list' },
      { reasons: [{ cause: 'mismatch' }], pointer: '/reasons/0/about', code: 'not_in_list' },
    ];
    for (const { reasons, ...issue } of wrong)
      for (const answer of [
        await desk.decide(id, version, { ...acceptance, reasons }),
        await preview(id, { ...acceptance, reasons }),
      ]) {
        expect(answer.statusCode).toBe(422);
        expect(answer.json<Problem>().errors).toMatchObject([issue]);
      }
  });

  it('waits until every document was found clean', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update');
    await scanAs(id, 'quarantined');
    const { version } = await desk.dossier(id);
    expect(codeOf(await desk.decide(id, version, acceptance))).toBe('document_quarantined');
    await scanAs(id, 'infected');
    expect(codeOf(await desk.decide(id, version, acceptance))).toBe('document_quarantined');
    expect((await desk.decide(id, version, rejection)).statusCode).toBe(200);
  });
});

describe('a rejection', () => {
  it('gives its reasons, marks the document, and lets the operator ask again', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'cancellation');
    const reasons = [{ about: { document: 'trade_register' }, cause: 'illegible', text: 'Page 2.' }];
    const decided = await decideRequest(desk, id, { outcome: 'rejected', reasons });
    expect(decided).toMatchObject({
      status: 'rejected',
      reasons,
      effect: null,
      documents: [{ document: 'trade_register', verdict: 'refused' }],
    });
    expect(await ordersQueued(test, id)).toBe(0);
    expect(await emailsOf(test, account)).toMatchObject({ customs_request_rejected: 1 });
    expect((await accountNow(account)).state).toBe('active');
    expect((await sentRequest(test, account, 'cancellation')).id).not.toBe(id);
  });

  it('may give one reason about the whole, in words alone', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'cancellation');
    const decided = await decideRequest(desk, id, { outcome: 'rejected', reason: 'Dettes en cours.' });
    const reasons = [{ cause: 'other', text: 'Dettes en cours.' }];
    expect(decided).toMatchObject({ status: 'rejected', reasons });
    expect((await readRequest(account.browser, id)).reasons).toEqual(reasons);
  });

  it('speaks of what the request has, and needs a reason', async () => {
    const account = await customsAccount(test);
    const { id, version } = await sentRequest(test, account, 'cancellation');
    const bodies = [
      { outcome: 'rejected' },
      { outcome: 'rejected', reasons: [{ about: { document: 'minutes' }, cause: 'illegible' }] },
      { outcome: 'rejected', reasons: [{ about: { item: 'company.legalName' }, cause: 'mismatch' }] },
      { outcome: 'rejected', reasons: [{ cause: 'other', text: ' ' }] },
      { outcome: 'rejected', reasons: [{ cause: 'account_cancelled' }] },
    ];
    for (const body of bodies) expect((await desk.decide(id, version, body)).statusCode).toBe(422);
    expect((await desk.dossier(id)).status).toBe('in_review');
  });
});

it('of a cancellation closes the update that waits, and tells the operator of both', async () => {
  const account = await customsAccount(test, { locale: 'ar' });
  const update = await sentRequest(test, account, 'update');
  const cancellation = await sentRequest(test, account, 'cancellation');
  await decideRequest(desk, cancellation.id, acceptance);
  expect(await readRequest(account.browser, update.id)).toMatchObject({
    status: 'rejected',
    reasons: [{ cause: 'account_cancelled', text: '' }],
  });
  const { history } = await desk.dossier(update.id);
  expect(history.at(-1)).toMatchObject({ event: 'closed', actor: 'system', actorName: null });
  expect(await emailsOf(test, account)).toMatchObject({
    customs_request_accepted: 1,
    customs_request_closed: 1,
  });
  expect((await accountNow(account)).state).toBe('cancelled');
  expect(await ordersQueued(test, update.id)).toBe(0);
});

describe('the preview', () => {
  it('is the e-mail of the decision, word for word, and decides nothing', async () => {
    const account = await customsAccount(test, { locale: 'ar' });
    const { id, version } = await sentRequest(test, account, 'update');
    const answer = await preview(id, rejection);
    const shown = answer.json<DecisionPreview>();
    expect(shown).toMatchObject({ to: account.browser.account.email, locale: 'ar' });
    expect(shown.text).toContain('Dossier insuffisant.');
    expect(await emailsOf(test, account)).toEqual({ customs_request_received: 1 });
    expect((await desk.decide(id, version, rejection)).statusCode).toBe(200);
    const [told] = await emailData(account.browser.account.id, 'customs_request_rejected');
    const data = told?.data as unknown as EmailTemplateData['customs_request_rejected'];
    const { subject, text } = renderEmail('customs_request_rejected', data, 'ar', test.deps.environment);
    expect({ subject, text }).toEqual({ subject: shown.subject, text: shown.text });
  });
});

describe('who may', () => {
  it('an administrator reads and does not decide; PortNet’s agents and finance do neither', async () => {
    const account = await customsAccount(test);
    const { id, version } = await sentRequest(test, account, 'update');
    const as = async (given: object) => requestDesk(test, await signedInAgent(test, given));
    const administrator = await as({ role: 'administrator' });
    expect((await administrator.dossier(id)).id).toBe(id);
    expect((await administrator.readRegistry(id)).statusCode).toBe(200);
    const outsiders = [await as({ authority: 'portnet' }), await as({ role: 'finance' })];
    for (const outsider of outsiders)
      for (const [method, path] of [
        ['GET', 'dossier'],
        ['POST', 'registry-reading'],
      ] as const)
        expect((await outsider.call(method, `/customs-requests/${id}/${path}`)).statusCode).toBe(403);
    for (const outsider of [...outsiders, administrator]) {
      expect((await outsider.decide(id, version, acceptance)).statusCode).toBe(403);
      expect((await outsider.resend(id, version)).statusCode).toBe(403);
      const previewed = await outsider.call('POST', `/customs-requests/${id}/decision-preview`, {
        body: acceptance,
      });
      expect(previewed.statusCode).toBe(403);
    }
    expect((await desk.dossier(id)).status).toBe('in_review');
  });

  it('nobody sees a draft', async () => {
    const account = await customsAccount(test);
    const { id } = await openRequest(account.browser, 'update');
    for (const [method, path] of [
      ['GET', 'dossier'],
      ['POST', 'registry-reading'],
    ] as const)
      expect((await desk.call(method, `/customs-requests/${id}/${path}`)).statusCode).toBe(404);
    expect((await desk.decide(id, 1, acceptance)).statusCode).toBe(404);
    expect((await desk.resend(id, 1)).statusCode).toBe(404);
  });
});

describe('with two agents for a cancellation', () => {
  let strict: TestApp;
  const desks: RequestDesk[] = [];
  beforeAll(async () => {
    strict = await testApp({ environment: { CANCELLATION_AGENTS: '2' } });
    for (const name of ['Nadia Berrada', 'Omar Tazi'])
      desks.push(requestDesk(strict, await signedInAgent(strict, { name })));
  });
  const [first, second] = [
    (id: string, body: object) => decideRequest(desks[0] as RequestDesk, id, body),
    (id: string, body: object) => decideRequest(desks[1] as RequestDesk, id, body),
  ];

  it('the first acceptance endorses it, and only another agent’s accepts it', async () => {
    const account = await customsAccount(strict);
    const { id } = await sentRequest(strict, account, 'cancellation');
    const endorsed = await first(id, acceptance);
    expect(endorsed).toMatchObject({
      status: 'in_review',
      endorsed: true,
      agentsNeeded: 2,
      endorsements: [{ agentName: 'Nadia Berrada' }],
      effect: null,
    });
    expect(await ordersQueued(strict, id)).toBe(0);
    expect(await emailsOf(strict, account)).not.toHaveProperty('customs_request_accepted');
    const again = await desks[0]?.decide(id, endorsed.version, acceptance);
    expect(again && codeOf(again)).toBe('second_agent_needed');
    const accepted = await second(id, acceptance);
    expect(accepted).toMatchObject({
      status: 'accepted',
      endorsed: false,
      endorsements: [{ agentName: 'Nadia Berrada' }, { agentName: 'Omar Tazi' }],
    });
    expect(await ordersQueued(strict, id)).toBe(1);
  });

  it('either may reject it, the first one too', async () => {
    const account = await customsAccount(strict);
    for (const decide of [first, second]) {
      const { id } = await sentRequest(strict, account, 'cancellation');
      await first(id, acceptance);
      expect(await decide(id, rejection)).toMatchObject({ status: 'rejected', endorsed: false });
    }
  });

  it('the operations that stop nobody’s trade need one', async () => {
    const account = await customsAccount(strict);
    const { id } = await sentRequest(strict, account, 'update');
    const decided: CustomsRequestDossier = await first(id, acceptance);
    expect(decided).toMatchObject({ status: 'accepted', agentsNeeded: 1 });
  });
});
