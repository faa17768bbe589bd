import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FilingId, WebhookEndpointId } from '@rnoce/schemas/primitives';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiError } from './api-error.ts';
import type { Client } from './call.ts';
import { type ClientOptions, createClient } from './client.ts';
import { decideFiling, listFilings } from './filings.ts';
import { cancelInvoice, importInvoices, putInvoice } from './invoices.ts';
import { changeWebhookEndpoint, testWebhookEndpoint } from './webhooks.ts';

type Turn = (response: ServerResponse) => void;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that answers the turns in order, the last one for ever, and what it was asked. */
async function serve(...turns: Turn[]): Promise<{ baseUrl: string; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    request.resume().on('end', () => (turns[seen.length - 1] ?? turns.at(-1))?.(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api/v1`, seen };
}

const done: Turn = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[]}');
};
const lost: Turn = (response) => {
  response.destroy();
};
const refused =
  (status: number, code: string, headers: Record<string, string> = {}): Turn =>
  (response) => {
    const problem = { type: 'about:blank', title: 'T', status, detail: 'D', code, requestId: 'r-1' };
    response
      .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
      .end(JSON.stringify(problem));
  };

/** A client that waits for no clock, and how long it would have waited. */
function clientOf(baseUrl: string, retry: ClientOptions['retry'] = {}): { client: Client; waits: number[] } {
  const waits: number[] = [];
  const wait = (milliseconds: number) => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  const client = createClient({
    baseUrl,
    key: 'rnoce_test',
    retry: retry === false ? false : { random: () => 1, wait, ...retry },
  });
  return { client, waits };
}
const caught = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
const keysOf = (seen: readonly IncomingMessage[]) => seen.map(({ headers }) => headers['idempotency-key']);

const endpoint = { id: WebhookEndpointId.parse('01991f36-0000-7000-8000-000000000000') };
const decision = {
  params: { id: FilingId.parse('01991f36-0000-7000-8000-000000000000') },
  body: { outcome: 'validated' },
  version: 3,
} as const;

describe('what passes', () => {
  it.each([
    ['a lost connection', lost],
    ['a proxy without the API', (response: ServerResponse) => void response.writeHead(502).end('<html>')],
    ['an API that is busy', refused(503, 'overloaded')],
    ['a failure inside', refused(500, 'internal')],
  ])('%s is tried again', async (_, failure) => {
    const { baseUrl, seen } = await serve(failure, failure, done);
    const { client, waits } = clientOf(baseUrl);
    expect((await listFilings(client, {})).data).toEqual({ items: [] });
    expect(seen).toHaveLength(3);
    expect(waits).toEqual([500, 1000]);
  });

  it('waits at least half of what it may, twice as long each time, up to the longest', async () => {
    const { baseUrl } = await serve(lost);
    const { client, waits } = clientOf(baseUrl, { random: () => 0, tries: 6, longestWaitMs: 2000 });
    expect(await caught(listFilings(client, {}))).toMatchObject({ code: 'offline' });
    expect(waits).toEqual([250, 500, 1000, 1000, 1000]);
  });

  it('waits for the time that the API names, and a little more', async () => {
    const { baseUrl } = await serve(refused(429, 'rate_limited', { 'retry-after': '12' }), done);
    const { client, waits } = clientOf(baseUrl);
    await listFilings(client, {});
    expect(waits).toEqual([12_500]);
  });

  it('is told at once when that time is too long, with the time', async () => {
    const { baseUrl, seen } = await serve(refused(503, 'overloaded', { 'retry-after': '3600' }));
    const error = await caught(listFilings(clientOf(baseUrl).client, {}));
    expect(error).toMatchObject({ status: 503, retryAfter: 3600 });
    expect(seen).toHaveLength(1);
  });

  it('is told in the end when it doesn’t', async () => {
    const { baseUrl, seen } = await serve(refused(503, 'database_unavailable'));
    expect(await caught(listFilings(clientOf(baseUrl).client, {}))).toMatchObject({ status: 503 });
    expect(seen).toHaveLength(5);
  });

  it('is told at once when nothing is to be tried twice', async () => {
    const { baseUrl, seen } = await serve(lost);
    expect(await caught(listFilings(clientOf(baseUrl, false).client, {}))).toBeInstanceOf(ApiError);
    expect(seen).toHaveLength(1);
  });

  it('is tried no more once the caller gives up', async () => {
    const { baseUrl, seen } = await serve(lost);
    const giveUp = new AbortController();
    const client = createClient({
      baseUrl,
      key: 'k',
      retry: { firstWaitMs: 3_600_000, longestWaitMs: 3_600_000 },
    });
    const call = caught(listFilings(client, { signal: giveUp.signal }));
    await expect.poll(() => seen.length).toBe(1);
    giveUp.abort();
    expect(await call).toMatchObject({ code: 'aborted' });
    expect(seen).toHaveLength(1);
  });
});

describe('what is refused', () => {
  it.each([
    [400, 'malformed'],
    [401, 'key_refused'],
    [403, 'scope_missing'],
    [404, 'not_found'],
    [409, 'invoice_paid'],
    [412, 'stale'],
    [422, 'validation'],
  ])('by %i %s is refused', async (status, code) => {
    const { baseUrl, seen } = await serve(refused(status, code), done);
    expect(await caught(listFilings(clientOf(baseUrl).client, {}))).toMatchObject({ status, code });
    expect(seen).toHaveLength(1);
  });

  it('is a redirection, which never takes the key elsewhere', async () => {
    const other = await serve(done);
    const { baseUrl } = await serve(
      (response) => void response.writeHead(307, { location: other.baseUrl }).end(),
    );
    expect(await caught(listFilings(clientOf(baseUrl).client, {}))).toMatchObject({ status: 307 });
    expect(other.seen).toEqual([]);
  });
});

describe('a write', () => {
  it('that decides carries one key, the same at every try, another at each call', async () => {
    const { baseUrl, seen } = await serve(
      lost,
      refused(409, 'request_running'),
      refused(503, 'overloaded'),
      done,
    );
    const { client } = clientOf(baseUrl);
    await decideFiling(client, decision);
    await decideFiling(client, decision);
    const [first, second, third, fourth, other] = keysOf(seen);
    expect(first).toMatch(/^[\da-f-]{36}$/);
    expect([second, third, fourth]).toEqual([first, first, first]);
    expect(other).not.toBe(first);
  });

  it('keeps the key that its caller gave', async () => {
    const { baseUrl, seen } = await serve(lost, done);
    const lines = [
      {
        number: 'F-1',
        clientCode: '1206',
        clientName: 'Ste IMP SARL',
        issuedOn: '2026-11-01',
        dueOn: '2026-12-01',
        amount: '840.00',
      },
    ];
    await importInvoices(clientOf(baseUrl).client, { invoices: lines, idempotencyKey: 'batch-2026-11' });
    expect(keysOf(seen)).toEqual(['batch-2026-11', 'batch-2026-11']);
    expect(seen[1]?.headers['content-type']).toBe('application/json');
  });

  it('that can be made twice is tried again without a key', async () => {
    const { baseUrl, seen } = await serve(lost, done, lost, (response) => void response.writeHead(204).end());
    const { client } = clientOf(baseUrl);
    const body = {
      clientCode: '1206',
      clientName: 'Ste IMP SARL',
      issuedOn: '2026-11-01',
      dueOn: '2026-12-01',
      amount: '840.00',
    };
    await putInvoice(client, { params: { number: 'F-1' }, body });
    await cancelInvoice(client, { params: { number: 'F-1' } });
    expect(seen.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'DELETE', 'DELETE']);
    expect(keysOf(seen)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('that can’t is made once, unless it was refused before it began', async () => {
    const change = { params: endpoint, body: { enabled: false } };
    const cut = await serve(lost);
    expect(await caught(changeWebhookEndpoint(clientOf(cut.baseUrl).client, change))).toMatchObject({
      code: 'offline',
    });
    expect(cut.seen).toHaveLength(1);
    const busy = await serve(refused(429, 'rate_limited'), done);
    await changeWebhookEndpoint(clientOf(busy.baseUrl).client, change);
    expect(busy.seen).toHaveLength(2);
  });

  it('under a version, without a key, is not told 412 because of its own first try', async () => {
    const { baseUrl, seen } = await serve(lost, refused(412, 'stale'));
    const call = cancelInvoice(clientOf(baseUrl).client, { params: { number: 'F-1' }, version: 2 });
    expect(await caught(call)).toMatchObject({ code: 'offline' });
    expect(seen).toHaveLength(1);
  });

  it('without a body of its own carries a key too', async () => {
    const { baseUrl, seen } = await serve(done);
    await testWebhookEndpoint(clientOf(baseUrl).client, { params: endpoint });
    expect(keysOf(seen)[0]).toMatch(/^[\da-f-]{36}$/);
  });
});
