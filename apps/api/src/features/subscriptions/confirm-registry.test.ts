import { fixtures } from '@rnoce/sandbox/badr/fixtures';
import type { Subscription } from '@rnoce/schemas';
import { and, desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  knownIdentifiers,
  newIdentifiers,
  type OperatorBrowser,
  openDraft,
  operatorBrowser,
} from '../../testing/subscriptions.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const { transitBouregreg } = fixtures;
const path = ({ id }: Subscription) => `/subscriptions/${id}/registry-confirmation`;
const send = (browser: OperatorBrowser, draft: Subscription) => browser.call('POST', path(draft));
const type = (browser: OperatorBrowser, draft: Subscription, code: string) =>
  browser.call('PUT', path(draft), { body: { code } });

/** The code of the last e-mail, as BADR's owner reads it. */
async function sentCode({ account }: OperatorBrowser): Promise<string> {
  const [row] = await test.deps.database
    .select()
    .from(emails)
    .where(and(eq(emails.accountId, account.id), eq(emails.template, 'registry_confirmation')))
    .orderBy(desc(emails.createdAt), desc(emails.id));
  expect(row?.to).toBe(transitBouregreg.email);
  return String(row?.data.code);
}

const stranger = async () => {
  const browser = await operatorBrowser(test);
  return {
    browser,
    draft: await openDraft(browser, knownIdentifiers('transitBouregreg', 'moi@ici.example')),
  };
};

const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe("the confirmation of BADR's e-mail", () => {
  it("prefills people's data where the form is still empty, once the code is typed", async () => {
    const { browser, draft } = await stranger();
    const sent = await send(browser, draft);
    expect(sent.statusCode).toBe(202);
    expect(sent.json()).toMatchObject({ maskedEmail: 'c•••@t•••.example' });
    const code = await sentCode(browser);
    expect(code).toMatch(/^\d{6}$/);
    const [kept] = await test.deps.database
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.id, draft.id));
    expect(JSON.stringify(kept)).not.toContain(code);

    const answer = await type(browser, draft, ` ${code.slice(0, 3)} ${code.slice(3)}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.etag).toBe('"2"');
    const confirmed = answer.json<Subscription>();
    expect(confirmed.registry).toMatchObject({ people: 'confirmed', maskedEmail: null });
    expect(confirmed.registry.record?.managers).toHaveLength(2);
    expect(confirmed.sections.company).toMatchObject({
      phone: transitBouregreg.phone,
      email: 'moi@ici.example',
    });
    expect(confirmed.sections.managers).toMatchObject(transitBouregreg.managers);
  });

  it('works once, and is not needed again', async () => {
    const { browser, draft } = await stranger();
    await send(browser, draft);
    const code = await sentCode(browser);
    expect((await type(browser, draft, code)).statusCode).toBe(200);
    expect((await type(browser, draft, code)).json()).toMatchObject({
      status: 409,
      code: 'registry_code_not_needed',
    });
    expect((await send(browser, draft)).json()).toMatchObject({ code: 'registry_code_not_needed' });
  });

  it('gives five tries to a code, also to those who try at once', async () => {
    const { browser, draft } = await stranger();
    await send(browser, draft);
    const code = await sentCode(browser);
    const tries = await Promise.all(Array.from({ length: 8 }, () => type(browser, draft, otherThan(code))));
    for (const one of tries) expect(one.json()).toMatchObject({ status: 422, code: 'registry_code_wrong' });
    expect((await type(browser, draft, code)).json()).toMatchObject({ code: 'registry_code_wrong' });
    await send(browser, draft);
    expect((await type(browser, draft, await sentCode(browser))).statusCode).toBe(200);
  });

  it('voids the older code by a newer one, and any after ten minutes', async () => {
    const { browser, draft } = await stranger();
    await send(browser, draft);
    const older = await sentCode(browser);
    await send(browser, draft);
    const newer = await sentCode(browser);
    expect((await type(browser, draft, older)).json()).toMatchObject({ code: 'registry_code_wrong' });
    test.setNow(new Date(Date.now() + 10 * 60_000 + 1000));
    try {
      expect((await type(browser, draft, newer)).json()).toMatchObject({ code: 'registry_code_wrong' });
    } finally {
      test.setNow(undefined);
    }
  });

  it("doesn't open one company with the code of another", async () => {
    const one = await stranger();
    const other = await stranger();
    await send(one.browser, one.draft);
    await send(other.browser, other.draft);
    const code = await sentCode(one.browser);
    expect((await type(other.browser, other.draft, code)).json()).toMatchObject({
      code: 'registry_code_wrong',
    });
    expect((await type(other.browser, one.draft, code)).statusCode).toBe(404);
  });

  it('sends an account ten codes a day at most', async () => {
    const { browser, draft } = await stranger();
    for (let sent = 0; sent < 10; sent += 1) expect((await send(browser, draft)).statusCode).toBe(202);
    const refused = await send(browser, draft);
    expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('sends a mailbox twenty codes a day at most, however many accounts ask', async () => {
    const people = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const browser = await operatorBrowser(test);
        return {
          browser,
          draft: await openDraft(browser, knownIdentifiers('atlasNegoce', 'moi@ici.example')),
        };
      }),
    );
    const statuses: number[] = [];
    for (const { browser, draft } of people)
      for (let sent = 0; sent < 8; sent += 1) statuses.push((await send(browser, draft)).statusCode);
    expect(statuses.filter((status) => status === 202)).toHaveLength(20);
    expect(statuses.slice(20)).toEqual([429, 429, 429, 429]);
  });

  it('shows the mailbox to nobody who has not proved to own it, the export included', async () => {
    const { browser, draft } = await stranger();
    await send(browser, draft);
    const { emails: told } = (await browser.call('GET', '/account/export')).json<{
      emails: { template: string; to: string }[];
    }>();
    expect(told).toContainEqual(
      expect.objectContaining({ template: 'registry_confirmation', to: 'c•••@t•••.example' }),
    );
    expect(JSON.stringify(told)).not.toContain(transitBouregreg.email);
  });

  it('is not needed where BADR knows nobody, and no code is guessed before one was sent', async () => {
    const browser = await operatorBrowser(test);
    const unknown = await openDraft(browser, newIdentifiers());
    expect((await send(browser, unknown)).json()).toMatchObject({
      status: 409,
      code: 'registry_code_not_needed',
    });
    const { browser: other, draft } = await stranger();
    expect((await type(other, draft, '000000')).json()).toMatchObject({ code: 'registry_code_wrong' });
  });
});
