import { readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type {
  AgentId,
  CustomsAccount,
  CustomsRequestId,
  listAgents,
  listFilings,
  listInvoices,
  listOwnInvoices,
  listOwnPayments,
  listSubscriptions,
  RouteAnswer,
  searchPublicInvoices,
} from '@rnoce/schemas';
import { count, eq, ne } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { accounts } from '../db/schema/accounts.ts';
import { customsRequests } from '../db/schema/customs-requests.ts';
import { documentVersions } from '../db/schema/documents.ts';
import { filings } from '../db/schema/filings.ts';
import { apiKeys } from '../db/schema/integrators.ts';
import { refunds } from '../db/schema/payments.ts';
import type { Environment } from '../env.ts';
import { findActiveAgentByEmail } from '../features/agents/agents.repository.ts';
import { refreshRegistry } from '../features/customs-requests/refresh-registry.ts';
import { resendRequest } from '../features/customs-requests/resend-request.ts';
import { BadrRecord } from '../integrations/badr/badr-record.ts';
import { applyCustomsRequest } from '../jobs/apply-customs-request.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { testBrowser } from '../testing/browser.ts';
import { mailedInvitation } from '../testing/invitations.ts';
import {
  blockDisagreements,
  type QuickStartBlock,
  readQuickStart,
  runQuickStart,
} from '../testing/quick-start.ts';
import { judgeExamples } from '../testing/true-examples.ts';
import { demoInvitedAgent, demoSuspendedAgent } from './demo-agents.ts';
import { demoIntegrators } from './demo-integrators.ts';
import { loadDemo } from './load-demo.ts';

const DemoAccounts = z.array(
  z.object({
    role: z.string(),
    email: z.string(),
    password: z.string(),
    totpSecret: z.string().optional(),
    note: z.string().optional(),
  }),
);

let test: TestApp;
let environment: Environment;
beforeAll(async () => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'rnoce-demo-'));
  test = await testApp({ environment: { DATA_DIR, RATE_LIMITS: 'true', CAPTCHA: 'altcha' } });
  environment = test.deps.environment;
});
afterAll(() => rm(environment.DATA_DIR, { recursive: true }));

const file = () => join(environment.DATA_DIR, 'demo-accounts.json');
const listed = () => DemoAccounts.parse(JSON.parse(readFileSync(file(), 'utf8')));
const accountOf = (role: string) => {
  const account = listed().find((one) => one.role === role);
  if (!account) throw new Error(`no demonstration account ${role}`);
  return account;
};
const counts = async () => {
  const { database } = test.deps;
  const [people] = await database.select({ n: count() }).from(accounts);
  const [files] = await database.select({ n: count() }).from(documentVersions);
  const byStatus = await database
    .select({ status: filings.status, n: count() })
    .from(filings)
    .groupBy(filings.status);
  return {
    accounts: people?.n,
    documents: files?.n,
    keys: await database.$count(apiKeys),
    ...Object.fromEntries(byStatus.map(({ status, n }) => [status, n])),
  };
};

/** Nine forms with their documents, each inspected: on a busy machine, longer than a test usually has. */
const loadMs = 120_000;
it('makes a company in each state, and agents, whose accounts work', { timeout: loadMs }, async () => {
  await loadDemo(environment);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(await counts()).toMatchObject({ accounts: 15, draft: 2, in_review: 5, incomplete: 2, validated: 9 });
  for (const [role, ...statuses] of [
    ['in_review', 'in_review'],
    ['incomplete', 'incomplete'],
    ['validated', 'validated'],
    ['contract', 'draft', 'draft'],
    ['joint', 'in_review', 'in_review'],
    ['apart', 'validated', 'incomplete'],
    ['subscriber', 'validated', 'validated'],
    ['cancelling', 'validated'],
    ['cancelled', 'validated'],
    ['attached', 'validated'],
    ['refused', 'validated'],
    ['closed', 'validated'],
  ] as const) {
    const { email, password } = accountOf(role);
    const browser = testBrowser(test.app);
    expect((await browser.request('POST', '/sessions', { email, password })).statusCode).toBe(200);
    const { items } = (await browser.request('GET', '/subscriptions')).json<{
      items: { filings: { status: string }[] }[];
    }>();
    expect(items.flatMap((item) => item.filings.map((filing) => filing.status))).toEqual(statuses);
  }
  for (const [role, total] of [
    ['agent', 4],
    ['portnet_agent', 1],
  ] as const) {
    const { email, password, totpSecret = '' } = accountOf(role);
    const browser = testBrowser(test.app);
    const { challenge } = (await browser.request('POST', '/agent-sessions', { email, password })).json<{
      challenge: string;
    }>();
    const code = TOTP.generate({ secret: Secret.fromBase32(totpSecret) });
    expect((await browser.request('POST', '/agent-sessions/code', { challenge, code })).statusCode).toBe(200);
    expect((await browser.request('GET', '/filings?status=in_review')).json()).toMatchObject({ total });
  }
});

