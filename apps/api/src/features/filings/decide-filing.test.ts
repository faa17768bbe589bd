import { randomUUID } from 'node:crypto';
import type { Dossier } from '@rnoce/schemas';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentVerdicts, documentVersions } from '../../db/schema/documents.ts';
import { emails } from '../../db/schema/emails.ts';
import { filingHistory, filingHolds, filings } from '../../db/schema/filings.ts';
import { callsOf, refusal } from '../../testing/agent-calls.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAccount, signedInAgent } from '../../testing/factories.ts';
import { sentFiling } from '../../testing/filings.ts';

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
    // The verification step fixed it: refused, it could never be corrected.
    [{ accepted: ['company.operatorType'], reasons: [] }, '/accepted/0'],
    [
      { accepted: [], reasons: [{ about: { field: 'company.operatorType' }, cause: 'mismatch' }] },
      '/reasons/0/about/field',
    ],
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

describe('a verdict in preparation from before a rule changed', () => {
  it('is read as far as it is about what can be judged now, so that it can be kept again', async () => {
    const { id, filing } = await sentFiling(test);
    const general = { cause: 'other', text: 'Le type déclaré n’est pas le bon.' } as const;
    const about = (field: string) => ({ about: { field }, cause: 'mismatch', text: '' }) as const;
    await test.deps.database
      .update(filings)
      .set({
        verdict: {
          accepted: ['company.operatorType', 'company.legalName'],
          reasons: [about('company.operatorType'), about('company.address'), general],
        },
      })
      .where(eq(filings.id, filing.id));
    const { verdict, version } = await dossierOf(id);
    expect(verdict).toEqual({
      accepted: ['company.legalName'],
      reasons: [about('company.address'), general],
    });
    expect((await call('PUT', `/filings/${id}/verdict`, { version, body: verdict })).statusCode).toBe(200);
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
