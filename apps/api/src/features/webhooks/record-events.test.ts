/** Each change tells what it is, in its own transaction, to whom it concerns. */
import { randomUUID } from 'node:crypto';
import { Event, type EventType } from '@rnoce/schemas';
import { asc, gt } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { events } from '../../db/schema/webhooks.ts';
import { callsOf, refusal } from '../../testing/agent-calls.ts';
import {
  acceptance,
  customsAccount,
  decideRequest,
  requestDesk,
  sentRequest,
} from '../../testing/customs-requests.ts';
import { makeAccount, signedInAgent } from '../../testing/factories.ts';
import { sentFiling } from '../../testing/filings.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { makeInvoice, makeIssuer, makeSubscriptionCode, newIce } from '../../testing/invoices.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { usersNamed, validatedByPortnet } from '../../testing/single-window.ts';
import { fillDraft, openJointDraft, operatorBrowser } from '../../testing/subscriptions.ts';
import { findClientAccounts } from '../invoices/client-accounts.ts';
import { findOwnClientCodes } from '../invoices/own-client-codes.ts';

let test: PaymentApp;
let desk: Awaited<ReturnType<typeof signedInAgent>>;
beforeAll(async () => {
  test = await paymentApp();
  desk = await signedInAgent(test);
});
let last = '00000000-0000-0000-0000-000000000000';
/** What was told since the last question: whose it is, and what webhooks carry, by its schema. */
async function told() {
  const rows = await test.deps.database
    .select()
    .from(events)
    .where(gt(events.id, last))
    .orderBy(asc(events.id));
  last = rows.at(-1)?.id ?? last;
  return rows.map(({ id, type, issuerId, authority, accountId, body }) => {
    const event = Event.parse({ id, ...JSON.parse(body) }) as Event;
    expect(event.type).toBe(type);
    const data: Record<string, unknown> = { ...event.data };
    return { type, issuerId, authority, accountId, data };
  });
}
const typesOf = (rows: readonly { type: EventType }[]) => rows.map(({ type }) => type);
beforeEach(async () => {
  await told();
});

describe('filings', () => {
  it('a submission tells each authority', async () => {
    const browser = await operatorBrowser(test);
    const draft = await openJointDraft(browser);
    const version = await fillDraft(test, browser, draft);
    const sent = await browser.call('POST', `/subscriptions/${draft.id}/submission`, {
      version,
      body: { acceptTerms: true },
    });
    expect(sent.statusCode).toBe(200);
    const rows = await told();
    expect(rows).toMatchObject(
      ['customs', 'portnet'].map((authority) => ({
        type: 'subscription.submitted',
        authority,
        accountId: browser.account.id,
        issuerId: null,
        data: { authority, code: draft.code, submissions: 1, attached: false },
      })),
    );
  });

  it("a decision tells its outcome, also a system's; a refused one tells nothing", async () => {
    const { id, filing, accountId } = await sentFiling(test);
    await told();
    const { call } = callsOf(test, desk);
    const decide = (version: number) => call('POST', `/filings/${id}/decision`, { body: refusal, version });
    expect((await decide(filing.version + 5)).statusCode).toBe(412);
    expect(await told()).toEqual([]);
    expect((await decide(filing.version)).statusCode).toBe(200);
    expect(await told()).toMatchObject([
      {
        type: 'filing.decided',
        authority: 'customs',
        accountId,
        data: { filingId: id, outcome: 'incomplete', subscriptionCode: null },
      },
    ]);

    const other = await sentFiling(test);
    await told();
    const system = await integratorOf(test, { kind: 'authority', authority: 'customs' });
    const answer = await callsOf(test, system).call('POST', `/filings/${other.id}/decision`, {
      body: { outcome: 'validated' },
      version: other.filing.version,
      key: randomUUID(),
    });
    expect(answer.statusCode).toBe(200);
    expect(await told()).toMatchObject([{ type: 'filing.decided', data: { outcome: 'validated' } }]);
  });

  it("PortNet's validation tells the code that it drew", async () => {
    const { id } = await validatedByPortnet(test, usersNamed('Amina'));
    const decided = (await told()).find(({ type }) => type === 'filing.decided');
    expect(decided).toMatchObject({
      authority: 'portnet',
      data: { filingId: id, outcome: 'validated', subscriptionCode: expect.stringMatching(/^[A-Z\d]{4}$/) },
    });
  });
});

