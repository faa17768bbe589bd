import { beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from './app.ts';
import { customsAccount, openRequest } from './customs-requests.ts';
import { signedInAgent, signedInOperator } from './factories.ts';
import { draftFiling } from './filings.ts';
import { makeInvoice, makeIssuer } from './invoices.ts';
import { makeOrder } from './orders.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

it.each([
  ['a name that no column can hold', '%00'],
  ['a name without end', 'x'.repeat(101)],
])('%s in an address is the name of nothing', async (_, name) => {
  const { headers } = await signedInAgent(test, { role: 'finance' });
  const { code } = await makeIssuer(test);
  const url = `/api/v1/invoices/${name}?issuer=${code}`;
  const answer = await test.app.inject({ url, headers });
  expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' });
});

it('an id in capitals names the same thing', async () => {
  const operator = await signedInOperator(test);
  const { subscription } = await draftFiling(test, { account: operator.account });
  const read = await test.app.inject({
    url: `/api/v1/subscriptions/${subscription.id.toUpperCase()}`,
    headers: operator.headers,
  });
  expect(read.json()).toMatchObject({ id: subscription.id });

  const { attempt } = await makeOrder(test, { status: 'paid' });
  const { headers } = await signedInAgent(test, { role: 'finance' });
  const recorded = await test.app.inject({
    method: 'POST',
    url: `/api/v1/finance/attempts/${attempt.id.toUpperCase()}/observations`,
    payload: { says: 'reversed', note: 'Rejet J+2', seen: 'captured' },
    headers,
  });
  expect(recorded.statusCode).toBe(200);
});

it('an invoice named twice, once in capitals, is ordered once', async () => {
  const { id: issuerId } = await makeIssuer(test);
  const invoice = await makeInvoice(test, { issuerId, clientCode: '1206' });
  const ordered = await test.app.inject({
    method: 'POST',
    url: '/api/v1/payment-orders',
    payload: { invoiceIds: [invoice.id, invoice.id.toUpperCase()], method: 'cmi', channel: 'card' },
  });
  expect(ordered.json()).toMatchObject({ amount: '840.00' });
});

it('what is no date in a draft is an issue of the draft', async () => {
  const { browser } = await customsAccount(test);
  const draft = await openRequest(browser, 'update');
  const saved = await browser.call('PUT', `/customs-requests/${draft.id}/details`, {
    version: draft.version,
    body: { tradeRegisterDate: '1e1000' },
  });
  expect(saved.statusCode).toBe(200);
});
