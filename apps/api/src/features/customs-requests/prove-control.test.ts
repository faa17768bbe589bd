import { and, desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  accountNow,
  type CustomsAccountOf,
  changeAtCustoms,
  createRequest,
  customsAccount,
} from '../../testing/customs-requests.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const attached = () => customsAccount(test, { by: 'attached', confirmed: false });
const path = ({ subscription }: CustomsAccountOf) =>
  `/subscriptions/${subscription.id}/registry-confirmation`;

async function sentCode({ browser }: CustomsAccountOf) {
  const [row] = await test.deps.database
    .select()
    .from(emails)
    .where(and(eq(emails.accountId, browser.account.id), eq(emails.template, 'registry_confirmation')))
    .orderBy(desc(emails.createdAt), desc(emails.id));
  return { to: row?.to, code: String(row?.data.code) };
}

describe('the code for an account that was only attached', () => {
  it('opens the operations, and leaves the form that customs have as it is', async () => {
    const account = await attached();
    const { browser, subscription } = account;
    const sent = await browser.call('POST', path(account));
    expect(sent.statusCode).toBe(202);
    expect(sent.json()).toMatchObject({ maskedEmail: (await accountNow(account)).maskedEmail });
    const { to, code } = await sentCode(account);
    expect(to).toBe(account.record.email);

    expect((await browser.call('PUT', path(account), { body: { code } })).statusCode).toBe(200);
    expect((await accountNow(account)).control).toBe('proven');
    expect((await createRequest(browser, 'update')).statusCode).toBe(201);
    const [kept] = await test.deps.database
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.id, subscription.id));
    expect(kept).toMatchObject({ sections: subscription.sections, version: subscription.version });
  });

  it('goes to the address that customs hold today, not to the one of the day of the attachment', async () => {
    const account = await attached();
    await changeAtCustoms(test, account, { email: 'gerance@nouvelle.example' });
    const sent = await account.browser.call('POST', path(account));
    expect(sent.json()).toMatchObject({ maskedEmail: 'g•••@n•••.example' });
    expect((await sentCode(account)).to).toBe('gerance@nouvelle.example');
    expect((await accountNow(account)).maskedEmail).toBe('g•••@n•••.example');
  });

  it('changes nothing when it is wrong', async () => {
    const account = await attached();
    await account.browser.call('POST', path(account));
    const { code } = await sentCode(account);
    const other = code === '000000' ? '000001' : '000000';
    const answer = await account.browser.call('PUT', path(account), { body: { code: other } });
    expect(answer.json()).toMatchObject({ code: 'registry_code_wrong' });
    expect((await accountNow(account)).control).toBe('code_needed');
  });

  it('is not needed by whom an agent validated', async () => {
    const account = await customsAccount(test);
    const answer = await account.browser.call('POST', path(account));
    expect(answer.json()).toMatchObject({ code: 'registry_code_not_needed' });
  });

  it('has nowhere to go when customs hold no address', async () => {
    const account = await attached();
    await test.deps.database
      .update(subscriptions)
      .set({ registryRecord: { ...account.record, email: '' } })
      .where(eq(subscriptions.id, account.subscription.id));
    expect(await accountNow(account)).toMatchObject({ control: 'no_email' });
    expect((await account.browser.call('POST', path(account))).json()).toMatchObject({
      code: 'registry_code_not_needed',
    });
  });
});
