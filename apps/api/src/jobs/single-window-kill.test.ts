/** The worker killed as by a power cut, while the single window has opened accounts and not told it yet. */
import { inArray } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { emails } from '../db/schema/emails.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { processSettings, startWorkerProcess } from '../testing/process.ts';
import { singleWindowControl, usersNamed, validatedByPortnet } from '../testing/single-window.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

it('opens each account once, and tells each user once', { timeout: 180_000 }, async () => {
  const users = usersNamed('Amina', 'Brahim', 'Chaimae', 'Driss', 'Esma');
  const { ice, statuses, opened, events } = await validatedByPortnet(test, users);
  const settings = processSettings(test.deps.environment);
  await singleWindowControl(test, 'PUT', 'mode', { mode: 'late_after', delayMs: 60_000, ice });
  const first = await startWorkerProcess(settings);
  await expect.poll(async () => (await opened()).length, { timeout: 30_000 }).toBeGreaterThan(0);
  await first.kill();
  expect(await statuses()).toEqual(users.map(() => 'queued'));
  const openedUnheard = (await opened()).map(({ reference }) => reference);

  await singleWindowControl(test, 'PUT', 'mode', { mode: 'normal', ice });
  const second = await startWorkerProcess(settings);
  const allOpened = users.map(() => 'opened');
  await expect.poll(statuses, { timeout: 120_000, interval: 500 }).toEqual(allOpened);
  await second.kill();
  const accounts = await opened();
  expect(accounts).toHaveLength(users.length);
  // Whoever was opened and not told was asked for again.
  const askedAgain = accounts.filter(({ asked }) => asked > 1).map(({ reference }) => reference);
  expect(askedAgain).toEqual(expect.arrayContaining(openedUnheard));
  expect((await events()).filter((event) => event === 'accounts_opened')).toHaveLength(1);
  const told = await test.deps.database
    .select({ to: emails.to })
    .from(emails)
    .where(
      inArray(
        emails.to,
        users.map(({ email }) => email ?? ''),
      ),
    );
  expect(told).toHaveLength(users.length);
});
