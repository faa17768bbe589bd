import { randomUUID } from 'node:crypto';
import type { Dossier, FilingRow } from '@rnoce/schemas';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentVerdicts, documentVersions } from '../../db/schema/documents.ts';
import { emails } from '../../db/schema/emails.ts';
import { filingHistory, filingHolds, filings } from '../../db/schema/filings.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAccount, signedInAgent, signedInOperator } from '../../testing/factories.ts';
import { giveDocument, move, sentFiling } from '../../testing/filings.ts';

let test: TestApp;
let customs: Awaited<ReturnType<typeof signedInAgent>>;
let other: Awaited<ReturnType<typeof signedInAgent>>;

beforeAll(async () => {
  test = await testApp();
  customs = await signedInAgent(test, { name: 'Nadia Berrada' });
  other = await signedInAgent(test, { name: 'Omar Tazi' });
});

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';
interface Call {
  as?: { headers: Record<string, string> } | undefined;
  version?: number | undefined;
  body?: object | undefined;
  key?: string;
}
const call = (method: Method, path: string, { as = customs, version, body, key }: Call = {}) =>
  test.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: {
      ...as.headers,
      ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body ? { payload: body } : {}),
  });

const dossierOf = async (id: string) => (await call('GET', `/filings/${id}`)).json<Dossier>();
const refusal = {
  outcome: 'incomplete',
  reasons: [{ about: { document: 'ice' }, cause: 'illegible', text: 'Page 1 floue' }],
};

describe('who may call', () => {
  const routes: [Method, string, object?, number?][] = [
    ['GET', '/filings/:id'],
    ['PUT', '/filings/:id/holder'],
    ['PUT', '/filings/:id/verdict', { accepted: [], reasons: [] }, 1],
    ['POST', '/filings/:id/decision-preview', { outcome: 'validated' }],
    ['POST', '/filings/:id/decision', { outcome: 'validated' }, 1],
    ['DELETE', '/filings/:id/holder'],
    ['GET', '/filings/:id/documents/ice'],
  ];
  const lists: [Method, string][] = [
    ['GET', '/filings'],
    ['GET', '/filings/statistics'],
  ];

  it.each([...routes, ...lists])(
    '%s %s: nobody without an agent’s session',
    async (method, path, body, version) => {
      const { id } = await sentFiling(test);
      const url = path.replace(':id', id);
      const operator = await signedInOperator(test);
      expect((await call(method, url, { as: { headers: {} }, body, version })).statusCode).toBe(401);
      expect((await call(method, url, { as: operator, body, version })).statusCode).toBe(401);
      const finance = await signedInAgent(test, { role: 'finance' });
      expect((await call(method, url, { as: finance, body, version })).statusCode).toBe(403);
    },
  );

  it.each(routes)(
    '%s %s: another authority’s filing and a draft are not there',
    async (method, path, body, version) => {
      const portnet = await sentFiling(test, { authority: 'portnet' });
      const url = path.replace(':id', portnet.id);
      expect((await call(method, url, { body, version })).statusCode).toBe(404);
      await test.deps.database
        .update(filings)
        .set({ authority: 'customs', status: 'draft' })
        .where(eq(filings.id, portnet.id));
      expect((await call(method, url, { body, version })).statusCode).toBe(404);
      const nothing = path.replace(':id', randomUUID());
      expect((await call(method, nothing, { body, version })).statusCode).toBe(404);
    },
  );

  it('an administrator reads and decides nothing', async () => {
    const { id, filing } = await sentFiling(test);
    const as = await signedInAgent(test, { role: 'administrator' });
    expect((await call('GET', '/filings', { as })).statusCode).toBe(200);
    expect((await call('GET', '/filings/statistics', { as })).statusCode).toBe(200);
    expect((await call('GET', `/filings/${id}`, { as })).statusCode).toBe(200);
    const decision = { as, body: { outcome: 'validated' }, version: filing.version };
    expect((await call('POST', `/filings/${id}/decision`, decision)).statusCode).toBe(403);
    expect((await call('PUT', `/filings/${id}/holder`, { as })).statusCode).toBe(403);
  });
});

