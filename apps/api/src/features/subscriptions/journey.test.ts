import { type DocumentName, operatorTypes, type Subscription } from '@rnoce/schemas';
import { beforeAll, expect, it } from 'vitest';
import { makePdf, makeScan } from '../../integrations/inspection/pdf-samples.ts';
import { registerOperator } from '../../jobs/register-operator.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { manager } from '../../testing/forms.ts';
import {
  completeCompany,
  newIdentifiers,
  type OperatorBrowser,
  openDraft,
  operatorBrowser,
} from '../../testing/subscriptions.ts';
import { upload } from '../../testing/uploads.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const read = async (browser: OperatorBrowser, { id }: Pick<Subscription, 'id'>) =>
  (await browser.call('GET', `/subscriptions/${id}`)).json<Subscription>();

const give = async (
  browser: OperatorBrowser,
  { id }: Subscription,
  document: DocumentName,
  bytes: Uint8Array,
) => {
  const answer = await upload(test.app, browser, { id, document }, bytes, { name: `${document}.pdf` });
  expect(answer.statusCode).toBe(200);
};

/** An agent's decision, on the version that they have read. */
async function decide(filingId: string, body: object) {
  const { headers } = await signedInAgent(test);
  const url = `/api/v1/filings/${filingId}`;
  const dossier = await test.app.inject({ url, headers });
  const answer = await test.app.inject({
    method: 'POST',
    url: `${url}/decision`,
    headers: { ...headers, 'if-match': String(dossier.headers.etag) },
    payload: body,
  });
  expect(answer.statusCode).toBe(200);
}

it.each(operatorTypes)('a new %s, from the verification to the account at customs', async (operatorType) => {
  const browser = await operatorBrowser(test);
  const draft = await openDraft(browser, newIdentifiers(operatorType));
  const path = `/subscriptions/${draft.id}`;
  const company = await browser.call('PUT', `${path}/sections/company`, {
    version: 1,
    body: completeCompany(draft),
  });
  const managers = await browser.call('PUT', `${path}/sections/managers`, { version: 2, body: [manager] });
  expect([company.statusCode, managers.statusCode]).toEqual([200, 200]);
  for (const { document, required } of (await read(browser, draft)).documents)
    if (required) await give(browser, draft, document, makePdf());
  const ready = await read(browser, draft);
  expect(ready.progress.issues).toEqual([]);

  const submit = (version: number) =>
    browser.call('POST', `${path}/submission`, { version, body: { acceptTerms: true } });
  const sent = (await submit(ready.version)).json<Subscription>();
  const filing = sent.filings[0];
  if (!filing) throw new Error('no filing');
  await decide(filing.id, {
    outcome: 'incomplete',
    reasons: [{ about: { document: 'ice' }, cause: 'illegible', text: 'Document ICE incorrect' }],
  });

  const open = (await browser.call('POST', `${path}/rectification`)).json<Subscription>();
  expect(open).toMatchObject({ editable: true, currentStep: 'documents' });
  expect(open.filings[0]?.reasons).toMatchObject([{ text: 'Document ICE incorrect' }]);
  expect(open.progress.issues).toEqual([{ pointer: '/documents/ice', code: 'not_replaced' }]);
  await give(browser, draft, 'ice', makeScan(1, 50_000));
  const again = (await submit(open.version)).json<Subscription>();
  expect(again.filings[0]?.status).toBe('in_review');

  await decide(filing.id, { outcome: 'validated' });
  await registerOperator(test.deps, { filingId: filing.id });
  const done = await read(browser, draft);
  expect(done.filings[0]).toMatchObject({ status: 'validated', reasons: [] });
  expect(done.filings[0]?.validatedAt).not.toBeNull();
  expect(done.filings[0]?.history.map(({ event }) => event)).toEqual([
    'created',
    'submitted',
    'returned',
    'reopened',
    'resubmitted',
    'validated',
    'registered',
  ]);
  expect(done.filings[0]?.history.every(({ actorName }) => actorName === null)).toBe(true);
});
