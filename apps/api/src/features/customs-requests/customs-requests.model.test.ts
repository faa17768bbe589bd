/**
 * Random sequences of what an operator asks, agents decide and BADR answers, on the real API, compared step by step with a model that was written
 * from the specification alone. `CUSTOMS_MODEL_RUNS=500` is the whole proof.
 */
import type { CustomsAccount, CustomsRequest, Problem, RequestReason } from '@rnoce/schemas';
import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { customsRequestHistory } from '../../db/schema/customs-requests.ts';
import { BadrUnavailableError } from '../../integrations/badr/badr-gateway.ts';
import {
  AccountModel,
  type Foretold,
  type ModelField,
  type ModelRecord,
  type ModelRequest,
  modelFields,
  type OperationType,
} from '../../testing/account-model.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  acceptance,
  accountNow,
  applyRequest,
  type CustomsAccountOf,
  changeAtCustoms,
  createRequest,
  customsAccount,
  emailsOf,
  fillRequest,
  heldByBadr,
  type RequestDesk,
  readRequest,
  rejection,
  requestDesk,
  saveRequest,
  submitRequest,
  takenByBadr,
} from '../../testing/customs-requests.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { badrMode } from '../../testing/subscriptions.ts';

const runs = Number(process.env.CUSTOMS_MODEL_RUNS ?? 25);
const proofMs = 60_000 + runs * 5_000;

/** Two APIs on one database: one agent is enough for a cancellation, or two are needed. */
const worlds: { test: TestApp; desks: RequestDesk[]; outsiders: RequestDesk[] }[] = [];
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

