import { z } from 'zod';
import { Account, maxPasswordLength } from './account.ts';
import { noContent, route } from './contract.ts';
import { email } from './fields.ts';
import { Instant, SessionId } from './primitives.ts';

export const Credentials = z.strictObject({
  email: email(),
  password: z.string().min(1).max(maxPasswordLength),
});

/** `expiresAt` is when the session ends if nothing is done; the page says so before. */
export const Session = z.object({ account: Account, expiresAt: Instant });
export type Session = z.infer<typeof Session>;

/** A browser that is signed in; `current` is the one that asks. `lastUsedAt` is when it was last prolonged, which happens every few minutes of use. */
const OpenSession = z.object({
  id: SessionId,
  current: z.boolean(),
  userAgent: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant,
});
export const OpenSessions = z.object({ items: z.array(OpenSession) });
export type OpenSessions = z.infer<typeof OpenSessions>;

/** Ends one session, or without `id` all but the one that asks; the password is asked again (OWASP ASVS 5, 7.5.2). */
export const EndSessionsBody = z.strictObject({
  currentPassword: z.string().min(1).max(maxPasswordLength),
  id: SessionId.optional(),
});
export type EndSessionsBody = z.infer<typeof EndSessionsBody>;

const tag = 'sessions';

export const signIn = route({
  name: 'signIn',
  tag,
  method: 'POST',
  path: '/sessions',
  access: ['anyone'],
  summary: '« Authentification à l’espace privé »',
  body: Credentials,
  responses: { 200: Session },
  problems: ['credentials_wrong', 'locked'],
  rateLimit: { max: 100, windowSeconds: 300 },
});

export const getCurrentSession = route({
  name: 'getCurrentSession',
  tag,
  method: 'GET',
  path: '/sessions/current',
  access: ['operator'],
  summary: 'The session of this browser',
  responses: { 200: Session },
  problems: [],
});

export const signOut = route({
  name: 'signOut',
  tag,
  method: 'DELETE',
  path: '/sessions/current',
  access: ['operator'],
  summary: '« Se déconnecter »',
  responses: { 204: noContent },
  problems: [],
});

export const refreshSession = route({
  name: 'refreshSession',
  tag,
  method: 'POST',
  path: '/sessions/refresh',
  access: ['anyone'],
  summary: 'Prolong the session by its rotating refresh token; a token used twice ends the session',
  responses: { 200: Session },
  problems: ['session_expired'],
  rateLimit: { max: 300, windowSeconds: 300 },
});

export const listSessions = route({
  name: 'listSessions',
  tag,
  method: 'GET',
  path: '/account/sessions',
  access: ['operator'],
  summary: 'The browsers in which the account is signed in, this one first',
  responses: { 200: OpenSessions },
  problems: [],
});

export const endSessions = route({
  name: 'endSessions',
  tag,
  method: 'POST',
  path: '/account/session-endings',
  access: ['operator'],
  summary: 'Sign out another browser, or all the others',
  body: EndSessionsBody,
  responses: { 204: noContent },
  problems: ['password_wrong', 'locked', 'not_found'],
  rateLimit: { max: 20, windowSeconds: 600 },
});
