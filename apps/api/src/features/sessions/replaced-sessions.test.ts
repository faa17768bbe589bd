import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { accounts } from '../../db/schema/accounts.ts';
import { sessions } from '../../db/schema/sessions.ts';
import { accountCalls } from '../../testing/accounts.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { testBrowser } from '../../testing/browser.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});
afterEach(() => test.setNow(undefined));

const { confirmed, goodPassword, signInAs } = accountCalls(() => test);
type Browser = Awaited<ReturnType<typeof signInAs>>;
/** A browser with the cookies that another one has now. */
const copyOf = ({ jar }: Browser): Browser => {
  const copy = testBrowser(test.app);
  for (const [name, value] of jar) copy.jar.set(name, value);
  return copy;
};
const opens = async (browser: Browser) =>
  (await browser.request('GET', '/sessions/current')).statusCode === 200;
const refreshes = async (browser: Browser) =>
  (await browser.request('POST', '/sessions/refresh')).statusCode === 200;
const change = ({ request }: Browser) =>
  request('PUT', '/account/password', { currentPassword: goodPassword, password: 'Autre-quai-77' });
const endOthers = ({ request }: Browser) =>
  request('POST', '/account/session-endings', { currentPassword: goodPassword });
const rowsOf = async (email: string) =>
  (
    await test.deps.database
      .select({ session: sessions })
      .from(sessions)
      .innerJoin(accounts, eq(accounts.id, sessions.accountId))
      .where(eq(accounts.email, email))
      .orderBy(sessions.id)
  ).map(({ session }) => session);

it.each([
  ['another password', change],
  ['the end of the other sessions', endOthers],
])('%s ends a stolen copy too; this browser goes on, as long as it would have', async (_, act) => {
  const account = await confirmed();
  test.setNow(new Date(Date.now() + 60_000));
  const here = await signInAs(account);
  test.setNow(new Date(Date.now() + 120_000));
  const stolen = copyOf(here);
  expect((await act(here)).statusCode).toBe(204);
  expect([await opens(stolen), await refreshes(stolen)]).toEqual([false, false]);
  expect([await opens(here), await refreshes(here)]).toEqual([true, true]);
  const [before, after] = await rowsOf(account.email);
  expect(before?.endedAt).not.toBeNull();
  expect(after).toMatchObject({
    endedAt: null,
    endsAt: before?.endsAt,
    createdAt: before?.createdAt,
    userAgent: 'Navigateur de test',
  });
  expect(after?.id).not.toBe(before?.id);
});

it('the end of one other session replaces this one; its own end leaves none', async () => {
  const account = await confirmed();
  const here = await signInAs(account);
  await signInAs(account);
  const stolen = copyOf(here);
  const end = async (id: string | undefined) =>
    (await here.request('POST', '/account/session-endings', { currentPassword: goodPassword, id }))
      .statusCode;
  expect(await end((await rowsOf(account.email))[1]?.id)).toBe(204);
  expect([await opens(stolen), await opens(here)]).toEqual([false, true]);
  expect(await end((await rowsOf(account.email)).at(-1)?.id)).toBe(204);
  expect([...here.jar.keys()]).toEqual(['rnoce_device']);
  expect((await rowsOf(account.email)).filter(({ endedAt }) => endedAt === null)).toEqual([]);
});

it.each([
  ['by a reset', 'update accounts set password_hash = $2 where email = $1', 422],
  ['alone', undefined, 401],
])(
  'nobody gets a session by ending the others at once with the end of theirs: %s',
  async (_, reset, status) => {
    const account = await confirmed();
    const thief = await signInAs(account);
    const [session] = await rowsOf(account.email);
    const client = await test.deps.database.$client.connect();
    try {
      await client.query('begin');
      // Whoever ends every session of an account holds its row first.
      await client.query('select 1 from accounts where email = $1 for no key update', [account.email]);
      const ending = endOthers(thief);
      await expect
        .poll(async () => {
          const { rows } = await test.deps.database.$client.query<{ waiting: number }>(
            "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
          );
          return rows[0]?.waiting;
        })
        .toBe(1);
      if (reset) await client.query(reset, [account.email, 'autre']);
      await client.query('update sessions set ended_at = now() where id = $1', [session?.id]);
      await client.query('commit');
      expect((await ending).statusCode).toBe(status);
    } finally {
      client.release();
    }
    expect((await rowsOf(account.email)).filter(({ endedAt }) => endedAt === null)).toEqual([]);
  },
);