describe('the queue', () => {
  const list = async (query: Record<string, string>) => {
    const answer = await call('GET', `/filings?${new URLSearchParams(query).toString()}`);
    expect(answer.statusCode).toBe(200);
    return answer.json<{ items: FilingRow[]; total: number; counts: Record<string, number> }>();
  };

  it('finds by raison sociale, ICE and code, however they are typed', async () => {
    const name = `Société Générale d’Équipement ${randomUUID()}`;
    const made = await sentFiling(test, {
      company: { legalName: name, ice: '737738833388892' },
      subscription: { code: '11092023I00000771138' },
    });
    const typed = [
      name,
      'societe GENERALE d’equipement',
      'équipement société',
      '737738833388892',
      '737 738 833 388 892',
      '38833388',
      '11092023I00000771138',
      '11092023i00000771138',
      '11092023I0000077 1138',
      '1109202300000771138',
      '00000771138',
    ];
    const found = await Promise.all(
      typed.map(async (q) => (await list({ q })).items.some(({ id }) => id === made.id)),
    );
    expect(typed.filter((_, index) => !found[index])).toEqual([]);
    expect((await list({ q: 'societe introuvable' })).items).toEqual([]);
    expect((await list({ q: '%' })).items.map(({ id }) => id)).not.toContain(made.id);
  });

  it('finds Arabic names without their hamza and vowels', async () => {
    const { id } = await sentFiling(test, { company: { legalName: 'شركة الأطلس للتِّجارة' } });
    expect((await list({ q: 'الاطلس للتجارة' })).items.map((row) => row.id)).toEqual([id]);
  });

  it('filters, counts, sorts and pages', async () => {
    const mark = randomUUID();
    const company = { legalName: `Lot ${mark}` };
    const at = (day: number) => new Date(`2026-11-0${String(day)}T10:00:00Z`);
    const first = await sentFiling(test, { company, at: at(2) });
    const second = await sentFiling(test, { company, at: at(3), operatorType: 'exporter' });
    const third = await sentFiling(test, { company, at: at(4) });
    await call('PUT', `/filings/${second.id}/holder`);
    await call('PUT', `/filings/${third.id}/holder`, { as: other });
    const ids = async (query: Record<string, string>) =>
      (await list({ q: mark, ...query })).items.map(({ id }) => id);
    expect(await ids({})).toEqual([first.id, second.id, third.id]);
    expect(await ids({ sort: 'newest' })).toEqual([third.id, second.id, first.id]);
    expect(await ids({ sort: 'due' })).toEqual([first.id, second.id, third.id]);
    expect(await ids({ operatorType: 'exporter' })).toEqual([second.id]);
    expect(await ids({ held: 'mine' })).toEqual([second.id]);
    expect(await ids({ held: 'others' })).toEqual([third.id]);
    expect(await ids({ held: 'nobody' })).toEqual([first.id]);
    expect(await ids({ page: '2', pageSize: '2' })).toEqual([third.id]);
    expect((await list({ q: mark, page: '2', pageSize: '2' })).total).toBe(3);
    expect(await ids({ status: 'validated' })).toEqual([]);
    const before = (await list({})).counts;
    const decision = { body: { outcome: 'validated' }, version: first.filing.version };
    expect((await call('POST', `/filings/${first.id}/decision`, decision)).statusCode).toBe(200);
    const { counts } = await list({});
    expect(counts).toEqual({
      ...before,
      in_review: Number(before.in_review) - 1,
      overdue: Number(before.overdue) - 1,
      validated: Number(before.validated) + 1,
    });
    const [row] = (await list({ q: mark, held: 'mine' })).items;
    expect(row?.holder?.name).toBe('Nadia Berrada');
    expect(row?.dueAt).toBe('2026-11-06T10:00:00.000Z');
  });
});

