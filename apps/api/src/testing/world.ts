import { createHash, randomUUID } from 'node:crypto';
import type { AgentRole, Authority, EventType } from '@rnoce/schemas';
import { eq, inArray } from 'drizzle-orm';
import { contracts } from '../db/schema/contracts.ts';
import { documentVersions } from '../db/schema/documents.ts';
import { messages } from '../db/schema/messages.ts';
import { paymentAnomalies, paymentEntries, refunds, settlementFiles } from '../db/schema/payments.ts';
import { hashPassword } from '../features/accounts/passwords.ts';
import { makePdf } from '../integrations/inspection/pdf-samples.ts';
import { drawVerificationCode } from '../verification-code.ts';
import type { TestApp } from './app.ts';
import { accountPassword, customsAccount, openRequest, sentRequest } from './customs-requests.ts';
import { makeAgent, signedInAgent, signedInOperator } from './factories.ts';
import { draftFiling, giveDocument, move } from './filings.ts';
import { integratorOf, makeApiKey } from './integrators.ts';
import { mailedInvitation } from './invitations.ts';
import { makeInvoice, makeIssuer, makeSubscriptionCode } from './invoices.ts';
import { makeOrder } from './orders.ts';
import { giveSignedContract } from './signed-contracts.ts';
import { upload } from './uploads.ts';

export interface Caller {
  readonly headers: Readonly<Record<string, string>>;
}
/** Something with the operator whose it is. */
export interface Owned {
  readonly id: string;
  readonly owner: Caller;
}

let hashed: Promise<string> | undefined;

/** Agents of each role: those of customs decide operations, those of the single window don't. */
async function makeAgents(test: TestApp) {
  hashed ??= hashPassword(accountPassword);
  const passwordHash = await hashed;
  const agent = (authority: Authority, role: AgentRole) =>
    signedInAgent(test, { authority, role, passwordHash });
  return {
    customs: await agent('customs', 'decider'),
    portnet: await agent('portnet', 'decider'),
    finance: await agent('customs', 'finance'),
    administrator: await agent('customs', 'administrator'),
    portnetAdministrator: await agent('portnet', 'administrator'),
  };
}

/** Agents whom administrators manage, one of each authority, and the link of one who is invited. */
async function makeManaged(test: TestApp, administrator: Caller) {
  const customs = await makeAgent(test);
  const portnet = await makeAgent(test, { authority: 'portnet' });
  const email = `invite-${randomUUID()}@douane.example`;
  const invited = await test.app.inject({
    method: 'POST',
    url: '/api/v1/admin/agents',
    headers: { ...administrator.headers },
    payload: { name: 'Agent invité', email, role: 'decider' },
  });
  if (invited.statusCode !== 201) throw new Error(invited.body);
  return { customs: customs.id, portnet: portnet.id, token: await mailedInvitation(test, email) };
}

/** A joint form of an operator of its own, with one document whose file is in the storage. */
async function jointForm(test: TestApp) {
  hashed ??= hashPassword(accountPassword);
  const owner = await signedInOperator(test, { passwordHash: await hashed });
  const form = await draftFiling(test, {
    account: owner.account,
    authorities: ['customs', 'portnet'],
    documents: ['identity'],
  });
  const given = await upload(
    test.app,
    { cookie: owner.headers },
    { id: form.subscription.id, document: 'ice' },
    makePdf(),
  );
  if (given.statusCode !== 200) throw new Error(given.body);
  return { ...form, owner };
}

async function sentForm(test: TestApp) {
  const form = await jointForm(test);
  await giveSignedContract(test.deps, form.subscription.id);
  for (const id of Object.values(form.filings))
    await move(test, id, {
      transition: 'submitted',
      actor: { kind: 'operator', accountId: form.accountId },
      sections: form.sections,
    });
  return form;
}

/** Files of what is in the database alone, so that they can be read. */
async function storeFiles(
  { deps: { database, storage } }: TestApp,
  subscriptionIds: string[],
): Promise<void> {
  const bytes = makePdf();
  const facts = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
  const kept = { sha256: facts.sha256, sizeBytes: facts.size };
  const versions = await database
    .update(documentVersions)
    .set(kept)
    .where(inArray(documentVersions.subscriptionId, subscriptionIds))
    .returning({ key: documentVersions.storageKey });
  const made = await database
    .update(contracts)
    .set(kept)
    .where(inArray(contracts.subscriptionId, subscriptionIds))
    .returning({ key: contracts.storageKey });
  for (const { key } of [...versions, ...made]) await storage.put(key, bytes, facts);
}

