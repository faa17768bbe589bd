import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import {
  agentInvitationHours,
  changeAgent,
  getManagedAgent,
  inviteAgent,
  listAgents,
  type ManagedAgent,
  type Problem,
  renewAgentAccess,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agentInvitations } from '../../db/schema/agents.ts';
import { logOptions } from '../../process.ts';
import { testAccess } from '../../testing/access.ts';
import { type AgentGiven, administration } from '../../testing/agents-admin.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAgent } from '../../testing/factories.ts';
import { mailedInvitation } from '../../testing/invitations.ts';
import { hashPassword } from '../accounts/passwords.ts';

let test: TestApp;
const lines: string[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});
beforeAll(async () => {
  test = await testApp({ log: pino({ ...logOptions, level: 'info' }, stream) });
});
afterEach(() => test.setNow(undefined));

const id = '01991f36-0000-7000-8000-000000000000';
const password = 'Bassin-42-quai-nord';
/** The signed-in agent of these rows decides dossiers: who works beside them is no affair of theirs. */
const administrators = { anonymous: 401, operator: 401, agent: 403 };
testAccess(
  () => test,
  [
    { route: listAgents, ...administrators },
    {
      route: inviteAgent,
      body: { name: 'Essai', email: 'essai@douane.example', role: 'decider' },
      ...administrators,
    },
    { route: getManagedAgent, params: { id }, ...administrators },
    { route: changeAgent, params: { id }, body: { active: false }, ...administrators },
    { route: renewAgentAccess, params: { id }, ...administrators },
  ],
);

const { signedIn, invite, change, renew, newEmail, rowOf, actsAbout, mailsTo, codeOf } = administration(
  () => test,
);
const auditsOf = (audit: string) =>
  lines.map((line): Record<string, unknown> => JSON.parse(line)).filter((line) => line.audit === audit);
/** What the sign-in answers, but for the id of the request. */
const startSession = async (email: string, typed: string) => {
  const answer = await test.app.inject({
    method: 'POST',
    url: '/api/v1/agent-sessions',
    payload: { email, password: typed },
  });
  const { requestId: _, ...said } = answer.json<Problem>();
  return { status: answer.statusCode, said };
};

