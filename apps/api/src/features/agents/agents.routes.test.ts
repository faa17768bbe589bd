import {
  changeAgentPassword,
  completeAgentSession,
  endAgentSession,
  endAgentSessions,
  getAgentSession,
  listAgentSessions,
  type OpenSessions,
  refreshAgentSession,
  startAgentSession,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agents } from '../../db/schema/agents.ts';
import { accessCookies } from '../../plugins/principal.ts';
import { testAccess } from '../../testing/access.ts';
import { administration } from '../../testing/agents-admin.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { testBrowser } from '../../testing/browser.ts';
import { type AgentCredentials, createAgent, renewAgentCredentials } from './create-agent.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});
afterEach(() => test.setNow(undefined));

const laterBy = (ms: number) => test.setNow(new Date(Date.now() + ms));
let serial = 0;
const newAgent = async (): Promise<AgentCredentials> => {
  const credentials = await createAgent(test.deps, {
    name: 'Nadia El Fassi',
    email: `agent-${String((serial += 1))}@douane.example`,
    authority: 'customs',
    role: 'decider',
  });
  if (!credentials) throw new Error('no agent was created');
  return credentials;
};
/** The code of the agent's application, now or some steps away. */
const codeOf = ({ totpSecret }: AgentCredentials, steps = 0) =>
  TOTP.generate({
    secret: Secret.fromBase32(totpSecret),
    timestamp: test.deps.now().getTime() + steps * 30_000,
  });
const start = async (browser: ReturnType<typeof testBrowser>, { email, password }: AgentCredentials) =>
  (await browser.request('POST', '/agent-sessions', { email, password })).json<{ challenge: string }>()
    .challenge;
const signIn = async (agent: AgentCredentials) => {
  const browser = testBrowser(test.app);
  const challenge = await start(browser, agent);
  const answer = await browser.request('POST', '/agent-sessions/code', { challenge, code: codeOf(agent) });
  expect(answer.statusCode).toBe(200);
  return { ...browser, answer };
};

describe('access', () => {
  testAccess(
    () => test,
    [
      {
        route: startAgentSession,
        body: { email: 'personne@douane.example', password: 'x' },
        anonymous: 401,
        operator: 401,
        agent: 401,
      },
      {
        route: completeAgentSession,
        body: { challenge: 'x', code: '123456' },
        anonymous: 401,
        operator: 401,
        agent: 401,
      },
      // The agent of this row exists in its session alone, which is enough.
      { route: getAgentSession, anonymous: 401, operator: 401, agent: 200 },
      { route: endAgentSession, anonymous: 401, operator: 401, agent: 204 },
      { route: refreshAgentSession, anonymous: 401, operator: 401, agent: 401 },
      { route: changeAgentPassword, body: {}, anonymous: 401, operator: 401, agent: 422 },
      { route: listAgentSessions, anonymous: 401, operator: 401, agent: 200 },
      { route: endAgentSessions, body: {}, anonymous: 401, operator: 401, agent: 422 },
    ],
  );
});

