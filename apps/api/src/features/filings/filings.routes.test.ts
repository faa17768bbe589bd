import { randomUUID } from 'node:crypto';
import type { Dossier, FilingRow } from '@rnoce/schemas';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { filings } from '../../db/schema/filings.ts';
import { callsOf, type Method, refusal } from '../../testing/agent-calls.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent, signedInOperator } from '../../testing/factories.ts';
import { giveDocument, move, sentFiling } from '../../testing/filings.ts';

let test: TestApp;
let customs: Awaited<ReturnType<typeof signedInAgent>>;
let other: Awaited<ReturnType<typeof signedInAgent>>;
let call: ReturnType<typeof callsOf>['call'];
let dossierOf: ReturnType<typeof callsOf>['dossierOf'];

beforeAll(async () => {
  test = await testApp();
  customs = await signedInAgent(test, { name: 'Nadia Berrada' });
  other = await signedInAgent(test, { name: 'Omar Tazi' });
  ({ call, dossierOf } = callsOf(test, customs));
});

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
    for (const sign of ['%', '_', '％', '＿'])
      expect((await list({ q: sign })).items.map(({ id }) => id)).not.toContain(made.id);
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
