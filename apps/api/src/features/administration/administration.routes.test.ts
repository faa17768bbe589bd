import {
  type AdministrationEntry,
  type ApiKey,
  type Integrator,
  listAdministrationEntries,
  type Problem,
} from '@rnoce/schemas';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { administrationEntries } from '../../db/schema/administration.ts';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAgent, signedInAgent } from '../../testing/factories.ts';
import { actsOf } from '../../testing/history.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { makeIssuer } from '../../testing/invoices.ts';
import { makeEndpoint } from '../../testing/webhooks.ts';

type Administrator = Awaited<ReturnType<typeof signedInAgent>>;
let test: TestApp;
let customs: Administrator;
let portnet: Administrator;
beforeAll(async () => {
  test = await testApp();
  customs = await signedInAgent(test, { role: 'administrator', name: 'Driss Bennani' });
  portnet = await signedInAgent(test, { role: 'administrator', authority: 'portnet', name: 'Salma Idrissi' });
});
afterEach(() => test.setNow(undefined));

testAccess(
  () => test,
  [
    {
      route: listAdministrationEntries,
      query: { issuer: 'PERSONNE' },
      anonymous: 401,
      operator: 401,
      agent: 403,
    },
  ],
);

type Caller = { headers: Record<string, string> };
const history = (query: Record<string, string>, { headers }: Caller = customs) =>
  test.app.inject({ url: '/api/v1/admin/history', query, headers });
const send = (
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
  { headers }: Caller = customs,
) => test.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) });
const actNames = async (integratorId: string) =>
  (await actsOf(test, customs, { integratorId })).map(({ act }) => act);

/** So many lines about each. */
async function write(
  about: { agentId: string } | { issuerId: string } | { integratorId: string },
  acts: readonly AdministrationEntry['act'][],
) {
  for (const act of acts)
    await test.deps.database.insert(administrationEntries).values({ act, by: customs.agent.id, ...about });
}

describe('the history', () => {
  it('is of one agent of the own authority; of the other one there is none', async () => {
    const own = await makeAgent(test);
    const other = await makeAgent(test, { authority: 'portnet' });
    await write({ agentId: own.id }, ['agent_invited']);
    await write({ agentId: other.id }, ['agent_suspended']);
    expect((await history({ agentId: own.id })).json()).toEqual({
      items: [
        {
          id: expect.any(String),
          at: expect.any(String),
          act: 'agent_invited',
          by: { id: customs.agent.id, name: 'Driss Bennani' },
          changes: [],
          detail: null,
        },
      ],
      page: 1,
      pageSize: 20,
      total: 1,
    });
    expect((await history({ agentId: other.id })).statusCode).toBe(404);
    expect((await history({ agentId: own.id }, portnet)).statusCode).toBe(404);
    expect((await history({ agentId: other.id }, portnet)).json()).toMatchObject({
      items: [{ act: 'agent_suspended', by: { name: 'Driss Bennani' } }],
    });
  });

  it('is of one integrator that the administrator sees', async () => {
    const issuers = await integratorOf(test, { kind: 'issuer' });
    const own = await integratorOf(test, { kind: 'authority', authority: 'portnet' });
    for (const { integratorId } of [issuers, own]) await write({ integratorId }, ['integrator_created']);
    const statuses = async (caller: Caller) =>
      await Promise.all(
        [issuers, own].map(async ({ integratorId }) => (await history({ integratorId }, caller)).statusCode),
      );
    expect(await statuses(customs)).toEqual([200, 404]);
    expect(await statuses(portnet)).toEqual([200, 200]);
  });

  it('is of one issuer, for any administrator; of nothing there is none', async () => {
    const { id: issuerId, code } = await makeIssuer(test);
    await write({ issuerId }, ['issuer_created']);
    for (const caller of [customs, portnet])
      expect((await history({ issuer: code.toLowerCase() }, caller)).json()).toMatchObject({ total: 1 });
    const nobody = '01991f36-0000-7000-8000-000000000000';
    for (const [name, value] of [
      ['issuer', 'PERSONNE'],
      ['agentId', nobody],
      ['integratorId', nobody],
    ] as const)
      expect((await history({ [name]: value })).json<Problem>().code).toBe('not_found');
  });

  it('is asked about one thing', async () => {
    const { code } = await makeIssuer(test);
    const both = { issuer: code, agentId: customs.agent.id };
    for (const query of ['', 'page=1', new URLSearchParams(both).toString(), `issuer=${code}&q=a`])
      expect((await history(Object.fromEntries(new URLSearchParams(query)))).json<Problem>()).toMatchObject({
        status: 422,
        code: 'validation',
      });
  });

  it('comes the newest first, in pages', async () => {
    const { id: issuerId, code } = await makeIssuer(test);
    const acts = [
      'issuer_created',
      'issuer_changed',
      'issuer_suspended',
      'issuer_restored',
      'issuer_changed',
    ] as const;
    await write({ issuerId }, acts);
    await write({ issuerId: (await makeIssuer(test)).id }, acts);
    const pages = [];
    for (const page of ['1', '2', '3', '4'])
      pages.push(
        (await history({ issuer: code, page, pageSize: '2' })).json<{
          items: AdministrationEntry[];
          total: number;
        }>(),
      );
    expect(pages.map(({ total }) => total)).toEqual([5, 5, 5, 5]);
    expect(pages.map(({ items }) => items.map(({ act }) => act))).toEqual([
      ['issuer_changed', 'issuer_restored'],
      ['issuer_suspended', 'issuer_changed'],
      ['issuer_created'],
      [],
    ]);
  });

  it.each(['decider', 'finance'] as const)(
    'is not for an agent of role %s, their own neither',
    async (role) => {
      const { agent, headers } = await signedInAgent(test, { role });
      expect((await history({ agentId: agent.id }, { headers })).json()).toMatchObject({ code: 'forbidden' });
    },
  );
});

