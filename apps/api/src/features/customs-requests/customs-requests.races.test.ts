/**
 * 200 races for one customs account: two agents who decide, two tabs that send, a cancellation against an update. In most of them PostgreSQL
 * holds both callers at the account's row until both stand there, so that they do meet. One wins, the other is told why, and the books say it once.
 */
import type { CustomsRequest, CustomsRequestDossier, CustomsRequestType, Problem } from '@rnoce/schemas';
import { asc, eq } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customsRequestHistory, customsRequests } from '../../db/schema/customs-requests.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { chanceOf, inParallel } from '../../testing/chance.ts';
import {
  acceptance,
  accountNow,
  applyRequest,
  type CustomsAccountOf,
  createRequest,
  customsAccount,
  decideRequest,
  emailsOf,
  fillRequest,
  openRequest,
  ordersQueued,
  type RequestDesk,
  rejection,
  requestDesk,
  sentRequest,
  submitRequest,
} from '../../testing/customs-requests.ts';
import { signedInAgent } from '../../testing/factories.ts';

/** How many of each kind: 200 together. */
const counts = {
  decisions: 60,
  tabs: 50,
  submissions: 40,
  acceptances: 40,
  endorsements: 6,
  drafts: 4,
} as const;
const lanes = 3;
const raceMs = 180_000;
const chance = chanceOf(5);

type Answer = Awaited<ReturnType<CustomsAccountOf['browser']['call']>>;
type Caller = () => Promise<Answer>;

let test: TestApp;
let strict: TestApp;
let desks: readonly [RequestDesk, RequestDesk];
let strictDesks: readonly [RequestDesk, RequestDesk];
const wardens: Client[] = [];
const freeWardens: Client[] = [];
beforeAll(async () => {
  const environment = { DATABASE_POOL: '16' };
  test = await testApp({ environment });
  strict = await testApp({ environment: { ...environment, CANCELLATION_AGENTS: '2' } });
  const desksOf = async (on: TestApp) =>
    [requestDesk(on, await signedInAgent(on)), requestDesk(on, await signedInAgent(on))] as const;
  [desks, strictDesks] = [await desksOf(test), await desksOf(strict)];
  for (let lane = 0; lane < lanes; lane += 1) {
    const warden = new Client({ connectionString: test.deps.environment.DATABASE_URL });
    await warden.connect();
    wardens.push(warden);
    freeWardens.push(warden);
  }
});
afterAll(() => Promise.all(wardens.map((warden) => warden.end())));

/** Who stands behind the lock of this connection, directly or behind another one. `pg_stat_activity` would say the same for a whole transaction. */
const standing = `
  with recursive waiting as (select distinct pid, pg_blocking_pids(pid) as by from pg_locks where not granted),
  behind(pid) as (
    select pid from waiting where pg_backend_pid() = any(by)
    union
    select waiting.pid from waiting join behind on behind.pid = any(waiting.by))
  select count(*)::int as standing from behind`;

/** Calls both while the account's row is held, the second once the first stands there, and lets them go together. */
async function meetAtTheRow(filingId: string, callers: readonly Caller[]): Promise<Answer[]> {
  const warden = freeWardens.pop();
  if (!warden) throw new Error('more races at once than lanes');
  try {
    await warden.query('begin');
    await warden.query('select 1 from filings where id = $1 for update', [filingId]);
    const answers: Promise<Answer>[] = [];
    let answered = 0;
    for (const caller of callers) {
      answers.push(
        caller().finally(() => {
          answered += 1;
        }),
      );
      for (;;) {
        const { rows } = await warden.query<{ standing: number }>(standing);
        // Who was refused before the row doesn't come to it any more.
        if ((rows[0]?.standing ?? 0) + answered >= answers.length) break;
      }
    }
    await warden.query('commit');
    return await Promise.all(answers);
  } finally {
    freeWardens.push(warden);
  }
}

/** Both at once, in an order drawn; every fourth race isn't held at the row. Answers in the order of `callers`. */
async function race(
  filingId: string,
  index: number,
  callers: readonly [Caller, Caller],
): Promise<[Answer, Answer]> {
  const turned = chance.below(2) === 1;
  const order = turned ? callers.toReversed() : callers;
  const answers =
    index % 4 === 3
      ? await Promise.all(order.map((caller) => caller()))
      : await meetAtTheRow(filingId, order);
  const [one, other] = turned ? answers.toReversed() : answers;
  if (!one || !other) throw new Error('a race of two has two answers');
  return [one, other];
}