describe('an agent', () => {
  it('signs in by password and code', async () => {
    const agent = await newAgent();
    const { answer, request } = await signIn(agent);
    expect(answer.json()).toMatchObject({
      agent: { email: agent.email, name: 'Nadia El Fassi', authority: 'customs', role: 'decider' },
    });
    expect((await request('GET', '/agent-sessions/current')).statusCode).toBe(200);
    expect((await request('GET', '/sessions/current')).statusCode).toBe(401);
    expect((await request('DELETE', '/agent-sessions/current')).statusCode).toBe(204);
    expect((await request('GET', '/agent-sessions/current')).statusCode).toBe(401);
  });

  it('gets nothing by the password alone', async () => {
    const agent = await newAgent();
    const browser = testBrowser(test.app);
    const challenge = await start(browser, agent);
    expect(browser.jar.size).toBe(0);
    browser.jar.set(accessCookies.agent, challenge);
    expect((await browser.request('GET', '/agent-sessions/current')).statusCode).toBe(401);
    browser.jar.set(accessCookies.operator, challenge);
    expect((await browser.request('GET', '/sessions/current')).statusCode).toBe(401);
  });

  it('is not let in by a session’s token in the place of a challenge', async () => {
    const agent = await newAgent();
    const { jar, request } = await signIn(agent);
    laterBy(60_000);
    const answer = await request('POST', '/agent-sessions/code', {
      challenge: jar.get(accessCookies.agent) ?? '',
      code: codeOf(agent),
    });
    expect(answer.json()).toMatchObject({ code: 'challenge_expired' });
  });

  it('may have a clock half a minute away, and no more', async () => {
    for (const [steps, status] of [
      [-2, 401],
      [2, 401],
      [-1, 200],
      [1, 200],
    ] as const) {
      const agent = await newAgent();
      const browser = testBrowser(test.app);
      const challenge = await start(browser, agent);
      const answer = await browser.request('POST', '/agent-sessions/code', {
        challenge,
        code: codeOf(agent, steps).replace(/(...)/, '$1 '),
      });
      expect(answer.statusCode).toBe(status);
    }
  });

  it('may type the code with the digits of an Arabic keyboard', async () => {
    const agent = await newAgent();
    const browser = testBrowser(test.app);
    const challenge = await start(browser, agent);
    const code = codeOf(agent).replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '');
    const answer = await browser.request('POST', '/agent-sessions/code', { challenge, code });
    expect(answer.statusCode).toBe(200);
  });

  it('uses a code once, also when it is sent many times at once', async () => {
    const agent = await newAgent();
    const challenge = await start(testBrowser(test.app), agent);
    const code = codeOf(agent);
    const send = () => testBrowser(test.app).request('POST', '/agent-sessions/code', { challenge, code });
    const answers = await Promise.all([send(), send(), send(), send()]);
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect((await send()).json()).toMatchObject({ code: 'code_wrong' });
    laterBy(30_000);
    expect((await send()).json()).toMatchObject({ code: 'code_wrong' });
  });

  it('can’t be guessed at: passwords and codes lock', async () => {
    const agent = await newAgent();
    const browser = testBrowser(test.app);
    const challenge = await start(browser, agent);
    const codes = await Promise.all(
      Array.from({ length: 20 }, () =>
        browser.request('POST', '/agent-sessions/code', { challenge, code: '000000' }),
      ),
    );
    expect(codes.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
    expect(
      (await browser.request('POST', '/agent-sessions/code', { challenge, code: codeOf(agent) })).json(),
    ).toMatchObject({ code: 'locked' });
    const other = await newAgent();
    const passwords = await Promise.all(
      Array.from({ length: 20 }, () =>
        browser.request('POST', '/agent-sessions', { email: other.email, password: 'non' }),
      ),
    );
    expect(passwords.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
  });

  it('who left can’t sign in, nor go on', async () => {
    const agent = await newAgent();
    const { request, jar } = await signIn(agent);
    const kept = new Map(jar);
    await test.deps.database.update(agents).set({ active: false }).where(eq(agents.email, agent.email));
    expect((await request('GET', '/agent-sessions/current')).statusCode).toBe(401);
    for (const [name, value] of kept) jar.set(name, value);
    expect((await request('POST', '/agent-sessions/refresh')).statusCode).toBe(401);
    expect((await request('POST', '/agent-sessions', agent)).statusCode).toBe(422);
    const { email, password } = agent;
    expect((await request('POST', '/agent-sessions', { email, password })).statusCode).toBe(401);
  });

  it('works for 8 hours at most', async () => {
    const { request } = await signIn(await newAgent());
    for (let minutes = 25; minutes < 480; minutes += 25) {
      laterBy(minutes * 60_000);
      expect((await request('POST', '/agent-sessions/refresh')).statusCode).toBe(200);
    }
    laterBy(481 * 60_000);
    expect((await request('POST', '/agent-sessions/refresh')).statusCode).toBe(401);
  });

  it('is given new credentials, which end the old ones and the sessions', async () => {
    const agent = await newAgent();
    const { request } = await signIn(agent);
    const renewed = await renewAgentCredentials(test.deps, agent.email);
    expect(renewed?.password).not.toBe(agent.password);
    expect((await request('GET', '/agent-sessions/current')).statusCode).toBe(401);
    const { email, password } = agent;
    expect((await request('POST', '/agent-sessions', { email, password })).statusCode).toBe(401);
    if (renewed) await signIn(renewed);
    expect(await createAgent(test.deps, { name: 'X', email, authority: 'customs', role: 'decider' })).toBe(
      undefined,
    );
  });
});

const own = 'Bassin-42-quai-nord';
const change = (
  { request }: Pick<ReturnType<typeof testBrowser>, 'request'>,
  currentPassword: string,
  password: string,
) => request('PUT', '/agent-account/password', { currentPassword, password });

describe('a given password', () => {
  it('opens nothing but the way to one’s own', async () => {
    const agent = await newAgent();
    const browser = await signIn(agent);
    expect(browser.answer.json()).toMatchObject({ agent: { mustChoosePassword: true } });
    for (const path of ['/filings', '/filings/statistics', '/agent-account/sessions']) {
      const refused = await browser.request('GET', path);
      expect(refused.statusCode).toBe(403);
      expect(refused.json()).toMatchObject({ code: 'password_to_choose' });
    }
    expect((await browser.request('GET', '/agent-sessions/current')).statusCode).toBe(200);
    const chosen = await change(browser, agent.password, own);
    expect(chosen.statusCode).toBe(200);
    expect(chosen.json()).toMatchObject({ email: agent.email, mustChoosePassword: false });
    expect(await administration(() => test).mailsTo(agent.email)).toMatchObject([
      { template: 'agent_access_changed', data: { change: 'password' } },
    ]);
    expect((await browser.request('GET', '/filings')).statusCode).toBe(200);
    const { email, password } = agent;
    const fresh = testBrowser(test.app);
    expect((await fresh.request('POST', '/agent-sessions', { email, password })).statusCode).toBe(401);
    expect((await fresh.request('POST', '/agent-sessions', { email, password: own })).statusCode).toBe(200);
  });

  it('is asked for again after new credentials, and never in the demonstration', async () => {
    const agent = await newAgent();
    await change(await signIn(agent), agent.password, own);
    const renewed = await renewAgentCredentials(test.deps, agent.email);
    if (!renewed) throw new Error('no credentials');
    expect((await (await signIn(renewed)).request('GET', '/filings')).statusCode).toBe(403);
    const shown = await renewAgentCredentials({ ...test.deps, keepsPassword: true }, agent.email);
    if (!shown) throw new Error('no credentials');
    expect((await (await signIn(shown)).request('GET', '/filings')).statusCode).toBe(200);
  });
});

describe('the password of an agent', () => {
  it.each([
    ['Figuier-42', 'password_too_short'],
    ['aaaaaaaaaaaa', 'password_too_weak'],
  ])('can’t be « %s »', async (password, code) => {
    const agent = await newAgent();
    const browser = await signIn(agent);
    const answer = await change(browser, agent.password, password);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/password', code }] });
  });

  it('can’t be the one that was given', async () => {
    const agent = await newAgent();
    const browser = await signIn(agent);
    const answer = await change(browser, agent.password, agent.password);
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/password', code: 'password_unchanged' }] });
    expect((await browser.request('GET', '/filings')).statusCode).toBe(403);
  });

  it('can’t be guessed at from a session left open', async () => {
    const agent = await newAgent();
    const browser = await signIn(agent);
    const answers = await Promise.all(Array.from({ length: 12 }, () => change(browser, 'non', own)));
    expect(answers.filter((answer) => answer.statusCode === 422)).toHaveLength(5);
    expect((await change(browser, agent.password, own)).json()).toMatchObject({ code: 'locked' });
  });

  it('ends the sessions elsewhere when it is changed', async () => {
    const agent = await newAgent();
    const elsewhere = await signIn(agent);
    laterBy(60_000);
    const here = await signIn(agent);
    expect((await change(here, agent.password, own)).statusCode).toBe(200);
    expect((await here.request('GET', '/agent-sessions/current')).statusCode).toBe(200);
    expect((await elsewhere.request('GET', '/agent-sessions/current')).statusCode).toBe(401);
  });

  it('changed, leaves nothing to a copy of the cookies, nor do the sessions that are ended', async () => {
    const agent = await newAgent();
    const here = await signIn(agent);
    const end = () => here.request('POST', '/agent-account/session-endings', { currentPassword: own });
    for (const act of [() => change(here, agent.password, own), end]) {
      const stolen = testBrowser(test.app);
      for (const [name, value] of here.jar) stolen.jar.set(name, value);
      expect((await act()).statusCode).toBeLessThan(300);
      expect((await stolen.request('GET', '/agent-sessions/current')).statusCode).toBe(401);
      expect((await stolen.request('POST', '/agent-sessions/refresh')).statusCode).toBe(401);
      expect((await here.request('POST', '/agent-sessions/refresh')).statusCode).toBe(200);
    }
  });

  it('changed twice at once, is changed once', async () => {
    const agent = await newAgent();
    const browser = await signIn(agent);
    const answers = await Promise.all([
      change(browser, agent.password, own),
      change(browser, agent.password, `${own}-bis`),
    ]);
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 422)).toHaveLength(1);
  });
});

describe('the sessions of an agent', () => {
  it('are seen and ended with the password', async () => {
    const agent = await newAgent();
    const here = await signIn(agent);
    await change(here, agent.password, own);
    laterBy(60_000);
    const elsewhere = await signIn({ ...agent, password: own });
    const { items } = (await here.request('GET', '/agent-account/sessions')).json<OpenSessions>();
    expect(items.map(({ current }) => current)).toEqual([true, false]);
    const id = items[1]?.id;
    const wrong = await here.request('POST', '/agent-account/session-endings', {
      currentPassword: 'non',
      id,
    });
    expect(wrong.json()).toMatchObject({ code: 'password_wrong' });
    expect((await elsewhere.request('GET', '/agent-sessions/current')).statusCode).toBe(200);
    const right = await here.request('POST', '/agent-account/session-endings', { currentPassword: own, id });
    expect(right.statusCode).toBe(204);
    expect((await elsewhere.request('GET', '/agent-sessions/current')).statusCode).toBe(401);
    expect((await here.request('GET', '/agent-sessions/current')).statusCode).toBe(200);
  });
});
