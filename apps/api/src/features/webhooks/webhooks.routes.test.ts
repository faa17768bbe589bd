import { randomUUID } from 'node:crypto';
import {
  changeWebhookEndpoint,
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  type Event,
  getWebhookDelivery,
  getWebhookEndpoint,
  getWebhookSecret,
  listEvents,
  listWebhookDeliveries,
  listWebhookEndpoints,
  maxEndpoints,
  type Problem,
  redeliver,
  redeliverFailed,
  rotateWebhookSecret,
  testWebhookEndpoint,
  type WebhookDelivery,
  type WebhookEndpoint,
} from '@rnoce/schemas';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { events, webhookEndpoints } from '../../db/schema/webhooks.ts';
import { cleanUp } from '../../jobs/clean-up.ts';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { integratorOf, makeApiKey } from '../../testing/integrators.ts';
import {
  dispatcherOf,
  makeEndpoint,
  type Receiver,
  standingOf,
  startReceiver,
  tellInvoices,
} from '../../testing/webhooks.ts';

let test: TestApp;
let receiver: Receiver;
let issuer: Awaited<ReturnType<typeof integratorOf>>;
let administrator: { headers: Record<string, string> };
beforeAll(async () => {
  test = await testApp();
  receiver = await startReceiver();
  administrator = await signedInAgent(test, { role: 'administrator' });
});
beforeEach(async () => {
  await test.deps.database.delete(webhookEndpoints);
  issuer = await integratorOf(test, { kind: 'issuer' });
  receiver.received.splice(0);
  receiver.answer(() => ({}));
});
afterEach(() => test.setNow(undefined));

async function call(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  { as = issuer, body }: { as?: { headers: Record<string, string> }; body?: object } = {},
) {
  const answer = await test.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...as.headers, ...(method === 'POST' && { 'idempotency-key': randomUUID() }) },
    ...(body && { payload: body }),
  });
  return answer;
}
const codeOf = (answer: { json: () => unknown }) => (answer.json() as Problem).code;
const url = 'https://erp.example/rnoce';
const create = (body: object = {}, as = issuer) =>
  call('POST', '/webhook-endpoints', { as, body: { url, events: ['invoice.paid'], ...body } });
const tell = (...numbers: string[]) => tellInvoices(test, issuer.issuerId ?? '', numbers);
const drain = async () => {
  const dispatcher = dispatcherOf(test);
  await dispatcher.drain();
  await dispatcher.stop();
};
const ownEndpoint = () => makeEndpoint(test, issuer.integratorId, { url: receiver.url });