describe('the dossier', () => {
  it('shows what was sent, whatever the operator changes afterwards', async () => {
    const { id, subscription, accountId } = await sentFiling(test, { documents: ['identity', 'ice'] });
    const { database } = test.deps;
    await call('POST', `/filings/${id}/decision`, { body: refusal, version: (await dossierOf(id)).version });
    await move(test, id, { transition: 'reopened', actor: { kind: 'operator', accountId } });
    await giveDocument({
      database,
      subscriptionId: subscription.id,
      document: 'ice',
      fileName: 'nouveau.pdf',
    });
    await database.execute(
      sql`update subscriptions set sections = jsonb_set(sections, '{company,legalName}', '"Autre"') where id = ${subscription.id}`,
    );
    const dossier = await dossierOf(id);
    expect(dossier.sections.company?.legalName).toBe('Atlas Négoce SARL');
    expect(dossier.documents.map(({ document, fileName, verdict }) => [document, fileName, verdict])).toEqual(
      [
        ['identity', 'identity.pdf', null],
        ['ice', 'ice.pdf', 'refused'],
      ],
    );
    expect(dossier.documentHistory).toHaveLength(2);
    expect(dossier.history.map(({ event, actorName }) => [event, actorName])).toEqual([
      ['created', null],
      ['submitted', null],
      ['returned', 'Nadia Berrada'],
      ['reopened', null],
    ]);
    expect(dossier.reasons).toEqual(refusal.reasons);
  });

  it('shows the new documents once they are sent, and the earlier ones beside', async () => {
    const { id, subscription, accountId, sections } = await sentFiling(test);
    const { database } = test.deps;
    await call('POST', `/filings/${id}/decision`, { body: refusal, version: (await dossierOf(id)).version });
    const actor = { kind: 'operator', accountId } as const;
    await move(test, id, { transition: 'reopened', actor });
    await giveDocument({ database, subscriptionId: subscription.id, document: 'ice' });
    await giveDocument({ database, subscriptionId: subscription.id, document: 'ice' });
    await move(test, id, { transition: 'resubmitted', actor, sections });
    const dossier = await dossierOf(id);
    expect(dossier).toMatchObject({ status: 'in_review', submissions: 2, reasons: [] });
    const ice = (versions: Dossier['documents']) =>
      versions.filter(({ document }) => document === 'ice').map(({ version, verdict }) => [version, verdict]);
    expect(ice(dossier.documents)).toEqual([[3, null]]);
    // The second was replaced before it was ever sent.
    expect(ice(dossier.documentHistory)).toEqual([
      [3, null],
      [1, 'refused'],
    ]);
  });

  it('tells its version, and the registry in the form’s words', async () => {
    const record = {
      entityType: 'legal_person',
      operatorType: 'importer',
      ice: '001561191000066',
      rcNumber: '30009',
      rcCentre: '81',
      taxId: '20782890',
      legalName: 'ATLAS NEGOCE',
      startDate: '2015-03-02',
      address: 'Casablanca',
      origin: 'lease',
      city: '0077',
      mainActivity: '0141',
      actualActivity: 'Négoce',
      acronym: 'AN',
      tradeName: 'Atlas',
      phone: '+212522000000',
      email: 'contact@atlas.example',
      managers: [],
      accountNumber: 'D-1',
      accountStatus: 'active',
      registeredAt: '2020-01-01T00:00:00Z',
    };
    const { id, filing } = await sentFiling(test, {
      subscription: { registryStatus: 'registered', registryRecord: record },
    });
    const answer = await call('GET', `/filings/${id}`);
    expect(answer.headers.etag).toBe(`"${String(filing.version)}"`);
    expect(answer.json<Dossier>().registry).toMatchObject({
      status: 'registered',
      record: { company: { legalName: 'ATLAS NEGOCE' }, managers: [], accountNumber: 'D-1' },
    });
  });
});