/** The one answer that was taken; the other one is this problem. */
function winnerOf(answers: readonly [Answer, Answer], problems: readonly string[]): 0 | 1 {
  const winner = answers[0].statusCode === 200 ? 0 : 1;
  expect(answers[winner].statusCode).toBe(200);
  const loser = answers[winner === 0 ? 1 : 0];
  expect(problems).toContain(loser.json<Problem>().code);
  return winner;
}

const eventsOf = async (id: string) =>
  (
    await test.deps.database
      .select({ event: customsRequestHistory.event })
      .from(customsRequestHistory)
      .where(eq(customsRequestHistory.requestId, id))
      .orderBy(asc(customsRequestHistory.id))
  ).map(({ event }) => event);
const rowOf = async (id: string) =>
  (await test.deps.database.select().from(customsRequests).where(eq(customsRequests.id, id)))[0];

/** An account with a request of this type that waits; a restoration has its cancellation before it. */
async function waiting(
  type: CustomsRequestType,
): Promise<{ account: CustomsAccountOf; request: CustomsRequest }> {
  const account = await customsAccount(test, {
    accountStatus: type === 'restoration' ? 'cancelled' : 'active',
    by: type === 'restoration' ? 'attached' : 'agent',
  });
  return { account, request: await sentRequest(test, account, type) };
}

