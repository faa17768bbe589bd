import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type NonsenseVariant, nonsenseVariants } from '../../../sandbox/src/badr/badr-faults.ts';
import { customsRequestHistory, customsRequests } from '../db/schema/customs-requests.ts';
import { filings } from '../db/schema/filings.ts';
import type { Deps } from '../deps.ts';
import { createBadrGateway } from '../integrations/badr/http-badr-gateway.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  acceptance,
  accountNow,
  applyRequest,
  type CustomsAccountOf,
  changeAtCustoms,
  customsAccount,
  decideRequest,
  fillRequest,
  heldByBadr,
  openRequest,
  ordersQueued,
  type RequestDesk,
  readRequest,
  requestDesk,
  saveRequest,
  sentRequest,
  submitRequest,
  takenByBadr,
} from '../testing/customs-requests.ts';
import { signedInAgent } from '../testing/factories.ts';
import { manager } from '../testing/forms.ts';
import { badrMode, openPortnetAlone } from '../testing/subscriptions.ts';
import { applyCustomsRequest, giveUpCustomsRequest } from './apply-customs-request.ts';

let test: TestApp;
let desk: RequestDesk;
beforeAll(async () => {
  test = await testApp();
  desk = requestDesk(test, await signedInAgent(test));
});
afterEach(() => badrMode(test, { mode: 'normal' }));

/** A gateway that has met no failure yet. */
const freshDeps = (options: { orderTimeoutMs?: number } = {}): Deps => {
  const { BADR_URL: url, BADR_KEY: key } = test.deps.environment;
  return { ...test.deps, badr: createBadrGateway({ url, key, ...options }) };
};

/** Dies once BADR has answered, before anything of it is written. */
const dyingDeps = (): Deps => ({
  ...freshDeps(),
  now: () => {
    throw new Error('killed here');
  },
});

const rowOf = async (id: string) => {
  const [row] = await test.deps.database.select().from(customsRequests).where(eq(customsRequests.id, id));
  if (!row) throw new Error('no such request');
  return row;
};
const eventsOf = async (id: string) =>
  (
    await test.deps.database
      .select()
      .from(customsRequestHistory)
      .where(eq(customsRequestHistory.requestId, id))
      .orderBy(customsRequestHistory.at, customsRequestHistory.id)
  ).map(({ event }) => event);

async function acceptedUpdate(company = { tradeName: 'Enseigne nouvelle' }) {
  const account = await customsAccount(test);
  const { id, reference } = await sentRequest(test, account, 'update', company);
  await decideRequest(desk, id, acceptance);
  return { account, id, reference };
}
async function accepted(account: CustomsAccountOf, type: 'cancellation' | 'restoration') {
  const { id } = await sentRequest(test, account, type);
  await decideRequest(desk, id, acceptance);
  return id;
}

