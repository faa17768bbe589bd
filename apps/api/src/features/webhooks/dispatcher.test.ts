import { webhookRetrySeconds } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { integrators } from '../../db/schema/integrators.ts';
import { webhookEndpoints } from '../../db/schema/webhooks.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { integratorOf } from '../../testing/integrators.ts';
import {
  dispatcherOf,
  makeEndpoint,
  type Received,
  type Receiver,
  standingOf,
  startReceiver,
  tellInvoices,
} from '../../testing/webhooks.ts';

let test: TestApp;
let receiver: Receiver;
let issuer: Awaited<ReturnType<typeof integratorOf>> & { issuerId: string };
beforeAll(async () => {
  test = await testApp();
  receiver = await startReceiver();
});
beforeEach(async () => {
  await test.deps.database.delete(webhookEndpoints);
  const made = await integratorOf(test, { kind: 'issuer', email: 'compta@emetteur.example', locale: 'fr' });
  if (made.issuerId === null) throw new Error('no issuer');
  issuer = { ...made, issuerId: made.issuerId };
  receiver.received.splice(0);
  receiver.answer(() => ({}));
});
afterEach(() => test.setNow(undefined));

const endpointAt = (path: string) =>
  makeEndpoint(test, issuer.integratorId, { url: `${receiver.url}${path}` });
const tell = (...numbers: string[]) => tellInvoices(test, issuer.issuerId, numbers);
const drain = async (options?: { timeoutMs: number }) => {
  const dispatcher = dispatcherOf(test, options);
  await dispatcher.drain();
  await dispatcher.stop();
};
const at = (seconds: number, from = start) => {
  test.setNow(new Date(from.getTime() + seconds * 1000));
};
const start = new Date('2026-12-01T09:00:00.000Z');
const day = 86_400;
/** As the package reads it: headers by name. */
const headersOf = ({ headers }: Received) => headers as Record<string, string>;

it('an event comes signed, with its id and the very bytes that are kept', async () => {
  const { id, secret } = await endpointAt('/healthy');
  await tell('F1');
  await drain();
  const [received] = receiver.received;
  if (!received) throw new Error('nothing came');
  expect(new Webhook(secret).verify(received.body, headersOf(received))).toMatchObject({
    type: 'invoice.created',
    data: { number: 'F1', amount: '840.00' },
  });
  expect(() => new Webhook(secret).verify(`${received.body} `, headersOf(received))).toThrow(
    'No matching signature',
  );
  const { deliveries, attempts, endpoint } = await standingOf(test, id);
  expect(receiver.ids()).toEqual(deliveries.map(({ eventId }) => eventId));
  expect(deliveries).toMatchObject([{ status: 'delivered', tries: 1, nextTryAt: null }]);
  expect(attempts).toMatchObject([{ status: 200, error: null, answer: '' }]);
  expect(endpoint).toMatchObject({ failingSince: null, lastDeliveredAt: expect.any(Date) });
});

it('during a rotation both secrets sign; then the new one alone', async () => {
  const { id, secret } = await endpointAt('/rotated');
  const rotated = await test.app.inject({
    method: 'POST',
    url: `/api/v1/webhook-endpoints/${id}/secret-rotation`,
    headers: { ...issuer.headers, 'idempotency-key': 'rotation-1' },
  });
  expect(rotated.statusCode).toBe(200);
  const secrets = async () =>
    (await test.app.inject({ url: `/api/v1/webhook-endpoints/${id}/secret`, headers: issuer.headers })).json<{
      secret: string;
      previousSecret: string | null;
    }>();
  const fresh = await secrets();
  expect(fresh).toEqual({ secret: expect.stringMatching(/^whsec_/), previousSecret: secret });
  expect(fresh.secret).not.toBe(secret);
  await tell('F1');
  await drain();
  const [both] = receiver.received;
  if (!both) throw new Error('nothing came');
  expect(String(both.headers['webhook-signature']).split(' ')).toHaveLength(2);
  for (const one of [secret, fresh.secret]) new Webhook(one).verify(both.body, headersOf(both));

  test.setNow(new Date(Date.now() + day * 1000 + 60_000));
  expect(await secrets()).toEqual({ ...fresh, previousSecret: null });
  await tell('F2');
  await drain();
  const last = receiver.received.at(-1);
  const sent = new Date(Number(last?.headers['webhook-timestamp']) * 1000);
  const signature = new Webhook(fresh.secret).sign(
    String(last?.headers['webhook-id']),
    sent,
    last?.body ?? '',
  );
  expect(last?.headers['webhook-signature']).toBe(signature);
});