const kinds: readonly CustomsRequestType[] = ['update', 'cancellation', 'restoration'];
const kindOf = (index: number): CustomsRequestType => kinds[index % kinds.length] ?? 'update';
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('of two who meet, one wins', () => {
  it(`two agents decide: ${String(counts.decisions)} times`, { timeout: raceMs }, async () => {
    await inParallel(upTo(counts.decisions), lanes, async (index) => {
      const { account, request } = await waiting(kindOf(index));
      const { version } = await desks[0].dossier(request.id);
      const outcomes = [acceptance, index % 2 === 0 ? rejection : acceptance] as const;
      const winner = winnerOf(
        await race(account.filingId, index, [
          () => desks[0].decide(request.id, version, outcomes[0]),
          () => desks[1].decide(request.id, version, outcomes[1]),
        ]),
        ['request_not_decidable'],
      );
      const decided = outcomes[winner].outcome;
      expect(await eventsOf(request.id)).toEqual(['created', 'submitted', decided]);
      expect((await rowOf(request.id))?.status).toBe(decided);
      expect(await ordersQueued(test, request.id)).toBe(decided === 'accepted' ? 1 : 0);
      expect(await emailsOf(test, account)).toEqual({
        customs_request_received: 1,
        ...(request.type === 'cancellation' ? { cancellation_notice: 1 } : {}),
        [`customs_request_${decided}`]: 1,
      });
    });
  });

  it(`two tabs send: ${String(counts.tabs)} times`, { timeout: raceMs }, async () => {
    await inParallel(upTo(counts.tabs), lanes, async (index) => {
      const type = kindOf(index);
      const account = await customsAccount(test, {
        accountStatus: type === 'restoration' ? 'cancelled' : 'active',
        by: type === 'restoration' ? 'attached' : 'agent',
      });
      const { browser } = account;
      const draft = await fillRequest(test, browser, await openRequest(browser, type));
      const send = () => submitRequest(browser, draft);
      winnerOf(await race(account.filingId, index, [send, send]), ['request_not_editable']);
      expect(await eventsOf(draft.id)).toEqual(['created', 'submitted']);
      expect(await emailsOf(test, account)).toEqual({
        customs_request_received: 1,
        ...(type === 'cancellation' ? { cancellation_notice: 1 } : {}),
      });
      const { operations } = await accountNow(account);
      expect(operations.find((one) => one.type === type)).toMatchObject({
        draftId: null,
        refusal: `${type}_pending`,
        latest: { id: draft.id, status: 'in_review' },
      });
    });
  });

  it(`a cancellation and an update are sent: ${String(counts.submissions)} times`, {
    timeout: raceMs,
  }, async () => {
    const seen = new Set<string>();
    await inParallel(upTo(counts.submissions), lanes, async (index) => {
      const account = await customsAccount(test);
      const { browser } = account;
      const update = await fillRequest(test, browser, await openRequest(browser, 'update'));
      const cancellation = await fillRequest(test, browser, await openRequest(browser, 'cancellation'));
      const [updated, cancelled] = await race(account.filingId, index, [
        () => submitRequest(browser, update),
        () => submitRequest(browser, cancellation),
      ]);
      // A cancellation may be asked for while an update waits, an update never while a cancellation does.
      expect(cancelled.statusCode).toBe(200);
      const wasFirst = updated.statusCode === 200;
      expect(updated.json()).toMatchObject(
        wasFirst
          ? { status: 'in_review' }
          : { status: 409, code: 'operation_not_allowed', params: { reason: 'cancellation_pending' } },
      );
      seen.add(wasFirst ? 'update first' : 'cancellation first');
      expect(await eventsOf(update.id)).toEqual(wasFirst ? ['created', 'submitted'] : ['created']);
      expect(await emailsOf(test, account)).toEqual({
        customs_request_received: wasFirst ? 2 : 1,
        cancellation_notice: 1,
      });
      expect((await accountNow(account)).state).toBe('cancellation_pending');
    });
    expect([...seen].toSorted()).toEqual(['cancellation first', 'update first']);
  });

  it(`a cancellation and an update are accepted: ${String(counts.acceptances)} times`, {
    timeout: raceMs,
  }, async () => {
    const seen = new Set<string>();
    await inParallel(upTo(counts.acceptances), lanes, async (index) => {
      const account = await customsAccount(test);
      const update = await sentRequest(test, account, 'update');
      const cancellation = await sentRequest(test, account, 'cancellation');
      const versions = await Promise.all([update, cancellation].map(({ id }) => desks[0].dossier(id)));
      const [updated, cancelled] = await race(account.filingId, index, [
        () => desks[0].decide(update.id, versions[0]?.version ?? 0, acceptance),
        () => desks[1].decide(cancellation.id, versions[1]?.version ?? 0, acceptance),
      ]);
      expect(cancelled.statusCode).toBe(200);
      const wasFirst = updated.statusCode === 200;
      expect(updated.json()).toMatchObject(
        wasFirst ? { status: 'accepted' } : { status: 409, code: 'request_not_decidable' },
      );
      seen.add(wasFirst ? 'update first' : 'cancellation first');
      expect(await eventsOf(update.id)).toEqual(['created', 'submitted', wasFirst ? 'accepted' : 'closed']);
      expect(await rowOf(update.id)).toMatchObject(
        wasFirst ? { status: 'accepted' } : { status: 'rejected', reasons: [{ cause: 'account_cancelled' }] },
      );
      expect(await ordersQueued(test, update.id)).toBe(wasFirst ? 1 : 0);
      expect(await ordersQueued(test, cancellation.id)).toBe(1);
      expect(await emailsOf(test, account)).toEqual({
        customs_request_received: 2,
        cancellation_notice: 1,
        customs_request_accepted: wasFirst ? 2 : 1,
        ...(wasFirst ? {} : { customs_request_closed: 1 }),
      });
      expect((await accountNow(account)).state).toBe('cancelled');
    });
    expect([...seen].toSorted()).toEqual(['cancellation first', 'update first']);
  });

  it(`two agents accept a cancellation that needs two: ${String(counts.endorsements)} times`, {
    timeout: raceMs,
  }, async () => {
    await inParallel(upTo(counts.endorsements), lanes, async (index) => {
      const account = await customsAccount(strict);
      const request = await sentRequest(strict, account, 'cancellation');
      const { version } = await strictDesks[0].dossier(request.id);
      // The same agent twice, in two windows, is one agent.
      const [one, other] = index % 2 === 0 ? strictDesks : [strictDesks[0], strictDesks[0]];
      const winner = winnerOf(
        await race(account.filingId, index, [
          () => one.decide(request.id, version, acceptance),
          () => other.decide(request.id, version, acceptance),
        ]),
        ['stale', 'second_agent_needed'],
      );
      expect(await eventsOf(request.id)).toEqual(['created', 'submitted', 'endorsed']);
      expect((await accountNow(account)).state).toBe('cancellation_pending');
      const second = index % 2 === 0 ? strictDesks[winner === 0 ? 1 : 0] : strictDesks[1];
      const dossier: CustomsRequestDossier = await decideRequest(second, request.id, acceptance);
      expect(dossier).toMatchObject({ status: 'accepted', agentsNeeded: 2, endorsements: { length: 2 } });
      await applyRequest(strict, request.id);
      expect((await accountNow(account)).state).toBe('cancelled');
    });
  });

  it(`two tabs open the same draft: ${String(counts.drafts)} times`, { timeout: raceMs }, async () => {
    await inParallel(upTo(counts.drafts), lanes, async (index) => {
      const account = await customsAccount(test);
      const open = () => createRequest(account.browser, kindOf(index % 2));
      const answers = await race(account.filingId, index, [open, open]);
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
      const [one, other] = answers.map((answer) => answer.json<CustomsRequest>().id);
      expect(one).toBe(other);
      expect(await eventsOf(one ?? '')).toEqual(['created']);
    });
  });
});
