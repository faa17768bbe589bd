import { z } from 'zod';
import { Account, maxPasswordLength } from './account.ts';
import { noContent, route } from './contract.ts';
import { email } from './fields.ts';
import { Instant } from './primitives.ts';

export const Credentials = z.strictObject({
  email: email(),
  password: z.string().min(1).max(maxPasswordLength),
});

/** `expiresAt` is when the session ends if nothing is done; the page says so before. */
export const Session = z.object({ account: Account, expiresAt: Instant });
export type Session = z.infer<typeof Session>;

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
