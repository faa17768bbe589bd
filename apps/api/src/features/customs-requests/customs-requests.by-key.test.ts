import { randomUUID } from 'node:crypto';
import {
  type CustomsRequest,
  type CustomsRequestRow,
  decideCustomsRequest,
  getCustomsRequest,
  getCustomsRequestDossier,
  getRequestDocument,
  listCustomsRequests,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { customsRequestHistory } from '../../db/schema/customs-requests.ts';
import { documentAccesses, documentVersions } from '../../db/schema/documents.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  acceptance,
  customsAccount,
  decideRequest,
  emailsOf,
  openRequest,
  ordersQueued,
  readRequest,
  rejection,
  requestDesk,
  sentRequest,
} from '../../testing/customs-requests.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { testKeyAccess } from '../../testing/key-access.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { storeBytes } from '../../testing/stored-documents.ts';

type System = Awaited<ReturnType<typeof integratorOf>>;

let test: TestApp;
let customs: System;
/** A key of PortNet's that no administrator can make: the scopes are not its authority's. */
let portnet: System;
beforeAll(async () => {
  test = await testApp();
  customs = await integratorOf(test, { kind: 'authority', authority: 'customs', name: 'Système BADR' });
  portnet = await integratorOf(test, {
    kind: 'authority',
    authority: 'portnet',
    scopes: ['customs_requests:read', 'customs_requests:decide'],
  });
});

const params = { id: randomUUID(), document: 'trade_register' };
const decision = { headers: { 'if-match': '"1"' }, body: rejection };
const read = { scope: 'customs_requests:read', issuer: 'forbidden' } as const;

describe('access', () => {
  testKeyAccess(
    () => test,
    [
      { ...read, route: listCustomsRequests, customs: 200, portnet: 'scope_missing', operator: 200 },
      {
        ...read,
        route: getCustomsRequest,
        params,
        customs: 'forbidden',
        portnet: 'forbidden',
        operator: 404,
      },
      {
        ...read,
        route: getCustomsRequestDossier,
        params,
        customs: 404,
        portnet: 'scope_missing',
        operator: 'forbidden',
      },
      { ...read, route: getRequestDocument, params, customs: 404, portnet: 'scope_missing', operator: 404 },
      {
        ...decision,
        route: decideCustomsRequest,
        params,
        scope: 'customs_requests:decide',
        issuer: 'forbidden',
        customs: 404,
        portnet: 'scope_missing',
        operator: 'forbidden',
      },
    ],
  );
});

const idsIn = (answer: { json: () => unknown }) =>
  (answer.json() as { items: CustomsRequestRow[] }).items.map(({ id }) => id);

describe('the system of customs', () => {
  it('reads what was sent, whoever’s, and no draft', async () => {
    const account = await customsAccount(test);
    const sent = await sentRequest(test, account, 'cancellation');
    const draft = await openRequest((await customsAccount(test)).browser, 'cancellation');
    const { call } = requestDesk(test, customs);
    const ids = idsIn(await call('GET', '/customs-requests?pageSize=100'));
    expect(ids).toContain(sent.id);
    expect(ids).not.toContain(draft.id);
    const dossier = await call('GET', `/customs-requests/${sent.id}/dossier`);
    expect(dossier.json()).toMatchObject({ id: sent.id, account: { email: account.browser.account.email } });
    expect(dossier.headers.etag).toBe(`"${String(dossier.json<{ version: number }>().version)}"`);
    expect(refusalOf(await call('GET', `/customs-requests/${draft.id}/dossier`))).toBe('404 not_found');
  });

  it('reads a document, and the reading is recorded as its own; the operator’s system reads it too', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update');
    const { database } = test.deps;
    const [version] = await database
      .select()
      .from(documentVersions)
      .where(eq(documentVersions.customsRequestId, id));
    if (!version) throw new Error('no document was made');
    await storeBytes(test, version, Buffer.from('%PDF-1.7'));
    const own = await integratorOf(test, { kind: 'operator', accountId: account.browser.account.id });
    for (const system of [customs, own]) {
      const path = `/customs-requests/${id}/documents/${version.document}`;
      expect((await requestDesk(test, system).call('GET', path)).body).toBe('%PDF-1.7');
    }
    const accesses = await database
      .select()
      .from(documentAccesses)
      .where(eq(documentAccesses.documentVersionId, version.id));
    expect(accesses).toMatchObject([{ agentId: null, integratorId: customs.integratorId }]);
  });

  it('decides with the version that it read and a key, and is named in the history', async () => {
    const account = await customsAccount(test);
    const { id } = await sentRequest(test, account, 'update');
    const desk = requestDesk(test, customs);
    const { version } = await desk.dossier(id);
    const path = `/customs-requests/${id}/decision`;
    expect(refusalOf(await desk.decide(id, version, acceptance))).toBe('400 idempotency_key_missing');
    const blind = await desk.call('POST', path, { body: acceptance, key: randomUUID() });
    expect(refusalOf(blind)).toBe('428 version_missing');
    const late = await desk.decide(id, version + 1, acceptance, { key: randomUUID() });
    expect(refusalOf(late)).toBe('412 stale');
    const decided = await desk.decide(id, version, acceptance, { key: randomUUID() });
    expect(decided.json()).toMatchObject({
      status: 'accepted',
      endorsements: [{ agentId: null, agentName: 'Système BADR' }],
    });
    expect(await ordersQueued(test, id)).toBe(1);
    expect(await emailsOf(test, account)).toMatchObject({ customs_request_accepted: 1 });
    const seen = await requestDesk(test, await signedInAgent(test)).dossier(id);
    expect(seen.history.at(-1)).toMatchObject({
      event: 'accepted',
      actor: 'integrator',
      actorName: 'Système BADR',
    });
    const own = await readRequest(account.browser, id);
    expect(own.history.at(-1)).toMatchObject({ event: 'accepted', actor: 'integrator', actorName: null });
    const rows = await test.deps.database
      .select()
      .from(customsRequestHistory)
      .where(eq(customsRequestHistory.requestId, id));
    expect(rows.find(({ event }) => event === 'accepted')).toMatchObject({
      agentId: null,
      integratorId: customs.integratorId,
    });
  });
});