/** What the finance agents look after. */
async function makeMoney(test: TestApp, clientCode: string) {
  const { database } = test.deps;
  const due = await makeOrder(test, { status: 'refund_due' });
  const paid = await makeOrder(test, { status: 'paid', lines: [{ clientCode }] });
  const pending = await makeOrder(test, {
    status: 'pending',
    attempts: 1,
    attempt: { status: 'redirected' },
  });
  const [refund] = await database
    .insert(refunds)
    .values({
      orderId: due.order.id,
      attemptId: due.attempt.id,
      amountCentimes: due.order.amountCentimes,
      cause: 'lost_to_another_order',
      dueSince: new Date(),
    })
    .returning();
  const [anomaly] = await database
    .insert(paymentAnomalies)
    .values({ kind: 'wrong_amount', orderId: due.order.id, subject: randomUUID(), raisedAt: new Date() })
    .returning();
  const [file] = await database
    .insert(settlementFiles)
    .values({
      provider: 'cmi',
      day: '2026-11-20',
      sha256: randomUUID().replaceAll('-', '').repeat(2),
      rows: 0,
      matched: 0,
      gaps: 0,
      faults: [],
    })
    .returning();
  if (!refund || !anomaly || !file) throw new Error('no money was made');
  return { due, paid, pending, refund, anomaly, file };
}

/** An issuer with unpaid invoices of one client. */
async function makePublisher(test: TestApp, clientCode: string) {
  const issuer = await makeIssuer(test);
  const invoices = [];
  for (let count = 0; count < 3; count += 1)
    invoices.push(await makeInvoice(test, { issuerId: issuer.id, clientCode }));
  return { issuer, invoices };
}

/** An endpoint of each of these integrators, with a delivery that waits. */
async function makeHooks<Name extends string>(
  { app }: TestApp,
  keys: Readonly<Record<Name, Caller & { events: readonly EventType[] }>>,
) {
  const post = async (caller: Caller, path: string, payload?: object) => {
    const headers = { ...caller.headers, 'idempotency-key': randomUUID() };
    const answer = await app.inject({
      method: 'POST',
      url: `/api/v1/webhook-endpoints${path}`,
      headers,
      ...(payload && { payload }),
    });
    if (answer.statusCode >= 400) throw new Error(answer.body);
    return answer.json<{ id: string }>();
  };
  const made = await Promise.all(
    (Object.entries(keys) as [Name, Caller & { events: readonly EventType[] }][]).map(
      async ([name, { events, ...caller }]) => {
        const { id } = await post(caller, '', { url: 'https://erp.example/rnoce', events });
        const delivery = await post(caller, `/${id}/test`);
        return [name, { id, deliveryId: delivery.id }] as const;
      },
    ),
  );
  return Object.fromEntries(made) as Record<Name, { id: string; deliveryId: string }>;
}

/**
 * Something of everything that routes are about, in the states in which most can be done with it, each with its owner. An account has one
 * form, so that forms of several states are several operators'.
 */