describe('an endpoint', () => {
  it('is made, read, changed and given up', async () => {
    const made = await create({ description: ' Comptabilité ', events: ['invoice.paid', 'invoice.paid'] });
    expect(made.statusCode).toBe(201);
    const endpoint = made.json<WebhookEndpoint>();
    expect(endpoint).toMatchObject({
      integratorId: issuer.integratorId,
      url,
      description: 'Comptabilité',
      events: ['invoice.paid'],
      enabled: true,
      disabledReason: null,
      pending: 0,
      previousSecretUntil: null,
    });
    const path = `/webhook-endpoints/${endpoint.id}`;
    expect((await call('GET', path)).json()).toEqual(endpoint);
    expect((await call('GET', '/webhook-endpoints')).json()).toEqual({ items: [endpoint] });
    const body = { url: 'https://erp.example/2', events: ['invoice.created'], enabled: false };
    expect((await call('PATCH', path, { body })).json()).toEqual({
      ...endpoint,
      ...body,
      disabledReason: 'integrator',
    });
    expect((await call('DELETE', path)).statusCode).toBe(204);
    expect((await call('GET', path)).statusCode).toBe(404);
  });

  it('has a secret that is kept sealed, and read by its integrator alone', async () => {
    const { id } = (await create()).json<WebhookEndpoint>();
    const { secret, previousSecret } = (await call('GET', `/webhook-endpoints/${id}/secret`)).json<{
      secret: string;
      previousSecret: null;
    }>();
    expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    expect(previousSecret).toBeNull();
    const { endpoint } = await standingOf(test, id);
    expect(endpoint.secret).not.toContain(secret.slice(6));
    expect((await call('GET', `/webhook-endpoints/${id}/secret`, { as: administrator })).statusCode).toBe(
      401,
    );
  });

  it('is one of ten at the most, also when programs race', async () => {
    const answers = await Promise.all(Array.from({ length: maxEndpoints + 3 }, () => create()));
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(maxEndpoints);
    const refused = answers.filter(({ statusCode }) => statusCode === 409);
    expect(refused.map(codeOf)).toEqual(Array.from({ length: 3 }, () => 'endpoints_at_limit'));
  });

  it.each([
    ['no address', { url: 'erp.example' }, 422, 'validation'],
    ['a password in it', { url: 'https://me:secret@erp.example' }, 422, 'validation'],
    ['no type', { events: [] }, 422, 'validation'],
    ['the type of tests', { events: ['endpoint.test'] }, 422, 'validation'],
    ['a type that issuers are never told', { events: ['filing.decided'] }, 422, 'validation'],
  ])('with %s is refused', async (_, body, status, code) => {
    expect((await create(body)).json()).toMatchObject({ status, code });
  });

  it('asks for no more than its key may read', async () => {
    const narrow = await makeApiKey(test, issuer.integratorId, {
      scopes: ['webhooks:manage', 'invoices:read'],
    });
    const refund = { events: ['invoice.paid', 'payment.refund_due'] };
    const refused = (await create(refund, { ...issuer, ...narrow })).json<Problem>();
    expect(refused).toMatchObject({ code: 'scope_missing', params: { scope: 'payments:read' } });
    expect((await create({}, { ...issuer, ...narrow })).statusCode).toBe(201);
  });

  it('leads nothing elsewhere by a key that may not read it', async () => {
    const { id } = await ownEndpoint();
    const path = `/webhook-endpoints/${id}`;
    const manager = {
      ...issuer,
      ...(await makeApiKey(test, issuer.integratorId, { scopes: ['webhooks:manage'] })),
    };
    const elsewhere = { url: 'https://ailleurs.example/rnoce' };
    expect((await call('PATCH', path, { as: manager, body: elsewhere })).json()).toMatchObject({
      status: 403,
      code: 'scope_missing',
    });
    expect((await call('GET', path)).json()).toMatchObject({ url: receiver.url });
    expect((await call('PATCH', path, { as: manager, body: { enabled: false } })).statusCode).toBe(200);
    expect((await call('PATCH', path, { body: elsewhere })).json()).toMatchObject(elsewhere);
  });

  it('shows what it was sent to a key that may read it, and its journal to all that manage it', async () => {
    const { id } = await ownEndpoint();
    await tell('F1');
    await call('POST', `/webhook-endpoints/${id}/test`);
    await drain();
    const manager = {
      ...issuer,
      ...(await makeApiKey(test, issuer.integratorId, { scopes: ['webhooks:manage'] })),
    };
    const journal = await call('GET', `/webhook-endpoints/${id}/deliveries`, { as: manager });
    const read = (type: string, as: { headers: Record<string, string> }) => {
      const found = journal.json<{ items: WebhookDelivery[] }>().items.find((one) => one.type === type);
      return call('GET', `/webhook-endpoints/${id}/deliveries/${found?.id ?? ''}`, { as });
    };
    const type = 'invoice.created';
    expect((await read(type, manager)).json()).toMatchObject({
      status: 403,
      code: 'scope_missing',
      params: { scope: 'invoices:read' },
    });
    expect((await read('endpoint.test', manager)).json()).toMatchObject({ type: 'endpoint.test' });
    for (const as of [issuer, administrator]) expect((await read(type, as)).json()).toMatchObject({ type });
  });

  it('of somebody else is not there', async () => {
    const { id } = await ownEndpoint();
    const other = await integratorOf(test, { kind: 'issuer' });
    const portnet = await integratorOf(test, { kind: 'authority', authority: 'portnet' });
    const portnets = await makeEndpoint(test, portnet.integratorId, { url: receiver.url });
    const paths = ['', '/secret', '/deliveries'];
    for (const path of paths)
      expect((await call('GET', `/webhook-endpoints/${id}${path}`, { as: other })).statusCode).toBe(404);
    for (const path of ['/test', '/secret-rotation'])
      expect((await call('POST', `/webhook-endpoints/${id}${path}`, { as: other })).statusCode).toBe(404);
    expect((await call('DELETE', `/webhook-endpoints/${id}`, { as: other })).statusCode).toBe(404);
    const listed = `/webhook-endpoints?integratorId=${issuer.integratorId}`;
    expect((await call('GET', listed, { as: other })).statusCode).toBe(404);
    // An administrator of customs sees issuers', and not the other authority's.
    expect((await call('GET', listed, { as: administrator })).json<{ items: [] }>().items).toHaveLength(1);
    expect((await call('GET', `/webhook-endpoints/${portnets.id}`, { as: administrator })).statusCode).toBe(
      404,
    );
    expect((await call('GET', '/webhook-endpoints', { as: administrator })).statusCode).toBe(422);
  });

  it('is stopped and started by an administrator, who changes nothing else; a program does not start it again', async () => {
    const { id } = await ownEndpoint();
    const change = (body: object, as?: { headers: Record<string, string> }) =>
      call('PATCH', `/webhook-endpoints/${id}`, { body, ...(as && { as }) });
    expect(codeOf(await change({ url }, administrator))).toBe('forbidden');
    expect((await change({ enabled: false }, administrator)).json()).toMatchObject({
      disabledReason: 'administrator',
    });
    expect(codeOf(await change({ enabled: true }))).toBe('forbidden');
    expect((await change({ enabled: false })).json()).toMatchObject({ disabledReason: 'administrator' });
    expect((await change({ enabled: true }, administrator)).json()).toMatchObject({ enabled: true });
  });

  it('that was disabled gets what waited when it is enabled again', async () => {
    const { id } = await ownEndpoint();
    receiver.answer(() => ({ status: 500 }));
    await tell('F1');
    await drain();
    await call('PATCH', `/webhook-endpoints/${id}`, { body: { enabled: false } });
    receiver.answer(() => ({}));
    await drain();
    expect(receiver.received).toHaveLength(1);
    const enabled = await call('PATCH', `/webhook-endpoints/${id}`, { body: { enabled: true } });
    expect(enabled.json()).toMatchObject({ enabled: true, failingSince: null, pending: 1 });
    await drain();
    expect((await call('GET', `/webhook-endpoints/${id}`)).json()).toMatchObject({ pending: 0 });
    expect(new Set(receiver.ids()).size).toBe(1);
  });
});

