import type { CustomsRequest } from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  accountNow,
  changeAtCustoms,
  createRequest,
  customsAccount,
  fillRequest,
  openRequest,
  readRequest,
  saveRequest,
  sentRequest,
} from '../../testing/customs-requests.ts';
import { sentFiling } from '../../testing/filings.ts';
import { badrMode, operatorBrowser } from '../../testing/subscriptions.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const refusals = async (account: Parameters<typeof accountNow>[0]) => {
  const { operations } = await accountNow(account);
  return Object.fromEntries(operations.map(({ type, refusal }) => [type, refusal]));
};

describe('the customs account', () => {
  it('is not there before customs validated the filing', async () => {
    const browser = await operatorBrowser(test);
    await sentFiling(test, { account: browser.account });
    expect((await browser.call('GET', '/customs-account')).statusCode).toBe(404);
    expect((await createRequest(browser, 'update')).statusCode).toBe(404);
  });

  it('may be updated or cancelled while it is active, and names where customs write', async () => {
    const account = await customsAccount(test);
    const now = await accountNow(account);
    expect(now).toMatchObject({ state: 'active', control: 'proven', filingId: account.filingId });
    expect(now.maskedEmail).toBe('b•••@s•••.example');
    expect(await refusals(account)).toEqual({
      update: null,
      cancellation: null,
      restoration: 'account_not_cancelled',
    });
  });

  it('that customs had cancelled before it was attached may be restored', async () => {
    const account = await customsAccount(test, { by: 'attached', accountStatus: 'cancelled' });
    expect((await accountNow(account)).state).toBe('cancelled');
    expect(await refusals(account)).toEqual({
      update: 'account_cancelled',
      cancellation: 'account_cancelled',
      restoration: null,
    });
  });

  it('that was only attached asks for the code first', async () => {
    const account = await customsAccount(test, { by: 'attached', confirmed: false });
    expect(await accountNow(account)).toMatchObject({ control: 'code_needed' });
    expect(await refusals(account)).toMatchObject({
      update: 'control_not_proven',
      cancellation: 'control_not_proven',
    });
    const refused = await createRequest(account.browser, 'update');
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({
      code: 'operation_not_allowed',
      params: { reason: 'control_not_proven' },
    });
  });

  it('tells of each operation its draft, then what was sent', async () => {
    const account = await customsAccount(test);
    const draft = await openRequest(account.browser, 'cancellation');
    await saveRequest(account.browser, draft, 'details', { ground: 'other' });
    const [, cancellation] = (await accountNow(account)).operations;
    expect(cancellation).toMatchObject({ type: 'cancellation', draftId: draft.id, latest: null });
    await sentRequest(test, account, 'update');
    const after = await accountNow(account);
    expect(after.state).toBe('update_pending');
    expect(after.operations[0]).toMatchObject({
      refusal: 'update_pending',
      draftId: null,
      latest: { status: 'in_review', type: 'update' },
    });
  });
});

describe('opening a request', () => {
  it("fills an update from BADR's record of now, with the same keys on both sides", async () => {
    const account = await customsAccount(test);
    await changeAtCustoms(test, account, { tradeName: 'Connue de la douane' });
    const draft = await openRequest(account.browser, 'update');
    expect(draft).toMatchObject({
      type: 'update',
      status: 'draft',
      reference: `${account.subscription.code}-1`,
      changes: [],
      version: 1,
    });
    expect(draft.sections.company?.tradeName).toBe('Connue de la douane');
    expect(draft.sections).toEqual(draft.before);
    expect(draft.sections.managers?.[0]?.key).toMatch(/^[\w-]{36}$/);
    expect(draft.issues).toEqual([
      { pointer: '/details/tradeRegisterDate', code: 'required' },
      { pointer: '', code: 'nothing_changed' },
      { pointer: '/documents/trade_register', code: 'required' },
    ]);
    expect(draft.history.map(({ event }) => event)).toEqual(['created']);
  });

  it('answers the draft that is being filled in', async () => {
    const { browser } = await customsAccount(test);
    const opened = await openRequest(browser, 'cancellation');
    const saved = await saveRequest(browser, opened, 'details', { comment: 'Arrêt' });
    const again = await openRequest(browser, 'cancellation');
    expect(again).toEqual(saved);
  });

  it('at once in two tabs opens one draft', async () => {
    const { browser } = await customsAccount(test);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => createRequest(browser, 'cancellation')),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(201));
    expect(new Set(answers.map((answer) => answer.json<CustomsRequest>().id)).size).toBe(1);
  });

  it('of an update waits for BADR; of a cancellation it does not', async () => {
    const { browser } = await customsAccount(test);
    await badrMode(test, { mode: 'down' });
    const update = await createRequest(browser, 'update');
    const cancellation = await createRequest(browser, 'cancellation');
    await badrMode(test, { mode: 'normal' });
    expect(update.statusCode).toBe(503);
    expect(update.json()).toMatchObject({ code: 'registry_unavailable' });
    expect(cancellation.statusCode).toBe(201);
  });

  it('of an update is refused when customs hold other identifiers', async () => {
    const account = await customsAccount(test);
    await changeAtCustoms(test, account, { rcNumber: '99' });
    const answer = await createRequest(account.browser, 'update');
    expect(answer.json()).toMatchObject({
      code: 'operation_not_allowed',
      params: { reason: 'not_registered' },
    });
  });

  it("is the account's own affair", async () => {
    const { browser } = await customsAccount(test);
    const { id } = await openRequest(browser, 'cancellation');
    const other = (await customsAccount(test)).browser;
    expect((await other.call('GET', `/customs-requests/${id}`)).statusCode).toBe(404);
    expect((await other.call('DELETE', `/customs-requests/${id}`)).statusCode).toBe(404);
    const saved = await other.call('PUT', `/customs-requests/${id}/details`, { version: 1, body: {} });
    expect(saved.statusCode).toBe(404);
    const sent = await other.call('POST', `/customs-requests/${id}/submission`, { version: 1, body: {} });
    expect(sent.statusCode).toBe(404);
  });
});

describe('giving up a request', () => {
  it('forgets the draft, and the number is free again', async () => {
    const { browser } = await customsAccount(test);
    const draft = await fillRequest(test, browser, await openRequest(browser, 'cancellation'));
    expect((await browser.call('DELETE', `/customs-requests/${draft.id}`)).statusCode).toBe(204);
    expect((await browser.call('GET', `/customs-requests/${draft.id}`)).statusCode).toBe(404);
    expect((await openRequest(browser, 'cancellation')).reference).toBe(draft.reference);
  });

  it('is refused once it was sent', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update');
    const answer = await account.browser.call('DELETE', `/customs-requests/${id}`);
    expect(answer.json()).toMatchObject({ code: 'request_not_editable' });
    expect((await readRequest(account.browser, id)).status).toBe('in_review');
  });
});
