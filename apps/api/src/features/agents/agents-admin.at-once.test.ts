import type { AgentId } from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { administration, type SignedInAgent } from '../../testing/agents-admin.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAgent } from '../../testing/factories.ts';
import { askWhileChanged } from '../../testing/held-agent.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});
const { signedIn, invite, change, renew, newEmail, rowOf, actsAbout, mailsTo, codeOf } = administration(
  () => test,
);

describe('two administrators at once', () => {
  type Act = (by: SignedInAgent, agentId: AgentId) => ReturnType<typeof change>;
  const acts: readonly [string, number, Act][] = [
    ['suspend each other', 20, (by, agentId) => change(by, agentId, { active: false })],
    ['take the role from each other', 8, (by, agentId) => change(by, agentId, { role: 'decider' })],
    ['renew each other’s access', 8, (by, agentId) => renew(by, agentId)],
  ];

  it.each(acts)('who %s %i times: exactly one does', { timeout: 90_000 }, async (_, rounds, act) => {
    for (let round = 0; round < rounds; round += 1) {
      const pair = [await signedIn(), await signedIn()] as const;
      const [first, second] = round % 2 === 0 ? pair : ([pair[1], pair[0]] as const);
      const answers = await Promise.all([act(first, second.agent.id), act(second, first.agent.id)]);
      const done = answers.filter(({ statusCode }) => statusCode < 400);
      expect(done).toHaveLength(1);
      const refused = answers.map(codeOf).filter((code) => !code.startsWith('2'));
      expect(['not_signed_in', 'forbidden']).toContain(refused[0]);
      const left = await Promise.all(pair.map(({ agent }) => rowOf(agent.id)));
      expect(
        left.filter((row) => row.active && row.role === 'administrator' && row.passwordHash !== null),
      ).toHaveLength(1);
      const written = await Promise.all(pair.map(({ agent }) => actsAbout(agent.id)));
      expect(written.flat()).toHaveLength(1);
    }
  });

  it('who suspend a third one: the history tells it once', async () => {
    const { id: agentId } = await makeAgent(test);
    const answers = await Promise.all(
      [await signedIn(), await signedIn()].map((by) => change(by, agentId, { active: false })),
    );
    expect(answers.map(codeOf)).toEqual(['200', '200']);
    expect(await actsAbout(agentId)).toHaveLength(1);
  });

  it.each([
    [{ active: false }, 'not_signed_in'],
    [{ passwordHash: null, totpSecret: null }, 'not_signed_in'],
    [{ role: 'finance' }, 'forbidden'],
  ] as const)(
    'of whom one becomes %j while the other act is under way: it is not done',
    async (change_, code) => {
      const email = newEmail();
      const { id: agentId } = await makeAgent(test);
      for (const ask of [
        (by: SignedInAgent) => invite(by, { email }),
        (by: SignedInAgent) => change(by, agentId, { active: false }),
        (by: SignedInAgent) => renew(by, agentId),
      ]) {
        const by = await signedIn();
        const [answer] = await askWhileChanged(test, by.agent.id, change_, () => ask(by));
        expect(answer && codeOf(answer)).toBe(code);
      }
      expect(await mailsTo(email)).toEqual([]);
      expect(await rowOf(agentId)).toMatchObject({ active: true, passwordHash: '-' });
      expect(await actsAbout(agentId)).toEqual([]);
    },
  );
});