it('where only public addresses are let in, another one is refused at once', async () => {
  const strict = await testApp({ environment: { WEBHOOK_LOCAL_ADDRESSES: 'false' } });
  const { headers } = await integratorOf(strict, { kind: 'issuer' });
  for (const refused of [
    'http://erp.example/',
    'https://127.0.0.1/',
    'https://[::ffff:10.0.0.1]/',
    'https://localhost/',
    'https://2130706433/',
  ]) {
    const answer = await strict.app.inject({
      method: 'POST',
      url: '/api/v1/webhook-endpoints',
      headers: { ...headers, 'idempotency-key': randomUUID() },
      payload: { url: refused, events: ['invoice.paid'] },
    });
    expect(answer.json()).toMatchObject({ status: 422, code: 'endpoint_refused' });
  }
});

describe('the journal', () => {
  it('tells each delivery and each try, the newest first', async () => {
    const { id } = await ownEndpoint();
    receiver.answer(() => ({ status: 400, body: 'not now' }));
    await tell('F1', 'F2');
    await drain();
    receiver.answer(() => ({}));
    await tell('F3');
    await drain();
    const path = `/webhook-endpoints/${id}/deliveries`;
    const page = async (query: string) =>
      (await call('GET', `${path}?${query}`)).json<{ items: WebhookDelivery[]; nextCursor: string | null }>();
    const first = await page('limit=2');
    expect(first.items.map(({ status }) => status)).toEqual(['delivered', 'pending']);
    const rest = await page(`limit=2&cursor=${first.nextCursor ?? ''}`);
    expect(rest).toMatchObject({ items: [{ status: 'pending', tries: 1 }], nextCursor: null });
    expect((await page('status=delivered')).items).toHaveLength(1);
    expect((await page('type=invoice.paid')).items).toEqual([]);
    expect(codeOf(await call('GET', `${path}?cursor=abc`))).toBe('validation');

    const [failed] = rest.items;
    const one = (await call('GET', `${path}/${failed?.id ?? ''}`)).json<{
      body: string;
      attempts: object[];
    }>();
    expect(one).toMatchObject({
      eventId: failed?.eventId,
      attempts: [{ status: 400, error: null, answer: 'not now' }],
    });
    expect(receiver.received.map(({ body }) => body)).toContain(one.body);
    expect((await call('GET', `${path}/${id}`)).statusCode).toBe(404);
  });

  it('sends one again, with the same id; a test goes to its endpoint alone', async () => {
    const { id } = await ownEndpoint();
    await makeEndpoint(test, issuer.integratorId, { url: `${receiver.url}/other`, events: ['invoice.paid'] });
    await tell('F1');
    await drain();
    const { deliveries } = await standingOf(test, id);
    const path = `/webhook-endpoints/${id}/deliveries/${deliveries[0]?.id ?? ''}/redelivery`;
    const again = await call('POST', path);
    expect(again.statusCode).toBe(202);
    expect(again.json()).toMatchObject({ status: 'pending', tries: 1 });
    await drain();
    expect(receiver.ids()).toEqual([deliveries[0]?.eventId, deliveries[0]?.eventId]);
    expect((await standingOf(test, id)).deliveries).toMatchObject([{ status: 'delivered' }]);

    expect((await call('POST', `/webhook-endpoints/${id}/test`, { as: administrator })).json()).toMatchObject(
      {
        type: 'endpoint.test',
        status: 'pending',
      },
    );
    await drain();
    expect(receiver.received.map(({ path: to }) => to)).toEqual(['/', '/', '/']);
    expect(JSON.parse(receiver.received.at(-1)?.body ?? '')).toMatchObject({ type: 'endpoint.test' });
    expect(
      (await call('GET', '/events')).json<{ items: Event[] }>().items.map(({ type }) => type),
    ).not.toContain('endpoint.test');
  });

  it('sends all again that was never taken, also what happened while it was disabled', async () => {
    const { id } = await ownEndpoint();
    await tell('taken');
    await drain();
    receiver.answer(() => ({ status: 410 }));
    await tell('refused');
    await drain();
    await tell('missed 1', 'missed 2');
    const path = `/webhook-endpoints/${id}/redelivery`;
    const body = { since: new Date(Date.now() - 60_000).toISOString() };
    expect(codeOf(await call('POST', path, { body }))).toBe('endpoint_disabled');
    expect(codeOf(await call('POST', `/webhook-endpoints/${id}/test`))).toBe('endpoint_disabled');
    await call('PATCH', `/webhook-endpoints/${id}`, { body: { enabled: true } });
    receiver.received.splice(0);
    receiver.answer(() => ({}));
    expect((await call('POST', path, { body })).json()).toEqual({ count: 3 });
    await drain();
    const numbers = receiver.received.map((one) => JSON.parse(one.body).data.number);
    expect(new Set(numbers)).toEqual(new Set(['refused', 'missed 1', 'missed 2']));
    expect((await call('POST', path, { body })).json()).toEqual({ count: 0 });
  });
});

