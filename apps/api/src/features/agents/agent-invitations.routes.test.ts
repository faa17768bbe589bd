import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import {
  type AgentInvitation,
  acceptAgentInvitation,
  agentInvitationHours,
  getAgentInvitation,
  type ManagedAgent,
  type Problem,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, buildApp } from '../../app.ts';
import { administrationEntries } from '../../db/schema/administration.ts';
import { agentInvitations } from '../../db/schema/agents.ts';
import { logOptions } from '../../process.ts';
import { testAccess } from '../../testing/access.ts';
import { administration } from '../../testing/agents-admin.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { testBrowser } from '../../testing/browser.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { askWhileChanged } from '../../testing/held-agent.ts';
import { mailedInvitation } from '../../testing/invitations.ts';
import { renewAgentCredentials } from './create-agent.ts';

let test: TestApp;
/** Another process of the same API. */
let replica: App;
const lines: string[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});
beforeAll(async () => {
  test = await testApp({ log: pino({ ...logOptions, level: 'info' }, stream) });
  replica = await buildApp(test.deps);
  await replica.ready();
});
afterAll(() => replica.close());
// Codes change with the clock: each test has its own moment.
beforeEach(() => test.setNow(new Date()));
const laterBy = (ms: number) => test.setNow(new Date(Date.now() + ms));
const hourMs = 3_600_000;

const unknown = 'x'.repeat(43);
const password = 'Bassin-42-quai-nord';
testAccess(
  () => test,
  [
    { route: getAgentInvitation, body: { token: unknown }, anonymous: 404, operator: 404, agent: 404 },
    {
      route: acceptAgentInvitation,
      body: { token: unknown, password, code: '123456' },
      anonymous: 404,
      operator: 404,
      agent: 404,
    },
  ],
);

const post = (path: string, payload: object, app = test.app) =>
  app.inject({ method: 'POST', url: `/api/v1${path}`, payload });
const stateOf = async (token: string) => {
  const answer = await post('/agent-invitations/state', { token });
  expect(answer.statusCode).toBe(200);
  return answer.json<AgentInvitation>();
};
const { actsAbout, rowOf, codeOf, mailsTo } = administration(() => test);

/** The code that an application shows which has this key, now or some steps away. */
const totp = (secret: string, steps = 0) =>
  TOTP.generate({
    secret: Secret.fromBase32(secret),
    timestamp: test.deps.now().getTime() + steps * 30_000,
  });

/** Somebody whom an administrator has just invited, with the link of the e-mail, opened once. */
async function invited(given: object = {}) {
  const { headers, agent: administrator } = await signedInAgent(test, { role: 'administrator' });
  const email = `invite-${randomUUID()}@douane.example`;
  const answer = await test.app.inject({
    method: 'POST',
    url: '/api/v1/admin/agents',
    headers,
    payload: { name: 'Hajar Benjelloun', email, role: 'decider', ...given },
  });
  const { id } = answer.json<ManagedAgent>();
  const call = async (method: 'GET' | 'PATCH' | 'POST', path = '', payload?: object) =>
    await test.app.inject({
      method,
      url: `/api/v1/admin/agents/${id}${path}`,
      headers,
      ...(payload ? { payload } : {}),
    });
  const token = await mailedInvitation(test, email);
  const { invited: shown } = await stateOf(token);
  if (!shown) throw new Error('the link shows nobody');
  return {
    id,
    email,
    token,
    secret: shown.totpSecret,
    administrator,
    seen: async () => (await call('GET')).json<ManagedAgent>(),
    change: (body: object) => call('PATCH', '', body),
    renew: async () => {
      expect((await call('POST', '/invitation')).statusCode).toBe(202);
      return await mailedInvitation(test, email);
    },
  };
}
type Invited = Awaited<ReturnType<typeof invited>>;

const accept = ({ token, secret }: Pick<Invited, 'token' | 'secret'>, given: object = {}, app = test.app) =>
  post('/agent-invitations/acceptance', { token, password, code: totp(secret), ...given }, app);

