import { randomUUID } from 'node:crypto';
import {
  type Dossier,
  decideFiling,
  type FilingRow,
  getFiling,
  getFilingDocument,
  listFilings,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentAccesses, documentVerdicts, documentVersions } from '../../db/schema/documents.ts';
import { emails } from '../../db/schema/emails.ts';
import { filingHistory } from '../../db/schema/filings.ts';
import { callsOf, refusal } from '../../testing/agent-calls.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { draftFiling, sentFiling } from '../../testing/filings.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { testKeyAccess } from '../../testing/key-access.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { storeBytes } from '../../testing/stored-documents.ts';

type System = Awaited<ReturnType<typeof integratorOf>>;

let test: TestApp;
let customs: System;
let portnet: System;
beforeAll(async () => {
  test = await testApp();
  customs = await integratorOf(test, { kind: 'authority', authority: 'customs', name: 'Système BADR' });
  portnet = await integratorOf(test, { kind: 'authority', authority: 'portnet', name: 'Système PortNet' });
});

/** A filing that isn't there. */
const params = { id: randomUUID(), document: 'ice' };
const validated = { outcome: 'validated' };
const nobodys = { params, issuer: 'forbidden', customs: 404, portnet: 404, operator: 'forbidden' } as const;

describe('access', () => {
  testKeyAccess(
    () => test,
    [
      {
        route: listFilings,
        scope: 'filings:read',
        issuer: 'forbidden',
        customs: 200,
        portnet: 200,
        operator: 'forbidden',
      },
      { route: getFiling, ...nobodys, scope: 'filings:read' },
      { route: getFilingDocument, ...nobodys, scope: 'filings:read' },
      {
        route: decideFiling,
        ...nobodys,
        scope: 'filings:decide',
        headers: { 'if-match': '"1"' },
        body: validated,
      },
    ],
  );
});

const callsBy = (system: System) => callsOf(test, system);

/** Both authorities' filings of one form, as they were sent. */
const joint = () => sentFiling(test, { authorities: ['customs', 'portnet'], authority: 'customs' });
const idOf = (id: string | undefined): string => {
  if (id === undefined) throw new Error('no filing');
  return id;
};

describe('the system of an authority', () => {
  it('reads the filings that were sent to it, and finds no others', async () => {
    const { filings } = await joint();
    const draft = await draftFiling(test);
    const of = { customs: idOf(filings.customs), portnet: idOf(filings.portnet) };
    for (const [system, own, other] of [
      [customs, of.customs, of.portnet],
      [portnet, of.portnet, of.customs],
    ] as const) {
      const { call } = callsBy(system);
      const read = await call('GET', `/filings/${own}`);
      expect(read.headers.etag).toBe(`"${String(read.json<Dossier>().version)}"`);
      expect(read.json()).toMatchObject({ id: own, authority: system.authority, status: 'in_review' });
      const listed = (await call('GET', '/filings?pageSize=100')).json<{ items: FilingRow[] }>();
      const ids: string[] = listed.items.map(({ id }) => id);
      expect(ids).toContain(own);
      expect(ids).not.toContain(other);
      for (const id of [other, draft.id]) {
        expect(refusalOf(await call('GET', `/filings/${id}`))).toBe('404 not_found');
        expect(refusalOf(await call('GET', `/filings/${id}/documents/ice`))).toBe('404 not_found');
        const given = { version: 2, body: validated, key: randomUUID() };
        expect(refusalOf(await call('POST', `/filings/${id}/decision`, given))).toBe('404 not_found');
      }
    }
  });

  it('sees nothing that the other authority wrote', async () => {
    const { filings } = await joint();
    const agent = await signedInAgent(test, { name: 'Nadia Berrada-Douane' });
    const desk = callsOf(test, agent);
    const id = idOf(filings.customs);
    const note = 'Note que seule la douane connaît';
    const { version } = await desk.dossierOf(id);
    const prepared = await desk.call('PUT', `/filings/${id}/verdict`, {
      version,
      body: { accepted: [], reasons: [{ about: { document: 'ice' }, cause: 'illegible', text: note }] },
    });
    expect(prepared.statusCode).toBe(200);
    await desk.call('POST', `/filings/${id}/messages`, { body: { text: note }, key: randomUUID() });
    await desk.call('POST', `/filings/${id}/decision`, {
      version: prepared.json<{ version: number }>().version,
      body: { outcome: 'incomplete', reasons: [{ cause: 'other', text: note }] },
    });
    expect((await callsBy(customs).call('GET', `/filings/${id}`)).body).toContain(note);
    const { call } = callsBy(portnet);
    for (const path of [`/filings/${idOf(filings.portnet)}`, '/filings?pageSize=100']) {
      const { body } = await call('GET', path);
      expect(body).not.toContain(note);
      expect(body).not.toContain(agent.agent.name);
    }
    expect(refusalOf(await call('GET', `/filings/${id}/messages`))).toBe('403 forbidden');
  });

  it('holds no dossier: none is its own, and those that are held are others’', async () => {
    const { id } = await sentFiling(test);
    const agent = await signedInAgent(test);
    await callsOf(test, agent).call('PUT', `/filings/${id}/holder`);
    const listed = async (held: string) =>
      (await callsBy(customs).call('GET', `/filings?pageSize=100&held=${held}`))
        .json<{ items: FilingRow[] }>()
        .items.map((row) => row.id);
    expect(await listed('mine')).toEqual([]);
    expect(await listed('others')).toContain(id);
    expect(await listed('nobody')).not.toContain(id);
    expect(refusalOf(await callsBy(customs).call('PUT', `/filings/${id}/holder`))).toBe('403 forbidden');
  });

  it('reads documents, and each reading is recorded as its own', async () => {
    const { id, subscription } = await sentFiling(test, { documents: ['ice'] });
    const { database } = test.deps;
    const [version] = await database
      .select()
      .from(documentVersions)
      .where(eq(documentVersions.subscriptionId, subscription.id));
    if (!version) throw new Error('no document was made');
    await storeBytes(test, version, Buffer.from('%PDF-1.7'));
    const { call } = callsBy(customs);
    expect((await call('GET', `/filings/${id}/documents/ice`)).body).toBe('%PDF-1.7');
    const accesses = await database.select().from(documentAccesses).where(eq(documentAccesses.filingId, id));
    expect(accesses).toMatchObject([
      { documentVersionId: version.id, agentId: null, integratorId: customs.integratorId },
    ]);
  });
});