describe('the effect of an accepted operation', () => {
  it('of an update: BADR holds what was asked, and the card says so', async () => {
    const { account, id, reference } = await acceptedUpdate();
    expect(await ordersQueued(test, id)).toBe(1);
    expect((await readRequest(account.browser, id)).effect).toMatchObject({ status: 'queued' });
    await applyRequest(test, id);
    expect(await heldByBadr(test, account)).toEqual({ ...account.record, tradeName: 'Enseigne nouvelle' });
    expect((await readRequest(account.browser, id)).effect).toMatchObject({
      status: 'applied',
      reason: null,
    });
    expect((await eventsOf(id)).at(-1)).toBe('applied');
    await applyRequest(test, id);
    expect(await takenByBadr(test, account)).toMatchObject([{ reference, asked: 1 }]);
  });

  it('of managers: one changed, one added, one taken out', async () => {
    const account = await customsAccount(test);
    const { browser } = account;
    const second = { ...manager, firstName: 'Brahim', idNumber: 'BB222222' };
    await changeAtCustoms(test, account, { managers: [manager, second] as never });
    const draft = await fillRequest(test, browser, await openRequest(browser, 'update'));
    const [first] = draft.sections.managers ?? [];
    const added = { ...manager, key: 'new', firstName: 'Chaimae', idNumber: 'CC333333' };
    const saved = await saveRequest(browser, draft, 'sections/managers', [
      { ...first, idNumber: 'DD444444' },
      added,
    ]);
    expect((await submitRequest(browser, saved)).statusCode).toBe(200);
    await decideRequest(desk, draft.id, acceptance);
    await applyRequest(test, draft.id);
    const { managers } = await heldByBadr(test, account);
    expect(managers.map(({ firstName, idNumber }) => [firstName, idNumber])).toEqual([
      [manager.firstName, 'DD444444'],
      ['Chaimae', 'CC333333'],
    ]);
    expect(await rowOf(draft.id)).toMatchObject({ effectStatus: 'applied' });
  });

  it('leaves out what the agent left out', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update', {
      tradeName: 'Enseigne nouvelle',
      acronym: 'NEUF',
    });
    const reasons = [{ about: { item: 'company.acronym' }, cause: 'mismatch' }];
    await decideRequest(desk, id, { ...acceptance, reasons });
    await applyRequest(test, id);
    expect(await heldByBadr(test, account)).toEqual({ ...account.record, tradeName: 'Enseigne nouvelle' });
  });

  it('of the raison sociale: the account has the name that customs know, and PortNet is asked for with it', async () => {
    const account = await customsAccount(test);
    const { browser, filingId } = account;
    const nameNow = async () =>
      (await browser.call('GET', '/account')).json<{ legalName: string }>().legalName;
    const first = await nameNow();
    const legalName = 'Nom Tout Nouveau SARL';
    const { id } = await sentRequest(test, account, 'update', { legalName });
    await decideRequest(desk, id, acceptance);
    expect(await nameNow()).toBe(first);
    await applyRequest(test, id);
    expect(await nameNow()).toBe(legalName);
    const [filing] = await test.deps.database.select().from(filings).where(eq(filings.id, filingId));
    expect(filing).toMatchObject({ legalName });
    const { sections } = await openPortnetAlone(browser);
    expect(sections.company).toMatchObject({ legalName });
  });

  it('of a raison sociale that the agent left out, or that BADR did not take: the name stays', async () => {
    for (const body of [
      {
        ...acceptance,
        reasons: [{ about: { item: 'company.legalName' }, cause: 'mismatch', text: 'Sans décision.' }],
      },
      acceptance,
    ]) {
      const account = await customsAccount(test);
      const asked = { legalName: 'Un Autre Nom SARL', tradeName: 'Enseigne nouvelle' };
      const { id } = await sentRequest(test, account, 'update', asked);
      await decideRequest(desk, id, body);
      if (body === acceptance) await changeAtCustoms(test, account, { legalName: 'Nom de la douane SARL' });
      await applyRequest(test, id);
      const [filing] = await test.deps.database
        .select()
        .from(filings)
        .where(eq(filings.id, account.filingId));
      expect(filing).toMatchObject({ legalName: account.record.legalName });
    }
  });

  it('of a cancellation, then of a restoration', async () => {
    const account = await customsAccount(test);
    await applyRequest(test, await accepted(account, 'cancellation'));
    expect(await heldByBadr(test, account)).toMatchObject({ accountStatus: 'cancelled' });
    await applyRequest(test, await accepted(account, 'restoration'));
    expect(await heldByBadr(test, account)).toMatchObject({ accountStatus: 'active' });
    expect((await accountNow(account)).state).toBe('active');
  });

  it('counts as done on an account that customs closed themselves meanwhile', async () => {
    const account = await customsAccount(test);
    const id = await accepted(account, 'cancellation');
    await changeAtCustoms(test, account, { accountStatus: 'cancelled' });
    await applyRequest(test, id);
    expect(await rowOf(id)).toMatchObject({ effectStatus: 'applied' });
  });

  it('goes by the accounts number that BADR gave at the registration, when it was away ever since', async () => {
    const account = await customsAccount(test);
    await badrMode(test, { mode: 'error' });
    const id = await accepted(account, 'cancellation');
    await badrMode(test, { mode: 'normal' });
    await applyCustomsRequest(freshDeps(), { requestId: id });
    expect(await heldByBadr(test, account)).toMatchObject({ accountStatus: 'cancelled' });
  });
});

