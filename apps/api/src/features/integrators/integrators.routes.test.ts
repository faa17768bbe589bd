import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { type ApiKey, type Integrator, maxKeyDays, type Problem } from '@rnoce/schemas';
import { scopes } from '@rnoce/schemas/scopes';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apiKeys } from '../../db/schema/integrators.ts';
import { webhookEndpoints } from '../../db/schema/webhooks.ts';
import { logOptions } from '../../process.ts';
import { callsOf } from '../../testing/agent-calls.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAccount, signedInAgent } from '../../testing/factories.ts';
import { integratorOf, makeApiKey } from '../../testing/integrators.ts';
import { makeIssuer, makeSubscriptionCode } from '../../testing/invoices.ts';
import { freePort, processSettings, type ServerProcess, startServerProcess } from '../../testing/process.ts';

let test: TestApp;
const lines: string[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});
beforeAll(async () => {
  test = await testApp({ log: pino({ ...logOptions, level: 'info' }, stream) });
});
afterEach(() => test.setNow(undefined));

type Administrator = Awaited<ReturnType<typeof administrator>>;
async function administrator(authority: 'customs' | 'portnet' = 'customs') {
  const { agent, headers } = await signedInAgent(test, {
    role: 'administrator',
    authority,
    name: 'Driss Bennani',
  });
  const send = (method: 'POST' | 'PATCH', path: string, payload: object) =>
    test.app.inject({ method, url: `/api/v1/admin${path}`, headers, payload });
  const { call } = callsOf(test, { headers });
  return { agent, headers, call, send };
}
const make = async ({ send }: Administrator, body: object) =>
  await send('POST', '/integrators', { name: 'Système', email: 'SI@Emetteur.example ', ...body });
const newKey = async ({ send }: Administrator, integratorId: string, given: object = {}) =>
  await send('POST', '/api-keys', {
    integratorId,
    name: 'Serveur',
    scopes: ['webhooks:manage'],
    expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    ...given,
  });
const errorsOf = (answer: Awaited<ReturnType<typeof make>>) =>
  answer.json<Problem>().errors?.map(({ pointer, code }) => `${pointer} ${code}`);
const auditsOf = (audit: string) =>
  lines.map((line): Record<string, unknown> => JSON.parse(line)).filter((line) => line.audit === audit);

