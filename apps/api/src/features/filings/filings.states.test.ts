import { type FilingId, filingTransitions } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { filingHistory, filings } from '../../db/schema/filings.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { draftFiling, move } from '../../testing/filings.ts';

let test: TestApp;
let agents: Awaited<ReturnType<typeof signedInAgent>>[];

beforeAll(async () => {
  test = await testApp();
  agents = [await signedInAgent(test), await signedInAgent(test)];
});

const operatorMoves = ['submitted', 'attached', 'reopened', 'resubmitted'] as const;
const agentCalls = ['validate', 'return', 'hold', 'release', 'save', 'stale decision'] as const;
const action = fc.oneof(
  fc.record({ who: fc.constant('operator' as const), what: fc.constantFrom(...operatorMoves) }),
  fc.record({
    who: fc.constant('agent' as const),
    what: fc.constantFrom(...agentCalls),
    agent: fc.nat({ max: 1 }),
  }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const returned = { outcome: 'incomplete', reasons: [{ about: { document: 'ice' }, cause: 'expired' }] };

/** Does one action as its use case does; what the states forbid is refused, anything else is a failure of ours. */
async function act(
  id: FilingId,
  { accountId, sections }: Awaited<ReturnType<typeof draftFiling>>,
  one: Action,
) {
  if (one.who === 'operator') {
    const sends = one.what !== 'reopened';
    const actor = { kind: 'operator', accountId } as const;
    await move(test, id, { transition: one.what, actor, ...(sends ? { sections } : {}) }).catch(
      (error: unknown) => {
        if (!(error instanceof ProblemError)) throw error;
      },
    );
    return;
  }
  const [row] = await test.deps.database.select().from(filings).where(eq(filings.id, id));
  const version = (row?.version ?? 0) - (one.what === 'stale decision' ? 1 : 0);
  const calls = {
    validate: ['POST', 'decision', { outcome: 'validated' }],
    'stale decision': ['POST', 'decision', { outcome: 'validated' }],
    return: ['POST', 'decision', returned],
    hold: ['PUT', 'holder', undefined],
    release: ['DELETE', 'holder', undefined],
    save: ['PUT', 'verdict', { accepted: ['documents.identity'], reasons: [] }],
  } as const;
  const [method, path, payload] = calls[one.what];
  const answer = await test.app.inject({
    method,
    url: `/api/v1/filings/${id}/${path}`,
    headers: { ...agents[one.agent]?.headers, ...(payload ? { 'if-match': `"${String(version)}"` } : {}) },
    ...(payload ? { payload } : {}),
  });
  expect([200, 204, 404, 409, 412]).toContain(answer.statusCode);
}

/** Whether the history alone, read along the table of transitions, leads to where the filing stands. */
async function check(id: FilingId) {
  const [filing] = await test.deps.database.select().from(filings).where(eq(filings.id, id));
  const history = await test.deps.database
    .select()
    .from(filingHistory)
    .where(eq(filingHistory.filingId, id))
    .orderBy(filingHistory.id);
  let status = 'draft';
  let submissions = 0;
  for (const { event, fromStatus, toStatus, actor, reasons, sections, agentId } of history) {
    if (
      event === 'created' ||
      event === 'registered' ||
      event === 'accounts_opened' ||
      event === 'emails_changed' ||
      event === 'control_confirmed'
    )
      continue;
    const rule: { from: string; to: string; by: readonly string[] } = filingTransitions[event];
    expect([fromStatus, toStatus]).toEqual([rule.from, rule.to]);
    expect(fromStatus).toBe(status);
    expect(rule.by).toContain(actor);
    expect(agentId !== null).toBe(actor === 'agent');
    expect(reasons.length > 0).toBe(event === 'returned');
    expect(sections !== null).toBe(['submitted', 'attached', 'resubmitted'].includes(event));
    if (sections !== null) submissions += 1;
    status = toStatus;
  }
  expect(filing).toMatchObject({ status, submissions });
  expect((filing?.reasons.length ?? 0) > 0).toBe(status === 'incomplete');
  const { accepted = [], reasons = [] } = filing?.verdict ?? {};
  const worked = filing?.holderId !== null || accepted.length + reasons.length > 0;
  expect(worked && status !== 'in_review').toBe(false);
  expect(filing?.validatedAt !== null).toBe(status === 'validated' && filing?.attached === false);
}

it('no sequence of actions, even at once, leaves the table of transitions; the history explains every status', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 }),
    async (steps) => {
      const draft = await draftFiling(test);
      for (const together of steps) {
        await Promise.all(together.map((one) => act(draft.id, draft, one)));
        await check(draft.id);
      }
    },
  );
  await expect(fc.assert(property, { numRuns: 40 })).resolves.toBeUndefined();
});
