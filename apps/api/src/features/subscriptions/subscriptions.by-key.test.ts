import { randomUUID } from 'node:crypto';
import { getSubscription, listSubscriptions, type Problem, type Subscription } from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';
import { sentFiling } from '../../testing/filings.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { testKeyAccess } from '../../testing/key-access.ts';
import { operatorBrowser } from '../../testing/subscriptions.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const onlyOperators = {
  scope: 'subscriptions:read',
  issuer: 'forbidden',
  customs: 'forbidden',
  portnet: 'forbidden',
} as const;

describe('access', () => {
  testKeyAccess(
    () => test,
    [
      { ...onlyOperators, route: listSubscriptions, operator: 200 },
      { ...onlyOperators, route: getSubscription, params: { id: randomUUID() }, operator: 404 },
    ],
  );
});

it('the system of an operator reads what its account reads, and writes nothing', async () => {
  const browser = await operatorBrowser(test);
  const { subscription } = await sentFiling(test, { account: browser.account });
  const { subscription: other } = await sentFiling(test);
  const { headers } = await integratorOf(test, { kind: 'operator', accountId: browser.account.id });
  const get = (path: string) => test.app.inject({ url: `/api/v1${path}`, headers });
  const path = `/subscriptions/${subscription.id}`;

  const read = await get(path);
  const shown = await browser.call('GET', path);
  expect(read.json<Subscription>()).toEqual(shown.json<Subscription>());
  expect(read.headers.etag).toBe(shown.headers.etag);
  expect((await get('/subscriptions')).json<{ items: Subscription[] }>().items.map(({ id }) => id)).toEqual([
    subscription.id,
  ]);
  expect((await get(`/subscriptions/${other.id}`)).json<Problem>()).toMatchObject({
    status: 404,
    code: 'not_found',
  });

  for (const [method, at] of [
    ['POST', '/subscriptions'],
    ['POST', `${path}/rectification`],
    ['POST', `${path}/submission`],
    ['DELETE', path],
    ['GET', '/account'],
    ['GET', `${path}/documents/ice`],
  ] as const) {
    const answer = await test.app.inject({ method, url: `/api/v1${at}`, headers });
    expect(answer.json<Problem>()).toMatchObject({ status: 403, code: 'forbidden' });
  }
});
