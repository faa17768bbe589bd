import {
  changePassword,
  choosePassword,
  exportAccount,
  getAccount,
  getPasswordLink,
  renewPasswordLink,
  requestPasswordReset,
  signUp,
  updateAccount,
} from '@rnoce/schemas';
import { and, desc, eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accounts, passwordLinks, passwordResetRequests } from '../../db/schema/accounts.ts';
import { cleanUp } from '../../jobs/clean-up.ts';
import { testAccess } from '../../testing/access.ts';
import { accountCalls } from '../../testing/accounts.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAccount, signedInOperator } from '../../testing/factories.ts';
import { hashPassword } from './passwords.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});
afterEach(() => test.setNow(undefined));

const { countEmails, confirmed, details, goodPassword, lastEmail, newEmail, post, signInAs, tokenFor } =
  accountCalls(() => test);
/** Statements that wait for a row which another transaction holds. */
const countWaiting = async () => {
  const { rows } = await test.deps.database.$client.query<{ waiting: number }>(
    "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  );
  return rows[0]?.waiting;
};
const laterBy = (ms: number) => test.setNow(new Date(Date.now() + ms));
const hours = (count: number) => count * 3_600_000;

describe('access', () => {
  const someToken = 'x'.repeat(43);
  testAccess(
    () => test,
    [
      { route: signUp, body: {}, anonymous: 422, operator: 422, agent: 422 },
      { route: getPasswordLink, body: { token: someToken }, anonymous: 404, operator: 404, agent: 404 },
      { route: renewPasswordLink, body: { token: someToken }, anonymous: 404, operator: 404, agent: 404 },
      {
        route: choosePassword,
        body: { token: someToken, password: goodPassword },
        anonymous: 404,
        operator: 404,
        agent: 404,
      },
      {
        route: requestPasswordReset,
        body: { email: 'personne@negoce.example' },
        anonymous: 202,
        operator: 202,
        agent: 202,
      },
      { route: getAccount, anonymous: 401, operator: 200, agent: 401 },
      { route: updateAccount, body: { locale: 'ar' }, anonymous: 401, operator: 200, agent: 401 },
      {
        route: changePassword,
        body: { currentPassword: 'a', password: 'b' },
        anonymous: 401,
        operator: 422,
        agent: 401,
      },
      { route: exportAccount, anonymous: 401, operator: 200, agent: 401 },
    ],
  );
});

describe('sign-up', () => {
  it('opens the account by an e-mailed link, in the language of the person', async () => {
    const email = newEmail();
    const answer = await post('/accounts', { ...details(`  ${email.toUpperCase()} `), locale: 'ar' });
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ email });
    expect(await lastEmail(email)).toMatchObject({
      template: 'account_creation',
      locale: 'ar',
      data: { path: expect.stringMatching(/^\/espace-prive\/registre\/creer-mot-de-passe\/[\w-]{43}$/) },
    });
    const [account] = await test.deps.database.select().from(accounts).where(eq(accounts.email, email));
    expect(account).toMatchObject({ phone: '+212661767620', passwordHash: null, emailConfirmedAt: null });
  });

  it('says every wrong field at once', async () => {
    const answer = await post('/accounts', { legalName: ' ', email: 'pas-une-adresse', phone: '12' });
    expect(answer.statusCode).toBe(422);
    expect(
      answer
        .json<{ errors: { pointer: string; code: string }[] }>()
        .errors.map(({ pointer, code }) => [pointer, code]),
    ).toEqual([
      ['/legalName', 'required'],
      ['/address', 'required'],
      ['/email', 'email_invalid'],
      ['/phone', 'phone_invalid'],
      ['/captcha', 'required'],
    ]);
  });

  it('tells a used e-mail at its field', async () => {
    const { email } = await confirmed();
    const answer = await post('/accounts', details(email));
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({
      code: 'email_in_use',
      errors: [{ pointer: '/email', code: 'email_in_use', message: 'Cet email est déjà utilisé\u00a0!' }],
    });
  });

  it('opens one account for two sign-ups at once', async () => {
    const email = newEmail();
    const answers = await Promise.all([1, 2, 3].map(() => post('/accounts', details(email))));
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([202, 409, 409]);
    expect(await countEmails(email)).toBe(1);
  });

  it('sees the sign-up that was there a moment before, and its link', async () => {
    const email = newEmail();
    const client = await test.deps.database.$client.connect();
    try {
      await client.query('begin');
      await client.query(
        `with first as (insert into accounts (legal_name, address, email, phone, locale)
           values ('Premier', 'x', $1, '+212661767620', 'fr') returning id)
         insert into password_links (account_id, purpose, token_hash, expires_at)
           select id, 'creation', $1, now() + interval '1 day' from first`,
        [email],
      );
      const second = post('/accounts', details(email));
      await expect.poll(countWaiting).toBe(1);
      await client.query('commit');
      expect((await second).statusCode).toBe(409);
    } finally {
      client.release();
    }
    const [kept] = await test.deps.database.select().from(accounts).where(eq(accounts.email, email));
    expect(kept?.legalName).toBe('Premier');
  });

  it('lets a fresh sign-up take the place of one that nobody confirmed in time', async () => {
    const email = newEmail();
    await post('/accounts', { ...details(email), legalName: 'Quelqu’un d’autre' });
    const oldToken = await tokenFor(email);
    laterBy(hours(24) + 1000);
    expect((await post('/accounts', details(email))).statusCode).toBe(202);
    expect(await countEmails(email)).toBe(2);
    const [taken] = await test.deps.database.select().from(accounts).where(eq(accounts.email, email));
    expect(taken?.legalName).toBe('Négoce du Souss SARL');
    expect((await post('/accounts/password', { token: oldToken, password: goodPassword })).statusCode).toBe(
      410,
    );
  });

  it('forgets the e-mails of resets that no job answered', async () => {
    const { database } = test.deps;
    await database.delete(passwordResetRequests);
    const kept = await database
      .insert(passwordResetRequests)
      .values([{ email: newEmail(), createdAt: new Date(Date.now() - hours(25)) }, { email: newEmail() }])
      .returning({ id: passwordResetRequests.id });
    await cleanUp(test.deps);
    const left = await database.select({ id: passwordResetRequests.id }).from(passwordResetRequests);
    expect(left.map(({ id }) => id)).toEqual([kept[1]?.id]);
    await database.delete(passwordResetRequests);
  });

  it('forgets sign-ups that nobody confirmed, and nobody else', async () => {
    const forgotten = newEmail();
    await post('/accounts', details(forgotten));
    const { email } = await confirmed();
    const old = new Date(Date.now() - hours(24 * 40));
    await test.deps.database.update(passwordLinks).set({ expiresAt: old });
    await cleanUp(test.deps);
    const left = await test.deps.database.select({ email: accounts.email }).from(accounts);
    expect(left.map((row) => row.email)).toContain(email);
    expect(left.map((row) => row.email)).not.toContain(forgotten);
  });
});

