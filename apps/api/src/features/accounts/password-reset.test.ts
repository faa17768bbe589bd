import { and, eq, gt } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accounts, passwordLinks, passwordResetRequests } from '../../db/schema/accounts.ts';
import { accountCalls } from '../../testing/accounts.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { testBrowser } from '../../testing/browser.ts';
import { answerResetRequest } from './request-password-reset.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});
afterEach(() => test.setNow(undefined));

const { confirmed, countEmails, details, goodPassword, lastEmail, newEmail, post, signInAs, tokenFor } =
  accountCalls(() => test);
const answerRequests = async () => {
  for (const { id } of await test.deps.database.select().from(passwordResetRequests))
    await answerResetRequest(test.deps, id);
};
const laterBy = (ms: number) => test.setNow(new Date(Date.now() + ms));
const hours = (count: number) => count * 3_600_000;

describe('forgotten password', () => {
  it('answers the same whether the e-mail is known or not, and tells only its owner', async () => {
    const { email } = await confirmed();
    const [known, unknown] = [
      await post('/password-resets', { email }),
      await post('/password-resets', { email: 'inconnu@negoce.example' }),
    ];
    for (const answer of [known, unknown]) {
      expect(answer.statusCode).toBe(202);
      expect(answer.body).toBe('{}');
    }
    const before = await countEmails(email);
    await answerRequests();
    expect(await countEmails(email)).toBe(before + 1);
    expect(await lastEmail(email)).toMatchObject({ template: 'password_reset' });
    expect(await countEmails('inconnu@negoce.example')).toBe(0);
  });

  it('resets by a link of one hour; every session ends and the owner is told', async () => {
    const account = await confirmed();
    const browser = await signInAs(account);
    await post('/password-resets', { email: account.email });
    await answerRequests();
    const token = await tokenFor(account.email);
    laterBy(hours(1) + 1000);
    expect((await post('/accounts/password-links/state', { token })).json()).toEqual({
      state: 'expired',
      purpose: 'reset',
    });
    test.setNow(undefined);
    const password = 'Nouveau-quai-43';
    expect((await post('/accounts/password', { token, password })).statusCode).toBe(204);
    expect((await browser.request('GET', '/sessions/current')).statusCode).toBe(401);
    expect((await browser.request('POST', '/sessions/refresh')).statusCode).toBe(401);
    await signInAs({ email: account.email, password });
    expect((await post('/sessions', account)).statusCode).toBe(401);
    expect(await lastEmail(account.email)).toMatchObject({ template: 'password_changed' });
  });

  it('lifts the locks of the login, also in the browser where its owner failed', async () => {
    const account = await confirmed();
    const browser = await signInAs(account);
    const failing = (by: { request: typeof browser.request }) =>
      by.request('POST', '/sessions', { email: account.email, password: 'oublié' });
    for (let failures = 1; failures <= 5; failures += 1) {
      expect((await failing(browser)).statusCode).toBe(401);
      expect((await failing(testBrowser(test.app))).statusCode).toBe(401);
    }
    expect((await browser.request('POST', '/sessions', account)).statusCode).toBe(429);
    await post('/password-resets', { email: account.email });
    await answerRequests();
    const password = 'Nouveau-quai-43';
    expect(
      (await post('/accounts/password', { token: await tokenFor(account.email), password })).statusCode,
    ).toBe(204);
    expect((await browser.request('POST', '/sessions', { ...account, password })).statusCode).toBe(200);
    await signInAs({ ...account, password });
  });

  it('sends the creation link again to an account that never confirmed; a newer link voids the older', async () => {
    const email = newEmail();
    await post('/accounts', details(email));
    const first = await tokenFor(email);
    await post('/password-resets', { email });
    await answerRequests();
    expect(await lastEmail(email)).toMatchObject({ template: 'account_creation' });
    const second = await tokenFor(email);
    expect((await post('/accounts/password', { token: first, password: goodPassword })).json()).toMatchObject(
      {
        code: 'link_expired',
      },
    );
    expect((await post('/accounts/password', { token: second, password: goodPassword })).statusCode).toBe(
      204,
    );
  });

  it('leaves one link that can be used, and no more than five an hour, however many ask at once', async () => {
    const email = newEmail();
    await post('/accounts', details(email));
    const token = await tokenFor(email);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post('/accounts/password-links', { token })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array<number>(8).fill(202));
    expect(await countEmails(email)).toBe(5);
    const usable = await test.deps.database
      .select({ id: passwordLinks.id })
      .from(passwordLinks)
      .innerJoin(accounts, eq(accounts.id, passwordLinks.accountId))
      .where(and(eq(accounts.email, email), gt(passwordLinks.expiresAt, new Date())));
    expect(usable).toHaveLength(1);
  });

  it('floods nobody: five links an hour for one account', async () => {
    const { email } = await confirmed();
    for (let index = 0; index < 8; index += 1) await post('/password-resets', { email });
    await answerRequests();
    expect(await countEmails(email)).toBe(5);
    laterBy(hours(1) + 1000);
    await post('/password-resets', { email });
    await answerRequests();
    expect(await countEmails(email)).toBe(6);
  });

  it('floods nobody in the long run: twenty links a day for one account', async () => {
    const { email } = await confirmed();
    for (let hour = 1; hour <= 20; hour += 1) {
      laterBy(hours(hour));
      for (let index = 0; index < 3; index += 1) await post('/password-resets', { email });
      await answerRequests();
    }
    expect(await countEmails(email)).toBe(20);
    laterBy(hours(25));
    await post('/password-resets', { email });
    await answerRequests();
    expect(await countEmails(email)).toBe(21);
  });
});