it('PortNet’s system has no part in customs accounts, whatever its key says', async () => {
  const { id, subscriptionId } = await sentRequest(test, await customsAccount(test), 'update');
  const { call } = requestDesk(test, portnet);
  const decide = { version: 2, body: acceptance, key: randomUUID() };
  for (const answer of [
    await call('GET', '/customs-requests'),
    await call('GET', `/customs-requests/${id}/dossier`),
    await call('GET', `/customs-requests/${id}/documents/trade_register`),
    await call('POST', `/customs-requests/${id}/decision`, decide),
  ]) {
    expect(refusalOf(answer)).toBe('403 forbidden');
    expect(answer.body).not.toContain(subscriptionId);
  }
});

it('the system of an operator reads the requests of its account, and no others', async () => {
  const account = await customsAccount(test);
  const own = await sentRequest(test, account, 'update');
  const other = await sentRequest(test, await customsAccount(test), 'update');
  const key = await integratorOf(test, { kind: 'operator', accountId: account.browser.account.id });
  const { call } = requestDesk(test, key);
  expect(idsIn(await call('GET', '/customs-requests'))).toEqual([own.id]);
  const shown = await call('GET', `/customs-requests/${own.id}`);
  expect(shown.json<CustomsRequest>()).toEqual(await readRequest(account.browser, own.id));
  expect(refusalOf(await call('GET', `/customs-requests/${other.id}`))).toBe('404 not_found');
  for (const id of [other.id, randomUUID()]) {
    const document = await call('GET', `/customs-requests/${id}/documents/trade_register`);
    expect(refusalOf(document)).toBe('404 not_found');
  }
  const sending = { version: own.version, body: {}, key: randomUUID() };
  for (const answer of [
    await call('GET', '/customs-account'),
    await call('POST', '/customs-requests', { body: { type: 'cancellation' }, key: randomUUID() }),
    await call('POST', `/customs-requests/${own.id}/submission`, sending),
  ])
    expect(refusalOf(answer)).toBe('403 forbidden');
});

describe('with two who must accept a cancellation', () => {
  let strict: TestApp;
  beforeAll(async () => {
    strict = await testApp({ environment: { CANCELLATION_AGENTS: '2' } });
  });
  const systemDesk = async () => {
    const { call, dossier } = requestDesk(
      strict,
      await integratorOf(strict, { kind: 'authority', name: 'Système BADR' }),
    );
    return {
      dossier,
      accept: async (id: string) => {
        const { version } = await dossier(id);
        return await call('POST', `/customs-requests/${id}/decision`, {
          version,
          body: acceptance,
          key: randomUUID(),
        });
      },
    };
  };

  it('a system counts as one, and is never both', async () => {
    const { id } = await sentRequest(strict, await customsAccount(strict), 'cancellation');
    const system = await systemDesk();
    expect((await system.accept(id)).json()).toMatchObject({
      status: 'in_review',
      endorsed: true,
      endorsements: [{ agentId: null, agentName: 'Système BADR' }],
    });
    expect(refusalOf(await system.accept(id))).toBe('409 second_agent_needed');
    // Nor is another system of customs: one of the two is a person.
    expect(refusalOf(await (await systemDesk()).accept(id))).toBe('409 second_agent_needed');
    expect(await ordersQueued(strict, id)).toBe(0);
    const agent = await signedInAgent(strict, { name: 'Nadia Berrada' });
    expect(await decideRequest(requestDesk(strict, agent), id, acceptance)).toMatchObject({
      status: 'accepted',
      endorsements: [{ agentName: 'Système BADR' }, { agentId: agent.agent.id, agentName: 'Nadia Berrada' }],
    });
    expect(await ordersQueued(strict, id)).toBe(1);
  });

  it('a system confirms what an agent accepted', async () => {
    const { id } = await sentRequest(strict, await customsAccount(strict), 'cancellation');
    const desk = requestDesk(strict, await signedInAgent(strict));
    await decideRequest(desk, id, acceptance);
    expect((await (await systemDesk()).accept(id)).json()).toMatchObject({ status: 'accepted' });
  });
});