const start = async (email: string, typed = password) => {
  const browser = testBrowser(test.app);
  const answer = await browser.request('POST', '/agent-sessions', { email, password: typed });
  return { browser, answer, challenge: answer.json<{ challenge?: string }>().challenge ?? '' };
};
async function signIn({ email, secret }: Pick<Invited, 'email' | 'secret'>, typed = password) {
  const { browser, challenge } = await start(email, typed);
  const answer = await browser.request('POST', '/agent-sessions/code', { challenge, code: totp(secret) });
  return { ...browser, answer };
}
describe('a link', () => {
  it('shows whom it is for and the same key each time, and changes nothing', async () => {
    const { id, email, token, secret, seen } = await invited({ locale: 'ar' });
    const before = await seen();
    for (let opened = 0; opened < 3; opened += 1)
      expect(await stateOf(token)).toEqual({
        state: 'valid',
        expiresAt: before.invitationExpiresAt,
        invited: {
          name: 'Hajar Benjelloun',
          email,
          authority: 'customs',
          totpSecret: secret,
          totpUri: `otpauth://totp/RNOCE:${encodeURIComponent(email)}?issuer=RNOCE&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
        },
      });
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(await seen()).toEqual(before);
    const rows = await test.deps.database
      .select()
      .from(agentInvitations)
      .where(eq(agentInvitations.agentId, id));
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect((await invited()).secret).not.toBe(secret);
  });

  it('brings the agent in, once: by the chosen password and a code that comes after', async () => {
    const agent = await invited();
    const { id, token } = agent;
    expect((await accept(agent)).statusCode).toBe(204);
    expect(await agent.seen()).toMatchObject({
      status: 'active',
      lastSignInAt: null,
      invitationExpiresAt: null,
    });
    expect(await stateOf(token)).toMatchObject({ state: 'used', invited: null });
    expect((await actsAbout(id)).at(-1)).toEqual(['agent_enrolled', id, []]);
    expect((await mailsTo(agent.email)).at(-1)).toMatchObject({
      template: 'agent_access_changed',
      data: { change: 'activated' },
    });
    // The code that the enrolment used, and those before it, open nothing.
    const { browser, challenge } = await start(agent.email);
    for (const code of [totp(agent.secret), totp(agent.secret, -1)])
      expect(codeOf(await browser.request('POST', '/agent-sessions/code', { challenge, code }))).toBe(
        'code_wrong',
      );
    laterBy(60_000);
    const { request, answer } = await signIn(agent);
    expect(answer.json()).toMatchObject({ agent: { email: agent.email, mustChoosePassword: false } });
    expect((await request('GET', '/filings')).statusCode).toBe(200);
    expect(await agent.seen()).toMatchObject({ lastSignInAt: test.deps.now().toISOString() });
    const former = await rowOf(id);
    expect(codeOf(await accept(agent, { password: 'Un-autre-quai-77' }))).toBe('link_used');
    expect(await rowOf(id)).toEqual(former);
  });

  it('takes a code in the digits of an Arabic keyboard, with spaces, of a clock half a minute away', async () => {
    for (const steps of [-1, 1]) {
      const agent = await invited();
      const code = totp(agent.secret, steps)
        .replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '')
        .replace(/(...)/, '$1 ');
      expect((await accept(agent, { code })).statusCode).toBe(204);
    }
    const agent = await invited();
    expect(codeOf(await accept(agent, { code: totp(agent.secret, 2) }))).toBe('code_wrong');
  });

  it.each([
    [{ code: '000000' }, 'code_wrong'],
    [{ code: '' }, 'code_wrong'],
    [{ password: 'Figuier-42' }, 'password_too_short'],
    [{ password: 'aaaaaaaaaaaa' }, 'password_too_weak'],
    [{ password: 'Hajar Benjelloun' }, 'password_too_weak'],
  ])('is not used by %j', async (given, code) => {
    const agent = await invited();
    const answer = await accept(agent, given);
    expect([codeOf(answer), answer.json<Problem>().errors?.map((error) => error.code)]).toEqual(
      code === 'code_wrong' ? [code, undefined] : ['validation', [code]],
    );
    expect(await stateOf(agent.token)).toMatchObject({ state: 'valid' });
    expect(await rowOf(agent.id)).toMatchObject({ passwordHash: null, totpSecret: null, totpLastStep: 0 });
    expect((await accept(agent)).statusCode).toBe(204);
  });

  it(`works for ${String(agentInvitationHours)} hours`, async () => {
    const [late, early] = [await invited(), await invited()];
    laterBy(agentInvitationHours * hourMs - 60_000);
    expect((await accept(early)).statusCode).toBe(204);
    laterBy(agentInvitationHours * hourMs + 60_000);
    expect(await stateOf(late.token)).toMatchObject({ state: 'expired', invited: null });
    expect(codeOf(await accept(late))).toBe('link_expired');
    expect(await rowOf(late.id)).toMatchObject({ passwordHash: null, totpSecret: null });
  });

  it('of an older e-mail is void, and so is any once the agent has the keys otherwise', async () => {
    const agent = await invited();
    const token = await agent.renew();
    expect(codeOf(await accept(agent))).toBe('link_expired');
    const { invited: shown } = await stateOf(token);
    expect(shown?.totpSecret).not.toBe(agent.secret);
    const given = await renewAgentCredentials(test.deps, agent.email);
    expect(await stateOf(token)).toMatchObject({ state: 'expired', invited: null });
    expect(codeOf(await accept({ token, secret: shown?.totpSecret ?? '' }))).toBe('link_expired');
    expect((await start(agent.email, given?.password)).answer.statusCode).toBe(200);
  });

  it('lifts the locks that a stranger put on the sign-in', async () => {
    const agent = await invited();
    for (let tried = 0; tried < 6; tried += 1) await start(agent.email, 'non');
    expect(codeOf((await start(agent.email)).answer)).toBe('locked');
    expect((await accept(agent)).statusCode).toBe(204);
    laterBy(60_000);
    const { browser, challenge } = await start(agent.email);
    const wrong = () => browser.request('POST', '/agent-sessions/code', { challenge, code: '000000' });
    for (let tried = 0; tried < 6; tried += 1) await wrong();
    expect(codeOf(await wrong())).toBe('locked');
    const token = await agent.renew();
    const secret = (await stateOf(token)).invited?.totpSecret ?? '';
    expect((await accept({ token, secret })).statusCode).toBe(204);
    laterBy(120_000);
    expect((await signIn({ email: agent.email, secret })).answer.statusCode).toBe(200);
  });
});

describe('after the renewal of an access', () => {
  it('neither the former password nor the former telephone helps, nor a sign-in that was half-way', async () => {
    const agent = await invited();
    await accept(agent);
    laterBy(60_000);
    const { challenge, browser } = await start(agent.email);
    const session = await signIn(agent);
    laterBy(90_000);
    const token = await agent.renew();
    expect((await session.request('GET', '/filings')).statusCode).toBe(401);
    expect((await session.request('POST', '/agent-sessions/refresh')).statusCode).toBe(401);
    const half = (code: string) => browser.request('POST', '/agent-sessions/code', { challenge, code });
    expect(codeOf(await half(totp(agent.secret)))).toBe('challenge_expired');
    expect(codeOf((await start(agent.email)).answer)).toBe('credentials_wrong');
    const secret = (await stateOf(token)).invited?.totpSecret ?? '';
    expect((await accept({ token, secret }, { password: 'Un-autre-quai-77' })).statusCode).toBe(204);
    laterBy(150_000);
    // Who knows the former password has the code of the new telephone now.
    expect(codeOf(await half(totp(secret)))).toBe('challenge_expired');
    expect(codeOf((await start(agent.email)).answer)).toBe('credentials_wrong');
    expect((await signIn({ email: agent.email, secret }, 'Un-autre-quai-77')).answer.statusCode).toBe(200);
  });

  it.each([
    ['suspended', { active: false }],
    ['renewed', { passwordHash: null, totpSecret: null }],
  ])('or when it is %s at that moment, the right code opens no session', async (_, change) => {
    const agent = await invited();
    await accept(agent);
    laterBy(60_000);
    const { browser, challenge } = await start(agent.email);
    const code = totp(agent.secret);
    const [answer] = await askWhileChanged(test, agent.id, change, () =>
      browser.request('POST', '/agent-sessions/code', { challenge, code }),
    );
    expect(answer && codeOf(answer)).toBe('code_wrong');
    expect(browser.jar.size).toBe(0);
  });
});

describe('at once', () => {
  it('a link is used by one of six, at two processes: whose password it is then', async () => {
    for (let round = 0; round < 5; round += 1) {
      const agent = await invited();
      const code = totp(agent.secret);
      const passwords = Array.from({ length: 6 }, (_, index) => `Bassin-42-quai-${String(index)}`);
      const answers = await Promise.all(
        passwords.map((chosen, index) =>
          accept(agent, { password: chosen, code }, index % 2 === 0 ? test.app : replica),
        ),
      );
      expect(answers.map(codeOf).toSorted()).toEqual([
        '204',
        ...Array.from({ length: 5 }, () => 'link_used'),
      ]);
      const winner = passwords[answers.findIndex(({ statusCode }) => statusCode === 204)];
      for (const chosen of [winner, passwords.find((one) => one !== winner)])
        expect((await start(agent.email, chosen)).answer.statusCode).toBe(chosen === winner ? 200 : 401);
      const acts = await test.deps.database.$count(
        administrationEntries,
        eq(administrationEntries.by, agent.id),
      );
      expect(acts).toBe(1);
    }
  });

  it.each([
    ['suspended', { active: false }, 'link_expired'],
    ['given keys', { passwordHash: 'x', totpSecret: 'x' }, 'link_expired'],
  ])('an acceptance of who is %s meanwhile changes nothing', async (_, change, code) => {
    const agent = await invited();
    const [answer] = await askWhileChanged(test, agent.id, change, () => accept(agent));
    expect(answer && codeOf(answer)).toBe(code);
    expect(await rowOf(agent.id)).toMatchObject({ totpLastStep: 0, ...change });
  });

  it('a renewal and an acceptance leave the new link, and nothing of the former', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 10; round += 1) {
      const agent = await invited();
      const [accepted, token] = await Promise.all([accept(agent), agent.renew()]);
      outcomes.add(codeOf(accepted));
      expect(await agent.seen()).toMatchObject({ status: 'invited' });
      expect(await rowOf(agent.id)).toMatchObject({ passwordHash: null, totpSecret: null });
      expect(codeOf((await start(agent.email)).answer)).toBe('credentials_wrong');
      const secret = (await stateOf(token)).invited?.totpSecret ?? '';
      expect((await accept({ token, secret })).statusCode).toBe(204);
    }
    expect([...outcomes].filter((outcome) => outcome !== '204' && outcome !== 'link_expired')).toEqual([]);
  });

  it('a link that a newer one followed is void, whatever the clocks of the processes say', async () => {
    const agent = await invited();
    const [former] = await test.deps.database
      .select()
      .from(agentInvitations)
      .where(eq(agentInvitations.agentId, agent.id));
    await agent.renew();
    await test.deps.database
      .update(agentInvitations)
      .set({ expiresAt: former?.expiresAt ?? new Date() })
      .where(eq(agentInvitations.id, former?.id ?? ''));
    expect(codeOf(await accept(agent))).toBe('link_expired');
  });
});

describe('a stranger', () => {
  it('is told the same of every token that is none', async () => {
    const { token } = await invited();
    const said = async (guess: string) => {
      const answers = [
        await post('/agent-invitations/state', { token: guess }),
        await post('/agent-invitations/acceptance', { token: guess, password: 'a', code: '1' }),
      ];
      return answers.map((answer) => {
        const { requestId: _, ...problem } = answer.json<Problem>();
        return problem;
      });
    };
    const first = await said(unknown);
    expect(first).toMatchObject([
      { status: 404, code: 'link_unknown' },
      { status: 404, code: 'link_unknown' },
    ]);
    for (const guess of [
      token.slice(0, -1),
      `${token}A`,
      token.toLowerCase(),
      ' ',
      "' or 1=1",
      'é'.repeat(100),
    ])
      expect(await said(guess)).toEqual(first);
  });

  it('tries few tokens in ten minutes', async () => {
    const limited = await testApp({ environment: { RATE_LIMITS: 'true' } });
    const tries = async (path: string, body: object, count: number) => {
      const statuses: number[] = [];
      for (let tried = 0; tried < count; tried += 1)
        statuses.push(
          (await post(path, { token: `${unknown}${String(tried)}`, ...body }, limited.app)).statusCode,
        );
      return statuses.filter((status) => status === 404).length;
    };
    expect(await tries('/agent-invitations/state', {}, 70)).toBe(60);
    expect(await tries('/agent-invitations/acceptance', { password, code: '123456' }, 40)).toBe(30);
  });

  it('from another site can’t use a link for somebody', async () => {
    const agent = await invited();
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/v1/agent-invitations/acceptance',
      headers: { 'sec-fetch-site': 'cross-site' },
      payload: { token: agent.token, password, code: totp(agent.secret) },
    });
    expect(codeOf(answer)).toBe('cross_site');
  });
});

it('no log has a link, a key, a password or a name, not even when the link is put into an address', async () => {
  const agent = await invited();
  await test.app.inject({ url: `/agents/invitation?token=${agent.token}` });
  await test.app.inject({ url: `/api/v1/agent-invitations/state?token=${agent.token}` });
  await post(`/agent-invitations/state?token=${agent.token}`, {});
  await accept(agent, { code: '000000' });
  await accept(agent);
  await accept(agent);
  await agent.change({ name: 'Hajar Tazi', active: false });
  const log = lines.join('');
  for (const secret of [agent.token, agent.secret, password, agent.email, 'Hajar'])
    expect(log).not.toContain(secret);
  expect(log).toContain(`"audit":"agent_enrolled","caller":"agent ${agent.id}"`);
});