export async function makeWorld(test: TestApp) {
  const { database } = test.deps;
  // Beyond the numbers that the factories give by themselves.
  await database.$client.query(
    "select setval('subscription_sequence', greatest(nextval('subscription_sequence'), 1000000))",
  );
  const draft = await jointForm(test);
  const sent = await sentForm(test);
  const returned = await sentForm(test);
  const agents = await makeAgents(test);
  for (const id of Object.values(returned.filings))
    await move(test, id, {
      transition: 'returned',
      actor: { kind: 'agent', agentId: agents.customs.agent.id },
      reasons: [{ about: { document: 'ice' }, cause: 'illegible', text: 'Page 1 floue' }],
    });
  const contractCode = drawVerificationCode();
  await database
    .update(contracts)
    .set({ code: contractCode })
    .where(eq(contracts.subscriptionId, sent.subscription.id));
  const [message] = await database
    .insert(messages)
    .values({ filingId: sent.id, agentId: agents.customs.agent.id, text: 'Bonjour' })
    .returning();
  if (!message) throw new Error('no message was made');

  const drafting = await customsAccount(test);
  const requestDraft = await openRequest(drafting.browser, 'update');
  await giveDocument({
    database,
    subscriptionId: requestDraft.subscriptionId,
    customsRequestId: requestDraft.id,
    document: 'trade_register',
  });
  const asking = await customsAccount(test);
  const requestSent = await sentRequest(test, asking, 'cancellation');

  await storeFiles(test, [
    draft.subscription.id,
    sent.subscription.id,
    returned.subscription.id,
    requestDraft.subscriptionId,
    requestSent.subscriptionId,
  ]);
  const code = await makeSubscriptionCode(test, {
    accountId: drafting.browser.account.id,
    ice: drafting.ice,
  });
  const publisher = await makePublisher(test, code.code);
  const otherPublisher = await makePublisher(test, code.code);
  const money = await makeMoney(test, code.code);
  // Whose payment it is for the feed, where the order has an issuer of its own.
  await database
    .update(paymentEntries)
    .set({ issuerId: publisher.issuer.id })
    .where(eq(paymentEntries.issuerId, money.paid.order.issuerId));

  const holderId = drafting.browser.account.id;
  const keys = {
    issuer: await integratorOf(test, { kind: 'issuer', issuerId: publisher.issuer.id }),
    otherIssuer: await integratorOf(test, { kind: 'issuer', issuerId: otherPublisher.issuer.id }),
    customs: await integratorOf(test, { kind: 'authority', authority: 'customs' }),
    portnet: await integratorOf(test, { kind: 'authority', authority: 'portnet' }),
    /** Of the operator whose form customs validated, and of the one who asked for a cancellation. */
    operator: await integratorOf(test, { kind: 'operator', accountId: holderId }),
    otherOperator: await integratorOf(test, { kind: 'operator', accountId: asking.browser.account.id }),
  };

  const { keyId: spareKeyId } = await makeApiKey(test, keys.issuer.integratorId, {
    scopes: ['invoices:read'],
  });
  const { keyId: spareOperatorKeyId } = await makeApiKey(test, keys.operator.integratorId, {
    scopes: ['invoices:read'],
  });
  const published = `PUB-${randomUUID()}`.slice(0, 40);
  const publication = await test.app.inject({
    method: 'PUT',
    url: `/api/v1/invoices/${published}`,
    headers: keys.issuer.headers,
    payload: {
      clientCode: code.code,
      clientName: 'Ste IMP SARL',
      issuedOn: '2026-07-01',
      dueOn: '2026-07-31',
      amount: '64.00',
    },
  });
  if (publication.statusCode !== 200) throw new Error(publication.body);
  const hooks = await makeHooks(test, {
    issuer: { ...keys.issuer, events: ['invoice.created', 'invoice.paid'] },
    otherIssuer: { ...keys.otherIssuer, events: ['invoice.created'] },
    customs: { ...keys.customs, events: ['subscription.submitted'] },
    portnet: { ...keys.portnet, events: ['subscription.submitted'] },
    operator: { ...keys.operator, events: ['filing.decided'] },
  });
  const managed = await makeManaged(test, agents.administrator);
  const formOf = ({ subscription, owner }: typeof draft): Owned => ({ id: subscription.id, owner });
  const filingsOf = ({ filings, owner }: typeof draft) =>
    (['customs', 'portnet'] as const).flatMap((authority) => {
      const id = filings[authority];
      return id === undefined ? [] : [{ id, owner, authority }];
    });
  const holder: Caller = { headers: drafting.browser.cookie };
  const asker: Caller = { headers: asking.browser.cookie };
  return {
    agents,
    managed,
    keys,
    hooks,
    spareKeyId,
    spareOperatorKeyId,
    operators: {
      drafting: draft.owner,
      sent: sent.owner,
      returned: returned.owner,
      /** Whose form customs validated: it may ask for operations, and finds its invoices. */
      holder,
      asking: asker,
    },
    /** The same operators' accounts. */
    accounts: {
      drafting: draft.accountId,
      sent: sent.accountId,
      returned: returned.accountId,
      holder: holderId,
      asking: asking.browser.account.id,
    },
    forms: { draft, sent, returned },
    subscriptions: [
      formOf(draft),
      formOf(sent),
      formOf(returned),
      { id: drafting.subscription.id, owner: holder },
    ],
    filings: [...filingsOf(sent), ...filingsOf(returned), ...filingsOf(draft)],
    requests: {
      draft: { id: requestDraft.id, owner: holder, key: keys.operator },
      sent: { id: requestSent.id, owner: asker, key: keys.otherOperator },
    },
    contractCode,
    subscriptionCode: code.code,
    messageId: message.id,
    publisher: { ...publisher, published },
    otherPublisher,
    money,
  };
}
export type World = Awaited<ReturnType<typeof makeWorld>>;

/** Sessions that ended and keys that were revoked work again, integrators, agents and issuers that were suspended too. */
export async function revive({ deps }: TestApp): Promise<void> {
  await deps.database.$client.query(
    `update sessions set ended_at = null where ended_at is not null;
     update api_keys set revoked_at = null, revoked_by = null, compromised_at = null where revoked_at is not null;
     update integrators set active = true where not active;
     update agents set active = true where not active;
     update issuers set active = true where not active`,
  );
}