describe('holding a dossier', () => {
  it('is told to the others, can be taken from another agent, and is recorded', async () => {
    const { id, filing } = await sentFiling(test);
    const held = await call('PUT', `/filings/${id}/holder`);
    expect([held.statusCode, held.headers.etag]).toEqual([204, `"${String(filing.version + 1)}"`]);
    expect((await call('PUT', `/filings/${id}/holder`)).headers.etag).toBe(held.headers.etag);
    const seen = { as: other, version: filing.version };
    expect((await call('PUT', `/filings/${id}/holder`, seen)).statusCode).toBe(412);
    expect((await call('PUT', `/filings/${id}/holder`, { as: other })).statusCode).toBe(204);
    expect((await dossierOf(id)).holder?.name).toBe('Omar Tazi');
    // Who held it is told at their next write.
    const save = { version: filing.version + 1, body: { accepted: [], reasons: [] } };
    expect((await call('PUT', `/filings/${id}/verdict`, save)).json()).toMatchObject({ code: 'stale' });
    expect((await call('DELETE', `/filings/${id}/holder`)).statusCode).toBe(204);
    expect((await dossierOf(id)).holder?.name).toBe('Omar Tazi');
    expect((await call('DELETE', `/filings/${id}/holder`, { as: other })).statusCode).toBe(204);
    expect((await dossierOf(id)).holder).toBeNull();
    const holds = await test.deps.database.select().from(filingHolds).where(eq(filingHolds.filingId, id));
    expect(holds.map(({ event, agentId, takenFromId }) => [event, agentId, takenFromId])).toEqual([
      ['taken', customs.agent.id, null],
      ['taken', other.agent.id, customs.agent.id],
      ['released', other.agent.id, null],
    ]);
  });

  it('makes sense only before the decision', async () => {
    const { id, filing } = await sentFiling(test);
    await call('POST', `/filings/${id}/decision`, { body: refusal, version: filing.version });
    expect((await call('PUT', `/filings/${id}/holder`)).json()).toMatchObject({
      code: 'filing_not_decidable',
    });
  });
});

describe('the verdict in preparation', () => {
  const verdict = {
    accepted: ['documents.identity', 'company.legalName', 'managers.0.idNumber'],
    reasons: [{ about: { document: 'ice' }, cause: 'other', text: '' }],
  };

  it('is kept with its version, and takes the dossier', async () => {
    const { id, filing } = await sentFiling(test);
    const saved = await call('PUT', `/filings/${id}/verdict`, { version: filing.version, body: verdict });
    expect(saved.json()).toEqual({ version: filing.version + 1 });
    const dossier = await dossierOf(id);
    expect(dossier).toMatchObject({ verdict, holder: { name: 'Nadia Berrada' }, status: 'in_review' });
    const stale = await call('PUT', `/filings/${id}/verdict`, { version: filing.version, body: verdict });
    expect([stale.statusCode, stale.json<{ params: object }>().params]).toEqual([
      412,
      { version: filing.version + 1 },
    ]);
    expect((await call('PUT', `/filings/${id}/verdict`, { body: verdict })).statusCode).toBe(428);
  });

  it.each([
    [{ accepted: ['documents.logo'], reasons: [] }, '/accepted/0'],
    [{ accepted: ['company.approvalNumber'], reasons: [] }, '/accepted/0'],
    [{ accepted: ['company.nothing'], reasons: [] }, '/accepted/0'],
    [
      { accepted: [], reasons: [{ about: { field: 'managers.1.idNumber' }, cause: 'mismatch' }] },
      '/reasons/0/about/field',
    ],
  ])('is about what the dossier has: %j', async (body, pointer) => {
    const { id, filing } = await sentFiling(test);
    const answer = await call('PUT', `/filings/${id}/verdict`, { version: filing.version, body });
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: { pointer: string }[] }>().errors.map((one) => one.pointer)).toEqual([
      pointer,
    ]);
  });
});

