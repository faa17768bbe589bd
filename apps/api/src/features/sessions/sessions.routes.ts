import {
  type AccountId,
  endSessions as endSessionsRoute,
  getCurrentSession,
  listSessions,
  refreshSession as refreshSessionRoute,
  type Session,
  signIn as signInRoute,
  signOut,
} from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import {
  clearSessionCookies,
  deviceTokenOf,
  operatorOf,
  refreshTokenOf,
  setDeviceCookie,
  setSessionCookies,
} from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { serve } from '../../plugins/serve.ts';
import { type AccountRow, presentAccount } from '../accounts/accounts.presenter.ts';
import { getAccount } from '../accounts/accounts.repository.ts';
import { endOpenSessions, listOpenSessions } from './open-sessions.ts';
import { endSession, getSession, type SessionRow } from './sessions.repository.ts';
import { type OpenedSession, refreshSession } from './sessions.service.ts';
import { signIn } from './sign-in.ts';

const presentSession = (session: SessionRow, account: AccountRow): Session => ({
  account: presentAccount(account),
  expiresAt: session.expiresAt.toISOString(),
});

export function sessionsRoutes(app: FastifyInstance, deps: Deps): void {
  const { database, environment, now } = deps;
  const cookieOf = ({ session, refreshToken }: OpenedSession) =>
    ({ kind: 'operator', id: session.id, refreshToken, expiresAt: session.expiresAt }) as const;

  serve(app, signInRoute, async ({ body, request, reply }) => {
    const opened = await signIn(deps, {
      ...body,
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
      formerToken: refreshTokenOf(request, 'operator', environment),
      deviceToken: deviceTokenOf(request, environment),
    });
    setSessionCookies(app, reply, environment, cookieOf(opened));
    setDeviceCookie(reply, environment, opened.deviceToken);
    request.log.info({ caller: `operator ${opened.account.id}` }, 'signed in');
    return presentSession(opened.session, opened.account);
  });

  serve(app, getCurrentSession, async ({ request }) => {
    const { sessionId, accountId } = operatorOf(request);
    return presentSession(await getSession(database, sessionId), await getAccount(database, accountId));
  });

  serve(app, signOut, async ({ request, reply }) => {
    await endSession(database, operatorOf(request).sessionId, now());
    clearSessionCookies(reply, 'operator', environment);
    return undefined;
  });

  serve(app, listSessions, async ({ request }) => {
    const { sessionId, accountId } = operatorOf(request);
    return await listOpenSessions(deps, { kind: 'operator', ownerId: accountId, sessionId });
  });

  serve(app, endSessionsRoute, async ({ body, request }) => {
    const { sessionId, accountId } = operatorOf(request);
    const { email, passwordHash } = await getAccount(database, accountId);
    await endOpenSessions(
      deps,
      { kind: 'operator', ownerId: accountId, sessionId },
      { scope: 'password-change', email, passwordHash, address: request.ip },
      body,
    );
    return undefined;
  });

  serve(app, refreshSessionRoute, async ({ request, reply }) => {
    try {
      const opened = await refreshSession(deps, 'operator', refreshTokenOf(request, 'operator', environment));
      setSessionCookies(app, reply, environment, cookieOf(opened));
      const account = await getAccount(database, opened.session.accountId as AccountId);
      return presentSession(opened.session, account);
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'session_expired')
        clearSessionCookies(reply, 'operator', environment);
      throw error;
    }
  });
}
