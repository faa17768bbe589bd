import type { CustomsRequestDossier } from '@rnoce/schemas';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  acceptance,
  applyRequest,
  type CustomsAccountOf,
  changeAtCustoms,
  customsAccount,
  decideRequest,
  fillRequest,
  heldByBadr,
  openRequest,
  type RequestDesk,
  readRequest,
  rejection,
  requestDesk,
  saveRequest,
  sentRequest,
  submitRequest,
  takenByBadr,
} from '../../testing/customs-requests.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { manager } from '../../testing/forms.ts';
import { codeOf } from '../../testing/refusals.ts';
import { badrMode } from '../../testing/subscriptions.ts';

let test: TestApp;
let desk: RequestDesk;
beforeAll(async () => {
  // BADR is often away here: each call is to meet it as it is, not a circuit that earlier ones opened.
  test = await testApp({ badr: { failuresToOpen: 1000, retries: 0 } });
  desk = requestDesk(test, await signedInAgent(test));
});
afterEach(async () => {
  test.setNow(undefined);
  await badrMode(test, { mode: 'normal' });
});

const later = (milliseconds: number) => test.setNow(new Date(Date.now() + milliseconds));
const changeOf = ({ changes }: CustomsRequestDossier, item: string) =>
  changes.find((change) => change.item === item);
const askedAbout = async ({ ice }: CustomsAccountOf) => {
  const answer = await fetch(`${test.sandboxUrl}/api/badr/calls?ice=${ice}`);
  return ((await answer.json()) as { items: object[] }).items.length;
};
const readAgain = async (id: string) => (await desk.readRegistry(id)).json<CustomsRequestDossier>();

describe('a dossier that is opened', () => {
  it('reads BADR again after a minute, and shows what customs changed meanwhile', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update');
    const first = await desk.dossier(id);
    const asked = await askedAbout(account);
    await changeAtCustoms(test, account, { tradeName: 'Changée à la douane' });
    later(50_000);
    expect((await desk.dossier(id)).version).toBe(first.version);
    expect(await askedAbout(account)).toBe(asked);
    later(70_000);
    const second = await desk.dossier(id);
    expect(second.version).toBe(first.version + 1);
    expect(changeOf(second, 'company.tradeName')).toMatchObject({
      now: 'Changée à la douane',
      before: 'Atlas',
      asked: 'Enseigne nouvelle',
      overtaken: true,
    });
    expect(codeOf(await desk.decide(id, first.version, acceptance))).toBe('stale');
    expect((await desk.decide(id, second.version, acceptance)).statusCode).toBe(200);
    // Decided over what the agent saw: that is what is written over.
    await applyRequest(test, id);
    expect(await heldByBadr(test, account)).toMatchObject({ tradeName: 'Enseigne nouvelle' });
  });

  it.each(['slow', 'error', 'down', 'nonsense'])(
    'is shown with the older reading while BADR is away: %s',
    async (mode) => {
      const account = await customsAccount(test);
      const { id } = await sentRequest(test, account, 'update');
      const first = await desk.dossier(id);
      await badrMode(test, { mode, delayMs: 60_000, ice: account.ice });
      later(70_000);
      const away = await desk.dossier(id);
      expect(away.registry).toEqual({ ...first.registry, status: 'unavailable' });
      expect(away.changes).toEqual(first.changes);
      // What the agent sees is what they saw: their decision stands.
      expect(away.version).toBe(first.version);
      await badrMode(test, { mode: 'normal' });
      const back = await desk.dossier(id);
      expect(back.registry).toMatchObject({ status: 'registered' });
      expect(back.version).toBe(first.version);
    },
  );

  it('keeps what it was decided on once it is decided', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update');
    const decided = await decideRequest(desk, id, rejection);
    await changeAtCustoms(test, account, { tradeName: 'Changée à la douane' });
    later(70_000);
    expect(await readAgain(id)).toEqual(decided);
    expect(await desk.dossier(id)).toEqual(decided);
  });
});