describe('the link', () => {
  it('changes nothing when it is looked at, works once, and signs in', async () => {
    const email = newEmail();
    await post('/accounts', details(email));
    const token = await tokenFor(email);
    for (const _ of [1, 2])
      expect((await post('/accounts/password-links/state', { token })).json()).toEqual({
        state: 'valid',
        purpose: 'creation',
      });
    const [kept] = await test.deps.database
      .select()
      .from(passwordLinks)
      .orderBy(desc(passwordLinks.id))
      .limit(1);
    expect(JSON.stringify(kept)).not.toContain(token);
    expect((await post('/accounts/password', { token, password: goodPassword })).statusCode).toBe(204);
    await signInAs({ email, password: goodPassword });
    expect((await post('/accounts/password-links/state', { token })).json()).toMatchObject({ state: 'used' });
    expect((await post('/accounts/password', { token, password: 'Autre-quai-43-x' })).json()).toMatchObject({
      code: 'link_used',
    });
    await signInAs({ email, password: goodPassword });
  });

  it('sets one password for two uses at once', async () => {
    const email = newEmail();
    await post('/accounts', details(email));
    const token = await tokenFor(email);
    const answers = await Promise.all(
      ['Premier-quai-41', 'Second-quai-42'].map((password) =>
        post('/accounts/password', { token, password }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([204, 410]);
  });

  it('expires after a day, and a new one can be had in its place', async () => {
    const email = newEmail();
    await post('/accounts', details(email));
    const token = await tokenFor(email);
    laterBy(hours(24) + 1000);
    expect((await post('/accounts/password-links/state', { token })).json()).toMatchObject({
      state: 'expired',
    });
    expect((await post('/accounts/password', { token, password: goodPassword })).json()).toMatchObject({
      code: 'link_expired',
    });
    expect((await post('/accounts/password-links', { token })).statusCode).toBe(202);
    const fresh = await tokenFor(email);
    expect(fresh).not.toBe(token);
    expect((await post('/accounts/password', { token: fresh, password: goodPassword })).statusCode).toBe(204);
  });

  it.each([
    ['abc', 'password_too_short', { min: 4 }],
    ['1234', 'password_too_weak', undefined],
    ['azerty', 'password_too_weak', undefined],
    ['@zerty', 'password_too_weak', undefined],
    ['negoce', 'password_too_weak', undefined],
  ])('refuses the password %s', async (password, code, params) => {
    const email = newEmail();
    await post('/accounts', { ...details(email), legalName: 'Negoce' });
    const token = await tokenFor(email);
    const answer = await post('/accounts/password', { token, password });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      errors: [{ pointer: '/password', code, ...(params ? { params } : {}) }],
    });
    expect((await post('/accounts/password', { token, password: email })).statusCode).toBe(422);
    expect((await post('/accounts/password-links/state', { token })).json()).toMatchObject({
      state: 'valid',
    });
  });

  it('takes four characters that nobody guesses at once', async () => {
    const browser = await signInAs(await confirmed(newEmail(), 'k7#Q'));
    expect((await browser.request('GET', '/account')).statusCode).toBe(200);
  });

  it('takes one password, however its accents are typed', async () => {
    const account = await confirmed(newEmail(), 'Quai-fumé-42'.normalize('NFD'));
    const browser = await signInAs({ ...account, password: account.password.normalize('NFC') });
    expect((await browser.request('GET', '/account')).statusCode).toBe(200);
  });
});

describe('change of password', () => {
  it('wants the current one, and ends every other session', async () => {
    const account = await confirmed();
    const [here, elsewhere] = [await signInAs(account), await signInAs(account)];
    const password = 'Autre-quai-77';
    const wrong = await here.request('PUT', '/account/password', { currentPassword: 'non', password });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.json()).toMatchObject({ code: 'password_wrong', errors: [{ pointer: '/currentPassword' }] });
    const weak = await here.request('PUT', '/account/password', {
      currentPassword: account.password,
      password: '1234',
    });
    expect(weak.json()).toMatchObject({ errors: [{ pointer: '/password', code: 'password_too_weak' }] });
    expect(
      (await here.request('PUT', '/account/password', { currentPassword: account.password, password }))
        .statusCode,
    ).toBe(204);
    expect((await here.request('GET', '/account')).statusCode).toBe(200);
    expect((await elsewhere.request('GET', '/account')).statusCode).toBe(401);
    expect(await lastEmail(account.email)).toMatchObject({ template: 'password_changed' });
    await signInAs({ email: account.email, password });
  });

  it('does not stand when the password was reset meanwhile', async () => {
    const account = await confirmed();
    const thief = await signInAs(account);
    const client = await test.deps.database.$client.connect();
    try {
      await client.query('begin');
      const passwordHash = await hashPassword('Quai-de-la-victime-2');
      await client.query('update accounts set password_hash = $1 where email = $2', [
        passwordHash,
        account.email,
      ]);
      const changing = thief.request('PUT', '/account/password', {
        currentPassword: account.password,
        password: 'Quai-du-voleur-1',
      });
      // The change has verified the former password once it is seen waiting for the row.
      await expect.poll(countWaiting).toBe(1);
      await client.query('commit');
      expect((await changing).json()).toMatchObject({ code: 'password_wrong' });
    } finally {
      client.release();
    }
    await signInAs({ email: account.email, password: 'Quai-de-la-victime-2' });
  });

  it('can’t be used to guess the current one', async () => {
    const account = await confirmed();
    const here = await signInAs(account);
    const attempts = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        here.request('PUT', '/account/password', {
          currentPassword: `essai ${String(index)}`,
          password: 'Autre-quai-77',
        }),
      ),
    );
    expect(attempts.filter(({ statusCode }) => statusCode === 422).length).toBeLessThanOrEqual(5);
    expect(attempts.filter(({ statusCode }) => statusCode === 429).length).toBeGreaterThanOrEqual(7);
  });
});