const type = fc.constantFrom<OperationType>('update', 'update', 'cancellation', 'restoration');
const agent = fc.nat({ max: 1 });
const field = fc.constantFrom(...modelFields);
/** Few values, so that customs and the operator often mean the same one. */
const value = fc.nat({ max: 2 });
const action = <const Name extends string, Rest extends object>(
  name: Name,
  rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> },
) => fc.record<Rest>(rest).map((given) => ({ name, ...given }));
/** Each with its weight: how often it is drawn. */
const step = fc.oneof(
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

const values: Readonly<Record<ModelField, readonly string[]>> = {
  actualActivity: ['Négoce', 'Négoce de céréales', 'Négoce de textiles'],
  phone: ['+212522000000', '+212522000001', '+212522000002'],
};
const first: ModelRecord = { actualActivity: values.actualActivity[0] ?? '', phone: values.phone[0] ?? '' };

class Run {
  readonly #world: (typeof worlds)[number];
  readonly #account: CustomsAccountOf;
  readonly #model: AccountModel;
  #wrongPasswords = 0;

  constructor(world: (typeof worlds)[number], account: CustomsAccountOf, model: AccountModel) {
    this.#world = world;
    this.#account = account;
    this.#model = model;
  }

  async do(one: Step): Promise<void> {
    const model = this.#model;
    switch (one.name) {
      case 'open':
        return await this.#open(one.type);
      case 'change':
        return await this.#change(one.field, values[one.field][one.value] ?? '');
      case 'send':
        return await this.#send(one.type, !one.wrongPassword);
      case 'give up':
        return await this.#giveUp(one.type);
      case 'accept':
        return await this.#decide(one.type, one.agent, 'accepted');
      case 'accept in part':
        return await this.#decide('update', one.agent, 'accepted', one.leftOut);
      case 'reject':
        return await this.#decide(one.type, one.agent, 'rejected');
      case 'decide late':
        return await this.#decideLate(one.type, one.agent);
      case 'meddle':
        return await this.#meddle(one.type, one.outsider);
      case 'read':
        return await this.#read(one.type, one.agent);
      case 'resend':
        return await this.#resend(one.type, one.agent);
      case 'customs change':
        model.held = { ...model.held, [one.field]: values[one.field][one.value] ?? '' };
        await changeAtCustoms(this.#world.test, this.#account, model.held);
        return;
      case 'customs close':
        model.heldCancelled = one.cancelled;
        await changeAtCustoms(this.#world.test, this.#account, {
          accountStatus: one.cancelled ? 'cancelled' : 'active',
        });
        return;
      case 'badr':
        return await this.#badr(one.badr);
      case 'work':
        return await this.#work(one.twice);
    }
  }

  async #badr(badr: AccountModel['badr']): Promise<void> {
    this.#model.badr = badr;
    const { ice } = this.#account;
    await badrMode(this.#world.test, {
      ice,
      mode: { normal: 'normal', away: 'error', refuse: 'refuse' }[badr],
    });
  }

  async #open(type: OperationType): Promise<void> {
    const { browser } = this.#account;
    const model = this.#model;
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
    await fillRequest(this.#world.test, browser, await readRequest(browser, id), {});
  }

  async #change(field: ModelField, to: string): Promise<void> {
    const { browser } = this.#account;
    const draft = this.#model.draft('update');
    if (!draft) {
      const sent = this.#model.latest('update');
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
      new Set(this.#model.changesOf(draft).map((changed) => `company.${changed}`)),
    );
  }

  async #send(type: OperationType, passwordIsRight: boolean): Promise<void> {
    const model = this.#model;
    const request = model.draft(type) ?? model.latest(type);
    if (!request) return;
    // After the fifth in a row the account waits: sign-in has its own proofs of that.
    const isRight = passwordIsRight || this.#wrongPasswords >= 3;
    const { browser } = this.#account;
    const answer = await submitRequest(
      browser,
      await readRequest(browser, request.id),
      isRight ? undefined : 'Un-autre-mot-de-passe-1',
    );
    expectOneOf(answer, model.foretellSending(request, isRight));
    if (answer.statusCode === 200) model.send(request);
    const code = answer.statusCode === 200 ? undefined : answer.json<Problem>().code;
    if (code === 'registry_changed') model.rebase(request);
    if (code === 'password_wrong') this.#wrongPasswords += 1;
    else if (type === 'cancellation' && answer.statusCode === 200) this.#wrongPasswords = 0;
    if (type === 'update') await this.#expectForm(request);
  }

  /** An update's form holds what the model says, also after it was filled again from BADR's new record. */
  async #expectForm(request: ModelRequest): Promise<void> {
    const { before, sections } = await readRequest(this.#account.browser, request.id);
    expect(before.company).toMatchObject(request.before);
    expect(sections.company).toMatchObject(request.asked);
  }

  async #giveUp(type: OperationType): Promise<void> {
    const model = this.#model;
    const request = model.draft(type) ?? model.latest(type);
    if (!request) return;
    const answer = await this.#account.browser.call('DELETE', `/customs-requests/${request.id}`);
    const isDraft = request.status === 'draft';
    expectOneOf(answer, [isDraft ? { status: 204 } : { status: 409, code: 'request_not_editable' }]);
    if (isDraft) model.giveUp(request);
  }

  async #decide(
    type: OperationType,
    agent: number,
    outcome: 'accepted' | 'rejected',
    leftOut: readonly ModelField[] = [],
  ): Promise<void> {
    const model = this.#model;
    const request = model.latest(type);
    const desk = this.#world.desks[agent];
    if (!request || !desk) return;
    const { version, changes } = await desk.dossier(request.id);
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
  async #decideLate(type: OperationType, agent: number): Promise<void> {
    const request = this.#model.latest(type);
    const desk = this.#world.desks[agent];
    if (!request || !desk) return;
    const { version } = await desk.dossier(request.id);
    this.#model.openDossier(request);
    const answer = await desk.decide(request.id, version - 1, acceptance);
    expectOneOf(answer, [
      request.status === 'in_review'
        ? { status: 412, code: 'stale' }
        : { status: 409, code: 'request_not_decidable' },
    ]);
  }

  /** Who only administers customs' agents, or works for PortNet, decides nothing; a draft is nobody's but its operator's. */
  async #meddle(type: OperationType, outsider: number): Promise<void> {
    const { desks, outsiders } = this.#world;
    const request = this.#model.latest(type);
    const answer = request && (await outsiders[outsider]?.decide(request.id, 1, acceptance));
    if (answer) expect([403, 404]).toContain(answer.statusCode);
    const draft = this.#model.draft(type);
    const read = draft && (await desks[0]?.call('GET', `/customs-requests/${draft.id}/dossier`));
    if (read) expect(read.statusCode).toBe(404);
  }

  async #read(type: OperationType, agent: number): Promise<void> {
    const request = this.#model.latest(type);
    if (!request) return;
    const answer = await this.#world.desks[agent]?.readRegistry(request.id);
    expect(answer?.statusCode).toBe(200);
    this.#model.readRegistry(request);
  }

  async #resend(type: OperationType, agent: number): Promise<void> {
    const model = this.#model;
    const request = model.latest(type);
    const desk = this.#world.desks[agent];
    if (!request || !desk) return;
    expect((await desk.readRegistry(request.id)).statusCode).toBe(200);
    model.readRegistry(request);
    const { version } = await desk.dossier(request.id);
    const answer = await desk.resend(request.id, version);
    expectOneOf(answer, model.foretellResending(request));
    if (answer.statusCode === 200) model.resend(request);
  }

  /** The worker; `twice`: the jobs come in the wrong order and once more, as after a kill. */
  async #work(twice: boolean): Promise<void> {
    const model = this.#model;
    const { test } = this.#world;
    const waiting = [...model.queue];
    model.work();
    for (const { id } of twice ? [...waiting.toReversed(), ...waiting] : waiting) {
      const sending = applyRequest(test, id);
      if (model.badr === 'away') await expect(sending).rejects.toBeInstanceOf(BadrUnavailableError);
      else await sending;
    }
  }

  /** Everything that the portal, its books and BADR say, against the model. */
  async check(): Promise<void> {
    const model = this.#model;
    const { test } = this.#world;
    const account = await accountNow(this.#account);
    expect(account.state).toBe(model.state());
    expect(account.control).toBe(model.proven ? 'proven' : 'code_needed');
    for (const operation of account.operations) this.#checkOperation(operation);
    expect(await emailsOf(test, this.#account)).toEqual(Object.fromEntries(model.emails));
    const held = await heldByBadr(test, this.#account);
    expect(held).toMatchObject({
      ...model.held,
      accountStatus: model.heldCancelled ? 'cancelled' : 'active',
    });
    const taken = await takenByBadr(test, this.#account);
    expect(taken).toHaveLength(model.taken);
  }

  #checkOperation({ type, refusal, draftId, latest }: CustomsAccount['operations'][number]): void {
    const model = this.#model;
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
      endorsed: shown.status === 'in_review' && shown.endorsedBy.length > 0,
    });
    const explained = shown.status === 'rejected' || shown.leftOut.length > 0;
    expect(latest.reasons.length > 0).toBe(explained);
  }

  /** The history alone tells all that happened, in order. */
  async checkHistories(): Promise<void> {
    for (const { id, events } of this.#model.requests) {
      const rows = await this.#world.test.deps.database
        .select({ event: customsRequestHistory.event })
        .from(customsRequestHistory)
        .where(eq(customsRequestHistory.requestId, id))
        .orderBy(asc(customsRequestHistory.id));
      expect(rows.map(({ event }) => event)).toEqual(events);
    }
  }
}

/** One of these answers was foretold; when an operation is refused, for one of the reasons that hold. */
function expectOneOf(
  answer: { statusCode: number; body: string; json: <T>() => T },
  foretold: readonly Foretold[],
): void {
  const problem = answer.statusCode >= 400 ? answer.json<Problem>() : undefined;
  const told = { status: answer.statusCode, code: problem?.code };
  expect(
    foretold.map(({ status, code }) => ({ status, code })),
    answer.body,
  ).toContainEqual(told);
  if (problem?.code !== 'operation_not_allowed') return;
  expect(foretold.map(({ reason }) => reason)).toContain(problem.params?.reason);
}

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
        company: { ...first },
      });
      const run = new Run(
        world,
        account,
        new AccountModel({
          agentsNeeded,
          proven: !attached || !unproven,
          cancelled: attached && cancelled,
          held: first,
        }),
      );
      await run.check();
      for (const one of steps) {
        await run.do(one);
        await run.check();
      }
      await run.checkHistories();
    },
  );
  await fc.assert(property, { numRuns: runs });
});
