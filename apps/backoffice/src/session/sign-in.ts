import { completeAgentSession, startAgentSession } from '@rnoce/api-client/agents';
import type { AgentSession } from '@rnoce/schemas/agents';
import { client } from './session.ts';

/** First step: e-mail and password. Gives the challenge that the one-time code answers. Throws `ApiError`. */
export async function startSignIn(credentials: { email: string; password: string }): Promise<string> {
  return (await startAgentSession(client, { body: credentials })).data.challenge;
}

/** Second step. Throws `ApiError`. */
export async function completeSignIn(answer: { challenge: string; code: string }): Promise<AgentSession> {
  return (await completeAgentSession(client, { body: answer })).data;
}