describe('the account', () => {
  it('is changed by its owner: language, phone, address, and nothing else', async () => {
    const { account, headers } = await signedInOperator(test);
    const patch = (payload: object) =>
      test.app.inject({ method: 'PATCH', url: '/api/v1/account', payload, headers });
    expect((await patch({ locale: 'ar', phone: '0522 30 30 30' })).json()).toMatchObject({
      id: account.id,
      locale: 'ar',
      phone: '+212522303030',
      address: account.address,
    });
    expect((await patch({ email: 'autre@negoce.example' })).statusCode).toBe(422);
    const stored = await test.deps.database
      .select()
      .from(accounts)
      .where(and(eq(accounts.id, account.id), eq(accounts.email, account.email)));
    expect(stored).toHaveLength(1);
  });

  it('is exported whole, without any secret', async () => {
    const account = await confirmed();
    const browser = await signInAs(account);
    const answer = await browser.request('GET', '/account/export');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toMatchObject({
      account: { email: account.email },
      subscriptions: [],
      emails: [{ template: 'account_creation', to: account.email }],
      sessions: [{ userAgent: 'Navigateur de test' }],
    });
    expect(answer.body).not.toMatch(/argon2|creer-mot-de-passe|[Hh]ash/);
  });
});

it('hashes with Argon2id, 19 MiB and two passes', async () => {
  expect(await hashPassword(goodPassword)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

it('keeps no password of an account that has none', async () => {
  const { email } = await makeAccount(test);
  expect((await post('/sessions', { email, password: goodPassword })).statusCode).toBe(401);
});