describe('an integrator', () => {
  it('is made for an issuer, an operator or an authority', async () => {
    const caller = await administrator();
    const issuer = await makeIssuer(test);
    const account = await makeAccount(test, { legalName: 'Primeurs du Haouz SARL' });
    const { code } = await makeSubscriptionCode(test, { accountId: account.id });
    const ofIssuer = await make(caller, { kind: 'issuer', issuer: issuer.code.toLowerCase(), locale: 'ar' });
    expect(ofIssuer.statusCode).toBe(201);
    expect(ofIssuer.json<Integrator>()).toMatchObject({
      name: 'Système',
      kind: 'issuer',
      issuer: { code: issuer.code, name: issuer.name },
      authority: null,
      operator: null,
      email: 'si@emetteur.example',
      locale: 'ar',
      active: true,
      liveKeys: 0,
      lastUsedAt: null,
      webhooks: { enabled: 0, disabled: 0 },
    });
    const ofOperator = await make(caller, { kind: 'operator', subscriptionCode: code.toLowerCase() });
    expect(ofOperator.json()).toMatchObject({
      kind: 'operator',
      issuer: null,
      operator: { legalName: 'Primeurs du Haouz SARL', subscriptionCode: code },
      locale: 'fr',
    });
    const { id } = ofIssuer.json<Integrator>();
    expect(auditsOf('integrator_made').find(({ integratorId }) => integratorId === id)).toMatchObject({
      caller: `agent ${caller.agent.id}`,
    });
  });

  it('is of somebody: an issuer who publishes, a code whose operator has an account', async () => {
    const caller = await administrator();
    const closed = await makeIssuer(test, { active: false });
    for (const issuer of ['PERSONNE', closed.code])
      expect((await make(caller, { kind: 'issuer', issuer })).json()).toMatchObject({
        status: 422,
        code: 'issuer_unknown',
      });
    const { code } = await makeSubscriptionCode(test);
    for (const subscriptionCode of [code, '!!!!'])
      expect(errorsOf(await make(caller, { kind: 'operator', subscriptionCode }))).toEqual([
        `/subscriptionCode ${subscriptionCode === code ? 'invalid' : 'subscription_code_invalid'}`,
      ]);
  });

  it('is made once by a retry with the same Idempotency-Key', async () => {
    const caller = await administrator();
    const body = { kind: 'issuer', issuer: (await makeIssuer(test)).code, name: 'Une fois', email: 'a@b.ma' };
    const key = randomUUID();
    const [first, again] = [
      await caller.call('POST', '/admin/integrators', { body, key }),
      await caller.call('POST', '/admin/integrators', { body, key }),
    ];
    expect(again.json<Integrator>().id).toBe(first.json<Integrator>().id);
  });

  it('is suspended at once, and works again', async () => {
    const caller = await administrator();
    const { integratorId, headers } = await integratorOf(test, { kind: 'issuer' });
    const use = async () => (await test.app.inject({ url: '/api/v1/invoices', headers })).statusCode;
    const set = async (active: boolean) =>
      (await caller.send('PATCH', `/integrators/${integratorId}`, { active })).json<Integrator>().active;
    expect([await use(), await set(false), await use(), await set(true), await use()]).toEqual([
      200,
      false,
      401,
      true,
      200,
    ]);
  });

  it('changes in what is given, and in nothing else', async () => {
    const caller = await administrator();
    const { integratorId } = await integratorOf(test, { kind: 'authority', name: 'Avant', email: 'x@y.ma' });
    const changed = await caller.send('PATCH', `/integrators/${integratorId}`, { name: 'Après' });
    expect(changed.json()).toMatchObject({ name: 'Après', email: 'x@y.ma', locale: 'fr', active: true });
    const none = await caller.send('PATCH', `/integrators/${integratorId}`, {});
    expect(none.json()).toEqual(changed.json());
    const kind = await caller.send('PATCH', `/integrators/${integratorId}`, { kind: 'issuer' });
    expect(errorsOf(kind)).toEqual(['/kind unknown_field']);
  });

  it('is found by words of its name, its issuer or its operator, whatever their accents', async () => {
    const caller = await administrator();
    const { code } = await makeIssuer(test, { code: 'CHERCHE-9', name: 'Contrôle Généralisé' });
    await make(caller, { kind: 'issuer', issuer: code, name: 'Facturation %' });
    const account = await makeAccount(test, { legalName: 'Épices de l’Ourika' });
    const { code: subscriptionCode } = await makeSubscriptionCode(test, { accountId: account.id });
    await make(caller, { kind: 'operator', subscriptionCode, name: 'ERP Ourika' });
    const found = async (query: string) =>
      (await caller.call('GET', `/admin/integrators?${query}`)).json<{
        items: Integrator[];
        total: number;
      }>();
    const namesOf = async (q: string, kind = '') =>
      (await found(`q=${encodeURIComponent(q)}${kind}`)).items.map(({ name }) => name);
    expect(await namesOf('generalise FACTU')).toEqual(['Facturation %']);
    expect(await namesOf('cherche-9')).toEqual(['Facturation %']);
    expect(await namesOf('epices')).toEqual(['ERP Ourika']);
    expect(await namesOf(subscriptionCode)).toContain('ERP Ourika');
    expect(await namesOf('%')).toEqual(['Facturation %']);
    expect(await namesOf('epices', '&kind=issuer')).toEqual([]);
    const pages = await found('page=2&pageSize=1');
    expect(pages).toMatchObject({ items: { length: 1 }, page: 2, pageSize: 1 });
    expect(pages.total).toBe((await found('pageSize=100')).items.length);
  });

  it('shows how many keys live, when one was used last, and its webhooks', async () => {
    const caller = await administrator();
    const { integratorId } = await integratorOf(test, { kind: 'issuer', lastUsedAt: new Date('2026-11-01') });
    const more = { scopes: ['webhooks:manage' as const] };
    await makeApiKey(test, integratorId, { ...more, expiresOn: '2020-01-01' });
    await makeApiKey(test, integratorId, { ...more, revokedAt: new Date() });
    const endpoint = { integratorId, url: 'https://a.example', events: [], secret: '-' };
    await test.deps.database
      .insert(webhookEndpoints)
      .values([endpoint, { ...endpoint, enabled: false, disabledReason: 'failures' }]);
    expect((await caller.call('GET', `/admin/integrators/${integratorId}`)).json()).toMatchObject({
      liveKeys: 1,
      lastUsedAt: '2026-11-01T00:00:00.000Z',
      webhooks: { enabled: 1, disabled: 1 },
    });
  });
});

