import {
  completeAgentSession,
  endAgentSession,
  getAgentSession,
  refreshAgentSession,
  startAgentSession,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agents } from '../../db/schema/agents.ts';
import { accessCookies } from '../../plugins/principal.ts';
import { testAccess } from '../../testing/access.ts';
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
