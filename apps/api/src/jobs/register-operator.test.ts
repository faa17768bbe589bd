import { fixtures } from '@rnoce/sandbox/badr/fixtures';
import { operatorTypes, type Subscription } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { filingHistory, filings } from '../db/schema/filings.ts';
import { createBadrGateway } from '../integrations/badr/http-badr-gateway.ts';
import { callsOf } from '../testing/agent-calls.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { signedInAgent } from '../testing/factories.ts';
import {
  badrMode,
  fillDraft,
  newIdentifiers,
  type OperatorBrowser,
  openDraft,
  operatorBrowser,
  queuedJobs,
} from '../testing/subscriptions.ts';
import { givenUpHandlers } from './handlers.ts';
import { registerOperator } from './register-operator.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});
afterEach(() => badrMode(test, { mode: 'normal' }));

/** A filing that customs validated by the API, and its job. */
async function validated(identifiers: object = newIdentifiers(), browser?: OperatorBrowser) {
  const operator = browser ?? (await operatorBrowser(test));
  const draft = await openDraft(operator, identifiers);
  const version = await fillDraft(test, operator, draft);
  const sent = (
    await operator.call('POST', `/subscriptions/${draft.id}/submission`, {
      version,
      body: { acceptTerms: true },
    })
  ).json<Subscription>();
  const filingId = sent.filings[0]?.id ?? '';
  const { headers } = await signedInAgent(test);
  const dossier = await test.app.inject({ url: `/api/v1/filings/${filingId}`, headers });
  const decided = await test.app.inject({
    method: 'POST',
    url: `/api/v1/filings/${filingId}/decision`,
    headers: { ...headers, 'if-match': String(dossier.headers.etag) },
    payload: { outcome: 'validated' },
  });
  expect(decided.statusCode).toBe(200);
  expect(await queuedJobs(test, 'register-operator', { filingId })).toBe(1);
  return { filingId, draft, job: { filingId } };
}

const rowOf = async (filingId: string) =>
  (await test.deps.database.select().from(filings).where(eq(filings.id, filingId)))[0];
const eventsOf = async (filingId: string) =>
  (await test.deps.database.select().from(filingHistory).where(eq(filingHistory.filingId, filingId))).map(
    ({ event }) => event,
  );

interface Received {
  items: { reference: string; record: Record<string, unknown> }[];
}
const received = async (ice: string) => {
  const answer = await fetch(`${test.sandboxUrl}/api/badr/registrations?ice=${ice}`);
  return ((await answer.json()) as Received).items;
};

/** A gateway which has met no failure yet. */
const freshDeps = () => {
  const { BADR_URL: url, BADR_KEY: key } = test.deps.environment;
  return { ...test.deps, badr: createBadrGateway({ url, key }) };
};

describe('the registration at BADR', () => {
  it.each(operatorTypes)('of a validated %s is taken with its code', async (operatorType) => {
    const { filingId, draft, job } = await validated(newIdentifiers(operatorType));
    await registerOperator(test.deps, job);
    const row = await rowOf(filingId);
    expect(row).toMatchObject({ registrationStatus: 'registered', status: 'validated' });
    expect(row?.registrationAccount).toMatch(/^C3\d{7}$/);
    expect((await eventsOf(filingId)).at(-1)).toBe('registered');
    const [registration] = await received(draft.identifiers.ice);
    expect(registration?.reference).toBe(draft.code);
    expect(registration?.record).toMatchObject({ operatorType, legalName: 'Nouvelle Société SARL' });
  });

  it('is sent again while BADR is away, and after a kill between its answer and our note, and counts once', async () => {
    const { filingId, draft, job } = await validated();
    await badrMode(test, { mode: 'down' });
    await expect(registerOperator(freshDeps(), job)).rejects.toThrow('BADR is unavailable');
    expect(await rowOf(filingId)).toMatchObject({ registrationStatus: 'queued' });
    await badrMode(test, { mode: 'normal' });

    const dying = {
      ...freshDeps(),
      now: () => {
        throw new Error('killed here');
      },
    };
    await expect(registerOperator(dying, job)).rejects.toThrow('killed here');
    expect(await rowOf(filingId)).toMatchObject({ registrationStatus: 'queued' });
    const deps = freshDeps();
    await Promise.all([registerOperator(deps, job), registerOperator(deps, job)]);
    await registerOperator(deps, job);
    expect(await received(draft.identifiers.ice)).toHaveLength(1);
    expect((await eventsOf(filingId)).filter((event) => event === 'registered')).toHaveLength(1);
  });

  it('refused for good is kept for a person, and not sent for ever', async () => {
    const { filingId, job } = await validated({
      ...newIdentifiers(),
      ice: fixtures.importChaouia.ice,
      operatorType: fixtures.importChaouia.operatorType,
    });
    await registerOperator(test.deps, job);
    const row = await rowOf(filingId);
    expect(row).toMatchObject({ registrationStatus: 'refused', registrationAccount: null });
    expect(await eventsOf(filingId)).not.toContain('registered');
  });

  it('given up is sent again by who decides for customs, and by nobody else', async () => {
    const { filingId, draft, job } = await validated();
    const path = `/filings/${filingId}/registration`;
    const customs = callsOf(test, await signedInAgent(test));
    expect((await customs.call('POST', path)).json()).toMatchObject({
      status: 409,
      code: 'registration_not_refused',
    });
    const giveUp = givenUpHandlers(test.deps)['register-operator'];
    await giveUp?.(job);
    expect((await customs.dossierOf(filingId)).registration).toMatchObject({ status: 'refused' });
    const portnet = await signedInAgent(test, { authority: 'portnet' });
    expect((await customs.call('POST', path, { as: portnet })).statusCode).toBe(404);
    const administrator = await signedInAgent(test, { role: 'administrator' });
    expect((await customs.call('POST', path, { as: administrator })).statusCode).toBe(403);
    const answers = await Promise.all([customs.call('POST', path), customs.call('POST', path)]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await customs.dossierOf(filingId)).registration).toMatchObject({ status: 'queued' });
    expect(await queuedJobs(test, 'register-operator', { filingId })).toBe(2);
    await registerOperator(freshDeps(), job);
    await giveUp?.(job);
    expect((await customs.dossierOf(filingId)).registration).toMatchObject({ status: 'registered' });
    expect(await received(draft.identifiers.ice)).toHaveLength(1);
  });

  it('of a filing that is not validated does nothing', async () => {
    const nobody = registerOperator(test.deps, { filingId: '00000000-0000-0000-0000-000000000000' });
    await expect(nobody).resolves.toBeUndefined();
  });
});
