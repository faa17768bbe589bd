import { randomUUID } from 'node:crypto';
import { listMessages, type Messages, readMessages, sendMessage } from '@rnoce/schemas';
import { and, eq, like } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { messages } from '../../db/schema/messages.ts';
import { testAccess } from '../../testing/access.ts';
import { type Call, callsOf, type Method } from '../../testing/agent-calls.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent, signedInOperator } from '../../testing/factories.ts';
import { draftFiling, type FilingOptions, sentFiling } from '../../testing/filings.ts';
import { countUnread } from './messages.repository.ts';

let test: TestApp;
let customs: Awaited<ReturnType<typeof signedInAgent>>;
let portnet: Awaited<ReturnType<typeof signedInAgent>>;
beforeAll(async () => {
  test = await testApp();
  customs = await signedInAgent(test, { name: 'Nadia Berrada' });
  portnet = await signedInAgent(test, { name: 'Omar Tazi', authority: 'portnet' });
});

const nobodys = { params: { id: randomUUID() }, anonymous: 401, operator: 404, agent: 404 };
describe('who may call', () => {
  testAccess(
    () => test,
    [
      { route: listMessages, ...nobodys },
      { route: sendMessage, ...nobodys, body: { text: 'Bonjour' } },
      { route: readMessages, ...nobodys, body: { upTo: randomUUID() } },
    ],
  );
});

/** A sent filing with calls as its operator and as an agent of its authority. */
async function conversation(options: FilingOptions = {}) {
  const operator = await signedInOperator(test, { locale: 'en', legalName: 'Atlas SARL' });
  const sent = await sentFiling(test, { account: operator.account, ...options });
  const agent = options.authority === 'portnet' ? portnet : customs;
  const path = `/filings/${sent.id}/messages`;
  const call = (as: Call['as'], method: Method = 'GET', body?: object, under = path) =>
    callsOf(test, agent).call(method, under, { as, body });
  return {
    ...sent,
    operator,
    agent,
    path,
    call,
    write: (as: Call['as'], text: string) => call(as, 'POST', { text }),
    read: async (as: Call['as']) => (await call(as)).json<Messages>(),
    markRead: (as: Call['as'], upTo: string) => call(as, 'PUT', { upTo }, `${path}/read`),
    hold: () => callsOf(test, agent).call('PUT', `/filings/${sent.id}/holder`),
  };
}

const noticesTo = async (address: string) =>
  await test.deps.database
    .select({ template: emails.template, data: emails.data, locale: emails.locale })
    .from(emails)
    .where(and(eq(emails.to, address), like(emails.template, 'message_received%')))
    .orderBy(emails.id);

