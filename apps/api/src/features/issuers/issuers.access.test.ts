import { changeIssuer, createIssuer, getManagedIssuer, listManagedIssuers } from '@rnoce/schemas';
import { beforeAll, expect, it } from 'vitest';
import { testAccess } from '../../testing/access.ts';
import { callsOf } from '../../testing/agent-calls.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const params = { code: 'PERSONNE' };
/** The signed-in agent of these rows decides dossiers: who publishes invoices is no affair of theirs. */
const administrators = { anonymous: 401, operator: 401, agent: 403 };

testAccess(
  () => test,
  [
    { route: listManagedIssuers, ...administrators },
    { route: createIssuer, body: { code: 'ESSAI', name: 'Essai' }, ...administrators },
    { route: getManagedIssuer, params, ...administrators },
    { route: changeIssuer, params, body: { active: false }, ...administrators },
  ],
);

it.each([
  ['customs', 'administrator', 200],
  ['portnet', 'administrator', 200],
  ['customs', 'finance', 403],
  ['portnet', 'decider', 403],
] as const)('of %s, role %s: %i', async (authority, role, status) => {
  const { call } = callsOf(test, await signedInAgent(test, { authority, role }));
  expect((await call('GET', '/admin/issuers')).statusCode).toBe(status);
  const made = await call('POST', '/admin/issuers', {
    body: { code: `${authority}-${role}`, name: 'Essai' },
  });
  expect(made.statusCode).toBe(status === 200 ? 201 : status);
});
