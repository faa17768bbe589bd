/**
 * Random sequences of what an operator asks, agents decide and BADR answers, on the real API, compared step by step with a model that was written
 * from the specification alone. `CUSTOMS_MODEL_RUNS=500` is the whole proof.
 */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { AccountModel } from '../../testing/account-model.ts';
import {
  type AccountRun,
  checkAccount,
  checkHistories,
  doStep,
  firstRecord,
  step,
  type World,
} from '../../testing/account-run.ts';
import { testApp } from '../../testing/app.ts';
import { customsAccount, requestDesk } from '../../testing/customs-requests.ts';
import { signedInAgent } from '../../testing/factories.ts';

const runs = Number(process.env.CUSTOMS_MODEL_RUNS ?? 40);
const proofMs = 60_000 + runs * 5_000;

/** Two APIs on one database: one agent is enough for a cancellation, or two are needed. */
const worlds: World[] = [];
beforeAll(async () => {
  for (const agentsNeeded of ['1', '2']) {
    const test = await testApp({
      environment: { CANCELLATION_AGENTS: agentsNeeded },
      // BADR is often away here: each call is to meet it as it is, not a circuit that earlier ones opened.
      badr: { failuresToOpen: Number.MAX_SAFE_INTEGER, retries: 0 },
    });
    const desk = async (given: object) => requestDesk(test, await signedInAgent(test, given));
    worlds.push({
      test,
      desks: [await desk({}), await desk({})],
      outsiders: [await desk({ role: 'administrator' }), await desk({ authority: 'portnet' })],
    });
  }
});

it(`what operators, agents and BADR do in any order is what the specification says, ${String(runs)} times`, {
  timeout: proofMs,
}, async () => {
  const property = fc.asyncProperty(
    fc.record({
      agentsNeeded: fc.constantFrom(1, 2),
      by: fc.constantFrom('agent' as const, 'agent' as const, 'attached' as const),
      cancelled: fc.nat({ max: 4 }).map((drawn) => drawn === 0),
      unproven: fc.nat({ max: 5 }).map((drawn) => drawn === 0),
    }),
    fc.array(step, { minLength: 10, maxLength: 24 }),
    async ({ agentsNeeded, by, cancelled, unproven }, steps) => {
      const world = worlds[agentsNeeded - 1];
      if (!world) return;
      const attached = by === 'attached';
      const account = await customsAccount(world.test, {
        by,
        confirmed: !unproven,
        accountStatus: attached && cancelled ? 'cancelled' : 'active',
        company: { ...firstRecord },
      });
      const model = new AccountModel({
        agentsNeeded,
        proven: !attached || !unproven,
        cancelled: attached && cancelled,
        held: firstRecord,
      });
      const run: AccountRun = { world, account, model, wrongPasswords: 0 };
      await checkAccount(run);
      for (const one of steps) {
        await doStep(run, one);
        await checkAccount(run);
      }
      await checkHistories(run);
    },
  );
  await expect(fc.assert(property, { numRuns: runs })).resolves.toBeUndefined();
});