it('operations on a customs account: sent, decided, and closed by a cancellation', async () => {
  const account = await customsAccount(test);
  await told();
  const update = await sentRequest(test, account, 'update');
  const cancellation = await sentRequest(test, account, 'cancellation');
  const audience = { authority: 'customs', accountId: account.browser.account.id, issuerId: null };
  expect(await told()).toMatchObject([
    { type: 'customs_request.submitted', ...audience, data: { reference: update.reference, type: 'update' } },
    { type: 'customs_request.submitted', ...audience, data: { type: 'cancellation' } },
  ]);
  await decideRequest(requestDesk(test, desk), cancellation.id, acceptance);
  expect(await told()).toMatchObject([
    { type: 'customs_request.decided', data: { customsRequestId: cancellation.id, outcome: 'accepted' } },
    { type: 'customs_request.decided', data: { customsRequestId: update.id, outcome: 'rejected' } },
  ]);
});

describe('invoices', () => {
  const facts = {
    clientName: 'Ste IMP SARL',
    issuedOn: '2026-11-01',
    dueOn: '2026-12-01',
    amount: '840.00',
  };
  const publisher = async () => {
    const issuer = await makeIssuer(test);
    const agent = await signedInAgent(test, { role: 'finance' });
    const send = (method: 'PUT' | 'DELETE', number: string, payload?: object) =>
      test.app.inject({
        method,
        url: `/api/v1/invoices/${number}?issuer=${issuer.code}`,
        headers: agent.headers,
        ...(payload && { payload }),
      });
    const load = (invoices: object[]) =>
      test.app.inject({
        method: 'POST',
        url: `/api/v1/invoices/import?issuer=${issuer.code}`,
        headers: { ...agent.headers, 'content-type': 'application/json' },
        payload: JSON.stringify({ invoices }),
      });
    return { issuer, send, load };
  };

  it('published, cancelled and published again; a change or a repetition tells nothing', async () => {
    const { issuer, send } = await publisher();
    const account = await makeAccount(test);
    const { code } = await makeSubscriptionCode(test, { accountId: account.id });
    const body = { ...facts, clientCode: code };
    const audience = { issuerId: issuer.id, accountId: account.id, authority: null };
    const data = { number: 'F1', issuer: issuer.code, clientCode: code, amount: '840.00', status: 'unpaid' };
    await send('PUT', 'F1', body);
    expect(await told()).toMatchObject([{ type: 'invoice.created', ...audience, data }]);
    await send('PUT', 'F1', body);
    await send('PUT', 'F1', { ...body, amount: '900.00' });
    expect(await told()).toEqual([]);
    await send('DELETE', 'F1');
    await send('DELETE', 'F1');
    expect(await told()).toMatchObject([
      { type: 'invoice.cancelled', ...audience, data: { status: 'cancelled', amount: '900.00' } },
    ]);
    await send('PUT', 'F1', body);
    expect(typesOf(await told())).toEqual(['invoice.created']);
  });

  it('imported tell the same, each client of its own; a refused file tells nothing', async () => {
    const { issuer, send, load } = await publisher();
    const clients = [await makeAccount(test), await makeAccount(test)];
    const codes = [];
    for (const { id } of clients) codes.push((await makeSubscriptionCode(test, { accountId: id })).code);
    await send('PUT', 'OLD', { ...facts, clientCode: 'ZZZZ' });
    await send('DELETE', 'OLD');
    await told();
    const line = (number: string, clientCode = 'ZZZZ') => ({ ...facts, number, clientCode });
    expect((await load([line('A'), line('B', 'bad code')])).statusCode).toBe(422);
    expect(await told()).toEqual([]);
    await load([line('A', codes[0]), line('B', codes[1]), line('C'), line('OLD')]);
    const rows = await told();
    expect(
      rows.map(({ type, issuerId, accountId, data }) => [type, issuerId, accountId, data.number]),
    ).toEqual([
      ['invoice.created', issuer.id, clients[0]?.id, 'A'],
      ['invoice.created', issuer.id, clients[1]?.id, 'B'],
      ['invoice.created', issuer.id, null, 'C'],
      ['invoice.created', issuer.id, null, 'OLD'],
    ]);
    await load([line('A', codes[0])]);
    expect(await told()).toEqual([]);
  });

  it('paid, then unpaid again because the payment was taken back', async () => {
    const [bill = ''] = await test.bill();
    const order = await test.order([bill], { method: 'amanpay', channel: 'direct_debit' });
    await test.visit(order);
    const reference = await test.referenceOf(order.id);
    for (const action of ['pay', 'reverse'] as const) await test.desk('amanpay', reference, action);
    expect(await told()).toMatchObject([
      { type: 'invoice.paid', data: { status: 'paid', reference } },
      { type: 'invoice.released', data: { status: 'unpaid', reference, orderNumber: order.number } },
    ]);
  });

  it('paid; money that settles nothing is due back', async () => {
    const account = await makeAccount(test);
    const { code } = await makeSubscriptionCode(test, { accountId: account.id });
    const { id: issuerId, code: issuer } = await makeIssuer(test);
    const invoice = await makeInvoice(test, { issuerId, clientCode: code });
    const choice = { method: 'amanpay', channel: 'tashilat' } as const;
    const first = await test.order([invoice.id], choice);
    const second = await test.order([invoice.id], choice);
    const pay = async ({ id }: { id: string }) => test.desk('amanpay', await test.referenceOf(id), 'pay');
    await pay(first);
    const payment = { orderNumber: first.number, ...choice, reference: await test.referenceOf(first.id) };
    const audience = { issuerId, accountId: account.id, authority: null };
    const data = { number: invoice.number, issuer, clientCode: code, amount: '840.00', ...payment };
    expect(await told()).toMatchObject([
      {
        type: 'invoice.paid',
        ...audience,
        data: { ...data, status: 'paid', paidAt: expect.stringMatching(/Z$/) },
      },
    ]);
    await pay(second);
    expect(await told()).toMatchObject([
      {
        type: 'payment.refund_due',
        issuerId,
        accountId: null,
        data: { orderNumber: second.number, amount: '840.00', invoices: [invoice.number] },
      },
    ]);
  });
});