describe('a reading', () => {
  it('without news is no new version, however many at once', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update');
    const { version } = await desk.dossier(id);
    await changeAtCustoms(test, account, { acronym: 'AUTRE' });
    const read = await Promise.all([1, 2, 3, 4].map(() => desk.readRegistry(id)));
    expect(read.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    expect((await readAgain(id)).version).toBe(version + 1);
  });

  it('tells of an account that customs closed, or know no more', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update');
    const { version } = await desk.dossier(id);
    await changeAtCustoms(test, account, { accountStatus: 'cancelled' });
    expect(await readAgain(id)).toMatchObject({
      registry: { status: 'registered', accountStatus: 'cancelled' },
      version: version + 1,
    });
    await changeAtCustoms(test, account, { taxId: '99999999' });
    const unknown = await readAgain(id);
    expect(unknown).toMatchObject({
      registry: { status: 'not_registered', accountStatus: null },
      version: version + 2,
    });
    // Nobody knows what BADR holds: it isn't said to hold nothing.
    expect(unknown.changes[0]).not.toHaveProperty('now');
  });

  it('knows a manager by the identity document, the former and the asked one', async () => {
    const account = await customsAccount(test);
    const { browser } = account;
    const draft = await fillRequest(test, browser, await openRequest(browser, 'update'), {});
    const [first] = draft.sections.managers ?? [];
    const added = { ...manager, key: 'new', firstName: 'Chaimae', idNumber: 'CC333333' };
    const saved = await saveRequest(browser, draft, 'sections/managers', [
      { ...first, idNumber: 'DD444444' },
      added,
    ]);
    expect((await submitRequest(browser, saved)).statusCode).toBe(200);
    const item = `managers.${first?.key ?? ''}`;
    const opened = await desk.dossier(draft.id);
    expect(changeOf(opened, item)).toMatchObject({
      kind: 'changed',
      now: { idNumber: manager.idNumber },
      overtaken: false,
    });
    expect(changeOf(opened, 'managers.new')).toMatchObject({ kind: 'added', now: null, overtaken: false });
    const { key: _key, ...taken } = added;
    await changeAtCustoms(test, account, {
      managers: [
        { ...manager, idNumber: 'DD444444' },
        { ...taken, address: 'Ailleurs' },
      ] as never,
    });
    const changed = await readAgain(draft.id);
    expect(changeOf(changed, item)).toMatchObject({ now: { idNumber: 'DD444444' }, overtaken: true });
    expect(changeOf(changed, 'managers.new')).toMatchObject({
      now: { address: 'Ailleurs' },
      overtaken: true,
    });
  });
});

describe('sending again', () => {
  /** An update that BADR didn't take: customs changed the same thing after the decision. */
  async function overtaken() {
    const account = await customsAccount(test);
    const { id, reference } = await sentRequest(test, account, 'update');
    await decideRequest(desk, id, acceptance);
    await changeAtCustoms(test, account, { tradeName: 'Changée à la douane' });
    await applyRequest(test, id);
    return { account, id, reference };
  }

  it('goes over what BADR holds now, once the agent has seen it, under another reference', async () => {
    const { account, id, reference } = await overtaken();
    const unread = await desk.dossier(id);
    expect(unread.effect).toMatchObject({ status: 'overtaken' });
    expect(codeOf(await desk.resend(id, unread.version))).toBe('stale');
    const read = await desk.dossier(id);
    expect(changeOf(read, 'company.tradeName')).toMatchObject({
      now: 'Changée à la douane',
      overtaken: true,
    });
    const sent = await desk.resend(id, read.version);
    expect(sent.json()).toMatchObject({ effect: { status: 'queued' } });
    await applyRequest(test, id);
    expect(await heldByBadr(test, account)).toMatchObject({ tradeName: 'Enseigne nouvelle' });
    expect(await takenByBadr(test, account)).toMatchObject([{ reference: `${reference}-r1` }]);
    const { history } = await desk.dossier(id);
    expect(history.map(({ event }) => event).slice(-4)).toEqual([
      'accepted',
      'overtaken',
      'resent',
      'applied',
    ]);
    expect((await readRequest(account.browser, id)).effect).toMatchObject({ status: 'applied' });
  });

  it('needs BADR’s word, and a request that is stuck', async () => {
    const { account, id } = await overtaken();
    const { version } = await readAgain(id);
    await badrMode(test, { mode: 'error', ice: account.ice });
    expect(codeOf(await desk.resend(id, version))).toBe('registry_unavailable');
    await badrMode(test, { mode: 'normal' });
    const twice = await Promise.all([desk.resend(id, version), desk.resend(id, version)]);
    expect(twice.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
    await applyRequest(test, id);
    expect(codeOf(await desk.resend(id, version))).toBe('request_not_resendable');
    const waiting = await sentRequest(test, account, 'update', { acronym: 'NEUF' });
    expect(codeOf(await desk.resend(waiting.id, waiting.version))).toBe('request_not_resendable');
  });

  it('does not bring a cancellation back over the restoration that followed it', async () => {
    const account = await customsAccount(test);
    const cancellation = await sentRequest(test, account, 'cancellation');
    await decideRequest(desk, cancellation.id, acceptance);
    await badrMode(test, { mode: 'refuse', ice: account.ice });
    await applyRequest(test, cancellation.id);
    await badrMode(test, { mode: 'normal' });
    const restoration = await sentRequest(test, account, 'restoration');
    await decideRequest(desk, restoration.id, acceptance);
    const { version } = await readAgain(cancellation.id);
    expect(codeOf(await desk.resend(cancellation.id, version))).toBe('request_not_resendable');
    await applyRequest(test, restoration.id);
    expect(await heldByBadr(test, account)).toMatchObject({ accountStatus: 'active' });
  });
});
