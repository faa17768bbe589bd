import { z } from 'zod';
import { maxPasswordLength } from './account.ts';
import { agentRoles } from './agent-rights.ts';
import { noContent, route } from './contract.ts';
import { email } from './fields.ts';
import { Authority } from './operator-types.ts';
import { AgentId, Instant, Locale, PageQuery, page } from './primitives.ts';
import { Credentials, EndSessionsBody, OpenSessions } from './sessions.ts';

export const AgentRole = z.enum(agentRoles);
export type AgentRole = z.infer<typeof AgentRole>;

export const Agent = z.object({
  id: AgentId,
  name: z.string(),
  email: z.string(),
  authority: Authority,
  role: AgentRole,
  locale: Locale,
  /** The password was given by somebody else: nothing else can be done before choosing another one. */
  mustChoosePassword: z.boolean(),
});
export type Agent = z.infer<typeof Agent>;

export const AgentSession = z.object({ agent: Agent, expiresAt: Instant });
export type AgentSession = z.infer<typeof AgentSession>;

/** Characters of a password that an agent chooses; an installation that asks for more of everybody asks for more here too. */
export const minAgentPasswordLength = 12;

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
  withGivenPassword: true,
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
  withGivenPassword: true,
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

export const changeAgentPassword = route({
  name: 'changeAgentPassword',
  tag,
  method: 'PUT',
  path: '/agent-account/password',
  access: ['agent'],
  withGivenPassword: true,
  summary: 'Choose a password of one’s own; every other session ends',
  body: z.strictObject({
    currentPassword: z.string().min(1).max(maxPasswordLength),
    password: z.string().min(1).max(maxPasswordLength),
  }),
  responses: { 200: Agent },
  problems: ['password_wrong', 'locked'],
  rateLimit: { max: 20, windowSeconds: 600 },
});

export const listAgentSessions = route({
  name: 'listAgentSessions',
  tag,
  method: 'GET',
  path: '/agent-account/sessions',
  access: ['agent'],
  summary: 'The browsers in which the agent is signed in, this one first',
  responses: { 200: OpenSessions },
  problems: [],
});

export const endAgentSessions = route({
  name: 'endAgentSessions',
  tag,
  method: 'POST',
  path: '/agent-account/session-endings',
  access: ['agent'],
  summary: 'Sign out another browser, or all the others',
  body: EndSessionsBody,
  responses: { 204: noContent },
  problems: ['password_wrong', 'locked', 'not_found'],
  rateLimit: { max: 20, windowSeconds: 600 },
});

/** `invited`: nobody can sign in as this agent until the link of the invitation is used. */
export const agentStatuses = ['invited', 'active', 'suspended'] as const;
export const AgentStatus = z.enum(agentStatuses);
export type AgentStatus = z.infer<typeof AgentStatus>;

/** An agent as the administrators of their authority see them. */
export const ManagedAgent = Agent.omit({ mustChoosePassword: true }).extend({
  status: AgentStatus,
  createdAt: Instant,
  lastSignInAt: Instant.nullable(),
  /** Until when the link that was sent last can be used; null unless invited. */
  invitationExpiresAt: Instant.nullable(),
});
export type ManagedAgent = z.infer<typeof ManagedAgent>;

const administration = 'administration';
const params = z.strictObject({ id: AgentId });

export const listAgents = route({
  name: 'listAgents',
  tag: administration,
  method: 'GET',
  path: '/admin/agents',
  access: ['agent'],
  summary: "The agents of the administrator's own authority",
  query: PageQuery.extend({
    q: z.string().trim().max(100).optional(),
    role: AgentRole.optional(),
    status: AgentStatus.optional(),
  }),
  responses: { 200: page(ManagedAgent) },
  problems: ['forbidden'],
});

/** One line, without what nobody sees: it stands in e-mails. */
const personName = () =>
  z
    .string()
    .overwrite((typed) => typed.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim())
    .min(1)
    .max(120);

export const InviteAgentBody = z.strictObject({
  name: personName(),
  email: email(),
  role: AgentRole,
  locale: Locale.default('fr'),
});
export type InviteAgentBody = z.infer<typeof InviteAgentBody>;

export const inviteAgent = route({
  name: 'inviteAgent',
  tag: administration,
  method: 'POST',
  path: '/admin/agents',
  access: ['agent'],
  summary: "Invite somebody to be an agent of the administrator's authority: an e-mail brings the link",
  body: InviteAgentBody,
  responses: { 201: ManagedAgent },
  problems: ['forbidden', 'email_in_use'],
  idempotent: true,
});

export const getManagedAgent = route({
  name: 'getManagedAgent',
  tag: administration,
  method: 'GET',
  path: '/admin/agents/:id',
  access: ['agent'],
  summary: 'One agent',
  params,
  responses: { 200: ManagedAgent },
  problems: ['forbidden'],
});

export const ChangeAgentBody = z.strictObject({
  name: personName().optional(),
  role: AgentRole.optional(),
  locale: Locale.optional(),
  active: z.boolean().optional(),
});
export type ChangeAgentBody = z.infer<typeof ChangeAgentBody>;

export const changeAgent = route({
  name: 'changeAgent',
  tag: administration,
  method: 'PATCH',
  path: '/admin/agents/:id',
  access: ['agent'],
  summary:
    'Change the name, the role or the language; suspend an agent, whose sessions end at once, or let them work again. Nobody changes their own role, nor suspends themselves',
  params,
  body: ChangeAgentBody,
  responses: { 200: ManagedAgent },
  problems: ['forbidden', 'own_access'],
});

export const renewAgentAccess = route({
  name: 'renewAgentAccess',
  tag: administration,
  method: 'POST',
  path: '/admin/agents/:id/invitation',
  access: ['agent'],
  summary:
    'Send another link, for who lost the first, a password or a telephone: the password, the one-time codes, the older links and every session end at once',
  params,
  responses: { 202: ManagedAgent },
  problems: ['forbidden', 'own_access', 'agent_suspended'],
  idempotent: true,
});