describe('a BADR that is ill', () => {
  it.each(['down', 'error'])('is asked again: %s', async (mode) => {
    const { account, id } = await acceptedUpdate();
    await badrMode(test, { mode, ice: account.ice });
    await expect(applyCustomsRequest(freshDeps(), { requestId: id })).rejects.toThrow('BADR is unavailable');
    expect(await rowOf(id)).toMatchObject({ effectStatus: 'queued' });
    expect(await takenByBadr(test, account)).toEqual([]);
    await badrMode(test, { mode: 'normal' });
    await applyCustomsRequest(freshDeps(), { requestId: id });
    expect(await takenByBadr(test, account)).toMatchObject([{ asked: 1 }]);
    expect(await rowOf(id)).toMatchObject({ effectStatus: 'applied' });
  });

  it('is asked again when it is slow, whether it had carried it out or not', async () => {
    const { account, id } = await acceptedUpdate();
    await badrMode(test, { mode: 'slow', delayMs: 60_000, ice: account.ice });
    const deps = freshDeps({ orderTimeoutMs: 100 });
    await expect(applyCustomsRequest(deps, { requestId: id })).rejects.toThrow('BADR is unavailable');
    expect(await rowOf(id)).toMatchObject({ effectStatus: 'queued' });
    await badrMode(test, { mode: 'normal' });
    await applyCustomsRequest(freshDeps(), { requestId: id });
    expect(await takenByBadr(test, account)).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ effectStatus: 'applied' });
  });

  it('is never believed when it answers nonsense, whatever it is', async () => {
    const { account, id } = await acceptedUpdate();
    for (const variant of Object.keys(nonsenseVariants) as NonsenseVariant[]) {
      await badrMode(test, { mode: 'nonsense', variant, ice: account.ice });
      await expect(applyCustomsRequest(freshDeps(), { requestId: id })).rejects.toThrow(
        'BADR is unavailable',
      );
    }
    expect(await rowOf(id)).toMatchObject({ effectStatus: 'queued' });
    expect(await takenByBadr(test, account)).toEqual([]);
  });

  it('that writes it and loses its answer has written it once', async () => {
    const { account, id } = await acceptedUpdate();
    await badrMode(test, { mode: 'cut_after', ice: account.ice, calls: 1 });
    await expect(applyCustomsRequest(freshDeps(), { requestId: id })).rejects.toThrow('BADR is unavailable');
    // Customs go on from what was written: a second effect would undo it.
    await changeAtCustoms(test, account, { tradeName: 'Changée depuis' });
    await applyCustomsRequest(freshDeps(), { requestId: id });
    expect(await heldByBadr(test, account)).toMatchObject({ tradeName: 'Changée depuis' });
    expect(await takenByBadr(test, account)).toMatchObject([{ asked: 2 }]);
    expect(await rowOf(id)).toMatchObject({ effectStatus: 'applied' });
  });
});

it('killed between BADR’s answer and our note, and run by two workers at once, has its effect once', async () => {
  const { account, id } = await acceptedUpdate();
  await expect(applyCustomsRequest(dyingDeps(), { requestId: id })).rejects.toThrow('killed here');
  expect(await rowOf(id)).toMatchObject({ effectStatus: 'queued' });
  // What is read of BADR meanwhile doesn't change the order that was sent.
  expect((await desk.readRegistry(id)).statusCode).toBe(200);
  const deps = freshDeps();
  await Promise.all([1, 2, 3].map(() => applyCustomsRequest(deps, { requestId: id })));
  expect(await takenByBadr(test, account)).toHaveLength(1);
  expect((await eventsOf(id)).filter((event) => event === 'applied')).toHaveLength(1);
});

