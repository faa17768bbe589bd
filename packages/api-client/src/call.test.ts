import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SubscriptionId } from '@rnoce/schemas/primitives';
import { afterEach, expect, it } from 'vitest';
import { ApiError } from './api-error.ts';
import { createBrowserClient } from './call.ts';
import { createClient } from './client.ts';
import { getDocument } from './documents.ts';
import { listFilings } from './filings.ts';
import { getReferenceList } from './reference.ts';
import { getCurrentSession, signIn } from './sessions.ts';
import { saveCurrentStep } from './subscriptions.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api/v1`;
}

const json = (
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
) => {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
};
const problem = (status: number, code: string) => ({
  type: `/api/docs/problems/${code}`,
  title: 'Titre',
  status,
  detail: 'Détail',
  code,
  requestId: 'r-1',
});
const caught = async (promise: Promise<unknown>): Promise<ApiError> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
};

it('puts params, query, version, key and language where the contract says', async () => {
  const seen: IncomingMessage[] = [];
  const baseUrl = await serve((request, response) => {
    seen.push(request);
    json(response, 200, { items: [] }, { etag: '"7"' });
  });
  const client = createClient({ baseUrl, locale: () => 'ar', key: 'k-1' });
  expect(await getReferenceList(client, { params: { list: 'rc-centres' } })).toEqual({
    data: { items: [] },
    version: 7,
  });
  await listFilings(client, { query: { q: 'Atlas & fils', page: 2 } });
  await saveCurrentStep(client, {
    params: { id: '01991f36-0000-7000-8000-000000000000' },
    body: { step: 'documents' },
    version: 12,
    idempotencyKey: 'abcdefgh',
  });
  expect(seen.map(({ method, url }) => `${String(method)} ${String(url)}`)).toEqual([
    'GET /api/v1/reference/rc-centres',
    'GET /api/v1/filings?q=Atlas+%26+fils&page=2',
    'PUT /api/v1/subscriptions/01991f36-0000-7000-8000-000000000000/current-step',
  ]);
  expect(seen[2]?.headers).toMatchObject({
    'if-match': '"12"',
    'idempotency-key': 'abcdefgh',
    'accept-language': 'ar',
    authorization: 'Bearer k-1',
    'content-type': 'application/json',
  });
});

it('throws the problem with its code, its issues and the time to wait', async () => {
  const errors = [{ pointer: '/email', code: 'email_invalid', message: 'Écrivez une adresse' }];
  const baseUrl = await serve((_, response) => {
    json(response, 429, { ...problem(429, 'locked'), errors }, { 'retry-after': '30' });
  });
  const error = await caught(
    signIn(createBrowserClient({ baseUrl }), { body: { email: 'a', password: 'b' } }),
  );
  expect(error).toMatchObject({
    status: 429,
    code: 'locked',
    retryAfter: 30,
    requestId: 'r-1',
    issues: errors,
    message: 'Détail',
  });
});

it.each([['no server', 'http://127.0.0.1:1/api/v1', { status: 0, code: 'offline' }]])(
  'tells %s from an answer',
  async (_, baseUrl, expected) => {
    expect(await caught(getCurrentSession(createBrowserClient({ baseUrl }), {}))).toMatchObject(expected);
  },
);

it('gives up a call that takes too long, and one that its caller cut', async () => {
  const baseUrl = await serve(() => {});
  expect(await caught(getCurrentSession(createBrowserClient({ baseUrl, timeoutMs: 50 }), {}))).toMatchObject({
    code: 'timeout',
  });
  const cut = new AbortController();
  const call = caught(getCurrentSession(createBrowserClient({ baseUrl }), { signal: cut.signal }));
  cut.abort();
  expect(await call).toMatchObject({ code: 'aborted' });
});

it.each([
  [502, 'text/html', '<html>Bad gateway</html>'],
  [500, 'application/problem+json', '{'],
])('calls an answer %i that is no problem of ours unreadable', async (status, type, body) => {
  const baseUrl = await serve((_, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  expect(await caught(getCurrentSession(createBrowserClient({ baseUrl }), {}))).toMatchObject({
    status,
    code: 'unreadable',
  });
});

it.each([
  ['no JSON at all', 'application/json', '{"items":', { status: 0, code: 'unreadable' }],
  ['cut short', 'application/json', undefined, { status: 0, code: 'offline' }],
])('tells an answer that is %s from no connection', async (_, type, body, expected) => {
  const baseUrl = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': type });
    if (body === undefined) response.write('{"items":', () => response.destroy());
    else response.end(body);
  });
  expect(await caught(listFilings(createBrowserClient({ baseUrl }), {}))).toMatchObject(expected);
});

it('reads the bytes of a file', async () => {
  const baseUrl = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7');
  });
  const id = '01991f36-0000-7000-8000-000000000000' as SubscriptionId;
  const { data } = await getDocument(createBrowserClient({ baseUrl }), { params: { id, document: 'ice' } });
  expect(new TextDecoder().decode(data)).toBe('%PDF-1.7');
});

it('renews the session once for the calls that meet its end together, then makes them again', async () => {
  let renewed = 0;
  const baseUrl = await serve((_, response) => {
    if (renewed === 0) json(response, 401, problem(401, 'not_signed_in'));
    else json(response, 200, { items: [] });
  });
  const client = createBrowserClient({
    baseUrl,
    renewSession: async () => {
      await Promise.resolve();
      renewed += 1;
      return true;
    },
  });
  await Promise.all([listFilings(client, {}), listFilings(client, {}), listFilings(client, {})]);
  expect(renewed).toBe(1);
});

it('throws the end of the session when it can’t be renewed', async () => {
  const baseUrl = await serve((_, response) => {
    json(response, 401, problem(401, 'not_signed_in'));
  });
  const client = createBrowserClient({ baseUrl, renewSession: () => Promise.resolve(false) });
  expect(await caught(listFilings(client, {}))).toMatchObject({ status: 401, code: 'not_signed_in' });
  expect(await caught(signIn(client, { body: { email: 'a@b.ma', password: 'c' } }))).toMatchObject({
    status: 401,
  });
});