describe('an invitation', () => {
  it('makes an agent of the same authority, whom a mailed link waits for', async () => {
    test.setNow(new Date('2026-11-20T09:00:00.000Z'));
    const caller = await signedIn();
    const email = newEmail();
    const answer = await invite(caller, { email: ` ${email.toUpperCase()} `, role: 'finance', locale: 'ar' });
    expect(answer.statusCode).toBe(201);
    const invited = answer.json<ManagedAgent>();
    expect(invited).toEqual({
      id: invited.id,
      name: 'Hajar Benjelloun',
      email,
      authority: 'customs',
      role: 'finance',
      locale: 'ar',
      status: 'invited',
      createdAt: '2026-11-20T09:00:00.000Z',
      lastSignInAt: null,
      invitationExpiresAt: '2026-11-23T09:00:00.000Z',
    });
    expect((await caller.call('GET', `/admin/agents/${invited.id}`)).json()).toEqual(invited);
    expect(await rowOf(invited.id)).toMatchObject({ passwordHash: null, totpSecret: null });
    const token = await mailedInvitation(test, email);
    expect(await mailsTo(email)).toMatchObject([
      {
        template: 'agent_invitation',
        locale: 'ar',
        status: 'queued',
        data: {
          name: 'Hajar Benjelloun',
          authority: 'customs',
          by: 'Driss Bennani',
          path: `/agents/invitation#${token}`,
          expiresAt: '2026-11-23T09:00:00.000Z',
          renewed: false,
        },
      },
    ]);
    expect(await actsAbout(invited.id)).toEqual([['agent_invited', caller.agent.id, []]]);
    expect(auditsOf('agent_invited').find(({ agentId }) => agentId === invited.id)).toMatchObject({
      caller: `agent ${caller.agent.id}`,
    });
    const rows = await test.deps.database
      .select()
      .from(agentInvitations)
      .where(eq(agentInvitations.agentId, invited.id));
    expect(JSON.stringify(rows)).not.toContain(token);
    for (const secret of [token, email, 'Benjelloun']) expect(lines.join('')).not.toContain(secret);
  });

  it('is one of a retry with the same Idempotency-Key, and one of two at once', async () => {
    const [caller, other] = [await signedIn(), await signedIn()];
    const [email, key] = [newEmail(), randomUUID()];
    const first = await invite(caller, { email }, key);
    expect((await invite(caller, { email }, key)).body).toBe(first.body);
    expect(await mailsTo(email)).toHaveLength(1);
    for (let round = 0; round < 5; round += 1) {
      const twin = newEmail();
      const answers = await Promise.all([invite(caller, { email: twin }), invite(other, { email: twin })]);
      expect(answers.map(codeOf).toSorted()).toEqual(['201', 'email_in_use']);
      expect(await mailsTo(twin)).toHaveLength(1);
    }
  });

  it.each(['customs', 'portnet'] as const)('refuses the address of an agent of %s', async (authority) => {
    const { email } = await makeAgent(test, { authority });
    const answer = await invite(await signedIn(), { email });
    expect(answer.json()).toMatchObject({
      status: 409,
      code: 'email_in_use',
      errors: [{ pointer: '/email', code: 'email_in_use' }],
    });
    expect(await mailsTo(email)).toEqual([]);
  });

  it.each([
    ['Hajar\r\nBcc: tous@piege.example\tB', 'Hajar Bcc: tous@piege.example B'],
    ['  Hajar\u2028\u2029 \u0000\u001b[31m ', 'Hajar [31m'],
  ])('keeps a name on one line', async (name, kept) => {
    const answer = await invite(await signedIn(), { name });
    expect(answer.json<ManagedAgent>().name).toBe(kept);
  });

  it.each([
    [{ name: ' \u0007\u2028 ' }, '/name required'],
    [{ name: 'a'.repeat(121) }, '/name too_long'],
    [{ email: 'a@b.example\r\nBcc: c@d.example' }, '/email email_invalid'],
    [{ role: 'director' }, '/role not_in_list'],
    [{ authority: 'portnet' }, '/authority unknown_field'],
  ])('refuses %j', async (given, expected) => {
    const answer = await invite(await signedIn(), given);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<Problem>().errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      expected,
    ]);
  });

  it('opens no session: the sign-in answers as for nobody', async () => {
    const email = newEmail();
    await invite(await signedIn(), { email });
    const nobody = await startSession(newEmail(), password);
    expect(nobody).toMatchObject({ status: 401, said: { code: 'credentials_wrong' } });
    expect(await startSession(email, password)).toEqual(nobody);
    expect(await startSession(email, '')).toEqual(await startSession(newEmail(), ''));
  });
});

describe('the agents', () => {
  it('are found by words of name and e-mail whatever their accents, by role and by status, in pages by name', async () => {
    const caller = await signedIn({ authority: 'portnet', name: 'Zineb Zerhouni' });
    const make = (name: string, given: AgentGiven = {}) =>
      makeAgent(test, { authority: 'portnet', name, email: `${randomUUID()}@gu.example`, ...given });
    await make('Éléonore Benchekroun', { role: 'finance' });
    await make('Anas 100 % Benchekroun', { active: false });
    await make('أحمد بنشقرون', { passwordHash: null, totpSecret: null });
    await make('Anas Alami', { email: 'courrier.benchekroun@gu.example' });
    const found = async (query: string) => {
      const answer = await caller.call('GET', `/admin/agents?${query}`);
      expect(answer.statusCode).toBe(200);
      return answer.json<{ items: ManagedAgent[]; total: number; page: number }>();
    };
    const named = async (query: string) => (await found(query)).items.map(({ name }) => name);
    expect(await named('q=BENCHEKROUN%20eleonore')).toEqual(['Éléonore Benchekroun']);
    expect(await named('q=benchekroun')).toEqual([
      'Anas 100 % Benchekroun',
      'Anas Alami',
      'Éléonore Benchekroun',
    ]);
    expect(await named('q=%25')).toEqual(['Anas 100 % Benchekroun']);
    expect(await named('q=benchekroun&role=finance')).toEqual(['Éléonore Benchekroun']);
    expect(await named('status=suspended')).toEqual(['Anas 100 % Benchekroun']);
    expect(await named('status=invited')).toEqual(['أحمد بنشقرون']);
    expect(await named('status=active&role=administrator')).toEqual(['Zineb Zerhouni']);
    const { items } = await found('pageSize=100');
    expect(await found('pageSize=2&page=2')).toEqual({
      items: items.slice(2, 4),
      page: 2,
      pageSize: 2,
      total: items.length,
    });
    expect(items.every(({ authority }) => authority === 'portnet')).toBe(true);
    const own = ['Anas Alami', 'Éléonore Benchekroun', 'Zineb Zerhouni', 'أحمد بنشقرون'];
    expect(items.map(({ name }) => name).filter((name) => own.includes(name))).toEqual(own);
  });

  it('of the other authority are not there', async () => {
    const caller = await signedIn();
    const { id: other } = await makeAgent(test, { authority: 'portnet' });
    const before = await rowOf(other);
    for (const agentId of [other, id]) {
      expect(codeOf(await caller.call('GET', `/admin/agents/${agentId}`))).toBe('not_found');
      expect(codeOf(await change(caller, agentId, { active: false, role: 'administrator' }))).toBe(
        'not_found',
      );
      expect(codeOf(await renew(caller, agentId))).toBe('not_found');
    }
    expect(await rowOf(other)).toEqual(before);
    expect(await actsAbout(other)).toEqual([]);
  });

  it.each(['decider', 'finance'] as const)('are no affair of a %s, nor is inviting', async (role) => {
    const caller = await signedIn({ role });
    const { id: other } = await makeAgent(test);
    const answers = [
      await caller.call('GET', '/admin/agents'),
      await caller.call('GET', `/admin/agents/${other}`),
      await invite(caller),
      await change(caller, caller.agent.id, { role: 'administrator' }),
      await renew(caller, other),
    ];
    expect(answers.map(codeOf)).toEqual(Array.from(answers, () => 'forbidden'));
  });
});