describe('a key', () => {
  it('is shown once, opens what it may, and is told by its first half ever after', async () => {
    const caller = await administrator();
    const { integratorId } = await integratorOf(test, { kind: 'issuer' });
    const answer = await newKey(caller, integratorId, {
      scopes: ['invoices:read', 'payments:read', 'invoices:read'],
      allowedAddresses: ['127.0.0.0/8'],
    });
    expect(answer.statusCode).toBe(201);
    const { key, ...shown } = answer.json<ApiKey & { key: string }>();
    expect(shown).toMatchObject({
      integratorId,
      hint: `${key.slice(0, 18)}…`,
      scopes: ['invoices:read', 'payments:read'],
      allowedAddresses: ['127.0.0.0/8'],
      status: 'live',
      createdBy: 'Driss Bennani',
      lastUsedAt: null,
      revokedBy: null,
      compromisedAt: null,
    });
    const headers = { authorization: `Bearer ${key}` };
    expect((await test.app.inject({ url: '/api/v1/invoices', headers })).statusCode).toBe(200);
    const listed = await caller.call('GET', `/admin/api-keys?integratorId=${integratorId}`);
    expect(listed.json<{ items: ApiKey[] }>().items[0]?.id).toBe(shown.id);
    expect(listed.body).not.toContain(key.slice(19));
    const [row] = await test.deps.database.select().from(apiKeys).where(eq(apiKeys.id, shown.id));
    expect(JSON.stringify(row)).not.toContain(key.slice(19));
    expect(auditsOf('api_key_made').find(({ madeKeyId }) => madeKeyId === shown.id)).toMatchObject({
      caller: `agent ${caller.agent.id}`,
      hint: shown.hint,
    });
    expect(lines.join('')).not.toContain(key.slice(19));
  });

  it.each([
    ['issuer', undefined],
    ['authority', 'customs'],
    ['authority', 'portnet'],
    ['operator', undefined],
  ] as const)('of kind %s (%s) holds the scopes of its kind alone', async (kind, authority) => {
    const caller = await administrator(authority);
    const { integratorId } = await integratorOf(test, { kind, ...(authority ? { authority } : {}) });
    const allowed = {
      issuer: ['invoices:read', 'invoices:write', 'payments:read', 'webhooks:manage'],
      operator: ['invoices:read', 'customs_requests:read', 'subscriptions:read', 'webhooks:manage'],
      customs: [
        'filings:read',
        'filings:decide',
        'customs_requests:read',
        'customs_requests:decide',
        'webhooks:manage',
      ],
      portnet: ['filings:read', 'filings:decide', 'webhooks:manage'],
    }[kind === 'authority' ? authority : kind];
    const refused = errorsOf(await newKey(caller, integratorId, { scopes }));
    expect(refused).toEqual(
      scopes.flatMap((scope, index) =>
        allowed.includes(scope) ? [] : [`/scopes/${String(index)} not_in_list`],
      ),
    );
    expect((await newKey(caller, integratorId, { scopes: allowed })).statusCode).toBe(201);
  });

  it.each([
    ['2026-07-01', ['/expiresOn date_in_past']],
    ['2026-07-02', undefined],
    ['2027-07-03', undefined],
    ['2027-07-04', ['/expiresOn date_too_far']],
    ['2026-02-30', ['/expiresOn date_invalid']],
  ])(
    `lives ${String(maxKeyDays)} days at the most, by Casablanca's clocks: until %s`,
    async (expiresOn, refused) => {
      // Half past midnight of the 2nd there.
      test.setNow(new Date('2026-07-01T23:30:00Z'));
      const { integratorId } = await integratorOf(test, { kind: 'issuer' });
      const answer = await newKey(await administrator(), integratorId, { expiresOn });
      expect(answer.statusCode).toBe(refused ? 422 : 201);
      expect(errorsOf(answer)).toEqual(refused);
    },
  );

  it.each(['10.0.0.0/33', '10.0.0', 'example.com', '10.0.0.0/0', '::/129', ''])(
    'works from no such address: %s',
    async (address) => {
      const { integratorId } = await integratorOf(test, { kind: 'issuer' });
      const answer = await newKey(await administrator(), integratorId, { allowedAddresses: [address] });
      expect(errorsOf(answer)).toEqual(['/allowedAddresses/0 address_range_invalid']);
    },
  );

  it('is one of two that live, even when four are made at once; an expired or revoked one makes room', async () => {
    const caller = await administrator();
    const { integratorId, keyId } = await integratorOf(test, { kind: 'issuer', expiresOn: '2020-01-01' });
    const answers = await Promise.all(Array.from({ length: 4 }, () => newKey(caller, integratorId)));
    expect(answers.map(({ statusCode }) => String(statusCode)).toSorted()).toEqual([
      '201',
      '201',
      '409',
      '409',
    ]);
    const refused = answers.find(({ statusCode }) => statusCode === 409);
    expect(refused?.json()).toMatchObject({ code: 'keys_at_limit' });
    const made = answers.find(({ statusCode }) => statusCode === 201)?.json<ApiKey>();
    expect((await caller.call('DELETE', `/admin/api-keys/${made?.id ?? ''}`)).statusCode).toBe(204);
    expect((await newKey(caller, integratorId)).statusCode).toBe(201);
    const { items } = (await caller.call('GET', `/admin/api-keys?integratorId=${integratorId}`)).json<{
      items: ApiKey[];
    }>();
    expect(items.map(({ status }) => status).toSorted()).toEqual(['expired', 'live', 'live', 'revoked']);
    expect(items.find(({ id }) => id === keyId)?.status).toBe('expired');
  });

  it('is revoked once: who did it first stays', async () => {
    const [first, second] = [await administrator(), await administrator()];
    const { keyId, headers, integratorId } = await integratorOf(test, { kind: 'issuer' });
    const revoke = async (caller: Administrator) =>
      (await caller.call('DELETE', `/admin/api-keys/${keyId}`)).statusCode;
    expect([await revoke(first), await revoke(second)]).toEqual([204, 204]);
    const [row] = await test.deps.database.select().from(apiKeys).where(eq(apiKeys.id, keyId));
    expect(row).toMatchObject({ revokedBy: first.agent.id, createdBy: null });
    expect((await test.app.inject({ url: '/api/v1/invoices', headers })).json()).toMatchObject({
      code: 'key_refused',
    });
    const audits = auditsOf('api_key_revoked').filter(({ revokedKeyId }) => revokedKeyId === keyId);
    expect(audits).toMatchObject([{ caller: `agent ${first.agent.id}`, integratorId }]);
  });

  it('of nobody is not there', async () => {
    const caller = await administrator();
    const nobody = '01991f36-0000-7000-8000-000000000000';
    expect((await caller.call('DELETE', `/admin/api-keys/${nobody}`)).statusCode).toBe(404);
    expect((await newKey(caller, nobody)).statusCode).toBe(404);
    expect((await caller.call('GET', `/admin/api-keys?integratorId=${nobody}`)).statusCode).toBe(404);
  });
});

