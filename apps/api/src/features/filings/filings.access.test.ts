import { randomUUID } from 'node:crypto';
import {
  confirmFilingControl,
  decideFiling,
  getFiling,
  getFilingDocument,
  getFilingStatistics,
  holdFiling,
  listFilings,
  previewDecision,
  releaseFiling,
  resendRegistration,
  retryAccounts,
  saveVerdict,
} from '@rnoce/schemas';
import { beforeAll } from 'vitest';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

/** A filing that isn't there; one of another authority answers the same: filings.routes.test.ts. */
const params = { id: randomUUID(), document: 'ice' };
const nobodys = { params, anonymous: 401, operator: 401, agent: 404 };
const headers = { 'if-match': '"1"' };
const body = { outcome: 'validated' };

testAccess(
  () => test,
  [
    { route: listFilings, anonymous: 401, operator: 401, agent: 200 },
    { route: getFilingStatistics, anonymous: 401, operator: 401, agent: 200 },
    { route: getFiling, ...nobodys },
    { route: getFilingDocument, ...nobodys },
    { route: holdFiling, ...nobodys },
    { route: releaseFiling, ...nobodys },
    { route: retryAccounts, ...nobodys, body: {} },
    { route: confirmFilingControl, ...nobodys, headers, body: { note: 'Registre de commerce vu.' } },
    { route: resendRegistration, ...nobodys },
    { route: saveVerdict, ...nobodys, headers, body: { accepted: [], reasons: [] } },
    { route: previewDecision, ...nobodys, body },
    { route: decideFiling, ...nobodys, headers, body },
  ],
);
