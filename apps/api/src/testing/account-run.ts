import type { CustomsAccount, CustomsRequest, Problem, RequestReason } from '@rnoce/schemas';
import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { customsRequestHistory } from '../db/schema/customs-requests.ts';
import { BadrUnavailableError } from '../integrations/badr/badr-gateway.ts';
import {
  type AccountModel,
  type Foretold,
  type ModelField,
  type ModelRecord,
  type ModelRequest,
  modelFields,
  type OperationType,
} from './account-model.ts';
import type { TestApp } from './app.ts';
import {
  acceptance,
  accountNow,
  applyRequest,
  type CustomsAccountOf,
  changeAtCustoms,
  createRequest,
  emailsOf,
  fillRequest,
  heldByBadr,
  type RequestDesk,
  readRequest,
  rejection,
  saveRequest,
  submitRequest,
  takenByBadr,
} from './customs-requests.ts';
import { badrMode, type OperatorBrowser } from './subscriptions.ts';

/** An API with customs' deciders, and agents who may decide nothing. */
export interface World {
  readonly test: TestApp;
  readonly desks: readonly RequestDesk[];
  readonly outsiders: readonly RequestDesk[];
}

const type = fc.constantFrom<OperationType>('update', 'update', 'cancellation', 'restoration');
const agent = fc.nat({ max: 1 });
const field = fc.constantFrom(...modelFields);
const value = fc.nat({ max: 2 });
const action = <const Name extends string, Rest extends object>(
  name: Name,
  rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> },
) => fc.record<Rest>(rest).map((given) => ({ name, ...given }));
/** One thing that somebody does, with its weight: how often it is drawn. */
export const step = fc.oneof(
  { weight: 6, arbitrary: action('open', { type }) },
  { weight: 4, arbitrary: action('change', { field, value }) },
  {
    weight: 8,
    arbitrary: action('send', { type, wrongPassword: fc.nat({ max: 5 }).map((drawn) => drawn === 0) }),
  },
  { weight: 1, arbitrary: action('give up', { type }) },
  { weight: 6, arbitrary: action('accept', { type, agent }) },
  {
    weight: 3,
    arbitrary: action('accept in part', { agent, leftOut: fc.subarray([...modelFields], { minLength: 1 }) }),
  },
  { weight: 3, arbitrary: action('reject', { type, agent }) },
  { weight: 1, arbitrary: action('decide late', { type, agent }) },
  { weight: 1, arbitrary: action('meddle', { type, outsider: agent }) },
  { weight: 2, arbitrary: action('read', { type, agent }) },
  { weight: 3, arbitrary: action('customs change', { field, value }) },
  { weight: 1, arbitrary: action('customs close', { cancelled: fc.boolean() }) },
  { weight: 2, arbitrary: action('badr', { badr: fc.constantFrom('normal', 'away', 'refuse') }) },
  { weight: 6, arbitrary: action('work', { twice: fc.boolean() }) },
  { weight: 3, arbitrary: action('resend', { type, agent }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Few, so that customs and the operator often mean the same one. */
const values: Readonly<Record<ModelField, readonly string[]>> = {
  actualActivity: ['Négoce', 'Négoce de céréales', 'Négoce de textiles'],
  phone: ['+212522000000', '+212522000001', '+212522000002'],
};
/** What BADR holds at the start. */
export const firstRecord: ModelRecord = {
  actualActivity: values.actualActivity[0] ?? '',
  phone: values.phone[0] ?? '',
};

/** One account in the product and in the model: what is done in the one is done in the other, and compared. */
export interface AccountRun {
  readonly world: World;
  readonly account: CustomsAccountOf;
  readonly model: AccountModel;
  /** In a row. */
  wrongPasswords: number;
}

/** Does one step, and throws unless the product answers what the model foretells. */
export async function doStep(run: AccountRun, one: Step): Promise<void> {
  const model = run.model;
  switch (one.name) {
    case 'open':
      return await openRequest(run, one.type);
    case 'change':
      return await changeField(run, one.field, values[one.field][one.value] ?? '');
    case 'send':
      return await sendRequest(run, one.type, !one.wrongPassword);
    case 'give up':
      return await giveUp(run, one.type);
    case 'accept':
      return await decide(run, one.type, one.agent, 'accepted');
    case 'accept in part':
      return await decide(run, 'update', one.agent, 'accepted', one.leftOut);
    case 'reject':
      return await decide(run, one.type, one.agent, 'rejected');
    case 'decide late':
      return await decideLate(run, one.type, one.agent);
    case 'meddle':
      return await meddle(run, one.type, one.outsider);
    case 'read':
      return await readAgain(run, one.type, one.agent);
    case 'resend':
      return await sendAgain(run, one.type, one.agent);
    case 'customs change':
      model.held = { ...model.held, [one.field]: values[one.field][one.value] ?? '' };
      await changeAtCustoms(run.world.test, run.account, model.held);
      return;
    case 'customs close':
      model.heldCancelled = one.cancelled;
      await changeAtCustoms(run.world.test, run.account, {
        accountStatus: one.cancelled ? 'cancelled' : 'active',
      });
      return;
    case 'badr':
      return await setBadr(run, one.badr);
    case 'work':
      return await workOff(run, one.twice);
  }
}

async function setBadr(run: AccountRun, badr: AccountModel['badr']): Promise<void> {
  run.model.badr = badr;
  const { ice } = run.account;
  await badrMode(run.world.test, {
    ice,
    mode: { normal: 'normal', away: 'error', refuse: 'refuse' }[badr],
  });
}

async function openRequest(run: AccountRun, type: OperationType): Promise<void> {
  const { browser } = run.account;
  const model = run.model;
  const standing = model.draft(type);
  const answer = await createRequest(browser, type);
  expectOneOf(answer, model.foretellOpening(type));
  if (answer.statusCode !== 201) return;
  const { id } = answer.json<CustomsRequest>();
  if (standing) {
    expect(id).toBe(standing.id);
    return;
  }
  model.open(type, id);
  // Everything but the change itself, so that only what the model knows of decides whether it can be sent.
  await fillRequest(run.world.test, browser, await readRequest(browser, id), {});
}

async function changeField(run: AccountRun, field: ModelField, to: string): Promise<void> {
  const { browser } = run.account;
  const draft = run.model.draft('update');
  if (!draft) {
    const sent = run.model.latest('update');
    if (!sent) return;
    const { version, sections } = await readRequest(browser, sent.id);
    const answer = await browser.call('PUT', `/customs-requests/${sent.id}/sections/company`, {
      version,
      body: { ...sections.company, [field]: to },
    });
    expectOneOf(answer, [{ status: 409, code: 'request_not_editable' }]);
    return;
  }
  draft.asked = { ...draft.asked, [field]: to };
  const request = await readRequest(browser, draft.id);
  const saved = await saveRequest(browser, request, 'sections/company', {
    ...request.sections.company,
    [field]: to,
  });
  expect(new Set(saved.changes.map(({ item }) => item))).toEqual(
    new Set(run.model.changesOf(draft).map((changed) => `company.${changed}`)),
  );
}

async function sendRequest(run: AccountRun, type: OperationType, passwordIsRight: boolean): Promise<void> {
  const model = run.model;
  const request = model.draft(type) ?? model.latest(type);
  if (!request) return;
  // After the fifth in a row the account waits: sign-in has its own proofs of that.
  const isRight = passwordIsRight || run.wrongPasswords >= 3;
  const { browser } = run.account;
  const answer = await submitRequest(
    browser,
    await readRequest(browser, request.id),
    isRight ? undefined : 'Un-autre-mot-de-passe-1',
  );
  expectOneOf(answer, model.foretellSending(request, isRight));
  if (answer.statusCode === 200) model.send(request);
  const code = answer.statusCode === 200 ? undefined : answer.json<Problem>().code;
  if (code === 'registry_changed') model.rebase(request);
  if (code === 'password_wrong') run.wrongPasswords += 1;
  else if (type === 'cancellation' && answer.statusCode === 200) run.wrongPasswords = 0;
  if (type === 'update') await expectForm(run, request);
}

/** An update's form holds what the model says, also after it was filled again from BADR's new record. */
async function expectForm(run: AccountRun, request: ModelRequest): Promise<void> {
  const { before, sections } = await readRequest(run.account.browser, request.id);
  expect(before.company).toMatchObject(request.before);
  expect(sections.company).toMatchObject(request.asked);
}

async function giveUp(run: AccountRun, type: OperationType): Promise<void> {
  const model = run.model;
  const request = model.draft(type) ?? model.latest(type);
  if (!request) return;
  const answer = await run.account.browser.call('DELETE', `/customs-requests/${request.id}`);
  const isDraft = request.status === 'draft';
  expectOneOf(answer, [isDraft ? { status: 204 } : { status: 409, code: 'request_not_editable' }]);
  if (isDraft) model.giveUp(request);
}

async function decide(
  run: AccountRun,
  type: OperationType,
  agent: number,
  outcome: 'accepted' | 'rejected',
  leftOut: readonly ModelField[] = [],
): Promise<void> {
  const model = run.model;
  const request = model.latest(type);
  const desk = run.world.desks[agent];
  if (!request || !desk) return;
  const { version, changes, endorsed } = await desk.dossier(request.id);
  expect(endorsed).toBe(request.status === 'in_review' && request.endorsedBy.length > 0);
  model.openDossier(request);
  const refused = model.changesOf(request).filter((field) => leftOut.includes(field));
  const reasons = refused.map(
    (field): RequestReason => ({
      about: { item: `company.${field}` },
      cause: 'mismatch',
      text: 'À justifier.',
    }),
  );
  if (type === 'update' && request.status === 'in_review') {
    const now = Object.fromEntries(changes.map((change) => [change.item, change.now]));
    for (const field of model.changesOf(request)) expect(now[`company.${field}`]).toBe(request.seen[field]);
  }
  const body = outcome === 'accepted' ? { ...acceptance, reasons } : rejection;
  const answer = await desk.decide(request.id, version, body);
  expectOneOf(answer, [model.foretellDecision(request, agent, outcome, refused)]);
  if (answer.statusCode !== 200) return;
  if (outcome === 'accepted') model.accept(request, agent, refused);
  else model.reject(request);
}

/** On what the agent read before the dossier changed. */
async function decideLate(run: AccountRun, type: OperationType, agent: number): Promise<void> {
  const request = run.model.latest(type);
  const desk = run.world.desks[agent];
  if (!request || !desk) return;
  const { version } = await desk.dossier(request.id);
  run.model.openDossier(request);
  const answer = await desk.decide(request.id, version - 1, acceptance);
  expectOneOf(answer, [
    request.status === 'in_review'
      ? { status: 412, code: 'stale' }
      : { status: 409, code: 'request_not_decidable' },
  ]);
}

/** Who only administers customs' agents, or works for PortNet, decides nothing; a draft is nobody's but its operator's. */
async function meddle(run: AccountRun, type: OperationType, outsider: number): Promise<void> {
  const { desks, outsiders } = run.world;
  const request = run.model.latest(type);
  const answer = request && (await outsiders[outsider]?.decide(request.id, 1, acceptance));
  if (answer) expect([403, 404]).toContain(answer.statusCode);
  const draft = run.model.draft(type);
  const read = draft && (await desks[0]?.call('GET', `/customs-requests/${draft.id}/dossier`));
  if (read) expect(read.statusCode).toBe(404);
}

async function readAgain(run: AccountRun, type: OperationType, agent: number): Promise<void> {
  const request = run.model.latest(type);
  if (!request) return;
  const answer = await run.world.desks[agent]?.readRegistry(request.id);
  expect(answer?.statusCode).toBe(200);
  run.model.readRegistry(request);
}

async function sendAgain(run: AccountRun, type: OperationType, agent: number): Promise<void> {
  const model = run.model;
  const request = model.latest(type);
  const desk = run.world.desks[agent];
  if (!request || !desk) return;
  expect((await desk.readRegistry(request.id)).statusCode).toBe(200);
  model.readRegistry(request);
  const { version } = await desk.dossier(request.id);
  const answer = await desk.resend(request.id, version);
  expectOneOf(answer, model.foretellResending(request));
  if (answer.statusCode === 200) model.resend(request);
}

/** The worker; `twice`: the jobs come in the wrong order and once more, as after a kill. */
async function workOff(run: AccountRun, twice: boolean): Promise<void> {
  const model = run.model;
  const { test } = run.world;
  const waiting = [...model.queue];
  model.work();
  for (const { id } of twice ? [...waiting.toReversed(), ...waiting] : waiting) {
    const sending = applyRequest(test, id);
    // The effects of an account go in order: the later ones stand behind the first.
    if (model.badr === 'away' && id === waiting[0]?.id)
      await expect(sending).rejects.toBeInstanceOf(BadrUnavailableError);
    else await sending;
  }
}

/** Everything that the portal, its books and BADR say, against the model. */
export async function checkAccount(run: AccountRun): Promise<void> {
  const model = run.model;
  const { test } = run.world;
  const account = await accountNow(run.account);
  expect(account.state).toBe(model.state());
  expect(account.control).toBe(model.proven ? 'proven' : 'code_needed');
  for (const operation of account.operations) checkOperation(run, operation);
  expect(await emailsOf(test, run.account)).toEqual(Object.fromEntries(model.emails));
  const held = await heldByBadr(test, run.account);
  expect(held).toMatchObject({
    ...model.held,
    accountStatus: model.heldCancelled ? 'cancelled' : 'active',
  });
  const taken = await takenByBadr(test, run.account);
  expect(taken).toHaveLength(model.taken);
}

function checkOperation(
  run: AccountRun,
  { type, refusal, draftId, latest }: CustomsAccount['operations'][number],
): void {
  const model = run.model;
  const reasons = model.refusals(type);
  if (refusal === null) expect(reasons).toEqual([]);
  else expect(reasons).toContain(refusal);
  expect(draftId).toBe(model.draft(type)?.id ?? null);
  const shown = model.latest(type);
  expect(latest?.id).toBe(shown?.id);
  if (!latest || !shown) return;
  expect({
    status: latest.status,
    effect: latest.effect?.status ?? null,
    endorsed: latest.endorsed,
  }).toEqual({
    status: shown.status,
    effect: shown.effect,
    // That one of two agents accepted is the agents' affair.
    endorsed: false,
  });
  const explained = shown.status === 'rejected' || shown.leftOut.length > 0;
  expect(latest.reasons.length > 0).toBe(explained);
}

/** The history alone tells all that happened, in order. */
export async function checkHistories(run: AccountRun): Promise<void> {
  for (const { id, events } of run.model.requests) {
    const rows = await run.world.test.deps.database
      .select({ event: customsRequestHistory.event })
      .from(customsRequestHistory)
      .where(eq(customsRequestHistory.requestId, id))
      .orderBy(asc(customsRequestHistory.id));
    expect(rows.map(({ event }) => event)).toEqual(events);
  }
}

/** One of these answers was foretold; when an operation is refused, for one of the reasons that hold. */
function expectOneOf(
  answer: Awaited<ReturnType<OperatorBrowser['call']>>,
  foretold: readonly Foretold[],
): void {
  const problem = answer.statusCode >= 400 ? answer.json<Problem>() : undefined;
  expect(foretold.map(({ status, code }) => ({ status, code }))).toContainEqual({
    status: answer.statusCode,
    code: problem?.code,
  });
  if (problem?.code !== 'operation_not_allowed') return;
  expect(foretold.map(({ reason }) => reason)).toContain(problem.params?.reason);
}
