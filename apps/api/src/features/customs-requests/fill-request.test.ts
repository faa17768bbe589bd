import type { CustomsRequest, DocumentName } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentAccesses, documentVersions, strayFiles } from '../../db/schema/documents.ts';
import { makePdf } from '../../integrations/inspection/pdf-samples.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  accountNow,
  customsAccount,
  openRequest,
  readRequest,
  saveRequest,
  sentRequest,
} from '../../testing/customs-requests.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { manager } from '../../testing/forms.ts';
import { type OperatorBrowser, openDraft, operatorBrowser } from '../../testing/subscriptions.ts';
import { fileForm } from '../../testing/uploads.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const openOn = async (type: CustomsRequest['type'], given: Parameters<typeof customsAccount>[1] = {}) => {
  const account = await customsAccount(test, given);
  return { ...account, draft: await openRequest(account.browser, type) };
};
const put = (browser: OperatorBrowser, { id }: CustomsRequest, part: string, version: number, body: object) =>
  browser.call('PUT', `/customs-requests/${id}/${part}`, { version, body });

describe('saving a request', () => {
  it('answers the draft as it stands, with what is missing and what is changed', async () => {
    const { browser, draft } = await openOn('update');
    const { company } = draft.sections;
    const saved = await saveRequest(browser, draft, 'sections/company', {
      ...company,
      address: '  4, rue Neuve ',
      rcNumber: 'RC',
    });
    expect(saved).toMatchObject({
      version: 2,
      changes: [
        { item: 'company.rcNumber', kind: 'changed', before: company?.rcNumber, asked: 'RC', verdict: null },
        { item: 'company.address', asked: '4, rue Neuve' },
      ],
    });
    expect(saved.before).toEqual(draft.before);
    expect(saved.issues).toContainEqual({ pointer: '/company/rcNumber', code: 'digits_only' });
    expect(await readRequest(browser, draft.id)).toEqual(saved);
  });

  it('keeps of a restoration what is shown beside the rest', async () => {
    const { browser, draft } = await openOn('restoration', { by: 'attached', accountStatus: 'cancelled' });
    const dated = { evidence: 'trade_register', tradeRegisterDate: '2026-11-01' };
    const first = await saveRequest(browser, draft, 'details', dated);
    expect(first.details).toEqual(dated);
    const second = await saveRequest(browser, first, 'details', { ...dated, evidence: 'minutes' });
    expect(second.details).toEqual({ evidence: 'minutes' });
    expect(second.documents.map(({ document, asked }) => [document, asked])).toEqual([
      ['restoration_request', true],
      ['minutes', true],
    ]);
  });

  it('refuses what belongs to another operation', async () => {
    const { browser, draft } = await openOn('cancellation');
    const details = await put(browser, draft, 'details', 1, { comment: 'Arrêt', motive: 'Reprise' });
    expect(details.statusCode).toBe(422);
    expect(details.json()).toMatchObject({ errors: [{ pointer: '/motive', code: 'forbidden' }] });
    expect((await put(browser, draft, 'sections/company', 1, {})).statusCode).toBe(422);
    expect((await put(browser, draft, 'sections/managers', 1, [])).statusCode).toBe(422);
  });

  it('never changes the ICE or the operator type of an account, and has no field that customs do not hold', async () => {
    const { browser, draft } = await openOn('update');
    const { company } = draft.sections;
    const other = await put(browser, draft, 'sections/company', 1, { ...company, ice: '001508632000068' });
    expect(other.json()).toMatchObject({ errors: [{ pointer: '/ice', code: 'differs_from_registry' }] });
    const broker = await put(browser, draft, 'sections/company', 1, {
      ...company,
      operatorType: 'customs_broker',
    });
    expect(broker.json()).toMatchObject({
      errors: [{ pointer: '/operatorType', code: 'differs_from_registry' }],
    });
    const { ice: _ice, operatorType: _type, ...rest } = company ?? {};
    const saved = await saveRequest(browser, draft, 'sections/company', { ...rest, repeatedAddress: true });
    expect(saved.sections.company).toEqual(company);
    expect(saved.changes).toEqual([]);
  });

  it('knows a manager again by the key, or by the identity document', async () => {
    const { browser, draft } = await openOn('update');
    const [held] = draft.sections.managers ?? [];
    const { key: _key, ...without } = held ?? {};
    const saved = await saveRequest(browser, draft, 'sections/managers', [
      { ...without, address: 'Rabat' },
      { ...manager, idNumber: 'QA987654' },
    ]);
    expect(saved.changes.map(({ item, kind }) => [item, kind])).toEqual([
      [`managers.${held?.key}`, 'changed'],
      [`managers.${saved.sections.managers?.[1]?.key}`, 'added'],
    ]);
    const removed = await saveRequest(browser, saved, 'sections/managers', [saved.sections.managers?.[1]]);
    expect(removed.changes.map(({ kind }) => kind)).toEqual(['removed', 'added']);
    const back = await saveRequest(browser, removed, 'sections/managers', [without]);
    expect(back.changes).toEqual([]);
  });

  it('lets one of two tabs win, and tells the other which version stands', async () => {
    const { browser, draft } = await openOn('cancellation');
    const tabs = ['un', 'deux', 'trois', 'quatre'];
    const answers = await Promise.all(tabs.map((comment) => put(browser, draft, 'details', 1, { comment })));
    expect(answers.map(({ statusCode }) => String(statusCode)).toSorted()).toEqual([
      '200',
      '412',
      '412',
      '412',
    ]);
    const lost = answers.find(({ statusCode }) => statusCode === 412);
    expect(lost?.json()).toMatchObject({ code: 'stale', params: { version: 2 } });
    const { details } = await readRequest(browser, draft.id);
    const won = answers.findIndex(({ statusCode }) => statusCode === 200);
    expect(details).toEqual({ comment: tabs[won] });
    const { statusCode } = await browser.call('PUT', `/customs-requests/${draft.id}/details`, { body: {} });
    expect(statusCode).toBe(428);
  });

  it('is over once the request was sent', async () => {
    const account = await customsAccount(test);
    const sent = await sentRequest(test, account, 'update');
    const { company } = sent.sections;
    for (const [part, body] of [
      ['details', {}],
      ['sections/company', company ?? {}],
    ] as const) {
      const answer = await put(account.browser, sent, part, sent.version, body);
      expect(answer.json()).toMatchObject({ code: 'request_not_editable' });
    }
  });
});