describe('messages', () => {
  it('go both ways, and the agent is the authority for the operator', async () => {
    const { write, read, operator, agent } = await conversation();
    const first = await write(operator, '  Bonjour,\nmon document <b>ICE</b> est-il lisible ?  ');
    expect(first.statusCode).toBe(201);
    expect(first.json()).toMatchObject({ author: 'operator', authorName: null, readAt: null });
    await write(agent, 'Oui.');
    expect(await read(operator)).toMatchObject({
      open: true,
      items: [
        { author: 'operator', text: 'Bonjour,\nmon document <b>ICE</b> est-il lisible ?' },
        { author: 'agent', authorName: null, text: 'Oui.' },
      ],
    });
    expect((await read(agent)).items.map(({ authorName }) => authorName)).toEqual([null, 'Nadia Berrada']);
  });

  it('are nobody else’s: another operator’s, another authority’s', async () => {
    const { id, filings, call, write, markRead, operator } = await conversation({
      authorities: ['customs', 'portnet'],
    });
    const message = (await write(operator, 'Pour la douane')).json<{ id: string }>();
    const stranger = await signedInOperator(test);
    for (const as of [stranger, portnet]) {
      expect((await call(as)).statusCode).toBe(404);
      expect((await write(as, 'x')).statusCode).toBe(404);
      expect((await markRead(as, message.id)).statusCode).toBe(404);
    }
    const other = `/filings/${filings.portnet ?? ''}/messages`;
    expect((await call(portnet, 'GET', undefined, other)).json()).toEqual({ items: [], open: true });
    expect((await call(operator, 'GET', undefined, other)).json()).toEqual({ items: [], open: true });
    // A message of one filing marks nothing in the other.
    expect((await call(portnet, 'PUT', { upTo: message.id }, `${other}/read`)).statusCode).toBe(404);
    expect(await countUnread(test.deps.database, [id], 'agent')).toEqual(new Map([[id, 1]]));
  });

  it('begin once the filing was sent', async () => {
    const operator = await signedInOperator(test);
    const { id } = await draftFiling(test, { account: operator.account });
    const { call } = callsOf(test, operator);
    const path = `/filings/${id}/messages`;
    expect((await call('GET', path)).json()).toEqual({ items: [], open: false });
    expect((await call('POST', path, { body: { text: 'Bonjour' } })).json()).toMatchObject({
      status: 409,
      code: 'messages_closed',
    });
    expect((await call('POST', path, { as: customs, body: { text: 'Bonjour' } })).statusCode).toBe(404);
  });

  it.each([{ text: ' ' }, { text: 'é'.repeat(4001) }, {}, { text: 'a', html: '<b>' }])(
    'refuse %j',
    async (body) => {
      const { call, operator } = await conversation();
      expect((await call(operator, 'POST', body)).statusCode).toBe(422);
    },
  );

  it('are sent once under one key', async () => {
    const { path, operator, read } = await conversation();
    const key = randomUUID();
    const { call } = callsOf(test, operator);
    const answers = [];
    for (let time = 0; time < 2; time += 1)
      answers.push((await call('POST', path, { body: { text: 'Une fois' }, key })).body);
    expect(answers[1]).toBe(answers[0]);
    expect((await read(operator)).items).toHaveLength(1);
  });

  it('may be read by who supervises, who neither writes nor takes them for read', async () => {
    const { call, write, markRead, operator } = await conversation();
    const message = (await write(operator, 'Bonjour')).json<{ id: string }>();
    const administrator = await signedInAgent(test, { role: 'administrator' });
    expect((await call(administrator)).statusCode).toBe(200);
    expect((await write(administrator, 'x')).statusCode).toBe(403);
    expect((await markRead(administrator, message.id)).statusCode).toBe(403);
    const finance = await signedInAgent(test, { role: 'finance' });
    expect((await call(finance)).statusCode).toBe(403);
  });

  it('are one’s own in a browser that holds both sessions, whichever application asks', async () => {
    const { path, operator, agent } = await conversation();
    const cookie = `${operator.headers.cookie}; ${agent.headers.cookie}`;
    const { call } = callsOf(test, agent);
    const authors = [];
    for (const caller of ['agent', 'operator'])
      authors.push(
        (
          await call('POST', path, {
            as: { headers: { cookie, 'x-caller': caller } },
            body: { text: 'Bonjour' },
          })
        ).json<{ author: string }>().author,
      );
    expect(authors).toEqual(['agent', 'operator']);
    const stolen = { headers: { ...operator.headers, 'x-caller': 'agent' } };
    expect((await call('GET', path, { as: stolen })).statusCode).toBe(401);
  });
});

describe('what is unread', () => {
  it('is counted for the other side alone, in queue, dossier and card, until it is read up to a message', async () => {
    const { id, subscription, write, markRead, read, operator, agent } = await conversation();
    const ids = [];
    for (const text of ['1', '2', '3']) ids.push((await write(operator, text)).json<{ id: string }>().id);
    const asAgent = callsOf(test, agent);
    const asOperator = callsOf(test, operator);
    const counts = async () => ({
      queue: (await asAgent.call('GET', `/filings?q=${subscription.code}`)).json<{
        items: { unreadMessages: number }[];
      }>().items[0]?.unreadMessages,
      dossier: (await asAgent.dossierOf(id)).unreadMessages,
      card: (await asOperator.call('GET', `/subscriptions/${subscription.id}`)).json<{
        filings: { unreadMessages: number }[];
      }>().filings[0]?.unreadMessages,
    });
    expect(await counts()).toEqual({ queue: 3, dossier: 3, card: 0 });
    expect((await markRead(operator, ids[2] ?? '')).statusCode).toBe(204);
    expect(await counts()).toEqual({ queue: 3, dossier: 3, card: 0 });
    expect((await markRead(agent, ids[1] ?? '')).statusCode).toBe(204);
    expect(await counts()).toEqual({ queue: 1, dossier: 1, card: 0 });
    expect((await read(operator)).items.map(({ readAt }) => readAt !== null)).toEqual([true, true, false]);
    await write(agent, '4');
    expect(await counts()).toEqual({ queue: 1, dossier: 1, card: 1 });
  });

  it('keeps the moment of its first reading', async () => {
    const { write, markRead, read, operator, agent } = await conversation();
    const { id } = (await write(operator, '1')).json<{ id: string }>();
    await markRead(agent, id);
    const [first] = (await read(operator)).items;
    await markRead(agent, id);
    expect((await read(operator)).items).toEqual([first]);
    expect((await markRead(agent, randomUUID())).statusCode).toBe(404);
  });
});