it('has agents in each state, whom the administrator of each authority sees', async () => {
  const administered = async (role: string) => {
    const { email, password, totpSecret = '' } = accountOf(role);
    const browser = testBrowser(test.app);
    const { challenge } = (await browser.request('POST', '/agent-sessions', { email, password })).json<{
      challenge: string;
    }>();
    const code = TOTP.generate({ secret: Secret.fromBase32(totpSecret) });
    await browser.request('POST', '/agent-sessions/code', { challenge, code });
    const { items } = (await browser.request('GET', '/admin/agents?pageSize=100')).json<
      RouteAnswer<typeof listAgents>
    >();
    return items.map(({ name, status }) => `${name}: ${status}`);
  };
  expect(await administered('administrator')).toEqual([
    'Driss Bennani: active',
    'Hajar Benjelloun: invited',
    'Nadia El Fassi: active',
    'Othmane Berrada: suspended',
    'Samir Lahlou: active',
  ]);
  expect(await administered('portnet_admin')).toEqual(['Karim Sqalli: active', 'Meryem Tahiri: active']);
  const unlisted: readonly string[] = [demoInvitedAgent.email, demoSuspendedAgent.email];
  expect(listed().filter(({ email }) => unlisted.includes(email))).toEqual([]);
  expect(await mailedInvitation(test, demoInvitedAgent.email)).not.toBe('');
});

it('has joint requests: one to sign, one sent back by PortNet alone, one with its code and accounts', async () => {
  const read = async (role: string) => {
    const { email, password } = accountOf(role);
    const browser = testBrowser(test.app);
    await browser.request('POST', '/sessions', { email, password });
    const { items } = (await browser.request('GET', '/subscriptions')).json<
      RouteAnswer<typeof listSubscriptions>
    >();
    const [item] = items;
    if (!item) throw new Error(`no request of ${role}`);
    return item;
  };
  expect(await read('contract')).toMatchObject({
    currentStep: 'contract',
    contract: { state: 'in_force', signed: null },
    progress: { issues: [{ pointer: '/documents/contract', code: 'required' }], warnings: [] },
  });
  expect(await read('apart')).toMatchObject({
    filings: [
      { authority: 'customs', reasons: [] },
      { authority: 'portnet', reasons: { length: 2 } },
    ],
  });
  const subscriber = await read('subscriber');
  expect(subscriber).toMatchObject({
    contract: { state: 'in_force', signed: { current: true, way: 'handwritten' } },
    filings: [
      { subscriptionCode: null, singleWindowAccounts: [] },
      { authority: 'portnet', singleWindowAccounts: { length: 3 } },
    ],
  });
  expect(subscriber.filings[1]?.subscriptionCode).toMatch(/^[0-9A-Z]{4}$/);
});

const accountStateOf = async (role: string) => {
  const { email, password } = accountOf(role);
  const browser = testBrowser(test.app);
  await browser.request('POST', '/sessions', { email, password });
  const account = (await browser.request('GET', '/customs-account')).json<CustomsAccount>();
  const latest = account.operations.map(({ type, latest: last }) => [type, last && last.status]);
  return { ...account, latest: Object.fromEntries(latest) as Record<string, string | null> };
};

it('has operations on customs accounts in each state, for operators and for the agents’ queue', async () => {
  expect(await accountStateOf('validated')).toMatchObject({
    state: 'active',
    control: 'proven',
    latest: { update: 'rejected', cancellation: null, restoration: null },
  });
  expect(await accountStateOf('subscriber')).toMatchObject({ state: 'update_pending' });
  expect(await accountStateOf('apart')).toMatchObject({
    state: 'active',
    latest: { update: 'accepted', cancellation: 'rejected', restoration: null },
  });
  expect(await accountStateOf('cancelling')).toMatchObject({ state: 'cancellation_pending' });
  expect(await accountStateOf('cancelled')).toMatchObject({
    state: 'restoration_pending',
    latest: { update: null, cancellation: 'accepted', restoration: 'in_review' },
  });
  expect(await accountStateOf('attached')).toMatchObject({ state: 'active', control: 'code_needed' });
  expect(await accountStateOf('refused')).toMatchObject({ state: 'active', latest: { update: 'accepted' } });
  expect(await accountStateOf('closed')).toMatchObject({
    state: 'cancelled',
    latest: { update: 'rejected', cancellation: 'accepted', restoration: null },
    operations: [{ latest: { reasons: [{ cause: 'account_cancelled' }] } }, {}, {}],
  });
  const rows = await test.deps.database.select().from(customsRequests);
  const statuses = Object.entries(Object.groupBy(rows, ({ status }) => status));
  expect(Object.fromEntries(statuses.map(([status, all]) => [status, all.length]))).toEqual({
    draft: 1,
    in_review: 3,
    accepted: 5,
    rejected: 4,
  });
});

