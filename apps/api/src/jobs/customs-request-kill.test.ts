/** The worker killed as by a power cut, while BADR has carried out operations and not told it yet. */
import { sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  acceptance,
  customsAccount,
  decideRequest,
  heldByBadr,
  readRequest,
  requestDesk,
  sentRequest,
  takenByBadr,
} from '../testing/customs-requests.ts';
import { signedInAgent } from '../testing/factories.ts';
import { processSettings, startWorkerProcess } from '../testing/process.ts';
import { badrMode } from '../testing/subscriptions.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

it('carries out each operation once, in the order of the decisions', { timeout: 180_000 }, async () => {
  const desk = requestDesk(test, await signedInAgent(test));
  const account = await customsAccount(test);
  const ids: string[] = [];
  for (const type of ['update', 'cancellation', 'restoration'] as const) {
    const { id } = await sentRequest(test, account, type);
    await decideRequest(desk, id, acceptance);
    ids.push(id);
  }
  const effects = async () => {
    const shown = await Promise.all(ids.map((id) => readRequest(account.browser, id)));
    return shown.map(({ effect }) => effect?.status);
  };
  const settings = processSettings(test.deps.environment);
  await badrMode(test, { mode: 'late_after', delayMs: 60_000, ice: account.ice });
  const first = await startWorkerProcess(settings);
  await expect
    .poll(async () => (await takenByBadr(test, account)).length, { timeout: 30_000 })
    .toBeGreaterThan(0);
  await first.kill();
  expect(await effects()).toEqual(['queued', 'queued', 'queued']);

  await badrMode(test, { mode: 'normal' });
  // What waits for its next try is tried at once: the waiting is the queue's own matter.
  const hurried = async () => {
    await test.deps.database.execute(
      sql`update jobs.job set start_after = now() where name = 'apply-customs-request' and state = 'retry'`,
    );
    return await effects();
  };
  const second = await startWorkerProcess(settings);
  await expect.poll(hurried, { timeout: 120_000, interval: 500 }).toEqual(['applied', 'applied', 'applied']);
  await second.kill();
  const taken = await takenByBadr(test, account);
  expect(taken.map(({ operation }) => operation.type)).toEqual(['update', 'cancellation', 'restoration']);
  expect(taken[0]).toMatchObject({ asked: 2 });
  expect(await heldByBadr(test, account)).toMatchObject({
    tradeName: 'Enseigne nouvelle',
    accountStatus: 'active',
  });
});
