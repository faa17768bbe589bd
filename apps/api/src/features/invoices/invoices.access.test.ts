import {
  cancelInvoice,
  getInvoice,
  importInvoices,
  listInvoices,
  listIssuers,
  listOwnInvoices,
  putInvoice,
  searchPublicInvoices,
} from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const params = { number: 'FAC2047' };
const query = { issuer: 'PORTNET' };
const body = {
  clientCode: '1206',
  clientName: 'Ste IMP SARL',
  issuedOn: '2026-07-01',
  dueOn: '2026-07-31',
  amount: '64.00',
};
/** The signed-in agent of these rows decides dossiers: money is no affair of theirs. */
const publishers = { query, anonymous: 401, operator: 401, agent: 403 };

testAccess(
  () => test,
  [
    {
      route: searchPublicInvoices,
      query: { subscriptionCode: 'ZZZZ' },
      anonymous: 200,
      operator: 200,
      agent: 200,
    },
    { route: listOwnInvoices, anonymous: 401, operator: 200, agent: 401 },
    { route: listIssuers, anonymous: 401, operator: 401, agent: 403 },
    { route: listInvoices, ...publishers },
    { route: getInvoice, params, ...publishers },
    { route: putInvoice, params, body, ...publishers },
    { route: cancelInvoice, params, ...publishers },
    { route: importInvoices, body: { invoices: [] }, ...publishers },
  ],
);

describe.each(['finance', 'administrator'] as const)('an agent of role %s', (role) => {
  it('reads issuers, and knows no issuer that is none', async () => {
    const { headers } = await signedInAgent(test, { role });
    expect((await test.app.inject({ url: '/api/v1/issuers', headers })).statusCode).toBe(200);
    const answer = await test.app.inject({ url: '/api/v1/invoices', query: { issuer: 'PERSONNE' }, headers });
    expect(answer.json()).toMatchObject({ status: 422, code: 'issuer_unknown' });
  });
});