const pdf = makePdf();
async function upload(
  { cookie }: OperatorBrowser,
  id: string,
  document: DocumentName,
  bytes: Uint8Array = pdf,
) {
  const { payload, contentType } = await fileForm(bytes, { name: `${document}.pdf` });
  return await test.app.inject({
    method: 'PUT',
    url: `/api/v1/customs-requests/${id}/documents/${document}`,
    headers: { ...cookie, 'content-type': contentType },
    payload,
  });
}
const documentPath = ({ id }: { readonly id: string }, document: DocumentName) =>
  `/customs-requests/${id}/documents/${document}`;

type Opened = Awaited<ReturnType<typeof openOn>>;
describe('a draft that was only looked at', () => {
  it.each([
    ['a document', async ({ browser, draft }: Opened) => await upload(browser, draft.id, 'trade_register')],
    [
      'an answer',
      async ({ browser, draft }: Opened) => await saveRequest(browser, draft, 'details', { ground: 'other' }),
    ],
  ] as const)('is found again, and announced once it has %s', async (_, give) => {
    const opened = await openOn('cancellation');
    const { browser, draft } = opened;
    const announced = async () => (await accountNow({ browser })).operations[1]?.draftId;
    expect(await announced()).toBeNull();
    expect((await openRequest(browser, 'cancellation')).id).toBe(draft.id);
    await give(opened);
    expect(await announced()).toBe(draft.id);
  });
});