describe('the feed', () => {
  interface Page {
    items: Event[];
    nextCursor: string | null;
  }
  const walk = async (query: string, as = issuer) =>
    (await call('GET', `/events?${query}`, { as })).json<Page>();
  /** Whatever other files' transactions are open in this cluster holds it back for a moment. */
  const settled = (query: string, count: number) =>
    expect.poll(async () => (await walk(query)).items.length, { timeout: 20_000 }).toBe(count);

  it('holds the same events as webhooks, and leads on', async () => {
    await ownEndpoint();
    expect(await walk('')).toEqual({ items: [], nextCursor: null });
    await tell('F1', 'F2', 'F3');
    await drain();
    await settled('', 3);
    const first = await walk('limit=2');
    const rest = await walk(`limit=2&cursor=${first.nextCursor ?? ''}`);
    const items = [...first.items, ...rest.items];
    expect(items).toEqual(
      receiver.received
        .map(({ headers, body }) => ({ id: headers['webhook-id'], ...JSON.parse(body) }))
        .toSorted((one, other) => String(one.id).localeCompare(String(other.id))),
    );
    expect(await walk(`cursor=${rest.nextCursor ?? ''}`)).toEqual({ items: [], nextCursor: rest.nextCursor });
    await tell('F4');
    await settled(`cursor=${rest.nextCursor ?? ''}`, 1);
  });

  it("is the integrator's own, of the types that its key may read", async () => {
    await tell('F1');
    await settled('', 1);
    expect((await walk('', await integratorOf(test, { kind: 'issuer' }))).items).toEqual([]);
    const narrow = await makeApiKey(test, issuer.integratorId, { scopes: ['payments:read'] });
    expect((await walk('', { ...issuer, ...narrow })).items).toEqual([]);
    const asked = await call('GET', '/events?type=invoice.created', { as: narrow });
    expect(asked.json()).toMatchObject({ code: 'scope_missing', params: { scope: 'invoices:read' } });
    expect(codeOf(await call('GET', '/events?type=filing.decided'))).toBe('validation');
    const none = await integratorOf(test, { kind: 'operator', scopes: ['webhooks:manage'] });
    expect((await call('GET', '/events', { as: none })).json()).toMatchObject({ code: 'scope_missing' });
  });
});

