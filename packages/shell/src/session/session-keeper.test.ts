import { ApiError } from '@rnoce/api-client/api-error';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSessionKeeper, type SessionKeeper, type SessionRoutes } from './session-keeper.ts';
import { createSessionStore, type Principal, type PrincipalSession } from './session-store.ts';

const refusal = new ApiError({ status: 401, code: 'session_expired' });
const of = (id: string): PrincipalSession<Principal> => ({
  principal: { id, email: `${id}@operator.example` },
  expiresAt: '2026-11-21T10:30:00Z',
});

/** What the pages of this test, tabs of one browser, have left for. */
let left: string[] = [];
let channels = 0;
let channel = '';

beforeEach(() => {
  left = [];
  channels += 1;
  channel = `test-${String(channels)}`;
  // Storage is forbidden here, as a browser may do.
  vi.stubGlobal('window', {
    location: { assign: (address: string) => left.push(address) },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const openTab = (routes: Partial<SessionRoutes<Principal>> = {}): SessionKeeper<Principal> =>
  createSessionKeeper(createSessionStore<Principal>('hint'), channel, {
    current: () => Promise.reject(refusal),
    refresh: () => Promise.reject(refusal),
    end: () => Promise.resolve(),
    ...routes,
  });

/** A tab that took up the session of « amal » without a word to the others. */
async function resumedTab(): Promise<SessionKeeper<Principal>> {
  const tab = openTab({ current: () => Promise.resolve(of('amal')) });
  await tab.resume();
  return tab;
}

/** What one tab says reaches the other one later. */
const heard = async (tab: SessionKeeper<Principal>, kind: string): Promise<void> => {
  await vi.waitUntil(() => tab.store.state().kind === kind);
};

test('a session begun again in one tab frees what waits for it in the other one', async () => {
  const [one, other] = [await resumedTab(), await resumedTab()];

  let answers = 0;
  const asked = other.withSession(() => {
    answers += 1;
    return answers === 1 ? Promise.reject(refusal) : Promise.resolve('saved');
  });
  await heard(other, 'expired');
  await heard(one, 'expired');
  one.begin(of('amal'));

  expect(await asked).toBe('saved');
  expect(other.store.state().kind).toBe('active');
  expect(left).toEqual([]);
});

test('the end of a session is the end in every tab, and leads to the sign-in', async () => {
  const [one, other] = [await resumedTab(), await resumedTab()];
  await one.end();
  await heard(other, 'anonymous');
  expect(left).toEqual(['/connexion?motif=deconnexion', '/connexion?motif=deconnexion']);
});

test('what waits for the session of one person is not done for the next one', async () => {
  const [one, other] = [await resumedTab(), openTab()];
  one.expire();
  other.begin(of('badr'));
  await vi.waitUntil(() => left.length > 0);
  expect(one.store.principal()?.id).toBe('amal');
  expect(one.store.state().kind).toBe('expired');
  expect(left).toEqual(['/']);
});

test('an expired session that is given up lets nothing wait', async () => {
  const tab = openTab();
  tab.begin(of('amal'));
  const asked = tab.withSession(() => Promise.reject(refusal));
  await heard(tab, 'expired');
  tab.abandon();
  await expect(asked).rejects.toBe(refusal);
  expect(tab.store.state().kind).toBe('anonymous');
});

test('renewals asked together are one, and a server away says nothing about the session', async () => {
  const refresh = vi
    .fn<SessionRoutes<Principal>['refresh']>()
    .mockResolvedValueOnce(of('amal'))
    .mockRejectedValueOnce(new TypeError('away'));
  const tab = openTab({ refresh });
  expect(await Promise.all([tab.renew(), tab.renew()])).toEqual([true, true]);
  expect(refresh).toHaveBeenCalledTimes(1);
  expect(tab.millisecondsSinceRenewal()).toBeLessThan(60_000);

  await expect(tab.renew()).rejects.toThrow('away');
  expect(tab.store.state().kind).toBe('active');
});

test('a session taken up after a reload is not known to be fresh', async () => {
  const tab = await resumedTab();
  expect(tab.store.principal()?.id).toBe('amal');
  expect(tab.millisecondsSinceRenewal()).toBeGreaterThan(8 * 60_000);
  expect(await openTab().resume()).toBe(false);
});

test('an access token that has run out does not leave the session alive when signing out', async () => {
  const end = vi
    .fn<SessionRoutes<Principal>['end']>()
    .mockRejectedValueOnce(refusal)
    .mockResolvedValueOnce(undefined);
  const tab = openTab({ end, refresh: () => Promise.resolve(of('amal')) });
  tab.begin(of('amal'));
  await tab.end();
  expect(end).toHaveBeenCalledTimes(2);
  expect(tab.store.state().kind).toBe('anonymous');
});

/** A storage with something that « amal » typed. */
function storageWithCopy() {
  const kept = new Map([['rnoce_draft.amal.d1.company.a', '{}']]);
  vi.stubGlobal('window', {
    location: { assign: (address: string) => left.push(address) },
    localStorage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
      key: (index: number) => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size;
      },
    },
  });
  return kept;
}

test('signing out leaves nothing typed on the device; a session that is over by itself leaves it', async () => {
  const kept = storageWithCopy();
  const over = await resumedTab();
  over.expire();
  over.abandon();
  expect([...kept.keys()]).toContain('rnoce_draft.amal.d1.company.a');
  const tab = await resumedTab();
  await tab.end();
  expect([...kept.keys()]).toEqual([]);
});

test('no tab renews while another one is given a new session: the token of before opens nothing', async () => {
  const done: string[] = [];
  const [one, other] = [
    await resumedTab(),
    openTab({
      refresh: () => {
        done.push('renewed');
        return Promise.resolve(of('amal'));
      },
    }),
  ];
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  let begun = (): void => {};
  const begins = new Promise<void>((resolve) => (begun = resolve));
  const exchanged = one.exchange(async () => {
    begun();
    await answered;
    done.push('exchanged');
  });
  await begins;
  const renewed = other.renew();
  answer();
  await Promise.all([exchanged, renewed]);
  expect(done).toEqual(['exchanged', 'renewed']);
});

test('an exchange that meets the end of the access token renews first, and doesn’t wait for itself', async () => {
  const tab = openTab({ refresh: () => Promise.resolve(of('amal')) });
  tab.begin(of('amal'));
  let calls = 0;
  const exchanged = tab.exchange(() => {
    calls += 1;
    return calls === 1 ? Promise.reject(refusal) : Promise.resolve('changed');
  });
  expect(await exchanged).toBe('changed');
});
