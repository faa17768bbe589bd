import { locales } from '@rnoce/i18n';
import type { AccountApiKey, ApiKey, WebhookEndpoint } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent, signedInOperator } from '../../testing/factories.ts';
import { actsOf } from '../../testing/history.ts';
import { integratorOf, makeApiKey } from '../../testing/integrators.ts';
import { makeEndpoint, standingOf } from '../../testing/webhooks.ts';
import type { EmailTemplateData } from '../emails/emails.templates.ts';
import { renderEmail } from '../emails/render-email.ts';

type Caller = { readonly headers: Record<string, string> };
let test: TestApp;
let administrator: Awaited<ReturnType<typeof signedInAgent>>;
beforeAll(async () => {
  test = await testApp();
  administrator = await signedInAgent(test, {
    role: 'administrator',
    authority: 'portnet',
    name: 'Driss Bennani',
  });
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
const withdraw = async (caller: Caller, keyId: string) =>
  (await send('DELETE', `/account/api-keys/${keyId}`, caller)).statusCode;
const keysOf = async (caller: Caller) =>
  (await send('GET', '/account/api-keys', caller)).json<{ items: AccountApiKey[] }>().items;
const opens = async (caller: Caller) => (await send('GET', '/subscriptions', caller)).statusCode;
const mailsOf = async (template: string, to: string) =>
  await test.deps.database
    .select()
    .from(emails)
    .where(and(eq(emails.template, template), eq(emails.to, to)));
/** An operator with programs that act for them. */
async function operatorWithKey(given: { email?: string } = {}) {
  const operator = await signedInOperator(test, { locale: 'ar', legalName: 'Primeurs du Haouz SARL' });
  const program = await integratorOf(test, {
    kind: 'operator',
    accountId: operator.account.id,
    name: 'Gestion Primeurs',
    ...given,
  });
  return { operator, program };
}
const newKey = async (integratorId: string) =>
  (
    await send('POST', '/admin/api-keys', administrator, {
      integratorId,
      name: 'Serveur',
      scopes: ['subscriptions:read', 'webhooks:manage'],
      expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    })
  ).json<ApiKey & { key: string }>();

describe('a key that is made for an operator', () => {
  it('is told to the operator, in their language, with what it opens and never with its secret part', async () => {
    const { operator, program } = await operatorWithKey();
    const { key, hint, expiresOn } = await newKey(program.integratorId);
    const [told, ...more] = await mailsOf('api_key_made', operator.account.email);
    expect(more).toEqual([]);
    const data = {
      legalName: 'Primeurs du Haouz SARL',
      integrator: 'Gestion Primeurs',
      key: `Serveur (${hint})`,
      scopes: ['subscriptions:read', 'webhooks:manage'],
      expiresOn,
      authority: 'portnet',
    } satisfies EmailTemplateData['api_key_made'];
    expect(told).toMatchObject({ locale: 'ar', accountId: operator.account.id, data });
    expect(JSON.stringify(told)).not.toContain(key.slice(19));
    for (const locale of locales) {
      const { text } = renderEmail('api_key_made', data, locale, test.deps.environment);
      expect(text).toContain('/espace-prive/mes-informations');
      expect(text).toContain(hint);
    }
  });

  it('is told to nobody else: issuers and authorities ask for theirs themselves', async () => {
    const { integratorId } = await integratorOf(test, { kind: 'issuer', scopes: [] });
    const answer = await send('POST', '/admin/api-keys', administrator, {
      integratorId,
      name: 'Serveur',
      scopes: ['invoices:read'],
      expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    });
    expect(answer.statusCode).toBe(201);
    const made = answer.json<ApiKey>();
    const told = await test.deps.database
      .select()
      .from(emails)
      .where(eq(emails.event, `api_key_made:${made.id}`));
    expect(told).toEqual([]);
  });

  it('is listed to them alone, with who holds it, who made it, and its last use', async () => {
    const { operator, program } = await operatorWithKey();
    const stranger = await operatorWithKey();
    const { id, hint, expiresOn, key } = await newKey(program.integratorId);
    await opens({ headers: { authorization: `Bearer ${key}` } });
    const [made, first, ...more] = await keysOf(operator);
    expect(more).toEqual([]);
    expect(made).toMatchObject({
      id,
      integrator: 'Gestion Primeurs',
      name: 'Serveur',
      hint,
      scopes: ['subscriptions:read', 'webhooks:manage'],
      status: 'live',
      expiresOn,
      authority: 'portnet',
      revokedAt: null,
    });
    expect(first).toMatchObject({ id: program.keyId, authority: null });
    expect((await keysOf(stranger.operator)).map((one) => one.id)).toEqual([stranger.program.keyId]);
    expect((await send('GET', '/account/api-keys', operator)).body).not.toContain(key.slice(19));
  });
});

describe('an operator who withdraws a key', () => {
  it('ends it at once, and it stays in the list; a second time changes nothing', async () => {
    const { operator, program } = await operatorWithKey();
    expect(await opens(program)).toBe(200);
    expect(await withdraw(operator, program.keyId)).toBe(204);
    expect(await opens(program)).toBe(401);
    const [withdrawn] = await keysOf(operator);
    expect(withdrawn).toMatchObject({ id: program.keyId, status: 'revoked' });
    expect(await withdraw(operator, program.keyId)).toBe(204);
    expect(await keysOf(operator)).toEqual([withdrawn]);
  });

  it('is named by administrators of both authorities: in the key and in the history, once', async () => {
    const { operator, program } = await operatorWithKey();
    await Promise.all([withdraw(operator, program.keyId), withdraw(operator, program.keyId)]);
    const customs = await signedInAgent(test, { role: 'administrator', authority: 'customs' });
    for (const caller of [administrator, customs]) {
      const path = `/admin/api-keys?integratorId=${program.integratorId}`;
      expect((await send('GET', path, caller)).json<{ items: ApiKey[] }>().items).toMatchObject([
        { status: 'revoked', revokedBy: 'Primeurs du Haouz SARL', compromisedAt: null },
      ]);
      expect(await actsOf(test, caller, { integratorId: program.integratorId })).toMatchObject([
        {
          act: 'api_key_withdrawn',
          by: 'Primeurs du Haouz SARL',
          detail: `${program.key.slice(0, 18)}…`,
        },
      ]);
    }
  });

  it("finds nobody else's: another operator's, an issuer's; and a key ends none, not even itself", async () => {
    const { operator } = await operatorWithKey();
    const stranger = await operatorWithKey();
    const issuer = await integratorOf(test, { kind: 'issuer' });
    expect(await withdraw(operator, stranger.program.keyId)).toBe(404);
    expect(await withdraw(operator, issuer.keyId)).toBe(404);
    expect(await withdraw(stranger.program, stranger.program.keyId)).toBe(403);
    expect((await send('GET', '/account/api-keys', stranger.program)).statusCode).toBe(403);
    expect(await opens(stranger.program)).toBe(200);
  });

  it('stops the endpoints that it could set, which no administrator starts again; another key of theirs does', async () => {
    const { operator, program } = await operatorWithKey({ email: 'erp@primeurs.example' });
    const other = await makeApiKey(test, program.integratorId, {
      scopes: ['webhooks:manage', 'subscriptions:read'],
    });
    const called = await makeEndpoint(test, program.integratorId, { url: 'https://erp.example/rnoce' });
    const stopped = await makeEndpoint(test, program.integratorId, { url: 'https://erp.example/stopped' });
    const path = (id: string) => `/webhook-endpoints/${id}`;
    await send('PATCH', path(stopped.id), administrator, { enabled: false });
    expect(await withdraw(operator, program.keyId)).toBe(204);
    expect((await standingOf(test, called.id)).endpoint).toMatchObject({
      enabled: false,
      disabledReason: 'operator',
    });
    // What an administrator stopped isn't for a program to start.
    expect((await standingOf(test, stopped.id)).endpoint).toMatchObject({ disabledReason: 'administrator' });
    expect((await send('PATCH', path(called.id), administrator, { enabled: false })).statusCode).toBe(200);
    expect((await send('PATCH', path(called.id), administrator, { enabled: true })).statusCode).toBe(403);
    const secret = await send('GET', `${path(called.id)}/secret`, other);
    expect(secret.json<{ secret: string }>().secret).not.toBe(called.secret);
    const enabled = await send('PATCH', path(called.id), other, { enabled: true });
    expect(enabled.json<WebhookEndpoint>()).toMatchObject({ enabled: true, disabledReason: null });
    expect(await mailsOf('webhook_disabled', 'erp@primeurs.example')).toMatchObject([
      {
        data: { reason: 'key_withdrawn', urls: ['https://erp.example/rnoce', 'https://erp.example/stopped'] },
      },
    ]);
  });

  it('leaves endpoints as they are when it could set none', async () => {
    const { operator, program } = await operatorWithKey({ email: 'calme@primeurs.example' });
    const reader = await makeApiKey(test, program.integratorId, { scopes: ['invoices:read'] });
    const { id } = await makeEndpoint(test, program.integratorId, { url: 'https://erp.example/rnoce' });
    expect(await withdraw(operator, reader.keyId)).toBe(204);
    expect((await standingOf(test, id)).endpoint).toMatchObject({ enabled: true });
    expect(await mailsOf('webhook_disabled', 'calme@primeurs.example')).toEqual([]);
  });
});
