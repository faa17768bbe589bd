import { locales } from '@rnoce/i18n';
import type { ApiKey, Problem, WebhookEndpoint } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { apiKeys } from '../../db/schema/integrators.ts';
import { webhookEndpoints } from '../../db/schema/webhooks.ts';
import { createKeyring } from '../../plugins/api-keys.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { actsOf } from '../../testing/history.ts';
import { integratorOf, makeApiKey } from '../../testing/integrators.ts';
import {
  dispatcherOf,
  makeEndpoint,
  type Received,
  type Receiver,
  standingOf,
  startReceiver,
  tellInvoices,
} from '../../testing/webhooks.ts';
import type { EmailTemplateData } from '../emails/emails.templates.ts';
import { renderEmail } from '../emails/render-email.ts';
import { createEndpoint } from '../webhooks/create-endpoint.ts';
import { readSecrets } from '../webhooks/endpoint-secrets.ts';

type Caller = { headers: Record<string, string> };
let test: TestApp;
let receiver: Receiver;
let administrator: Awaited<ReturnType<typeof signedInAgent>>;
let issuer: Awaited<ReturnType<typeof integratorOf>>;
/** What the integrator changes over to. */
let other: Awaited<ReturnType<typeof makeApiKey>>;
beforeAll(async () => {
  test = await testApp();
  receiver = await startReceiver();
  administrator = await signedInAgent(test, { role: 'administrator', name: 'Driss Bennani' });
});
beforeEach(async () => {
  await test.deps.database.delete(webhookEndpoints);
  issuer = await integratorOf(test, { kind: 'issuer', email: 'compta@emetteur.example', locale: 'ar' });
  other = await makeApiKey(test, issuer.integratorId, { scopes: ['webhooks:manage'] });
  receiver.received.splice(0);
  receiver.answer(() => ({}));
});

const send = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  { headers }: Caller,
  payload?: object,
) =>
  test.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...headers, ...(method === 'POST' && { 'idempotency-key': crypto.randomUUID() }) },
    ...(payload && { payload }),
  });
const declare = (keyId: string) => send('DELETE', `/admin/api-keys/${keyId}?compromised=true`, administrator);
const revoke = async (keyId: string, compromised?: boolean, caller: Caller = administrator) =>
  (
    await send(
      'DELETE',
      `/admin/api-keys/${keyId}${compromised === undefined ? '' : `?compromised=${String(compromised)}`}`,
      caller,
    )
  ).statusCode;
const ownEndpoint = (path = '') => makeEndpoint(test, issuer.integratorId, { url: `${receiver.url}${path}` });
const standing = async (id: string) => (await standingOf(test, id)).endpoint;
const secretOf = async (id: string, caller: Caller = other) =>
  (await send('GET', `/webhook-endpoints/${id}/secret`, caller)).json<{
    secret: string;
    previousSecret: string | null;
  }>();
const setEnabled = (id: string, enabled: boolean, caller: Caller = other) =>
  send('PATCH', `/webhook-endpoints/${id}`, caller, { enabled });
const tell = (...numbers: string[]) => tellInvoices(test, issuer.issuerId ?? '', numbers);
const drain = async () => {
  const dispatcher = dispatcherOf(test);
  await dispatcher.drain();
  await dispatcher.stop();
};
const acts = async () =>
  (await actsOf(test, administrator, { integratorId: issuer.integratorId })).map(({ act, detail }) => ({
    act,
    detail,
  }));
const mails = async () =>
  await test.deps.database
    .select()
    .from(emails)
    .where(
      and(eq(emails.template, 'webhook_disabled'), eq(emails.event, `webhook_disabled:key:${issuer.keyId}`)),
    );