describe('what is written about an integrator', () => {
  it('its making, its changes, its suspension and its keys', async () => {
    test.setNow(new Date('2026-11-22T10:00:00.000Z'));
    const { code } = await makeIssuer(test);
    const given = { kind: 'issuer', issuer: code, name: 'Avant', email: 'a@erp.example' };
    const { id: integratorId } = (await send('POST', '/admin/integrators', given)).json<Integrator>();
    const change = (body: object) => send('PATCH', `/admin/integrators/${integratorId}`, body);
    await change({ name: 'Après', email: ' B@erp.example', locale: 'fr' });
    await change({ name: 'Après' });
    await change({ active: false, locale: 'ar' });
    await change({ active: false });
    await change({ active: true });
    const key = (
      await send('POST', '/admin/api-keys', {
        integratorId,
        name: 'ERP',
        scopes: ['invoices:read'],
        expiresOn: '2027-01-01',
      })
    ).json<ApiKey>();
    for (const _ of [1, 2]) await send('DELETE', `/admin/api-keys/${key.id}`, undefined, portnet);
    const done = { at: '2026-11-22T10:00:00.000Z', by: 'Driss Bennani', changes: [], detail: null };
    expect(await actsOf(test, customs, { integratorId })).toEqual([
      { ...done, act: 'api_key_revoked', by: 'Salma Idrissi', detail: key.hint },
      { ...done, act: 'api_key_created', detail: key.hint },
      { ...done, act: 'integrator_restored' },
      { ...done, act: 'integrator_suspended' },
      { ...done, act: 'integrator_changed', changes: [{ field: 'locale', from: 'fr', to: 'ar' }] },
      {
        ...done,
        act: 'integrator_changed',
        changes: [
          { field: 'name', from: 'Avant', to: 'Après' },
          { field: 'email', from: 'a@erp.example', to: 'b@erp.example' },
        ],
      },
      { ...done, act: 'integrator_created' },
    ]);
  });

  it('nothing of what was refused: a key beyond two, one that is faulty, one of nobody', async () => {
    const { integratorId } = await integratorOf(test, { kind: 'issuer' });
    const make = async (given: object = {}) =>
      (
        await send('POST', '/admin/api-keys', {
          integratorId,
          name: 'ERP',
          scopes: ['invoices:read'],
          expiresOn: new Date(Date.now() + 86_400_000 * 30).toISOString().slice(0, 10),
          ...given,
        })
      ).statusCode;
    expect([await make({ scopes: ['filings:decide'] }), await make(), await make()]).toEqual([422, 201, 409]);
    expect(await actNames(integratorId)).toEqual(['api_key_created']);
  });

  it('an endpoint that an administrator disables and enables, by its address without its query; not what a program does', async () => {
    const { integratorId, headers } = await integratorOf(test, { kind: 'issuer' });
    const { id } = await makeEndpoint(test, integratorId, { url: 'https://erp.example/rnoce?token=secret' });
    const set = async (enabled: boolean, caller: Caller = customs) =>
      (await send('PATCH', `/webhook-endpoints/${id}`, { enabled }, caller)).statusCode;
    expect([await set(false, { headers }), await set(true, { headers }), await set(true)]).toEqual([
      200, 200, 200,
    ]);
    expect(await actNames(integratorId)).toEqual([]);
    expect([await set(false), await set(false), await set(true), await set(true)]).toEqual([
      200, 200, 200, 200,
    ]);
    const told = { by: 'Driss Bennani', changes: [], detail: 'https://erp.example/rnoce' };
    expect(await actsOf(test, customs, { integratorId })).toMatchObject([
      { act: 'endpoint_enabled', ...told },
      { act: 'endpoint_disabled', ...told },
    ]);
    // Their word stands over the program's: that is something new.
    await set(false, { headers });
    await set(false);
    expect((await actNames(integratorId))[0]).toBe('endpoint_disabled');
    expect(await set(true, { headers })).toBe(403);
    expect(await actNames(integratorId)).toHaveLength(3);
  });
});