describe('the decision', () => {
  const emailsOf = async (accountId: string) =>
    (await test.deps.database.select().from(emails).where(eq(emails.accountId, accountId))).map(
      ({ template, data, locale }) => ({ template, data, locale }),
    );
  const jobsOf = async (name: string, id: string) =>
    (
      await test.deps.database.execute(
        sql`select 1 from jobs.job where name = ${name} and data ->> 'filingId' = ${id}`,
      )
    ).rows.length;

  it('validates: status, history, verdicts, e-mail and the message to BADR', async () => {
    const { id, filing, accountId, subscription } = await sentFiling(test);
    const answer = await call('POST', `/filings/${id}/decision`, {
      body: { outcome: 'validated' },
      version: filing.version,
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      status: 'validated',
      registration: { status: 'queued', at: null },
    });
    expect(answer.headers.etag).toBe(`"${String(filing.version + 1)}"`);
    expect(answer.json<Dossier>().documents.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    expect(await emailsOf(accountId)).toEqual([
      {
        template: 'filing_validated',
        data: { legalName: 'Société de test SARL', code: subscription.code, authority: 'customs' },
        locale: 'fr',
      },
    ]);
    expect(await jobsOf('register-operator', id)).toBe(1);
  });

  it('returns: reasons, verdicts of what was judged, e-mail', async () => {
    const { id, filing, accountId } = await sentFiling(test);
    await call('PUT', `/filings/${id}/verdict`, {
      version: filing.version,
      body: { accepted: ['documents.identity', 'documents.ice'], reasons: [] },
    });
    const answer = await call('POST', `/filings/${id}/decision`, {
      body: refusal,
      version: filing.version + 1,
    });
    expect(answer.json()).toMatchObject({
      status: 'incomplete',
      reasons: refusal.reasons,
      holder: null,
      verdict: { accepted: [], reasons: [] },
      registration: null,
    });
    expect(answer.json<Dossier>().documents.map(({ verdict }) => verdict)).toEqual(['accepted', 'refused']);
    const [email] = await emailsOf(accountId);
    expect(email).toMatchObject({ template: 'filing_incomplete', data: { reasons: refusal.reasons } });
    expect(await jobsOf('register-operator', id)).toBe(0);
  });

  it('shows beforehand the very e-mail, in the language of its reader, and writes nothing', async () => {
    const account = await makeAccount(test, { locale: 'en', email: `lu-${randomUUID()}@societe.example` });
    const { id, filing, subscription } = await sentFiling(test, { account });
    const answer = await call('POST', `/filings/${id}/decision-preview`, { body: refusal });
    expect(answer.statusCode).toBe(200);
    const preview = answer.json<{ to: string; locale: string; subject: string; text: string }>();
    expect(preview).toMatchObject({ to: account.email, locale: 'en' });
    for (const part of [
      subscription.code,
      'Page 1 floue',
      'Illegible',
      `/espace-prive/demandes/${subscription.id}`,
    ])
      expect(preview.text).toContain(part);
    expect(await dossierOf(id)).toMatchObject({ status: 'in_review', version: filing.version });
    expect(await emailsOf(account.id)).toEqual([]);
    await call('POST', `/filings/${id}/decision`, { body: refusal, version: filing.version });
    const again = await call('POST', `/filings/${id}/decision-preview`, { body: refusal });
    expect(again.json()).toMatchObject({ code: 'filing_not_decidable' });
  });

  it.each([
    [{ outcome: 'incomplete', reasons: [] }, '/reasons'],
    [{ outcome: 'incomplete' }, '/reasons'],
    [{ outcome: 'validated', reasons: refusal.reasons }, '/reasons'],
    [{ outcome: 'incomplete', reasons: [{ cause: 'other', text: '  ' }] }, '/reasons/0/text'],
    [{ outcome: 'incomplete', reasons: [{ cause: 'because' }] }, '/reasons/0/cause'],
    [
      { outcome: 'incomplete', reasons: [{ about: { document: 'rib_certificate' }, cause: 'expired' }] },
      '/reasons/0/about/document',
    ],
    [{ outcome: 'perhaps' }, '/outcome'],
  ])('refuses %j', async (body, pointer) => {
    const { id, filing } = await sentFiling(test);
    const answer = await call('POST', `/filings/${id}/decision`, { body, version: filing.version });
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: { pointer: string }[] }>().errors.map((one) => one.pointer)).toContain(
      pointer,
    );
    expect(await dossierOf(id)).toMatchObject({ status: 'in_review', version: filing.version });
  });

  it('validates nothing that could not be read', async () => {
    const { id, filing, subscription } = await sentFiling(test);
    await test.deps.database
      .update(documentVersions)
      .set({ scan: 'quarantined' })
      .where(eq(documentVersions.subscriptionId, subscription.id));
    const validation = { body: { outcome: 'validated' }, version: filing.version };
    expect((await call('POST', `/filings/${id}/decision`, validation)).json()).toMatchObject({
      status: 409,
      code: 'document_quarantined',
    });
    const returned = { body: refusal, version: filing.version };
    expect((await call('POST', `/filings/${id}/decision`, returned)).statusCode).toBe(200);
  });

  it('needs the version that was read, and a filing that waits', async () => {
    const { id, filing } = await sentFiling(test);
    expect((await call('POST', `/filings/${id}/decision`, { body: refusal })).statusCode).toBe(428);
    const old = { body: refusal, version: filing.version - 1 };
    expect((await call('POST', `/filings/${id}/decision`, old)).json()).toMatchObject({ code: 'stale' });
    const good = { body: refusal, version: filing.version, key: randomUUID() };
    const first = await call('POST', `/filings/${id}/decision`, good);
    expect(first.statusCode).toBe(200);
    expect((await call('POST', `/filings/${id}/decision`, good)).body).toBe(first.body);
    const { key: _key, ...again } = good;
    expect((await call('POST', `/filings/${id}/decision`, again)).json()).toMatchObject({
      status: 409,
      code: 'filing_not_decidable',
    });
  });

  it('is taken once, by however many agents at once', async () => {
    const { id, filing, accountId } = await sentFiling(test);
    const bodies = [refusal, { outcome: 'validated' }, refusal, { outcome: 'validated' }];
    const answers = await Promise.all(
      bodies.map((body, index) =>
        call('POST', `/filings/${id}/decision`, {
          as: index % 2 === 0 ? customs : other,
          body,
          version: filing.version,
        }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409,
    ]);
    const decisions = await test.deps.database
      .select()
      .from(filingHistory)
      .where(eq(filingHistory.filingId, id));
    expect(decisions.filter(({ actor }) => actor === 'agent')).toHaveLength(1);
    expect(await emailsOf(accountId)).toHaveLength(1);
    const verdicts = await test.deps.database
      .select()
      .from(documentVerdicts)
      .where(eq(documentVerdicts.filingId, id));
    expect(new Set(verdicts.map(({ agentId }) => agentId)).size).toBe(1);
  });

  it('changes nothing when its e-mail can’t be queued', async () => {
    const { id, filing } = await sentFiling(test);
    const { send } = test.deps.jobs;
    Object.assign(test.deps.jobs, { send: () => Promise.reject(new Error('no queue')) });
    const answer = await call('POST', `/filings/${id}/decision`, {
      body: { outcome: 'validated' },
      version: filing.version,
    });
    Object.assign(test.deps.jobs, { send });
    expect(answer.statusCode).toBe(500);
    const dossier = await dossierOf(id);
    expect(dossier).toMatchObject({ status: 'in_review', version: filing.version });
    expect(dossier.history.map(({ event }) => event)).toEqual(['created', 'submitted']);
    expect(dossier.documents.map(({ verdict }) => verdict)).toEqual([null, null]);
  });
});