it('the accounts of a client code are those whose own code it is', async () => {
  const { database } = test.deps;
  const [holder, prover, stranger] = [
    await makeAccount(test),
    await makeAccount(test),
    await makeAccount(test),
  ];
  const ice = newIce();
  const own = await makeSubscriptionCode(test, { accountId: holder.id });
  const unclaimed = await makeSubscriptionCode(test, { ice });
  const proving = await sentFiling(test, { account: prover, company: { ice } });
  const { call } = callsOf(test, desk);
  const answer = await call('POST', `/filings/${proving.id}/decision`, {
    body: { outcome: 'validated' },
    version: proving.filing.version,
  });
  expect(answer.statusCode).toBe(200);
  // Sent, and proved by nobody.
  const asserted = newIce();
  await sentFiling(test, { account: stranger, company: { ice: asserted } });

  const codes = [own.code, own.ice, unclaimed.code, ice, asserted, '----'];
  const found = await findClientAccounts(database, codes);
  expect(Object.fromEntries(found)).toEqual({
    [own.code]: [holder.id],
    [own.ice]: [holder.id],
    [unclaimed.code]: [prover.id],
    [ice]: [prover.id],
  });
  for (const account of [holder, prover, stranger]) {
    const { clientCodes } = await findOwnClientCodes(database, account.id);
    const mine = [...found].flatMap(([code, accounts]) => (accounts.includes(account.id) ? [code] : []));
    expect(new Set(mine)).toEqual(new Set(clientCodes));
  }
});
