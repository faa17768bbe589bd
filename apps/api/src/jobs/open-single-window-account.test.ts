import { randomUUID } from 'node:crypto';
import { type Dossier, type Subscription, subscriptionCodePattern } from '@rnoce/schemas';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { emails } from '../db/schema/emails.ts';
import { subscriptionCodes } from '../db/schema/invoices.ts';
import { singleWindowAccounts } from '../db/schema/single-window.ts';
import type { Deps } from '../deps.ts';
import { createSingleWindowGateway } from '../integrations/single-window/http-single-window-gateway.ts';
import { callsOf } from '../testing/agent-calls.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { signedInAgent, signedInOperator } from '../testing/factories.ts';
import { draftFiling, type FilingOptions, move } from '../testing/filings.ts';
import { singleWindowUser } from '../testing/forms.ts';
import { singleWindowControl, usersNamed, validatedByPortnet } from '../testing/single-window.ts';
import { queuedJobs } from '../testing/subscriptions.ts';
import { giveUpAccount, openSingleWindowAccount } from './open-single-window-account.ts';
import { type JobQueue, workOnJobs } from './queue.ts';

let test: TestApp;
let agent: Awaited<ReturnType<typeof signedInAgent>>;
let calls: ReturnType<typeof callsOf>;
beforeAll(async () => {
  test = await testApp();
  agent = await signedInAgent(test, { authority: 'portnet' });
  calls = callsOf(test, agent);
});
const control = (method: 'GET' | 'PUT', path: string, body?: object) =>
  singleWindowControl(test, method, path, body);
/** A filing that PortNet validated; `run` does the jobs that it queued, one after the other. */
async function validated(
  users = usersNamed('Amina', 'Brahim', 'Chaimae', 'Driss', 'Esma'),
  options: FilingOptions = {},
) {
  const filing = await validatedByPortnet(test, users, options);
  return {
    ...filing,
    run: async (deps = freshDeps()) => {
      for (const job of filing.jobs) await openSingleWindowAccount(deps, job).catch(() => undefined);
    },
  };
}
afterEach(() => control('PUT', 'mode', { mode: 'normal' }));

/** A gateway which has met no failure yet. */
const freshDeps = (given: Partial<Deps> = {}): Deps => {
  const { SINGLE_WINDOW_URL: url, SINGLE_WINDOW_KEY: key } = test.deps.environment;
  return { ...test.deps, singleWindow: createSingleWindowGateway({ url, key, timeoutMs: 2_000 }), ...given };
};

const emailsTo = (address: string) =>
  test.deps.database
    .select({ template: emails.template, locale: emails.locale, data: emails.data })
    .from(emails)
    .where(eq(emails.to, address));