it('takes for BADR’s what the sandbox’s BADR holds, but for the companies that customs changed', async () => {
  const rows = await test.deps.database.select().from(customsRequests);
  const differing = new Set<string>();
  for (const { ice, operatorType, legalName, registryRecord } of rows) {
    const answer = await fetch(`${test.sandboxUrl}/api/badr/companies/${ice}?operatorType=${operatorType}`);
    // An update says nothing of the RIB, and the account was active when the sandbox was made.
    const { rib: _rib, accountStatus, ...held } = BadrRecord.parse(await answer.json());
    if (
      !isDeepStrictEqual(BadrRecord.parse({ ...registryRecord, accountStatus }), { ...held, accountStatus })
    )
      differing.add(legalName);
  }
  expect([...differing].toSorted()).toEqual(['Huilerie de la Ménara SARL', 'Pièces Auto du Chaouia SA']);
});

it('applies them at the sandbox’s BADR once it runs, but for the one that customs overtook and the one that they refused', async () => {
  const { database } = test.deps;
  const accepted = await database
    .select()
    .from(customsRequests)
    .where(eq(customsRequests.status, 'accepted'));
  for (const { id } of accepted) await applyCustomsRequest(test.deps, { requestId: id });
  const effects = await database
    .select({ company: customsRequests.legalName, effect: customsRequests.effectStatus })
    .from(customsRequests)
    .where(eq(customsRequests.status, 'accepted'));
  expect(Object.fromEntries(effects.map(({ company, effect }) => [company, effect]))).toEqual({
    'Bois du Rif SARL': 'applied',
    'Huilerie de la Ménara SARL': 'refused',
    'Messagerie du Tensift SARL': 'applied',
    'Pièces Auto du Chaouia SA': 'overtaken',
    'Quincaillerie de la Kasbah SARL': 'applied',
  });
});

it('has an operation that BADR refused, in its words, which goes once an agent sends it again', async () => {
  const { database } = test.deps;
  const find = async () => {
    const refused = eq(customsRequests.legalName, 'Huilerie de la Ménara SARL');
    const [row] = await database.select().from(customsRequests).where(refused);
    if (!row) throw new Error('the refused operation is not there');
    return row;
  };
  const refused = await find();
  expect(refused.effectReason).toContain('Compte inconnu');
  const id = refused.id as CustomsRequestId;
  const agent = await findActiveAgentByEmail(database, accountOf('agent').email);
  if (!agent) throw new Error('the agent of the demonstration is not there');
  const principal = {
    kind: 'agent',
    sessionId: '',
    agentId: agent.id as AgentId,
    name: agent.name,
    authority: 'customs',
    role: agent.role,
  } as const;
  // As the opening of the dossier does: the account's number of today is read there.
  await refreshRegistry(test.deps, id);
  await resendRequest(test.deps, principal, id, (await find()).version);
  await applyCustomsRequest(test.deps, { requestId: id });
  expect((await find()).effectStatus).toBe('applied');
});

it('has invoices to pay by the codes that are told, and payments with their receipts', async () => {
  const search = async (subscriptionCode: string) =>
    (await test.app.inject({ url: '/api/v1/public/invoices', query: { subscriptionCode } })).json<
      RouteAnswer<typeof searchPublicInvoices>
    >();
  const main = await search('1206');
  expect(main).toMatchObject({ total: 23, items: { length: 10 }, issuers: { length: 5 } });
  expect(main.items[0]).toMatchObject({ clientName: 'Primeurs du Haouz SARL', overdue: true });
  expect((await search('k7m2')).total).toBeGreaterThan(5);
  expect((await search('B4Z9')).items[0]).toMatchObject({ clientName: 'Y••• T•••' });
  const { email, password } = accountOf('validated');
  const browser = testBrowser(test.app);
  await browser.request('POST', '/sessions', { email, password });
  const own = (await browser.request('GET', '/account/invoices?pageSize=100')).json<
    RouteAnswer<typeof listOwnInvoices>
  >();
  expect(own).toMatchObject({ total: 33, subscriptionCodes: ['1206'], unpaid: { count: 23 } });
  const { items } = (await browser.request('GET', '/account/payments')).json<
    RouteAnswer<typeof listOwnPayments>
  >();
  expect(items).toHaveLength(9);
  expect(items.every(({ status, receipt }) => status === 'paid' && receipt !== null)).toBe(true);
});

