import { randomUUID } from 'node:crypto';
import {
  createCustomsRequest,
  decideCustomsRequest,
  deleteCustomsRequest,
  deleteRequestDocument,
  getCustomsAccount,
  getCustomsRequest,
  getCustomsRequestDossier,
  getRequestDocument,
  listCustomsRequests,
  previewCustomsRequestDecision,
  putRequestDocument,
  readRequestRegistry,
  resendCustomsRequest,
  saveRequestCompany,
  saveRequestDetails,
  saveRequestManagers,
  submitCustomsRequest,
} from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

/** A request that isn't there; one of another account answers the same: open-request.test.ts. */
const params = { id: randomUUID(), document: 'trade_register' };
const operators = { params, anonymous: 401, operator: 404, agent: 401 };
const agents = { params, anonymous: 401, operator: 401, agent: 404 };
const headers = { 'if-match': '"1"' };
const body = { outcome: 'accepted' };

testAccess(
  () => test,
  [
    { route: getCustomsAccount, anonymous: 401, operator: 404, agent: 401 },
    { route: listCustomsRequests, anonymous: 401, operator: 200, agent: 200 },
    { route: createCustomsRequest, ...operators, body: { type: 'update' } },
    { route: getCustomsRequest, ...operators },
    { route: saveRequestDetails, ...operators, headers, body: {} },
    { route: saveRequestCompany, ...operators, headers, body: {} },
    { route: saveRequestManagers, ...operators, headers, body: [] },
    { route: deleteCustomsRequest, ...operators },
    { route: putRequestDocument, ...operators },
    { route: getRequestDocument, params, anonymous: 401, operator: 404, agent: 404 },
    { route: deleteRequestDocument, ...operators },
    { route: submitCustomsRequest, ...operators, headers, body: {} },
    { route: getCustomsRequestDossier, ...agents },
    { route: readRequestRegistry, ...agents },
    { route: previewCustomsRequestDecision, ...agents, body },
    { route: decideCustomsRequest, ...agents, headers, body },
    { route: resendCustomsRequest, ...agents, headers },
  ],
);

describe('the requests', () => {
  it.each([
    { authority: 'portnet', role: 'decider' },
    { authority: 'portnet', role: 'administrator' },
    { authority: 'customs', role: 'finance' },
  ] as const)('are no affair of $role of $authority', async (given) => {
    const { headers: as } = await signedInAgent(test, given);
    const listed = await test.app.inject({ url: '/api/v1/customs-requests', headers: as });
    expect(listed.json()).toMatchObject({ status: 403, code: 'forbidden' });
    const document = `/api/v1/customs-requests/${params.id}/documents/trade_register`;
    expect((await test.app.inject({ url: document, headers: as })).statusCode).toBe(403);
  });
});