describe('PortNet’s validation', () => {
  it('gives the subscription code, on the card and by e-mail, and queues an account a user', async () => {
    const { id, ice, dossier, operator, users, jobs, subscription } = await validated();
    const code = dossier.subscriptionCode ?? '';
    expect(code).toMatch(subscriptionCodePattern);
    const [row] = await test.deps.database
      .select()
      .from(subscriptionCodes)
      .where(eq(subscriptionCodes.code, code));
    expect(row).toMatchObject({ ice, legalName: 'Atlas Négoce SARL', accountId: operator.account.id });
    expect(dossier.singleWindowAccounts).toMatchObject(
      users.map(({ firstName, email }) => ({ firstName, email, status: 'queued', login: null, tries: 0 })),
    );
    for (const job of jobs) expect(await queuedJobs(test, 'open-single-window-account', job)).toBe(1);
    expect(await queuedJobs(test, 'register-operator', { filingId: id })).toBe(0);
    expect(await emailsTo(operator.account.email)).toMatchObject([
      { template: 'filing_validated', locale: 'ar', data: { authority: 'portnet', subscriptionCode: code } },
    ]);
    const card = await callsOf(test, operator).call('GET', `/subscriptions/${subscription.id}`);
    expect(card.json<Subscription>().filings[0]).toMatchObject({
      subscriptionCode: code,
      singleWindowAccounts: users.map(({ email }) => ({ email, status: 'queued', refusal: null })),
    });
  });

  it('keeps the code that PortNet had given to the ICE before', async () => {
    const ice = '009600000000001';
    await test.deps.database
      .insert(subscriptionCodes)
      .values({ code: '1207', ice, legalName: 'Atlas Négoce' });
    const { dossier } = await validated(usersNamed('Amina'), { company: { ice } });
    expect(dossier.subscriptionCode).toBe('1207');
  });

  it('opens nothing when its e-mail can’t be queued', async () => {
    const { id } = await validated(usersNamed('Amina')).catch(() => ({ id: '' }));
    expect(id).not.toBe('');
    const operator = await signedInOperator(test);
    const draft = await draftFiling(test, { authority: 'portnet', account: operator.account });
    const actor = { kind: 'operator', accountId: draft.accountId } as const;
    await move(test, draft.id, { transition: 'submitted', actor, sections: draft.sections });
    const { send } = test.deps.jobs;
    const failing: JobQueue['send'] = async (tx, name, data) => {
      if (name === 'send-email') throw new Error('no queue');
      await send(tx, name, data);
    };
    Object.assign(test.deps.jobs, { send: failing });
    const { version } = await calls.dossierOf(draft.id);
    const answer = await calls.call('POST', `/filings/${draft.id}/decision`, {
      body: { outcome: 'validated' },
      version,
    });
    Object.assign(test.deps.jobs, { send });
    expect(answer.statusCode).toBe(500);
    expect(await calls.dossierOf(draft.id)).toMatchObject({
      status: 'in_review',
      subscriptionCode: null,
      singleWindowAccounts: [],
    });
    const codes = await test.deps.database.$count(
      subscriptionCodes,
      eq(subscriptionCodes.accountId, draft.accountId),
    );
    expect(codes).toBe(0);
  });

  it('is previewed with the place of the code, which isn’t drawn yet', async () => {
    const draft = await draftFiling(test, { authority: 'portnet' });
    const actor = { kind: 'operator', accountId: draft.accountId } as const;
    await move(test, draft.id, { transition: 'submitted', actor, sections: draft.sections });
    const preview = await calls.call('POST', `/filings/${draft.id}/decision-preview`, {
      body: { outcome: 'validated' },
    });
    expect(preview.json<{ text: string }>().text).toContain('····');
  });
});

