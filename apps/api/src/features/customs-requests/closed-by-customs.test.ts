import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  acceptance,
  accountNow,
  applyRequest,
  type CustomsAccountOf,
  changeAtCustoms,
  createRequest,
  customsAccount,
  decideRequest,
  fillRequest,
  openRequest,
  type RequestDesk,
  readRequest,
  requestDesk,
  sentRequest,
  submitRequest,
} from '../../testing/customs-requests.ts';
import { signedInAgent } from '../../testing/factories.ts';

let test: TestApp;
let desk: RequestDesk;
beforeAll(async () => {
  test = await testApp();
  desk = requestDesk(test, await signedInAgent(test));
});

const close = (account: CustomsAccountOf) => changeAtCustoms(test, account, { accountStatus: 'cancelled' });
const refused = (reason: string) => ({ status: 409, code: 'operation_not_allowed', params: { reason } });

describe('an account that customs closed themselves', () => {
  it('is told to be closed when an update is opened, and can be restored then', async () => {
    const account = await customsAccount(test);
    await close(account);
    expect((await createRequest(account.browser, 'update')).json()).toMatchObject(
      refused('account_cancelled'),
    );
    expect(await accountNow(account)).toMatchObject({ state: 'cancelled' });
    const { id } = await sentRequest(test, account, 'restoration');
    await decideRequest(desk, id, acceptance);
    await applyRequest(test, id);
    expect(await accountNow(account)).toMatchObject({ state: 'active' });
    expect((await createRequest(account.browser, 'update')).statusCode).toBe(201);
  });

  it('takes no update that was opened before: its sending tells why', async () => {
    const account = await customsAccount(test);
    const draft = await fillRequest(test, account.browser, await openRequest(account.browser, 'update'));
    await close(account);
    expect((await submitRequest(account.browser, draft)).json()).toMatchObject(refused('account_cancelled'));
    expect(await readRequest(account.browser, draft.id)).toMatchObject({ status: 'draft' });
    expect(await accountNow(account)).toMatchObject({ state: 'cancelled' });
  });

  it('is shown so once an agent has BADR read again', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update');
    await close(account);
    await desk.readRegistry(id);
    expect(await accountNow(account)).toMatchObject({ state: 'cancelled' });
    await changeAtCustoms(test, account, { accountStatus: 'active' });
    await desk.readRegistry(id);
    expect(await accountNow(account)).toMatchObject({ state: 'update_pending' });
  });
});

describe('an account that customs opened again themselves', () => {
  it('is active after BADR was read, and needs no restoration', async () => {
    const account = await customsAccount(test);
    const cancellation = await sentRequest(test, account, 'cancellation');
    await decideRequest(desk, cancellation.id, acceptance);
    await applyRequest(test, cancellation.id);
    const draft = await fillRequest(test, account.browser, await openRequest(account.browser, 'restoration'));
    await changeAtCustoms(test, account, { accountStatus: 'active' });
    expect((await submitRequest(account.browser, draft)).json()).toMatchObject(
      refused('account_not_cancelled'),
    );
    expect(await accountNow(account)).toMatchObject({ state: 'active' });
  });
});

describe('a decision that BADR has not made yet', () => {
  it('is the word until then, whatever is read meanwhile', async () => {
    const account = await customsAccount(test);
    const cancellation = await sentRequest(test, account, 'cancellation');
    await decideRequest(desk, cancellation.id, acceptance);
    // Sent over BADR's record of this moment, in which the account is open still.
    const sent = await sentRequest(test, account, 'restoration');
    expect(sent.status).toBe('in_review');
    expect(await accountNow(account)).toMatchObject({ state: 'restoration_pending' });
  });
});
