import { randomUUID } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type App, buildApp } from '../../app.ts';
import { filingHistory } from '../../db/schema/filings.ts';
import { invoices } from '../../db/schema/invoices.ts';
import { events, webhookEndpoints } from '../../db/schema/webhooks.ts';
import { type TestApp, testApp } from '../app.ts';
import { sentFiling } from '../filings.ts';
import { integratorOf } from '../integrators.ts';

let test: TestApp;
let replicas: readonly App[];
beforeAll(async () => {
  test = await testApp();
  const other = await buildApp(test.deps);
  await other.ready();
  replicas = [test.app, other];
});
afterAll(() => replicas[1]?.close());

interface Asked {
  readonly url: string;
  readonly payload: object;
  readonly headers: Readonly<Record<string, string>>;
}
/** The same requests at once, in turn to one replica and the other. */
const atOnce = (asked: readonly Asked[]) =>
  Promise.all(
    asked.map((request, index) =>
      (replicas[index % 2] ?? test.app).inject({ method: 'POST', ...request, url: `/api/v1${request.url}` }),
    ),
  );
const twins = (request: Asked) => atOnce(Array.from({ length: 12 }, () => request));
type Answers = Awaited<ReturnType<typeof atOnce>>;
const codesOf = (answers: Answers) =>
  new Set(
    answers.map(({ statusCode, json }) =>
      statusCode < 400 ? String(statusCode) : `${String(statusCode)} ${json<{ code: string }>().code}`,
    ),
  );
const endpointBody = (path: string) => ({ url: `https://erp.example/${path}`, events: ['invoice.paid'] });

it('twelve twins at two replicas make one endpoint, and all who are answered hear of the same', async () => {
  const { headers, integratorId } = await integratorOf(test, { kind: 'issuer' });
  const request = {
    url: '/webhook-endpoints',
    payload: endpointBody('a'),
    headers: { ...headers, 'idempotency-key': randomUUID() },
  };
  const answers = await twins(request);
  const done = answers.filter(({ statusCode }) => statusCode === 201);
  expect(done.length).toBeGreaterThan(0);
  expect(new Set(done.map(({ body }) => body)).size).toBe(1);
  const others = answers.filter(({ statusCode }) => statusCode !== 201);
  for (const answer of others) {
    expect(answer.json()).toMatchObject({ status: 409, code: 'request_running' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }
  const own = eq(webhookEndpoints.integratorId, integratorId);
  expect(await test.deps.database.$count(webhookEndpoints, own)).toBe(1);
  for (const again of await twins(request)) {
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toBe(done[0]?.body);
  }
});

it('of two bodies under one key, one is done', async () => {
  const { headers, integratorId } = await integratorOf(test, { kind: 'issuer' });
  const key = { 'idempotency-key': randomUUID() };
  const answers = await atOnce(
    Array.from({ length: 12 }, (_, index) => ({
      url: '/webhook-endpoints',
      payload: endpointBody(index % 3 === 0 ? 'a' : 'b'),
      headers: { ...headers, ...key },
    })),
  );
  for (const code of codesOf(answers))
    expect(['201', '409 request_running', '422 idempotency_key_reused']).toContain(code);
  const own = eq(webhookEndpoints.integratorId, integratorId);
  expect(await test.deps.database.$count(webhookEndpoints, own)).toBe(1);
});

it('a key is its integrator’s: another one’s same key is another', async () => {
  const key = { 'idempotency-key': 'facture-2026-11-22' };
  const made = await Promise.all([
    integratorOf(test, { kind: 'issuer' }),
    integratorOf(test, { kind: 'issuer' }),
  ]);
  const answers = await atOnce(
    made.map(({ headers }) => ({
      url: '/webhook-endpoints',
      payload: endpointBody('c'),
      headers: { ...headers, ...key },
    })),
  );
  const owners = answers.map((answer) => answer.json<{ integratorId: string }>().integratorId);
  expect(owners).toEqual(made.map(({ integratorId }) => integratorId));
});

it('an import that is sent by both replicas publishes each invoice once, and tells it once', async () => {
  const { headers, issuerId } = await integratorOf(test, { kind: 'issuer' });
  const lines = Array.from({ length: 50 }, (_, index) => ({
    number: `LOT-${String(index)}`,
    clientCode: '1206',
    clientName: 'Ste IMP SARL',
    issuedOn: '2026-07-01',
    dueOn: '2026-07-31',
    amount: '64.00',
  }));
  const answers = await twins({
    url: '/invoices/import',
    payload: { invoices: lines },
    headers: { ...headers, 'idempotency-key': randomUUID() },
  });
  for (const code of codesOf(answers)) expect(['200', '409 request_running']).toContain(code);
  const { database } = test.deps;
  if (issuerId === null) throw new Error('no issuer');
  expect(await database.$count(invoices, eq(invoices.issuerId, issuerId))).toBe(50);
  const told = await database
    .select({ type: events.type, count: count() })
    .from(events)
    .where(eq(events.issuerId, issuerId))
    .groupBy(events.type);
  expect(told).toEqual([{ type: 'invoice.created', count: 50 }]);
});

it('a decision is made once, by twins of one key as by programs of several', async () => {
  const decided = async (keyOf: () => string) => {
    const { headers } = await integratorOf(test, { kind: 'authority', authority: 'customs' });
    const { id, filing } = await sentFiling(test);
    const answers = await atOnce(
      Array.from({ length: 12 }, () => ({
        url: `/filings/${id}/decision`,
        payload: { outcome: 'validated' },
        headers: {
          ...headers,
          'if-match': `"${String(filing.version)}"`,
          'idempotency-key': keyOf(),
        },
      })),
    );
    const rows = await test.deps.database
      .select({ event: filingHistory.event })
      .from(filingHistory)
      .where(eq(filingHistory.filingId, id));
    return { codes: codesOf(answers), verdicts: rows.filter(({ event }) => event === 'validated').length };
  };
  const key = randomUUID();
  const byTwins = await decided(() => key);
  expect(byTwins.verdicts).toBe(1);
  for (const code of byTwins.codes) expect(['200', '409 request_running']).toContain(code);
  const byMany = await decided(randomUUID);
  expect(byMany.verdicts).toBe(1);
  for (const code of byMany.codes) expect(['200', '412 stale', '409 filing_not_decidable']).toContain(code);
});