describe('the users’ accounts', () => {
  it('are opened, each with an e-mail in the account’s language, and the history tells when all are', async () => {
    const { id, run, statuses, opened, events, users, dossier, jobs } = await validated();
    await run();
    await run();
    expect(await statuses()).toEqual(users.map(() => 'opened'));
    expect(await opened()).toMatchObject(
      jobs.map(({ accountId }, index) => ({
        reference: accountId,
        asked: 1,
        opening: {
          subscriptionCode: dossier.subscriptionCode,
          operator: { operatorType: 'importer', legalName: 'Atlas Négoce SARL' },
          user: { email: users[index]?.email, cin: singleWindowUser.cin, idExpiresOn: '2031-01-01' },
        },
      })),
    );
    expect((await events()).filter((event) => event === 'accounts_opened')).toHaveLength(1);
    const accounts = (await calls.dossierOf(id)).singleWindowAccounts;
    for (const [index, { email }] of users.entries())
      expect(await emailsTo(email ?? '')).toEqual([
        {
          template: 'single_window_account_opened',
          locale: 'ar',
          data: {
            name: `${users[index]?.firstName ?? ''} Zeroual`,
            legalName: 'Atlas Négoce SARL',
            login: accounts[index]?.login,
            subscriptionCode: dossier.subscriptionCode,
          },
        },
      ]);
  });

  it('are told once, and the last one once, when all are noted at the same moment', async () => {
    const { jobs, events, users, statuses } = await validated();
    const deps = freshDeps();
    await Promise.all([...jobs, ...jobs].map((job) => openSingleWindowAccount(deps, job)));
    expect(await statuses()).toEqual(users.map(() => 'opened'));
    expect((await events()).filter((event) => event === 'accounts_opened')).toHaveLength(1);
    for (const { email } of users) expect(await emailsTo(email ?? '')).toHaveLength(1);
  });

  it('stay when the third of five is refused: shown to both, why to the agent, who asks again', async () => {
    const { id, ice, run, statuses, events, operator, subscription, users, rows } = await validated();
    await control('PUT', 'refuse-nth', { ice, nth: 3 });
    await run();
    expect(await statuses()).toEqual(['opened', 'opened', 'refused', 'opened', 'opened']);
    expect(await events()).not.toContain('accounts_opened');
    expect(await emailsTo(users[2]?.email ?? '')).toEqual([]);
    expect((await calls.dossierOf(id)).singleWindowAccounts[2]).toMatchObject({
      status: 'refused',
      refusal: expect.stringContaining('refusé par le bac à sable'),
    });
    const card = await callsOf(test, operator).call('GET', `/subscriptions/${subscription.id}`);
    expect(card.json<Subscription>().filings[0]?.singleWindowAccounts[2]).toMatchObject({
      status: 'refused',
      refusal: null,
    });
    const before = await rows();
    const again = await calls.call('POST', `/filings/${id}/account-openings`, { body: {} });
    expect(again.statusCode).toBe(200);
    expect(again.json<Dossier>().singleWindowAccounts.map(({ status }) => status)).toEqual([
      'opened',
      'opened',
      'queued',
      'opened',
      'opened',
    ]);
    const job = { accountId: before[2]?.id ?? '' };
    expect(await queuedJobs(test, 'open-single-window-account', job)).toBe(2);
    await run();
    expect(await statuses()).toEqual(users.map(() => 'opened'));
    expect((await events()).at(-1)).toBe('accounts_opened');
    expect((await rows()).filter((_, index) => index !== 2)).toEqual(
      before.filter((_, index) => index !== 2),
    );
    expect((await calls.call('POST', `/filings/${id}/account-openings`, { body: {} })).json()).toMatchObject({
      status: 409,
      code: 'accounts_not_refused',
    });
  });

  it('may be asked again by who decides, of their own authority, and by nobody else', async () => {
    const { id, ice, run } = await validated(usersNamed('Amina'));
    await control('PUT', 'mode', { mode: 'refuse', ice });
    await run();
    const path = `/filings/${id}/account-openings`;
    const administrator = await signedInAgent(test, { authority: 'portnet', role: 'administrator' });
    expect((await calls.call('POST', path, { as: administrator, body: {} })).statusCode).toBe(403);
    expect((await calls.call('POST', path, { as: await signedInAgent(test), body: {} })).statusCode).toBe(
      404,
    );
    const key = randomUUID();
    const answers = await Promise.all([
      calls.call('POST', path, { body: {} }),
      calls.call('POST', path, { key, body: {} }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('are asked again at the address that an agent gives, as the history and an e-mail to the operator tell', async () => {
    const { id, ice, operator, subscription, users, run, rows, opened } = await validated(
      usersNamed('Amina', 'Brahim', 'Chaimae'),
    );
    const [amina = '', brahim = '', chaimae = ''] = users.map(({ email }) => email ?? '');
    const ask = (...emails: { from: string; to: string }[]) =>
      calls.call('POST', `/filings/${id}/account-openings`, { body: { emails } });
    await control('PUT', 'refuse-nth', { ice, nth: 2 });
    await run();
    const to = `brahim.nouveau-${randomUUID()}@atlas.example`;
    const refusals = [
      [[{ from: amina, to }], '/emails/0/from', 'not_in_list'],
      [[{ from: brahim, to: chaimae }], '/emails/0/to', 'duplicate'],
      [[{ from: brahim, to: 'brahim' }], '/emails/0/to', 'email_invalid'],
      [
        [
          { from: brahim, to },
          { from: brahim, to: `2${to}` },
        ],
        '/emails/1/from',
        'not_in_list',
      ],
    ] as const;
    for (const [emailsGiven, pointer, code] of refusals) {
      const answer = await ask(...emailsGiven);
      expect(answer.statusCode).toBe(422);
      expect(answer.json()).toMatchObject({ code: 'validation', errors: [{ pointer, code }] });
    }
    const answer = await ask({ from: brahim, to: ` ${to.toUpperCase()} ` });
    expect(answer.statusCode).toBe(200);
    const change = { from: brahim, to };
    expect(answer.json<Dossier>().history.at(-1)).toMatchObject({
      event: 'emails_changed',
      actor: 'agent',
      actorName: agent.agent.name,
      emailChanges: [change],
    });
    await run();
    expect((await rows()).map(({ email, status }) => [email, status])).toEqual([
      [amina, 'opened'],
      [to, 'opened'],
      [chaimae, 'opened'],
    ]);
    expect(await opened()).toHaveLength(3);
    expect(await emailsTo(brahim)).toEqual([]);
    expect(await emailsTo(to)).toMatchObject([{ template: 'single_window_account_opened' }]);
    expect(await emailsTo(operator.account.email)).toContainEqual({
      template: 'user_emails_changed',
      locale: 'ar',
      data: {
        legalName: operator.account.legalName,
        code: subscription.code,
        changes: [{ ...change, name: expect.stringContaining('Brahim') }],
        path: `/espace-prive/demandes/${subscription.id}`,
      },
    });
    const card = await callsOf(test, operator).call('GET', `/subscriptions/${subscription.id}`);
    const told = card.json<Subscription>().filings[0]?.history;
    expect(told?.find(({ event }) => event === 'emails_changed')).toMatchObject({
      actorName: null,
      emailChanges: [change],
    });
  });

  it.each(['down', 'error', 'nonsense', 'slow'])(
    'wait while the single window is away (%s), and the tries are counted',
    async (mode) => {
      const { ice, run, statuses, rows, jobs, opened } = await validated(usersNamed('Amina', 'Brahim'));
      await control('PUT', 'mode', { mode, ice, delayMs: 60_000 });
      const { SINGLE_WINDOW_URL: url, SINGLE_WINDOW_KEY: key } = test.deps.environment;
      const impatient = freshDeps({ singleWindow: createSingleWindowGateway({ url, key, timeoutMs: 200 }) });
      const [job] = jobs;
      await expect(openSingleWindowAccount(impatient, job ?? { accountId: '' })).rejects.toThrow(
        'the single window is unavailable',
      );
      expect(await statuses()).toEqual(['queued', 'queued']);
      expect((await rows()).map(({ tries }) => tries)).toEqual([1, 0]);
      await control('PUT', 'mode', { mode: 'normal' });
      await run();
      expect(await statuses()).toEqual(['opened', 'opened']);
      expect(await opened()).toHaveLength(2);
    },
  );

  it('wait where the single window isn’t configured', async () => {
    const { statuses, jobs } = await validated(usersNamed('Amina'));
    const [job] = jobs;
    const opening = openSingleWindowAccount(freshDeps({ singleWindow: undefined }), job ?? { accountId: '' });
    await expect(opening).rejects.toThrow('not_configured');
    expect(await statuses()).toEqual(['queued']);
  });

  it('are opened once by a worker killed in the middle, and by an answer that was lost', async () => {
    const { ice, run, statuses, opened, users, events } = await validated(usersNamed('Amina', 'Brahim'));
    const dying = freshDeps({
      now: () => {
        throw new Error('killed here');
      },
    });
    await run(dying);
    expect(await statuses()).toEqual(['queued', 'queued']);
    expect(await opened()).toHaveLength(2);
    await control('PUT', 'mode', { mode: 'cut_after', ice, calls: 1 });
    await run();
    expect(await statuses()).toEqual(['opened', 'opened']);
    expect(await opened()).toHaveLength(2);
    for (const { email } of users) expect(await emailsTo(email ?? '')).toHaveLength(1);
    expect((await events()).filter((event) => event === 'accounts_opened')).toHaveLength(1);
  });

  it('are opened by the worker, from the queue', async () => {
    const { jobs, statuses, users } = await validated(usersNamed('Amina', 'Brahim'));
    const mine = new Set(jobs.map(({ accountId }) => accountId));
    const done = Promise.withResolvers<void>();
    const deps = freshDeps();
    const handlers = new Proxy({} as Parameters<typeof workOnJobs>[1], {
      get: (_, name) => async (data: { accountId: string }) => {
        if (name !== 'open-single-window-account' || !mine.has(data.accountId)) return;
        await openSingleWindowAccount(deps, data);
        mine.delete(data.accountId);
        if (mine.size === 0) done.resolve();
      },
    });
    const worker = await workOnJobs(
      { url: test.deps.environment.DATABASE_URL, onError: (error) => done.reject(error) },
      handlers,
    );
    await done.promise;
    await worker.stop();
    expect(await statuses()).toEqual(users.map(() => 'opened'));
    const { rows: failed } = await test.deps.database.execute(
      sql`select 1 from jobs.job where name = 'open-single-window-account' and state = 'failed'`,
    );
    expect(failed).toEqual([]);
  });

  it('that were asked for in vain to the end may be asked again by an agent', async () => {
    const { id, ice, jobs, statuses, rows, run } = await validated(usersNamed('Amina', 'Brahim'));
    await control('PUT', 'mode', { mode: 'down', ice });
    const [job = { accountId: '' }] = jobs;
    const { database } = test.deps;
    await database.execute(
      sql`update jobs.job set retry_limit = 0 where name = 'open-single-window-account' and data->>'accountId' = ${job.accountId}`,
    );
    const done = Promise.withResolvers<void>();
    const deps = freshDeps();
    const handlers = new Proxy({} as Parameters<typeof workOnJobs>[1], {
      get: (_, name) => async (data: { accountId: string }) => {
        if (name === 'open-single-window-account' && data.accountId === job.accountId)
          await openSingleWindowAccount(deps, data);
      },
    });
    const worker = await workOnJobs(
      { url: test.deps.environment.DATABASE_URL, onError: (error) => done.reject(error) },
      handlers,
      {
        'open-single-window-account': async (data) => {
          await giveUpAccount(deps, data);
          done.resolve();
        },
      },
    );
    await done.promise;
    await worker.stop();
    expect(await statuses()).toEqual(['refused', 'queued']);
    expect((await rows())[0]).toMatchObject({ refusal: null, tries: 1 });
    await control('PUT', 'mode', { mode: 'normal' });
    expect((await calls.call('POST', `/filings/${id}/account-openings`, { body: {} })).statusCode).toBe(200);
    await run();
    expect(await statuses()).toEqual(['opened', 'opened']);
    await giveUpAccount(deps, job);
    expect(await statuses()).toEqual(['opened', 'opened']);
  });

  it('that aren’t there, or were opened, are left alone', async () => {
    await expect(openSingleWindowAccount(freshDeps(), { accountId: randomUUID() })).resolves.toBeUndefined();
    const opened = eq(singleWindowAccounts.status, 'opened');
    const [row] = await test.deps.database.select().from(singleWindowAccounts).where(opened).limit(1);
    const deps = freshDeps({ singleWindow: undefined });
    await expect(openSingleWindowAccount(deps, { accountId: row?.id ?? '' })).resolves.toBeUndefined();
  });
});