describe('a change', () => {
  it('is of what is given and nothing else, and says in the history from what to what', async () => {
    const caller = await signedIn();
    const { id: agentId } = await makeAgent(test, { name: 'Avant' });
    const changed = await change(caller, agentId, { name: ' Après ', locale: 'ar' });
    expect(changed.json()).toMatchObject({ name: 'Après', locale: 'ar', role: 'decider', status: 'active' });
    for (const body of [{}, { name: 'Après', role: 'decider', active: true }])
      expect((await change(caller, agentId, body)).json()).toEqual(changed.json());
    await change(caller, agentId, { role: 'finance', active: false });
    await change(caller, agentId, { active: true });
    const by = caller.agent.id;
    expect(await actsAbout(agentId)).toEqual([
      [
        'agent_changed',
        by,
        [
          { field: 'name', from: 'Avant', to: 'Après' },
          { field: 'locale', from: 'fr', to: 'ar' },
        ],
      ],
      ['agent_changed', by, [{ field: 'role', from: 'decider', to: 'finance' }]],
      ['agent_suspended', by, []],
      ['agent_restored', by, []],
    ]);
    const refused = await change(caller, agentId, { email: newEmail() });
    expect(refused.json()).toMatchObject({ errors: [{ pointer: '/email', code: 'unknown_field' }] });
  });

  it('of the role is in force at the next request', async () => {
    const caller = await signedIn();
    const agent = await signedIn({ role: 'decider' });
    const may = async () => [
      await agent.read('/filings'),
      await agent.read('/finance/orders'),
      await agent.read('/admin/agents'),
    ];
    expect(await may()).toEqual([200, 403, 403]);
    await change(caller, agent.agent.id, { role: 'finance' });
    expect(await may()).toEqual([403, 200, 403]);
    await change(caller, agent.agent.id, { role: 'administrator' });
    expect(await may()).toEqual([200, 200, 200]);
    await change(caller, agent.agent.id, { role: 'decider' });
    expect(await may()).toEqual([200, 403, 403]);
  });

  it('of one’s own role or access is refused; of one’s own name and language it is not', async () => {
    const caller = await signedIn();
    const own = caller.agent.id;
    expect(codeOf(await change(caller, own, { role: 'decider' }))).toBe('own_access');
    expect(codeOf(await change(caller, own, { active: false, name: 'X' }))).toBe('own_access');
    expect(codeOf(await renew(caller, own))).toBe('own_access');
    expect(await actsAbout(own)).toEqual([]);
    const changed = await change(caller, own, {
      name: 'Driss El Bennani',
      locale: 'en',
      role: 'administrator',
      active: true,
    });
    expect(changed.json()).toMatchObject({ name: 'Driss El Bennani', locale: 'en', status: 'active' });
    expect((await actsAbout(own)).map(([act]) => act)).toEqual(['agent_changed']);
  });
});