describe('the documents of a request', () => {
  it('are uploaded, replaced, read and taken out, apart from those of the form', async () => {
    const { browser, draft, subscription } = await openOn('update');
    const first = await upload(browser, draft.id, 'trade_register');
    expect(first.statusCode).toBe(200);
    expect(first.json()).toMatchObject({ document: 'trade_register', version: 1, verdict: null });
    const second = (await upload(browser, draft.id, 'trade_register')).json<{
      id: string;
      version: number;
    }>();
    expect(second.version).toBe(2);
    const { documents, version } = await readRequest(browser, draft.id);
    expect(documents).toMatchObject([
      { document: 'trade_register', asked: true, current: { id: second.id, version: 2 } },
    ]);
    // Documents and form are saved side by side.
    expect(version).toBe(1);

    const read = await browser.call('GET', documentPath(draft, 'trade_register'));
    expect(read.rawPayload.equals(Buffer.from(pdf))).toBe(true);
    const form = await browser.call('GET', `/subscriptions/${subscription.id}/documents/trade_register`);
    expect(form.statusCode).toBe(404);
    const whole = await browser.call('GET', `/subscriptions/${subscription.id}`);
    expect(
      whole.json<{ documents: { current: unknown }[] }>().documents.filter((one) => one.current),
    ).toEqual([]);

    expect((await browser.call('DELETE', documentPath(draft, 'trade_register'))).statusCode).toBe(204);
    expect((await browser.call('GET', documentPath(draft, 'trade_register'))).statusCode).toBe(404);
    expect((await browser.call('DELETE', documentPath(draft, 'trade_register'))).statusCode).toBe(404);
    const kept = await test.deps.database
      .select()
      .from(documentVersions)
      .where(eq(documentVersions.customsRequestId, draft.id));
    expect(kept).toHaveLength(2);
  });

  it('may be given before the choice that asks for them is saved, and no other may', async () => {
    const { browser, draft } = await openOn('cancellation');
    expect((await upload(browser, draft.id, 'liquidation_evidence')).statusCode).toBe(200);
    const saved = await saveRequest(browser, draft, 'details', { ground: 'striking_off' });
    expect(saved.documents.map(({ document, asked }) => [document, asked])).toEqual([
      ['trade_register', true],
      ['liquidation_evidence', false],
    ]);
    for (const document of ['minutes', 'identity', 'name_change_decision', 'contract'] as const) {
      const refused = await upload(browser, draft.id, document);
      expect(refused.json()).toMatchObject({ status: 422, code: 'document_forbidden' });
    }
  });

  it('are judged by their bytes, and a refused one leaves the earlier in place', async () => {
    const { browser, draft } = await openOn('update');
    await upload(browser, draft.id, 'trade_register');
    const refused = await upload(browser, draft.id, 'trade_register', Buffer.from('not a PDF'));
    expect(refused.json()).toMatchObject({ status: 415, code: 'file_refused', params: { rule: 'not_pdf' } });
    const { documents } = await readRequest(browser, draft.id);
    expect(documents[0]?.current?.version).toBe(1);
  });

  it('of somebody else are not there, and are closed once the request was sent', async () => {
    const { browser, draft } = await openOn('update');
    const stranger = (await customsAccount(test)).browser;
    expect((await upload(stranger, draft.id, 'trade_register')).statusCode).toBe(404);
    await upload(browser, draft.id, 'trade_register');
    expect((await stranger.call('GET', documentPath(draft, 'trade_register'))).statusCode).toBe(404);
    expect((await stranger.call('DELETE', documentPath(draft, 'trade_register'))).statusCode).toBe(404);

    const account = await customsAccount(test);
    const sent = await sentRequest(test, account, 'update');
    const late = await upload(account.browser, sent.id, 'trade_register');
    expect(late.json()).toMatchObject({ code: 'request_not_editable' });
    const removed = await account.browser.call('DELETE', documentPath(sent, 'trade_register'));
    expect(removed.json()).toMatchObject({ code: 'request_not_editable' });
  });

  it('are read by customs once they were sent, which is recorded', async () => {
    const account = await customsAccount(test);
    const { headers, agent } = await signedInAgent(test);
    const read = (id: string) =>
      test.app.inject({ url: `/api/v1${documentPath({ id }, 'trade_register')}`, headers });
    const draft = await openRequest(account.browser, 'update');
    const given = (await upload(account.browser, draft.id, 'trade_register')).json<{ id: string }>();
    expect((await read(draft.id)).statusCode).toBe(404);
    const details = await saveRequest(account.browser, draft, 'details', {
      tradeRegisterDate: test.deps.now().toISOString().slice(0, 10),
    });
    const filled = await saveRequest(account.browser, details, 'sections/company', {
      ...details.sections.company,
      tradeName: 'Autre enseigne',
    });
    const sent = await account.browser.call('POST', `/customs-requests/${draft.id}/submission`, {
      version: filled.version,
      body: {},
    });
    expect(sent.statusCode).toBe(200);
    const answer = await read(draft.id);
    expect(answer.rawPayload.equals(Buffer.from(pdf))).toBe(true);
    const accesses = await test.deps.database
      .select()
      .from(documentAccesses)
      .where(eq(documentAccesses.documentVersionId, given.id));
    expect(accesses).toMatchObject([{ agentId: agent.id, filingId: account.filingId }]);
  });

  it('leave their files to the clean-up when the request is given up', async () => {
    const { browser, draft } = await openOn('update');
    await upload(browser, draft.id, 'trade_register');
    const [version] = await test.deps.database
      .select()
      .from(documentVersions)
      .where(eq(documentVersions.customsRequestId, draft.id));
    expect((await browser.call('DELETE', `/customs-requests/${draft.id}`)).statusCode).toBe(204);
    const stray = await test.deps.database
      .select()
      .from(strayFiles)
      .where(eq(strayFiles.storageKey, String(version?.storageKey)));
    expect(stray).toHaveLength(1);
  });

  it('of an operation are no document of a form', async () => {
    const browser = await operatorBrowser(test);
    const form = await openDraft(browser);
    const { payload, contentType } = await fileForm(pdf);
    const answer = await test.app.inject({
      method: 'PUT',
      url: `/api/v1/subscriptions/${form.id}/documents/minutes`,
      headers: { ...browser.cookie, 'content-type': contentType },
      payload,
    });
    expect(answer.json()).toMatchObject({ code: 'document_forbidden' });
  });
});