it('has money that is due back, as two payers of one invoice leave it', async () => {
  const owed = await test.deps.database.select().from(refunds);
  expect(owed).toMatchObject([{ status: 'due', cause: 'lost_to_another_order', amountCentimes: 27_000 }]);
});

it('has keys for programs, each of which opens its own', async () => {
  const ask = async (role: string, path: string) => {
    const demo = demoIntegrators.find((one) => one.role === role);
    return await test.app.inject({
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${demo?.key ?? ''}` },
    });
  };
  const invoices = await ask('issuer', '/invoices?pageSize=1');
  expect(invoices.statusCode).toBe(200);
  expect(invoices.json<RouteAnswer<typeof listInvoices>>()).toMatchObject({
    items: [{ issuer: { code: 'PORTNET' } }],
  });
  const filed = async (role: string) =>
    (await ask(role, '/filings?pageSize=100')).json<RouteAnswer<typeof listFilings>>().total;
  expect([await filed('customs'), await filed('portnet')]).toEqual([13, 3]);
  expect((await ask('operator', '/subscriptions')).json()).toMatchObject({
    items: [{ filings: [{ status: 'validated' }] }],
  });
  expect((await ask('operator', '/filings')).json()).toMatchObject({ status: 403, code: 'forbidden' });
});

it('is loaded once', async () => {
  const [before, list] = [await counts(), listed()];
  await loadDemo(environment);
  expect(await counts()).toEqual(before);
  expect(listed()).toEqual(list);
});

it('goes on from where it was stopped', { timeout: loadMs }, async () => {
  const before = await counts();
  const { database } = test.deps;
  rmSync(file());
  await database.delete(documentVersions).where(ne(documentVersions.document, 'ice'));
  await database
    .update(filings)
    .set({ status: 'draft', submittedAt: null, submissions: 0 })
    .where(eq(filings.status, 'in_review'));
  await loadDemo(environment);
  const after = await counts();
  expect({ ...after, documents: 0 }).toEqual({ ...before, documents: 0 });
  expect(accountOf('administrator').totpSecret).toMatch(/^[A-Z2-7]{32}$/);
});

it('answers as the examples of the documentation show', { timeout: loadMs }, async () => {
  const { faults, unread } = await judgeExamples(test);
  expect(faults).toEqual([]);
  // The code of a contract stands on its paper alone, and the demonstration has no settlement file.
  expect(unread).toEqual(['checkContract', 'getSettlementFile']);
});

it('lets the quick start do, word for word, what it says', { timeout: loadMs }, async () => {
  const siteUrl = await test.app.listen({ host: '127.0.0.1', port: 0 });
  const blocks = readQuickStart();
  expect(blocks.length).toBeGreaterThan(8);
  const run = (some: readonly QuickStartBlock[]) =>
    runQuickStart(some, { siteUrl, folder: environment.DATA_DIR });
  const outputs = await run(blocks);
  const isFeed = ({ commands }: QuickStartBlock) => /\/(events|payments)\?/.test(commands);
  const wrong = blocks.flatMap((block, index) => {
    const faults = isFeed(block) ? [] : blockDisagreements(block, outputs[index] ?? '');
    return faults.length > 0 ? [{ commands: block.commands, faults }] : [];
  });
  expect(wrong).toEqual([]);
  // A feed shows what nobody may still write before: transactions of the tests beside this one hold it back here.
  const again = async (block: QuickStartBlock) => (await run([...blocks.slice(0, 1), block]))[1] ?? '';
  for (const feed of blocks.filter(isFeed))
    await vi.waitFor(async () => expect(blockDisagreements(feed, await again(feed))).toEqual([]), {
      timeout: 40_000,
      interval: 200,
    });
});

it('is refused in production', async () => {
  await expect(loadDemo({ ...environment, NODE_ENV: 'production' })).rejects.toThrow('not in production');
});