describe('the notice by e-mail', () => {
  it('tells the operator, in their language, without the message, once until it is read', async () => {
    const { write, markRead, read, operator, agent, subscription } = await conversation();
    await write(agent, 'Un secret');
    await Promise.all(['a', 'b', 'c'].map((text) => write(agent, text)));
    const told = await noticesTo(operator.account.email);
    expect(told).toEqual([
      {
        template: 'message_received',
        locale: 'en',
        data: {
          legalName: 'Atlas SARL',
          code: subscription.code,
          authority: 'customs',
          path: `/espace-prive/demandes/${subscription.id}`,
        },
      },
    ]);
    await markRead(operator, (await read(operator)).items.at(-1)?.id ?? '');
    await write(agent, 'Encore');
    expect(await noticesTo(operator.account.email)).toHaveLength(2);
  });

  it('tells the agent who holds the dossier, if any, and who took it since', async () => {
    const { id, write, hold, operator, agent } = await conversation({ authority: 'portnet' });
    await write(operator, 'Personne ne tient le dossier');
    expect(await noticesTo(agent.agent.email)).toEqual([]);
    await hold();
    await write(operator, 'Quelqu’un le tient');
    await write(operator, 'Et le sait déjà');
    expect(await noticesTo(agent.agent.email)).toMatchObject([
      {
        template: 'message_received_by_agent',
        locale: 'fr',
        data: { legalName: 'Atlas SARL', path: `/agents/dossiers/${id}` },
      },
    ]);
    const next = await signedInAgent(test, { authority: 'portnet' });
    await callsOf(test, next).call('PUT', `/filings/${id}/holder`);
    await write(operator, 'Un autre l’a pris');
    expect(await noticesTo(next.agent.email)).toHaveLength(1);
    expect(await noticesTo(agent.agent.email)).toHaveLength(1);
  });

  it('and the message are there both, or neither', async () => {
    const { id, write, operator, agent } = await conversation();
    const { send } = test.deps.jobs;
    Object.assign(test.deps.jobs, { send: () => Promise.reject(new Error('no queue')) });
    const answer = await write(agent, 'Perdu');
    Object.assign(test.deps.jobs, { send });
    expect(answer.statusCode).toBe(500);
    expect(await test.deps.database.$count(messages, eq(messages.filingId, id))).toBe(0);
    expect(await noticesTo(operator.account.email)).toEqual([]);
  });
});

it('messages, code and accounts are in what the operator may take away of their data, without the agents’ names', async () => {
  const { write, operator, agent, id } = await conversation({ authority: 'portnet' });
  await write(operator, 'Bonjour');
  await write(agent, 'Oui');
  const answer = await callsOf(test, operator).call('GET', '/account/export');
  expect(answer.json()).toMatchObject({
    subscriptions: [
      {
        filings: [
          {
            id,
            subscriptionCode: null,
            messages: [{ text: 'Bonjour' }, { text: 'Oui', authorName: null }],
            singleWindowAccounts: [],
          },
        ],
      },
    ],
  });
  expect(answer.body).not.toContain('Omar Tazi');
});

it('a filing has its messages in the order in which they were written, also at once', async () => {
  const { write, read, operator, agent } = await conversation();
  await Promise.all(
    Array.from({ length: 12 }, (_, index) => write(index % 2 === 0 ? operator : agent, String(index))),
  );
  const { items } = await read(agent);
  expect(items).toHaveLength(12);
  expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).toSorted());
});