it('what is older than thirty days is removed, with its deliveries and tries', async () => {
  const { id } = await ownEndpoint();
  test.setNow(new Date(Date.now() - 30 * 86_400_000 - 60_000));
  await tell('old');
  await drain();
  test.setNow(undefined);
  await tell('new');
  await cleanUp(test.deps);
  expect((await standingOf(test, id)).deliveries).toHaveLength(1);
  expect((await standingOf(test, id)).attempts).toEqual([]);
  const kept = await test.deps.database.select().from(events);
  expect(kept.some(({ body }) => body.includes('"old"'))).toBe(false);
});

const id = '01991f36-0000-7000-8000-000000000000';
const deliveryId = id;
/** The signed-in agent of these rows decides dossiers: who is told by programs is no affair of theirs. */
const administrators = { anonymous: 401, operator: 401, agent: 403 };
const programs = { anonymous: 401, operator: 401, agent: 401 };
testAccess(
  () => test,
  [
    { route: listEvents, ...programs },
    { route: listWebhookEndpoints, ...administrators },
    { route: createWebhookEndpoint, body: { url, events: ['invoice.paid'] }, ...programs },
    { route: getWebhookEndpoint, params: { id }, ...administrators },
    { route: changeWebhookEndpoint, params: { id }, body: { enabled: false }, ...administrators },
    { route: deleteWebhookEndpoint, params: { id }, ...programs },
    { route: getWebhookSecret, params: { id }, ...programs },
    { route: rotateWebhookSecret, params: { id }, ...programs },
    { route: testWebhookEndpoint, params: { id }, ...administrators },
    { route: listWebhookDeliveries, params: { id }, ...administrators },
    { route: getWebhookDelivery, params: { id, deliveryId }, ...administrators },
    { route: redeliver, params: { id, deliveryId }, ...administrators },
    { route: redeliverFailed, params: { id }, body: { since: '2026-11-22T00:00:00Z' }, ...administrators },
  ],
);