describe('what BADR does not take as it is', () => {
  it('is refused for an agent, in BADR’s words, which the operator is not told', async () => {
    const { account, id } = await acceptedUpdate();
    await badrMode(test, { mode: 'refuse', ice: account.ice });
    await applyRequest(test, id);
    const reason = 'Opération refusée par le bac à sable.';
    expect((await desk.dossier(id)).effect).toMatchObject({ status: 'refused', reason });
    const shown = await readRequest(account.browser, id);
    expect(shown.effect).toMatchObject({ status: 'refused', reason: null });
    const listed = await desk.call('GET', `/customs-requests?stuck=true&q=${account.ice}`);
    expect(listed.json<{ items: object[] }>().items).toMatchObject([{ id }]);
  });

  it('is overtaken when customs changed the same thing after the decision, and nothing is written', async () => {
    const { account, id } = await acceptedUpdate();
    const changed = await changeAtCustoms(test, account, { tradeName: 'Changée à la douane' });
    await applyRequest(test, id);
    expect(await heldByBadr(test, account)).toEqual(changed);
    expect(await rowOf(id)).toMatchObject({ effectStatus: 'overtaken', effectReason: null });
    expect((await eventsOf(id)).at(-1)).toBe('overtaken');
  });

  it('is refused when it was sent in vain to the end, and the next one goes', async () => {
    const account = await customsAccount(test);
    const cancellation = await accepted(account, 'cancellation');
    const restoration = await accepted(account, 'restoration');
    await giveUpCustomsRequest(test.deps, { requestId: cancellation });
    expect(await rowOf(cancellation)).toMatchObject({ effectStatus: 'refused', effectReason: null });
    expect(await ordersQueued(test, restoration)).toBe(2);
    await giveUpCustomsRequest(test.deps, { requestId: cancellation });
    expect(await ordersQueued(test, restoration)).toBe(2);
  });
});

describe('the effects of one account', () => {
  it('go in the order of the decisions: a restoration waits for the cancellation before it', async () => {
    const account = await customsAccount(test);
    const cancellation = await accepted(account, 'cancellation');
    const restoration = await accepted(account, 'restoration');
    await applyRequest(test, restoration);
    expect(await takenByBadr(test, account)).toEqual([]);
    await applyRequest(test, cancellation);
    // Called by the one before, since its own job is over.
    expect(await ordersQueued(test, restoration)).toBe(2);
    await applyRequest(test, restoration);
    expect(await heldByBadr(test, account)).toMatchObject({ accountStatus: 'active' });
    expect(await takenByBadr(test, account)).toHaveLength(2);
  });

  it('are never forgotten: one that is accepted while the one before is noted goes, or is called', async () => {
    for (let round = 0; round < 5; round += 1) {
      const account = await customsAccount(test);
      const cancellation = await accepted(account, 'cancellation');
      const { id, version } = await sentRequest(test, account, 'restoration');
      const decideAndSend = async () => {
        expect((await desk.decide(id, version, acceptance)).statusCode).toBe(200);
        await applyRequest(test, id);
      };
      await Promise.all([applyRequest(test, cancellation), decideAndSend()]);
      const isApplied = (await rowOf(id)).effectStatus === 'applied';
      const isCalled = (await ordersQueued(test, id)) === 2;
      expect(isApplied || isCalled).toBe(true);
      await applyRequest(test, id);
      expect(await heldByBadr(test, account)).toMatchObject({ accountStatus: 'active' });
    }
  });

  it('of another account do not wait', async () => {
    const waiting = await customsAccount(test);
    await accepted(waiting, 'cancellation');
    const { account, id } = await acceptedUpdate();
    await applyRequest(test, id);
    expect(await takenByBadr(test, account)).toHaveLength(1);
  });
});

it('of a request that is not accepted is nothing', async () => {
  const account = await customsAccount(test);
  const { id } = await sentRequest(test, account, 'update');
  await applyRequest(test, id);
  await applyRequest(test, '00000000-0000-0000-0000-000000000000');
  expect(await takenByBadr(test, account)).toEqual([]);
  expect(await rowOf(id)).toMatchObject({ effectStatus: null });
});
