import {
  confirmRegistryCode,
  createSubscription,
  deleteSubscription,
  getSubscription,
  getSubscriptionOptions,
  listSubscriptions,
  rectifySubscription,
  type Subscription,
  saveBankAccount,
  saveCompany,
  saveContacts,
  saveCurrentStep,
  saveLegalRepresentative,
  saveManagers,
  saveSingleWindowUsers,
  sendRegistryCode,
  submitSubscription,
} from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import {
  knownIdentifiers,
  newIdentifiers,
  openDraft,
  openJointDraft,
  operatorBrowser,
} from '../../testing/subscriptions.ts';

let test: TestApp;
const owned = { id: '' };
beforeAll(async () => {
  test = await testApp();
  owned.id = (await openJointDraft(await operatorBrowser(test))).id;
});

const toOperators = { anonymous: 401, agent: 401 };
/** Somebody else's subscription is not there, whatever is asked of it. */
const toOwner = { params: owned, ...toOperators, operator: 404 };
const versioned = { 'if-match': '"1"' };
testAccess(
  () => test,
  [
    { route: getSubscriptionOptions, ...toOperators, operator: 200 },
    { route: listSubscriptions, ...toOperators, operator: 200 },
    {
      route: createSubscription,
      body: { authorities: ['customs'], identifiers: newIdentifiers() },
      ...toOperators,
      operator: 201,
    },
    { route: getSubscription, ...toOwner },
    { route: saveCompany, body: {}, headers: versioned, ...toOwner },
    { route: saveManagers, body: [], headers: versioned, ...toOwner },
    { route: saveLegalRepresentative, body: {}, headers: versioned, ...toOwner },
    { route: saveSingleWindowUsers, body: [], headers: versioned, ...toOwner },
    { route: saveContacts, body: [], headers: versioned, ...toOwner },
    { route: saveBankAccount, body: {}, headers: versioned, ...toOwner },
    { route: saveCurrentStep, body: { step: 'review' }, ...toOwner },
    { route: sendRegistryCode, ...toOwner },
    { route: confirmRegistryCode, body: { code: '123456' }, ...toOwner },
    { route: submitSubscription, body: { acceptTerms: true }, headers: versioned, ...toOwner },
    { route: rectifySubscription, ...toOwner },
    { route: deleteSubscription, ...toOwner },
  ],
);

describe('reading', () => {
  it('gives the owner the whole form, and the list without it', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser, knownIdentifiers('atlasNegoce'));
    const one = await browser.call('GET', `/subscriptions/${draft.id}`);
    expect(one.headers.etag).toBe('"1"');
    expect(one.json()).toEqual(draft);
    const { items } = (await browser.call('GET', '/subscriptions')).json<{
      items: Partial<Subscription>[];
    }>();
    const { sections: _sections, documents: _documents, ...rest } = draft;
    expect(items).toEqual([rest]);
  });

  it('lists the documents of the form in its order, each with whether it must be there', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openDraft(browser, newIdentifiers('freight_forwarder'));
    expect(draft.documents.map(({ document, required }) => [document, required])).toEqual([
      ['identity', true],
      ['operator_category', true],
      ['articles', true],
      ['trade_register', true],
      ['power_of_attorney', true],
      ['business_tax', true],
      ['ice', true],
      ['tax_id', true],
      ['ministry_authorisation', true],
      ['exchange_office_authorisation', true],
      ['logo', false],
    ]);
  });

  it.each(['not-an-id', '00000000-0000-0000-0000-000000000000'])('knows nothing of %s', async (id) => {
    const browser = await operatorBrowser(test);
    expect((await browser.call('GET', `/subscriptions/${id}`)).json()).toMatchObject({ code: 'not_found' });
  });
});
