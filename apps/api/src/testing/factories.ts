import { randomBytes, randomUUID } from 'node:crypto';
import type { AccountId, AgentId } from '@rnoce/schemas';
import { accounts } from '../db/schema/accounts.ts';
import { agents } from '../db/schema/agents.ts';
import { sessions } from '../db/schema/sessions.ts';
import { accessCookies } from '../plugins/principal.ts';
import type { TestApp } from './app.ts';

/** Makes an account with a confirmed e-mail; it can't sign in by a password, and needn't: see `signedInOperator`. */
export async function makeAccount({ deps }: TestApp, given: Partial<typeof accounts.$inferInsert> = {}) {
  const [account] = await deps.database
    .insert(accounts)
    .values({
      legalName: 'Société de test SARL',
      address: '12, rue des Essais, Casablanca',
      email: `compte-${randomUUID()}@societe.example`,
      phone: '+212522000000',
      locale: 'fr',
      emailConfirmedAt: new Date(),
      ...given,
    })
    .returning();
  if (!account) throw new Error('no account was made');
  return { ...account, id: account.id as AccountId };
}

/** Makes a customs agent. */
export async function makeAgent({ deps }: TestApp, given: Partial<typeof agents.$inferInsert> = {}) {
  const [agent] = await deps.database
    .insert(agents)
    .values({
      name: 'Agent de test',
      email: `agent-${randomUUID()}@douane.example`,
      authority: 'customs',
      role: 'decider',
      passwordHash: '-',
      totpSecret: '-',
      ...given,
    })
    .returning();
  if (!agent) throw new Error('no agent was made');
  return { ...agent, id: agent.id as AgentId };
}

async function cookieFor(
  { app, deps }: TestApp,
  owner: { accountId: string } | { agentId: string },
): Promise<string> {
  const inAnHour = new Date(deps.now().getTime() + 3_600_000);
  const [session] = await deps.database
    .insert(sessions)
    .values({
      ...owner,
      refreshHash: randomBytes(32).toString('hex'),
      rotatedAt: deps.now(),
      expiresAt: inAnHour,
      endsAt: inAnHour,
    })
    .returning({ id: sessions.id });
  if (!session) throw new Error('no session was made');
  const kind = 'accountId' in owner ? 'operator' : 'agent';
  return `${accessCookies[kind]}=${app.jwt.sign({ sid: session.id, kind })}`;
}

/** An account and the header of its signed-in browser: `inject({ headers: { ...operator.headers } })`. */
export async function signedInOperator(test: TestApp, given: Partial<typeof accounts.$inferInsert> = {}) {
  const account = await makeAccount(test, given);
  return { account, headers: { cookie: await cookieFor(test, { accountId: account.id }) } };
}

/** An agent and the header of its signed-in browser. */
export async function signedInAgent(test: TestApp, given: Partial<typeof agents.$inferInsert> = {}) {
  const agent = await makeAgent(test, given);
  return { agent, headers: { cookie: await cookieFor(test, { agentId: agent.id }) } };
}
