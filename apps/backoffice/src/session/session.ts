import {
  completeAgentSession,
  endAgentSession,
  getAgentSession,
  refreshAgentSession,
  startAgentSession,
} from '@rnoce/api-client/agents';
import type { AgentSession } from '@rnoce/schemas/agents';
import type { Credentials } from '@rnoce/shell/credentials-form';
import { createSessionKeeper } from '@rnoce/shell/session-keeper';
import { sessionStore } from './session-store.ts';

const ofAgent = ({ data: { agent, expiresAt } }: { data: AgentSession }) => ({ principal: agent, expiresAt });

/** Keeps the agent's session. */
export const sessionKeeper = createSessionKeeper(sessionStore, 'rnoce-agent-session', {
  caller: 'agent',
  current: async (client) => ofAgent(await getAgentSession(client, {})),
  refresh: async (client) => ofAgent(await refreshAgentSession(client, {})),
  end: async (client) => await endAgentSession(client, {}),
});

/** The client of every screen. */
export const { client } = sessionKeeper;

/** First step: e-mail and password. Gives the challenge that the one-time code answers. Throws `ApiError`. */
export async function startSignIn(credentials: Credentials): Promise<string> {
  return (await startAgentSession(client, { body: credentials })).data.challenge;
}

/** Second step: signs in here, for the first time or again. Throws `ApiError`. */
export async function completeSignIn(answer: { challenge: string; code: string }): Promise<void> {
  sessionKeeper.begin(ofAgent(await completeAgentSession(client, { body: answer })));
}
