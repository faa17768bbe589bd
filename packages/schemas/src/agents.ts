import { z } from 'zod';
import { noContent, route } from './contract.ts';
import { Authority } from './operator-types.ts';
import { AgentId, Instant, Locale } from './primitives.ts';
import { Credentials } from './sessions.ts';

export const agentRoles = ['decider', 'finance', 'administrator'] as const;
export const AgentRole = z.enum(agentRoles);
export type AgentRole = z.infer<typeof AgentRole>;

export const Agent = z.object({
  id: AgentId,
  name: z.string(),
  email: z.string(),
  authority: Authority,
  role: AgentRole,
  locale: Locale,
});
export type Agent = z.infer<typeof Agent>;

export const AgentSession = z.object({ agent: Agent, expiresAt: Instant });
export type AgentSession = z.infer<typeof AgentSession>;

const tag = 'agents';

export const startAgentSession = route({
  name: 'startAgentSession',
  tag,
  method: 'POST',
  path: '/agent-sessions',
  access: ['anyone'],
  summary: "An agent's password; the one-time code comes next",
  body: Credentials,
  responses: { 200: z.object({ challenge: z.string(), expiresAt: Instant }) },
  problems: ['credentials_wrong', 'locked'],
  rateLimit: { max: 60, windowSeconds: 300 },
});

export const completeAgentSession = route({
  name: 'completeAgentSession',
  tag,
  method: 'POST',
  path: '/agent-sessions/code',
  access: ['anyone'],
  summary: 'The one-time code (TOTP, RFC 6238) that completes the sign-in; a code works once',
  body: z.strictObject({ challenge: z.string().max(2000), code: z.string().trim().max(20) }),
  responses: { 200: AgentSession },
  problems: ['code_wrong', 'challenge_expired', 'locked'],
  rateLimit: { max: 60, windowSeconds: 300 },
});

export const getAgentSession = route({
  name: 'getAgentSession',
  tag,
  method: 'GET',
  path: '/agent-sessions/current',
  access: ['agent'],
  summary: 'The session of this browser',
  responses: { 200: AgentSession },
  problems: [],
});

export const endAgentSession = route({
  name: 'endAgentSession',
  tag,
  method: 'DELETE',
  path: '/agent-sessions/current',
  access: ['agent'],
  summary: 'Sign out',
  responses: { 204: noContent },
  problems: [],
});

export const refreshAgentSession = route({
  name: 'refreshAgentSession',
  tag,
  method: 'POST',
  path: '/agent-sessions/refresh',
  access: ['anyone'],
  summary: 'Prolong the session by its rotating refresh token',
  responses: { 200: AgentSession },
  problems: ['session_expired'],
  rateLimit: { max: 300, windowSeconds: 300 },
});
