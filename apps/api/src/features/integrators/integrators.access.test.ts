import {
  changeIntegrator,
  createApiKey,
  createIntegrator,
  getIntegrator,
  listAccountApiKeys,
  listApiKeys,
  listIntegrators,
  revokeAccountApiKey,
  revokeApiKey,
} from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { testAccess } from '../../testing/access.ts';
import { callsOf } from '../../testing/agent-calls.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { makeIssuer } from '../../testing/invoices.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const id = '01991f36-0000-7000-8000-000000000000';
const params = { id };
const key = {
  integratorId: id,
  name: 'Clé',
  scopes: ['invoices:read'],
  expiresOn: '2027-01-01',
};
const customs = { kind: 'authority', authority: 'customs', name: 'Système', email: 'si@douane.example' };
/** The signed-in agent of these rows decides dossiers: who may call by programs is no affair of theirs. */
const administrators = { anonymous: 401, operator: 401, agent: 403 };

testAccess(
  () => test,
  [
    { route: listIntegrators, ...administrators },
    { route: createIntegrator, body: customs, ...administrators },
    { route: getIntegrator, params, ...administrators },
    { route: changeIntegrator, params, body: { active: false }, ...administrators },
    { route: listApiKeys, query: { integratorId: id }, ...administrators },
    { route: createApiKey, body: key, ...administrators },
    { route: revokeApiKey, params, ...administrators },
    { route: listAccountApiKeys, anonymous: 401, operator: 200, agent: 401 },
    { route: revokeAccountApiKey, params, anonymous: 401, operator: 404, agent: 401 },
  ],
);

describe.each([
  ['customs', 'portnet'],
  ['portnet', 'customs'],
] as const)(
  "an administrator of %s sees issuers', operators' and their own authority's integrators",
  (own, other) => {
    it.each([
      ['an issuer', { kind: 'issuer' }, 200],
      ['an operator', { kind: 'operator' }, 200],
      ['their own authority', { kind: 'authority', authority: own }, 200],
      ['the other authority', { kind: 'authority', authority: other }, 404],
    ] as const)('of %s', async (_, given, status) => {
      const { call } = callsOf(test, await signedInAgent(test, { role: 'administrator', authority: own }));
      const { integratorId, keyId } = await integratorOf(test, { ...given, name: 'Système cherché' });
      const statusOf = async (...[method, path, options]: Parameters<typeof call>) =>
        (await call(method, path, options)).statusCode;
      expect(await statusOf('GET', `/admin/integrators/${integratorId}`)).toBe(status);
      expect(await statusOf('GET', `/admin/api-keys?integratorId=${integratorId}`)).toBe(status);
      const body = { ...key, integratorId, scopes: ['webhooks:manage'] };
      expect(await statusOf('POST', '/admin/api-keys', { body })).toBe(status === 200 ? 201 : status);
      const listed = (await call('GET', '/admin/integrators?pageSize=100')).json<{
        items: { id: string }[];
      }>();
      expect(listed.items.some((item) => item.id === integratorId)).toBe(status === 200);
      expect(await statusOf('DELETE', `/admin/api-keys/${keyId}`)).toBe(status === 200 ? 204 : status);
    });

    it('makes none of the other authority, and changes none', async () => {
      const { call } = callsOf(test, await signedInAgent(test, { role: 'administrator', authority: own }));
      const make = (authority: string) =>
        call('POST', '/admin/integrators', { body: { ...customs, authority } });
      expect((await make(own)).json()).toMatchObject({ authority: own, active: true, liveKeys: 0 });
      expect((await make(other)).json()).toMatchObject({ status: 403, code: 'forbidden' });
      const { integratorId } = await integratorOf(test, { kind: 'authority', authority: other });
      const changed = await test.app.inject({
        method: 'PATCH',
        url: `/api/v1/admin/integrators/${integratorId}`,
        headers: (await signedInAgent(test, { role: 'administrator', authority: own })).headers,
        payload: { active: false },
      });
      expect(changed.statusCode).toBe(404);
    });
  },
);

it.each(['decider', 'finance'] as const)('an agent of role %s manages none', async (role) => {
  const { code } = await makeIssuer(test);
  const { call } = callsOf(test, await signedInAgent(test, { role }));
  const body = { kind: 'issuer', issuer: code, name: 'Système', email: 'si@emetteur.example' };
  expect((await call('POST', '/admin/integrators', { body })).json()).toMatchObject({ code: 'forbidden' });
});