describe('an endpoint that takes nothing', () => {
  it('is tried again by the schedule, with the same id, then no more', async () => {
    const { id } = await endpointAt('/dead');
    receiver.answer(() => ({ status: 500, body: 'broken' }));
    at(0);
    await tell('F1');
    let elapsed = 0;
    for (const [index, seconds] of webhookRetrySeconds.entries()) {
      await drain();
      const { deliveries } = await standingOf(test, id);
      expect(deliveries).toMatchObject([
        {
          status: 'pending',
          tries: index + 1,
          nextTryAt: new Date(start.getTime() + (elapsed + seconds) * 1000),
        },
      ]);
      at(elapsed + seconds - 1);
      await drain();
      expect(receiver.received).toHaveLength(index + 1);
      elapsed += seconds;
      at(elapsed);
    }
    await drain();
    const { deliveries, attempts, endpoint } = await standingOf(test, id);
    expect(deliveries).toMatchObject([{ status: 'failed', tries: webhookRetrySeconds.length + 1 }]);
    expect(attempts).toHaveLength(webhookRetrySeconds.length + 1);
    expect(attempts[0]).toMatchObject({ status: 500, answer: 'broken' });
    expect(new Set(receiver.ids()).size).toBe(1);
    expect(endpoint).toMatchObject({ enabled: true, failingSince: start });
  });

  it.each([
    ['in seconds', '3600', 3600],
    ['as a date', new Date(start.getTime() + 1_800_000).toUTCString(), 1800],
    ['for longer than a day', String(40 * day), day],
    ['sooner than the schedule', '1', 5],
    ['in words', 'soon', 5],
  ])('and asks for a pause %s gets it, within reason', async (_, retryAfter, seconds) => {
    const { id } = await endpointAt('/busy');
    receiver.answer(() => ({ status: 503, headers: { 'retry-after': retryAfter } }));
    at(0);
    await tell('F1');
    await drain();
    const { deliveries } = await standingOf(test, id);
    expect(deliveries).toMatchObject([{ nextTryAt: new Date(start.getTime() + seconds * 1000) }]);
  });

  it('for days is disabled, and its integrator written to in its language', async () => {
    const { id } = await makeEndpoint(test, issuer.integratorId, {
      url: `${receiver.url}/dead?token=secret`,
    });
    receiver.answer(() => ({ status: 500 }));
    at(0);
    await tell('F1');
    await drain();
    at(5 * day - 1);
    await tell('F2');
    await drain();
    expect((await standingOf(test, id)).endpoint.enabled).toBe(true);
    at(5 * day);
    await tell('F3');
    await drain();
    const { endpoint, deliveries } = await standingOf(test, id);
    expect(endpoint).toMatchObject({ enabled: false, disabledReason: 'failures' });
    // What waits is kept, and nothing is added.
    expect(deliveries.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
    await tell('F4');
    expect((await standingOf(test, id)).deliveries).toHaveLength(3);
    const mails = await test.deps.database
      .select()
      .from(emails)
      .where(eq(emails.template, 'webhook_disabled'));
    expect(mails).toMatchObject([
      {
        to: 'compta@emetteur.example',
        locale: 'fr',
        data: { url: `${receiver.url}/dead`, reason: 'failures', since: start.toISOString() },
      },
    ]);
  });

  it('and takes one again is no longer failing', async () => {
    const { id } = await endpointAt('/dead');
    receiver.answer(() => ({ status: 500 }));
    at(0);
    await tell('F1');
    await drain();
    receiver.answer(() => ({ status: 204 }));
    at(5);
    await drain();
    const { endpoint, deliveries } = await standingOf(test, id);
    expect(endpoint).toMatchObject({ failingSince: null, lastDeliveredAt: new Date(start.getTime() + 5000) });
    expect(deliveries).toMatchObject([{ status: 'delivered', tries: 2 }]);
  });

  it('because it is gone is disabled at once', async () => {
    const { id } = await endpointAt('/gone');
    receiver.answer(() => ({ status: 410 }));
    await tell('F1', 'F2');
    await drain();
    const { endpoint, deliveries } = await standingOf(test, id);
    expect(endpoint).toMatchObject({ enabled: false, disabledReason: 'gone' });
    expect(deliveries.map(({ status }) => status)).toEqual(['failed', 'failed']);
    const mails = await test.deps.database
      .select()
      .from(emails)
      .where(eq(emails.template, 'webhook_disabled'));
    expect(mails.filter(({ event }) => event.includes(id))).toMatchObject([{ data: { reason: 'gone' } }]);
  });

  it('leads the journal to tell why, and nothing follows a redirect', async () => {
    receiver.answer(({ path }) =>
      path === '/moved' ? { status: 307, headers: { location: '/elsewhere' } } : undefined,
    );
    const moved = await endpointAt('/moved');
    const closed = await makeEndpoint(test, issuer.integratorId, { url: 'http://127.0.0.1:1/' });
    await tell('F1');
    await drain();
    const slow = await endpointAt('/slow');
    await tell('F2');
    await drain({ timeoutMs: 250 });
    const first = async ({ id }: { id: string }) => (await standingOf(test, id)).attempts[0];
    expect(await first(moved)).toMatchObject({ status: 307, error: 'redirect' });
    expect(await first(slow)).toMatchObject({ status: null, error: 'timeout' });
    expect(await first(closed)).toMatchObject({ status: null, error: 'connection' });
    expect(receiver.received.filter(({ path }) => path === '/elsewhere')).toEqual([]);
  });
});

describe('endpoints beside each other', () => {
  const numbers = Array.from({ length: 60 }, (_, index) => `F${String(index)}`);

  it('are each served: the backlog of a dead or slow one holds up nobody', async () => {
    const dead = await makeEndpoint(test, issuer.integratorId, { url: 'http://127.0.0.1:1/' });
    const slow = await endpointAt('/slow');
    const healthy = await endpointAt('/healthy');
    const came = Promise.withResolvers<void>();
    let left = numbers.length;
    receiver.answer(async ({ path }) => {
      if (path !== '/healthy') {
        // Answers only once the healthy one got all.
        await came.promise;
        return {};
      }
      left -= 1;
      if (left === 0) came.resolve();
      return {};
    });
    await tell(...numbers);
    const dispatcher = dispatcherOf(test);
    const running = dispatcher.run();
    const statuses = async ({ id }: { id: string }) =>
      new Set((await standingOf(test, id)).deliveries.map(({ status }) => status));
    await expect.poll(() => statuses(slow), { timeout: 20_000 }).toEqual(new Set(['delivered']));
    await dispatcher.stop();
    await running;
    expect(await statuses(healthy)).toEqual(new Set(['delivered']));
    expect(await statuses(dead)).toEqual(new Set(['pending']));
  });

  it('are called by several processes, each event by one of them', async () => {
    const { id } = await endpointAt('/healthy');
    await tell(...numbers);
    await Promise.all([drain(), drain(), drain()]);
    expect(receiver.received).toHaveLength(numbers.length);
    expect(new Set(receiver.ids()).size).toBe(numbers.length);
    expect((await standingOf(test, id)).deliveries.every(({ tries }) => tries === 1)).toBe(true);
  });

  it('get what is theirs: the types that they ask for, of an active integrator, of its own issuer', async () => {
    const other = await integratorOf(test, { kind: 'issuer' });
    await makeEndpoint(test, other.integratorId, { url: `${receiver.url}/foreign` });
    await makeEndpoint(test, issuer.integratorId, {
      url: `${receiver.url}/payments`,
      events: ['invoice.paid', 'payment.refund_due'],
    });
    await endpointAt('/own');
    await tell('F1');
    await drain();
    expect(receiver.received.map(({ path }) => path)).toEqual(['/own']);

    await tell('F2');
    await test.deps.database
      .update(integrators)
      .set({ active: false })
      .where(eq(integrators.id, issuer.integratorId));
    await tell('F3');
    await drain();
    expect(receiver.received).toHaveLength(1);
    await test.deps.database
      .update(integrators)
      .set({ active: true })
      .where(eq(integrators.id, issuer.integratorId));
    await drain();
    expect(receiver.received.map(({ body }) => JSON.parse(body).data.number)).toEqual(['F1', 'F2']);
  });

  it('given up while they are called leave nothing, and harm nobody', async () => {
    const { id } = await endpointAt('/given-up');
    const healthy = await endpointAt('/healthy');
    receiver.answer(async ({ path }) => {
      if (path === '/given-up')
        await test.deps.database.delete(webhookEndpoints).where(eq(webhookEndpoints.id, id));
      return {};
    });
    await tell('F1');
    await drain();
    expect((await standingOf(test, healthy.id)).deliveries).toMatchObject([{ status: 'delivered' }]);
    await expect(standingOf(test, id)).rejects.toThrow('no such endpoint');
  });
});

it('a process that ends gives back what it had not finished', async () => {
  const { id } = await endpointAt('/slow');
  const called = Promise.withResolvers<void>();
  receiver.answer(() => {
    called.resolve();
    return undefined;
  });
  await tell('F1');
  const first = dispatcherOf(test, { timeoutMs: 60_000 });
  const running = first.run();
  await called.promise;
  await first.stop({ graceMs: 0 });
  await running;
  expect((await standingOf(test, id)).deliveries).toMatchObject([{ status: 'pending', tries: 0 }]);
  receiver.answer(() => ({}));
  await drain();
  expect((await standingOf(test, id)).deliveries).toMatchObject([{ status: 'delivered', tries: 1 }]);
  expect(new Set(receiver.ids()).size).toBe(1);
});