describe('a suspended agent', () => {
  it('is refused at the next request, and signs in as nobody does; restored, the closed sessions stay closed', async () => {
    const caller = await signedIn();
    const email = newEmail();
    const agent = await signedIn({ role: 'decider', email, passwordHash: await hashPassword(password) });
    expect(await agent.read('/filings')).toBe(200);
    const suspended = await change(caller, agent.agent.id, { active: false });
    expect(suspended.json()).toMatchObject({ status: 'suspended', invitationExpiresAt: null });
    expect(await agent.read('/filings')).toBe(401);
    expect(await agent.read('/agent-sessions/current')).toBe(401);
    expect(await startSession(email, password)).toEqual(await startSession(newEmail(), password));
    expect(codeOf(await renew(caller, agent.agent.id))).toBe('agent_suspended');
    expect((await change(caller, agent.agent.id, { active: true })).json()).toMatchObject({
      status: 'active',
    });
    expect(await agent.read('/filings')).toBe(401);
    expect((await startSession(email, password)).status).toBe(200);
  });

  it('has links that open nothing, restored too, until another one is sent', async () => {
    const caller = await signedIn();
    const email = newEmail();
    const { id: agentId } = (await invite(caller, { email })).json<ManagedAgent>();
    const stateOf = async (token: string) =>
      (
        await test.app.inject({ method: 'POST', url: '/api/v1/agent-invitations/state', payload: { token } })
      ).json();
    const token = await mailedInvitation(test, email);
    expect(await stateOf(token)).toMatchObject({ state: 'valid' });
    await change(caller, agentId, { active: false });
    expect(await stateOf(token)).toMatchObject({ state: 'expired', invited: null });
    expect((await change(caller, agentId, { active: true })).json()).toMatchObject({ status: 'invited' });
    expect(await stateOf(token)).toMatchObject({ state: 'expired', invited: null });
    expect((await renew(caller, agentId)).statusCode).toBe(202);
    expect(await stateOf(await mailedInvitation(test, email))).toMatchObject({ state: 'valid' });
  });
});

describe('a renewed access', () => {
  it('ends the password, the codes, every session and the older links at once', async () => {
    const caller = await signedIn();
    const email = newEmail();
    const agent = await signedIn({
      role: 'decider',
      email,
      passwordHash: await hashPassword(password),
      lastSignInAt: new Date('2026-11-19T08:00:00Z'),
    });
    const { id: agentId } = agent.agent;
    expect((await startSession(email, password)).status).toBe(200);
    test.setNow(new Date());
    const renewed = await renew(caller, agentId);
    expect(renewed.statusCode).toBe(202);
    expect(renewed.json()).toMatchObject({
      status: 'invited',
      lastSignInAt: '2026-11-19T08:00:00.000Z',
      invitationExpiresAt: new Date(
        test.deps.now().getTime() + agentInvitationHours * 3_600_000,
      ).toISOString(),
    });
    expect(await agent.read('/filings')).toBe(401);
    expect(await startSession(email, password)).toEqual(await startSession(newEmail(), password));
    expect(await rowOf(agentId)).toMatchObject({ passwordHash: null, totpSecret: null });
    const former = await mailedInvitation(test, email);
    expect((await renew(caller, agentId)).statusCode).toBe(202);
    const stateOf = async (token: string) =>
      (
        await test.app.inject({ method: 'POST', url: '/api/v1/agent-invitations/state', payload: { token } })
      ).json<{ state: string }>().state;
    expect(await stateOf(former)).toBe('expired');
    expect(await stateOf(await mailedInvitation(test, email))).toBe('valid');
    expect(await mailsTo(email)).toMatchObject([{ data: { renewed: true } }, { data: { renewed: true } }]);
    expect((await actsAbout(agentId)).map(([act]) => act)).toEqual([
      'agent_access_renewed',
      'agent_access_renewed',
    ]);
  });

  it('is an invitation again for who never had any', async () => {
    const caller = await signedIn();
    const email = newEmail();
    const { id: agentId } = (await invite(caller, { email })).json<ManagedAgent>();
    await renew(caller, agentId);
    expect(await mailsTo(email)).toMatchObject([{ data: { renewed: false } }, { data: { renewed: false } }]);
  });
});
