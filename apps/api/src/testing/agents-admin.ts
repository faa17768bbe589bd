import { randomUUID } from 'node:crypto';
import type { Problem } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { administrationEntries } from '../db/schema/administration.ts';
import { agents } from '../db/schema/agents.ts';
import { emails } from '../db/schema/emails.ts';
import type { TestApp } from './app.ts';
import { signedInAgent } from './factories.ts';

export type AgentGiven = Parameters<typeof signedInAgent>[1];

/** An agent in a signed-in browser; by default an administrator of customs. */
async function signInAs(test: TestApp, given: AgentGiven = {}) {
  const { agent, headers } = await signedInAgent(test, {
    role: 'administrator',
    name: 'Driss Bennani',
    ...given,
  });
  const call = (method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object, key?: string) =>
    test.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...headers, ...(key === undefined ? {} : { 'idempotency-key': key }) },
      ...(payload ? { payload } : {}),
    });
  const read = async (path: string) => (await call('GET', path)).statusCode;
  return { agent, headers, call, read };
}
export type SignedInAgent = Awaited<ReturnType<typeof signInAs>>;
type Answer = Awaited<ReturnType<SignedInAgent['call']>>;

const newEmail = () => `agent-${randomUUID()}@douane.example`;

/** What administrators do to agents, by the API, and what is found in the database after it. */
export function administration(test: () => TestApp) {
  const database = () => test().deps.database;
  return {
    newEmail,
    signedIn: (given?: AgentGiven) => signInAs(test(), given),
    invite: (by: SignedInAgent, given: object = {}, key?: string) => {
      const body = { name: 'Hajar Benjelloun', email: newEmail(), role: 'decider', ...given };
      return by.call('POST', '/admin/agents', body, key);
    },
    change: (by: SignedInAgent, agentId: string, body: object) =>
      by.call('PATCH', `/admin/agents/${agentId}`, body),
    renew: (by: SignedInAgent, agentId: string) => by.call('POST', `/admin/agents/${agentId}/invitation`),
    rowOf: async (agentId: string) => {
      const [row] = await database().select().from(agents).where(eq(agents.id, agentId));
      if (!row) throw new Error('no such agent');
      return row;
    },
    /** The history, the oldest first. */
    actsAbout: async (agentId: string) => {
      const { act, by, changes } = administrationEntries;
      const rows = await database()
        .select({ act, by, changes })
        .from(administrationEntries)
        .where(eq(administrationEntries.agentId, agentId))
        .orderBy(administrationEntries.id);
      return rows.map((row) => [row.act, row.by, row.changes] as const);
    },
    mailsTo: async (to: string) =>
      await database().select().from(emails).where(eq(emails.to, to)).orderBy(emails.id),
    /** The status of a success, or the problem's code. */
    codeOf: (answer: Answer) =>
      answer.statusCode < 400 ? String(answer.statusCode) : answer.json<Problem>().code,
  };
}
