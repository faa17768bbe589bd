import { fixtures } from '@rnoce/sandbox/badr/fixtures';
import type { FilingId, Subscription } from '@rnoce/schemas';
import { and, desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { filings } from '../../db/schema/filings.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { anySystem, move } from '../../testing/filings.ts';
import {
  fillDraft,
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

const submit = (browser: OperatorBrowser, { id }: Pick<Subscription, 'id'>, version: number) =>
  browser.call('POST', `/subscriptions/${id}/submission`, { version, body: { acceptTerms: true } });

const taken = { status: 409, code: 'operator_already_registered' };

/** A draft that can be sent. */
async function prepared(
  identifiers: object,
  purpose: 'registration' | 'update_only' = 'registration',
  browser?: OperatorBrowser,
) {
  const own = browser ?? (await operatorBrowser(test));
  const draft = await openDraft(own, identifiers, purpose);
  const version = await fillDraft(test, own, draft, { ...draft.sections.company });
  return { browser: own, draft, version };
}
type Prepared = Awaited<ReturnType<typeof prepared>>;

const send = ({ browser, draft, version }: Prepared) => submit(browser, draft, version);

async function sent(form: Prepared): Promise<{ browser: OperatorBrowser; filingId: FilingId }> {
  const answer = await send(form);
  const [filing] = answer.json<Subscription>().filings;
  if (answer.statusCode !== 200 || !filing) throw new Error(answer.body);
  return { browser: form.browser, filingId: filing.id };
}

const sendBack = async (id: FilingId) =>
  move(test, id, {
    transition: 'returned',
    actor: await anySystem(test),
    reasons: [{ cause: 'other', text: 'Ce n’est pas votre société.' }],
  });

/** Types the code that was sent to the mailbox which BADR holds, as who owns it reads it. */
async function prove({ browser, draft }: Prepared) {
  const path = `/subscriptions/${draft.id}/registry-confirmation`;
  expect((await browser.call('POST', path)).statusCode).toBe(202);
  const [row] = await test.deps.database
    .select({ data: emails.data })
    .from(emails)
    .where(and(eq(emails.accountId, browser.account.id), eq(emails.template, 'registry_confirmation')))
    .orderBy(desc(emails.createdAt), desc(emails.id));
  return await browser.call('PUT', path, { body: { code: String(row?.data.code) } });
}

const sorted = (answers: { statusCode: number }[]) =>
  answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other);

describe('who knows the public facts of a company', () => {
  const { atlasNegoce } = fixtures;

  it('keeps its owner out by no attachment, and can prove nothing once the owner is in', async () => {
    const stranger = await prepared(knownIdentifiers('atlasNegoce', 'moi@ici.example'), 'update_only');
    await sent(stranger);
    const owner = await operatorBrowser(test, { email: atlasNegoce.email });
    const own = await sent(await prepared(knownIdentifiers('atlasNegoce'), 'update_only', owner));
    const [held] = await test.deps.database.select().from(filings).where(eq(filings.id, own.filingId));
    expect(held).toMatchObject({ status: 'validated', attached: true, controlProvenBy: null });
    expect(held?.controlProvenAt).not.toBeNull();

    expect((await prove(stranger)).json()).toMatchObject(taken);
    expect((await stranger.browser.call('GET', '/customs-account')).json()).toMatchObject({
      control: 'code_needed',
    });
    const third = await operatorBrowser(test);
    const late = await third.call('POST', '/subscriptions', {
      body: {
        authorities: ['customs'],
        purpose: 'update_only',
        identifiers: knownIdentifiers('atlasNegoce', 'autre@ici.example'),
      },
    });
    expect(late.json()).toMatchObject(taken);
  });

  it('goes to PortNet only once it showed that it acts for the company', async () => {
    const stranger = await prepared(knownIdentifiers('detroitFret', 'moi@ici.example'), 'update_only');
    await sent(stranger);
    const { browser } = stranger;
    const alone = () => browser.call('POST', '/subscriptions', { body: { authorities: ['portnet'] } });
    expect((await browser.call('GET', '/subscriptions/options')).json()).toMatchObject({
      authorities: [{ reason: 'already_filed' }, { available: false, reason: 'control_not_proven' }],
    });
    expect((await alone()).json()).toMatchObject({ status: 409, code: 'authority_unavailable' });
    expect((await prove(stranger)).statusCode).toBe(200);
    expect((await alone()).statusCode).toBe(201);
  });
});

describe('a registration that was sent back', () => {
  it('holds nothing: whoever sends next takes the place, and the other is told', async () => {
    const identifiers = newIdentifiers();
    const stranger = await prepared(identifiers);
    const { filingId } = await sent(stranger);
    await sendBack(filingId);
    await sent(await prepared(identifiers));

    const { browser, draft } = stranger;
    const open = await browser.call('POST', `/subscriptions/${draft.id}/rectification`);
    const { version } = open.json<Subscription>();
    expect((await submit(browser, draft, version)).json()).toMatchObject(taken);
  });

  it('is sent again by its operator where nobody else took the place', async () => {
    const form = await prepared(newIdentifiers());
    const { filingId } = await sent(form);
    await sendBack(filingId);
    const { browser, draft } = form;
    const open = await browser.call('POST', `/subscriptions/${draft.id}/rectification`);
    expect((await submit(browser, draft, open.json<Subscription>().version)).statusCode).toBe(200);
  });
});

describe('the place of one operator', () => {
  it('has one winner of twenty: who sends, who sends again, who proves an attachment', async () => {
    const identifiers = knownIdentifiers('importChaouia', 'moi@ici.example');
    const attached = await Promise.all([0, 1].map(() => prepared(identifiers, 'update_only')));
    const returned = await prepared(identifiers);
    const forms = await Promise.all(Array.from({ length: 17 }, () => prepared(identifiers)));
    const again = await sent(returned);
    await sendBack(again.filingId);
    for (const form of attached) await sent(form);
    const { draft } = returned;
    const open = await again.browser.call('POST', `/subscriptions/${draft.id}/rectification`);
    const { version } = open.json<Subscription>();

    const answers = await Promise.all([
      ...attached.map(prove),
      submit(again.browser, draft, version),
      ...forms.map(send),
    ]);
    expect(sorted(answers)).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
    for (const loser of answers.filter(({ statusCode }) => statusCode === 409))
      expect(loser.json()).toMatchObject(taken);
  });
});
