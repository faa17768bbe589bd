import { desc, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { emails } from '../db/schema/emails.ts';
import type { TestApp } from './app.ts';
import { testBrowser } from './browser.ts';

const goodPassword = 'Bouregreg-42-quai';
let serial = 0;
const newEmail = () => `inscrit-${String((serial += 1))}@negoce.example`;
const details = (email: string) => ({
  legalName: 'Négoce du Souss SARL',
  address: '4, avenue Hassan II, Agadir',
  email,
  phone: '0661 76 76 20',
  captcha: 'none',
});

/** What a person does to come to an account, and the e-mails that they get. */
export function accountCalls(test: () => TestApp) {
  const post = (path: string, payload: object, headers: Record<string, string> = {}) =>
    test().app.inject({ method: 'POST', url: `/api/v1${path}`, payload, headers });
  const lastEmail = async (to: string) => {
    const [email] = await test()
      .deps.database.select()
      .from(emails)
      .where(eq(emails.to, to))
      .orderBy(desc(emails.createdAt), desc(emails.id))
      .limit(1);
    return email;
  };
  const tokenFor = async (to: string) =>
    String((await lastEmail(to))?.data.path)
      .split('/')
      .at(-1) ?? '';
  const countEmails = async (to: string) =>
    (await test().deps.database.select().from(emails).where(eq(emails.to, to))).length;
  /** Signs up and chooses the password, as a person does. */
  const confirmed = async (email = newEmail(), password = goodPassword) => {
    expect((await post('/accounts', details(email))).statusCode).toBe(202);
    expect((await post('/accounts/password', { token: await tokenFor(email), password })).statusCode).toBe(
      204,
    );
    return { email, password };
  };
  const signInAs = async ({ email, password }: { email: string; password: string }) => {
    const browser = testBrowser(test().app);
    expect((await browser.request('POST', '/sessions', { email, password })).statusCode).toBe(200);
    return browser;
  };
  return { confirmed, countEmails, details, goodPassword, lastEmail, newEmail, post, signInAs, tokenFor };
}
