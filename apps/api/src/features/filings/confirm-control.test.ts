import type { Dossier, Subscription } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { filings } from '../../db/schema/filings.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { callsOf } from '../../testing/agent-calls.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { accountNow, createRequest, customsAccount } from '../../testing/customs-requests.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { draftFiling, move } from '../../testing/filings.ts';

let test: TestApp;
let agent: Awaited<ReturnType<typeof signedInAgent>>;
let desk: ReturnType<typeof callsOf>;
beforeAll(async () => {
  test = await testApp();
  agent = await signedInAgent(test, { name: 'Salma Idrissi' });
  desk = callsOf(test, agent);
});

const note = 'Registre de commerce et CIN du gérant vus au bureau.';
const confirm = (id: string, version: number, caller = desk) =>
  caller.call('POST', `/filings/${id}/control`, { version, body: { note } });

/** An attached account without proof; customs hold no address of the company. */
async function unproven() {
  const account = await customsAccount(test, { by: 'attached', confirmed: false });
  const { record, subscription } = account;
  await test.deps.database
    .update(subscriptions)
    .set({ registryRecord: { ...record, email: '' } })
    .where(eq(subscriptions.id, subscription.id));
  return account;
}

describe('« Confirmer le contrôle »', () => {
  it('opens the operations of an account that no code could reach; history, agent, evidence and e-mail are kept', async () => {
    const account = await unproven();
    const { browser, filingId, subscription } = account;
    expect(await accountNow(account)).toMatchObject({ control: 'no_email' });
    const { version, control } = await desk.dossierOf(filingId);
    expect(control).toBe('unproven');
    const answer = await confirm(filingId, version);
    expect(answer.statusCode).toBe(200);
    expect(answer.json<Dossier>()).toMatchObject({
      status: 'validated',
      control: 'agent',
      version: version + 1,
    });
    expect(answer.json<Dossier>().history.at(-1)).toMatchObject({
      event: 'control_confirmed',
      actor: 'agent',
      actorName: 'Salma Idrissi',
      note,
    });
    expect(await accountNow(account)).toMatchObject({ control: 'proven' });
    expect((await createRequest(browser, 'update')).statusCode).toBe(201);
    const own = (await browser.call('GET', `/subscriptions/${subscription.id}`)).json<Subscription>();
    expect(own.filings[0]?.history.at(-1)).toMatchObject({
      event: 'control_confirmed',
      actorName: null,
      note: null,
    });
    const mails = await test.deps.database
      .select({ to: emails.to })
      .from(emails)
      .where(and(eq(emails.accountId, browser.account.id), eq(emails.template, 'control_confirmed')));
    expect(mails).toEqual([{ to: browser.account.email }]);
  });

  it('is done once, on what the agent saw, and on attached dossiers alone', async () => {
    const { filingId } = await unproven();
    const { version } = await desk.dossierOf(filingId);
    expect((await confirm(filingId, version - 1)).json()).toMatchObject({ code: 'stale' });
    const answers = await Promise.all([0, 1, 2].map(() => confirm(filingId, version)));
    expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([
      200, 409, 409,
    ]);
    const registered = await customsAccount(test);
    const seen = await desk.dossierOf(registered.filingId);
    expect(seen.control).toBeNull();
    expect((await confirm(registered.filingId, seen.version)).json()).toMatchObject({
      code: 'control_already_proven',
    });
  });

  it('is the own authority’s, of an agent who decides, and needs what was seen', async () => {
    const { filingId } = await unproven();
    const { version } = await desk.dossierOf(filingId);
    const outsiders = [
      { given: { authority: 'portnet' as const }, status: 404 },
      { given: { role: 'administrator' as const }, status: 403 },
    ];
    for (const { given, status } of outsiders) {
      const outsider = callsOf(test, await signedInAgent(test, given));
      expect((await confirm(filingId, version, outsider)).statusCode).toBe(status);
    }
    const empty = await desk.call('POST', `/filings/${filingId}/control`, { version, body: { note: ' ' } });
    expect(empty.json()).toMatchObject({ status: 422, errors: [{ pointer: '/note' }] });
    expect((await desk.dossierOf(filingId)).control).toBe('unproven');
  });

  it('is refused, and changes nothing, when another account holds the operator’s place', async () => {
    const { filingId, ice, browser } = await unproven();
    const other = await draftFiling(test, { company: { ice } });
    await move(test, other.id, {
      transition: 'submitted',
      actor: { kind: 'operator', accountId: other.accountId },
      sections: other.sections,
    });
    const { version } = await desk.dossierOf(filingId);
    expect((await confirm(filingId, version)).json()).toMatchObject({ code: 'operator_already_registered' });
    const [kept] = await test.deps.database.select().from(filings).where(eq(filings.id, filingId));
    expect(kept).toMatchObject({ controlProvenAt: null, controlProvenBy: null, version });
    expect((await browser.call('GET', '/customs-account')).json()).toMatchObject({ control: 'no_email' });
  });
});