describe('another process', () => {
  let other: ServerProcess | undefined;
  beforeAll(async () => {
    other = await startServerProcess(processSettings(test.deps.environment), await freePort());
  }, 120_000);
  afterAll(() => other?.kill());

  it('refuses at once the key that this one revoked, and the reverse', async () => {
    const url = other?.url ?? '';
    const caller = await administrator();
    const [one, two] = [
      await integratorOf(test, { kind: 'issuer' }),
      await integratorOf(test, { kind: 'issuer' }),
    ];
    const here = async ({ headers }: typeof one) =>
      (await test.app.inject({ url: '/api/v1/invoices', headers })).statusCode;
    const there = async ({ headers }: typeof one) =>
      (await fetch(`${url}/api/v1/invoices`, { headers })).status;
    expect([await here(one), await there(one), await here(two), await there(two)]).toEqual([
      200, 200, 200, 200,
    ]);
    const revokedHere = await caller.call('DELETE', `/admin/api-keys/${one.keyId}`);
    expect([revokedHere.statusCode, await there(one)]).toEqual([204, 401]);
    const revokedThere = await fetch(`${url}/api/v1/admin/api-keys/${two.keyId}`, {
      method: 'DELETE',
      headers: caller.headers,
    });
    expect([revokedThere.status, await here(two)]).toEqual([204, 401]);
  });
});