const hintOf = ({ key }: { key: string }) => `${key.slice(0, 18)}…`;
const isSignedBy = ({ headers, body }: Received, secret: string) => {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
};
/** Calls while the endpoint's row is held, each once the one before stands there, and lets them go together. */
async function meetAtTheEndpoint(id: string, callers: readonly (() => ReturnType<typeof send>)[]) {
  const client = await test.deps.database.$client.connect();
  const waiting = async () => {
    const { rows } = await test.deps.database.$client.query<{ waiting: number }>(
      "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
    return rows[0]?.waiting;
  };
  try {
    await client.query('begin');
    await client.query('select 1 from webhook_endpoints where id = $1 for no key update', [id]);
    const answers: ReturnType<typeof send>[] = [];
    for (const caller of callers) {
      answers.push(caller());
      await expect.poll(waiting).toBe(answers.length);
    }
    await client.query('commit');
    return await Promise.all(answers);
  } finally {
    client.release();
  }
}
/** Who called with the key before it was revoked, and isn't done yet. */
const letIn = async ({ key }: { key: string }) => {
  const keyring = createKeyring(test.deps);
  const principal = await keyring.know(key, '127.0.0.1');
  await keyring.close();
  return principal;
};

describe('a key that is revoked', () => {
  it('leaves endpoints as they are, unless it is compromised', async () => {
    const { id, secret } = await ownEndpoint();
    expect([await revoke(issuer.keyId), await revoke(issuer.keyId, false)]).toEqual([204, 204]);
    expect(await standing(id)).toMatchObject({ enabled: true, disabledReason: null });
    expect(await secretOf(id)).toEqual({ secret, previousSecret: null });
    expect(await acts()).toEqual([{ act: 'api_key_revoked', detail: hintOf(issuer) }]);
    expect(await mails()).toEqual([]);
  });

  it('is refused to say neither yes nor no', async () => {
    const answer = await send('DELETE', `/admin/api-keys/${issuer.keyId}?compromised=perhaps`, administrator);
    expect(answer.json<Problem>()).toMatchObject({ status: 422, code: 'validation' });
    expect((await send('GET', '/webhook-endpoints', issuer)).statusCode).toBe(200);
  });
});

describe('a key that is compromised', () => {
  it('is revoked, and every endpoint of its integrator gets a new secret that signs alone', async () => {
    const [plain, rotated, stopped, failed] = [
      await ownEndpoint(),
      await ownEndpoint(),
      await ownEndpoint(),
      await ownEndpoint(),
    ];
    await send('POST', `/webhook-endpoints/${rotated.id}/secret-rotation`, issuer);
    await setEnabled(stopped.id, false, administrator);
    await test.deps.database
      .update(webhookEndpoints)
      .set({ enabled: false, disabledReason: 'failures', failingSince: new Date() })
      .where(eq(webhookEndpoints.id, failed.id));
    const before = new Map<string, string>();
    for (const { id } of [plain, rotated, stopped, failed]) before.set(id, (await secretOf(id)).secret);
    const stranger = await integratorOf(test, { kind: 'issuer' });
    const strangers = await makeEndpoint(test, stranger.integratorId, { url: receiver.url });

    expect(await revoke(issuer.keyId, true)).toBe(204);
    expect((await send('GET', '/webhook-endpoints', issuer)).json()).toMatchObject({ code: 'key_refused' });
    const listed = (await send('GET', '/webhook-endpoints', other)).json<{ items: WebhookEndpoint[] }>();
    expect(listed.items).toMatchObject([
      { id: plain.id, enabled: false, disabledReason: 'key_compromised', previousSecretUntil: null },
      { id: rotated.id, enabled: false, disabledReason: 'key_compromised', previousSecretUntil: null },
      // Who stopped it before is kept.
      { id: stopped.id, enabled: false, disabledReason: 'administrator' },
      { id: failed.id, enabled: false, disabledReason: 'failures' },
    ]);
    const fresh = new Set<string>();
    for (const { id } of [plain, rotated, stopped, failed]) {
      const { secret, previousSecret } = await secretOf(id);
      expect(secret).toMatch(/^whsec_/);
      expect(secret).not.toBe(before.get(id));
      expect(previousSecret).toBeNull();
      expect(await standing(id)).toMatchObject({ previousSecret: null, previousSecretUntil: null });
      fresh.add(secret);
    }
    expect(fresh.size).toBe(4);
    expect(await standing(strangers.id)).toMatchObject({ enabled: true });
    expect(await secretOf(strangers.id, stranger)).toEqual({
      secret: strangers.secret,
      previousSecret: null,
    });
  });

  it('is told once: in the history, and in a mail to the integrator', async () => {
    await makeEndpoint(test, issuer.integratorId, { url: `${receiver.url}/erp?token=secret` });
    await ownEndpoint('/second');
    await Promise.all([revoke(issuer.keyId, true), revoke(issuer.keyId, true), revoke(issuer.keyId, true)]);
    await revoke(issuer.keyId, false);
    expect(await acts()).toEqual([{ act: 'api_key_compromised', detail: hintOf(issuer) }]);
    const told = await mails();
    const data = {
      integrator: 'Système de test',
      reason: 'key_compromised',
      key: `Clé de test (${hintOf(issuer)})`,
      urls: [`${receiver.url}/erp`, `${receiver.url}/second`],
    };
    expect(told).toMatchObject([{ to: 'compta@emetteur.example', locale: 'ar', data }]);
    for (const locale of locales) {
      const { subject, text, html } = renderEmail(
        'webhook_disabled',
        data as EmailTemplateData['webhook_disabled'],
        locale,
        test.deps.environment,
      );
      for (const part of [subject, text, html]) expect(part).not.toMatch(/\{\{|undefined|emails:/);
      for (const told of [...data.urls, data.key, data.integrator]) expect(text).toContain(told);
      expect(text).not.toMatch(/whsec_|token=/);
    }
  });

  it('may be found out after it was revoked; the second time changes nothing', async () => {
    const { id, secret } = await ownEndpoint();
    const colleague = await signedInAgent(test, { role: 'administrator' });
    await revoke(issuer.keyId, undefined, colleague);
    expect(await standing(id)).toMatchObject({ enabled: true });
    await revoke(issuer.keyId, true);
    expect(await standing(id)).toMatchObject({ enabled: false, disabledReason: 'key_compromised' });
    const fresh = await secretOf(id);
    expect(fresh.secret).not.toBe(secret);
    await setEnabled(id, true);
    await revoke(issuer.keyId, true);
    expect(await standing(id)).toMatchObject({ enabled: true });
    expect(await secretOf(id)).toEqual(fresh);
    expect(await mails()).toHaveLength(1);
    expect(await acts()).toEqual([
      { act: 'api_key_compromised', detail: hintOf(issuer) },
      { act: 'api_key_revoked', detail: hintOf(issuer) },
    ]);
    // Who revoked it first stays in its line.
    const [row] = await test.deps.database.select().from(apiKeys).where(eq(apiKeys.id, issuer.keyId));
    expect(row?.revokedBy).toBe(colleague.agent.id);
  });

  it('without `webhooks:manage` could change no endpoint: it is revoked, and that is all', async () => {
    const { id, secret } = await ownEndpoint();
    const reader = await makeApiKey(test, issuer.integratorId, { scopes: ['invoices:read'] });
    expect(await revoke(reader.keyId, true)).toBe(204);
    expect((await send('GET', '/invoices', reader)).statusCode).toBe(401);
    expect(await standing(id)).toMatchObject({ enabled: true });
    expect((await secretOf(id)).secret).toBe(secret);
    expect(await acts()).toEqual([{ act: 'api_key_compromised', detail: hintOf(reader) }]);
  });

  it('of an integrator without endpoints is told in the history alone', async () => {
    await revoke(issuer.keyId, true);
    expect(await acts()).toMatchObject([{ act: 'api_key_compromised' }]);
    expect(await mails()).toEqual([]);
  });

  it('of the other authority is not there', async () => {
    const portnets = await integratorOf(test, { kind: 'authority', authority: 'portnet' });
    expect(await revoke(portnets.keyId, true)).toBe(404);
    expect((await send('GET', '/webhook-endpoints', portnets)).statusCode).toBe(200);
  });
});

describe('an endpoint that is disabled for a compromised key', () => {
  it('is enabled again by the integrator with another key, and what waited comes, signed by the new secret', async () => {
    const { id, secret } = await ownEndpoint();
    await tell('F1', 'F2');
    await revoke(issuer.keyId, true);
    await drain();
    expect(receiver.received).toEqual([]);
    expect((await standingOf(test, id)).deliveries.map(({ status }) => status)).toEqual([
      'pending',
      'pending',
    ]);
    expect((await setEnabled(id, true)).json()).toMatchObject({
      enabled: true,
      disabledReason: null,
      pending: 2,
    });
    await drain();
    const { secret: fresh } = await secretOf(id);
    const numbers = receiver.received.map(({ body }) => String(JSON.parse(body).data.number));
    expect(numbers.toSorted()).toEqual(['F1', 'F2']);
    for (const received of receiver.received)
      expect([isSignedBy(received, fresh), isSignedBy(received, secret)]).toEqual([true, false]);
  });

  it('is enabled by an administrator too; disabled by one, it stays so for programs', async () => {
    const { id } = await ownEndpoint();
    await revoke(issuer.keyId, true);
    expect((await setEnabled(id, false, administrator)).json()).toMatchObject({
      disabledReason: 'administrator',
    });
    expect((await setEnabled(id, true)).statusCode).toBe(403);
    expect((await setEnabled(id, true, administrator)).json()).toMatchObject({ enabled: true });
  });

  it('gets no later call signed by the old secret from who was calling it meanwhile', async () => {
    const { id, secret } = await ownEndpoint();
    const called = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<{ status: number }>();
    receiver.answer(() => {
      called.resolve();
      return answer.promise;
    });
    await tell('F1');
    const dispatcher = dispatcherOf(test);
    const running = dispatcher.run();
    await called.promise;
    await tell('F2');
    expect(await revoke(issuer.keyId, true)).toBe(204);
    answer.resolve({ status: 503 });
    await expect
      .poll(async () => (await standingOf(test, id)).attempts.filter(({ status }) => status === 503).length)
      .toBeGreaterThan(0);
    // What became of the call counts, and takes nothing back.
    expect(await standing(id)).toMatchObject({ enabled: false, disabledReason: 'key_compromised' });
    const before = receiver.received.length;
    receiver.answer(() => ({}));
    const { secret: fresh } = await secretOf(id);
    await setEnabled(id, true);
    dispatcher.wake();
    const statuses = async () => (await standingOf(test, id)).deliveries.map(({ status }) => status);
    await expect.poll(statuses, { timeout: 20_000 }).toEqual(['delivered', 'delivered']);
    await dispatcher.stop();
    await running;
    const later = receiver.received.slice(before);
    expect(later.length).toBeGreaterThan(0);
    expect(later.map((one) => [isSignedBy(one, fresh), isSignedBy(one, secret)])).toEqual(
      later.map(() => [true, false]),
    );
  });
});

describe('a request that was let in before its key was declared compromised', () => {
  it('makes no endpoint and reads no new secret', async () => {
    const { id, secret } = await ownEndpoint();
    const late = await letIn(issuer);
    expect(await readSecrets(test.deps, late, id)).toMatchObject({ secret });
    await revoke(issuer.keyId, true);
    const refused = { code: 'key_refused' };
    await expect(readSecrets(test.deps, late, id)).rejects.toMatchObject(refused);
    const body = { url: 'https://thief.example', description: '', events: ['invoice.paid' as const] };
    await expect(createEndpoint(test.deps, late, body)).rejects.toMatchObject(refused);
    expect((await send('GET', '/webhook-endpoints', other)).json<{ items: object[] }>().items).toHaveLength(
      1,
    );
  });

  it('and waits for the endpoint meanwhile enables nothing', async () => {
    const { id } = await ownEndpoint();
    // Used just now, or the note of its use would stand behind the declaration too.
    const used = await makeApiKey(test, issuer.integratorId, {
      scopes: ['webhooks:manage'],
      lastUsedAt: new Date(),
    });
    const [declared, enabled] = await meetAtTheEndpoint(id, [
      () => declare(used.keyId),
      () => setEnabled(id, true, used),
    ]);
    expect(declared?.statusCode).toBe(204);
    expect(enabled?.json()).toMatchObject({ status: 401, code: 'key_refused' });
    expect(await standing(id)).toMatchObject({ enabled: false, disabledReason: 'key_compromised' });
  });
});

it('a declaration and an administrator who changes an endpoint wait for each other in one order', async () => {
  const { id } = await ownEndpoint();
  const answers = await meetAtTheEndpoint(id, [
    () => setEnabled(id, false, administrator),
    () => declare(issuer.keyId),
  ]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 204]);
  expect(await standing(id)).toMatchObject({ enabled: false, disabledReason: 'administrator' });
  const done = (await acts()).map(({ act }) => act);
  expect(done.toSorted()).toEqual(['api_key_compromised', 'endpoint_disabled']);
});

it('a list of keys shows the compromised one as revoked, and when it was declared first', async () => {
  await revoke(issuer.keyId);
  await revoke(issuer.keyId, true);
  const [row] = await test.deps.database.select().from(apiKeys).where(eq(apiKeys.id, issuer.keyId));
  await revoke(issuer.keyId, true);
  const { items } = (
    await send('GET', `/admin/api-keys?integratorId=${issuer.integratorId}`, administrator)
  ).json<{ items: ApiKey[] }>();
  expect(items.find(({ id }) => id === issuer.keyId)).toMatchObject({
    status: 'revoked',
    revokedBy: 'Driss Bennani',
    revokedAt: row?.revokedAt?.toISOString(),
    compromisedAt: row?.compromisedAt?.toISOString(),
  });
  expect(row?.compromisedAt).toBeInstanceOf(Date);
  expect(items.find(({ id }) => id === other.keyId)?.compromisedAt).toBeNull();
});