describe('a decision by key', () => {
  it('needs the version that was read, and a key of its own', async () => {
    const { id } = await sentFiling(test);
    const { call, dossierOf } = callsBy(customs);
    const { version } = await dossierOf(id);
    const decide = (given: object) => call('POST', `/filings/${id}/decision`, { body: validated, ...given });
    expect(refusalOf(await decide({ version }))).toBe('400 idempotency_key_missing');
    expect(refusalOf(await decide({ key: randomUUID() }))).toBe('428 version_missing');
    expect(refusalOf(await decide({ version: version + 1, key: randomUUID() }))).toBe('412 stale');
    expect(await dossierOf(id)).toMatchObject({ status: 'in_review', version });
    const key = randomUUID();
    const decided = await decide({ version, key });
    expect(decided.headers.etag).toBe(`"${String(version + 1)}"`);
    const again = await decide({ version, key });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.json()).toEqual(decided.json());
    expect(refusalOf(await decide({ version: version + 1, key: randomUUID() }))).toBe(
      '409 filing_not_decidable',
    );
  });

  it('is told as an agent’s is, in the name of the system', async () => {
    const { id, accountId } = await sentFiling(test, { documents: ['ice', 'identity'] });
    const { call, dossierOf } = callsBy(customs);
    const { version } = await dossierOf(id);
    const { database } = test.deps;
    // What agents prepared is theirs: the system accepted no document.
    const agent = await signedInAgent(test, { name: 'Nadia Berrada' });
    const prepared = await callsOf(test, agent).call('PUT', `/filings/${id}/verdict`, {
      version,
      body: { accepted: ['documents.identity'], reasons: [] },
    });
    const decided = await call('POST', `/filings/${id}/decision`, {
      version: prepared.json<{ version: number }>().version,
      body: refusal,
      key: randomUUID(),
    });
    expect(decided.json()).toMatchObject({ status: 'incomplete' });
    expect((await callsOf(test, agent).dossierOf(id)).history.at(-1)).toMatchObject({
      event: 'returned',
      actor: 'integrator',
      actorName: 'Système BADR',
    });
    const history = await database.select().from(filingHistory).where(eq(filingHistory.filingId, id));
    expect(history.find(({ event }) => event === 'returned')).toMatchObject({
      agentId: null,
      integratorId: customs.integratorId,
    });
    const words = await database.select().from(documentVerdicts).where(eq(documentVerdicts.filingId, id));
    expect(words).toMatchObject([{ outcome: 'refused', agentId: null, integratorId: customs.integratorId }]);
    const mails = await database.select().from(emails).where(eq(emails.accountId, accountId));
    expect(mails.map(({ template }) => template)).toEqual(['filing_incomplete']);
  });

  it('is the operator’s to see as the system’s, without its name', async () => {
    const { id, accountId, subscription } = await sentFiling(test);
    const { call, dossierOf } = callsBy(customs);
    const { version } = await dossierOf(id);
    await call('POST', `/filings/${id}/decision`, { version, body: validated, key: randomUUID() });
    const own = await integratorOf(test, { kind: 'operator', accountId });
    const shown = await callsBy(own).call('GET', `/subscriptions/${subscription.id}`);
    expect(shown.json()).toMatchObject({
      filings: [
        {
          status: 'validated',
          history: [{}, {}, { event: 'validated', actor: 'integrator', actorName: null }],
        },
      ],
    });
    expect(shown.body).not.toContain('Système BADR');
  });

  it('and an agent’s at the same time: one of them is made', async () => {
    const { id } = await sentFiling(test);
    const { call, dossierOf } = callsBy(customs);
    const { version } = await dossierOf(id);
    const agent = callsOf(test, await signedInAgent(test));
    const answers = await Promise.all([
      call('POST', `/filings/${id}/decision`, { version, body: validated, key: randomUUID() }),
      agent.call('POST', `/filings/${id}/decision`, { version, body: refusal }),
    ]);
    const statuses = answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b);
    expect(statuses[0]).toBe(200);
    expect([409, 412]).toContain(statuses[1]);
    expect(
      (await dossierOf(id)).history.filter(({ event }) => event !== 'submitted' && event !== 'created'),
    ).toHaveLength(1);
  });
});
