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
import type { FastifyInstance, FastifyRequest } from 'fastify';
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
import { passwordWrong } from '../accounts/accounts.errors.ts';
import { type AccountRow, presentAccount } from '../accounts/accounts.presenter.ts';
import { getAccount, requireSamePassword } from '../accounts/accounts.repository.ts';
import { endOpenSessions, listOpenSessions } from './open-sessions.ts';
import { endSession, getSession, type SessionRow } from './sessions.repository.ts';
import { cookiesOf, refreshSession } from './sessions.service.ts';
import { signIn } from './sign-in.ts';

const presentSession = (session: SessionRow, account: AccountRow): Session => ({
  account: presentAccount(account),
  expiresAt: session.expiresAt.toISOString(),
});

export function sessionsRoutes(app: FastifyInstance, deps: Deps): void {
  const { database, environment, now } = deps;
  /** What is noted of a request has its id, and its caller once known. */
  const loggedBy = ({ log }: FastifyRequest): Deps => ({ ...deps, log });

  serve(app, signInRoute, async ({ body, request, reply }) => {
    const opened = await signIn(loggedBy(request), {
      ...body,
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
      formerToken: refreshTokenOf(request, 'operator', environment),
      deviceToken: deviceTokenOf(request, environment),
    });
    setSessionCookies(app, reply, environment, cookiesOf('operator', opened));
    setDeviceCookie(reply, environment, opened.deviceToken);
    const signedIn = { audit: 'signed_in', caller: `operator ${opened.account.id}` };
    request.log.info({ ...signedIn, sessionId: opened.session.id }, 'signed in');
    return presentSession(opened.session, opened.account);
  });

  serve(app, getCurrentSession, async ({ request }) => {
    const { sessionId, accountId } = operatorOf(request);
    return presentSession(await getSession(database, sessionId), await getAccount(database, accountId));
  });

  serve(app, signOut, async ({ request, reply }) => {
    const { sessionId } = operatorOf(request);
    await endSession(database, sessionId, now());
    clearSessionCookies(reply, 'operator', environment);
    request.log.info({ audit: 'signed_out', sessionId }, 'signed out');
    return undefined;
  });

  serve(app, listSessions, async ({ request }) => {
    const { sessionId, accountId } = operatorOf(request);
    return await listOpenSessions(deps, { kind: 'operator', ownerId: accountId, sessionId });
  });

  serve(app, endSessionsRoute, async ({ body, request, reply }) => {
    const { sessionId, accountId } = operatorOf(request);
    const account = await getAccount(database, accountId);
    const { email, passwordHash } = account;
    const opened = await endOpenSessions(
      loggedBy(request),
      { kind: 'operator', ownerId: accountId, sessionId },
      {
        scope: 'password-change',
        email,
        passwordHash,
        address: request.ip,
        hold: (tx) => requireSamePassword(tx, account, passwordWrong()),
      },
      body,
    );
    if (opened) setSessionCookies(app, reply, environment, cookiesOf('operator', opened));
    else clearSessionCookies(reply, 'operator', environment);
    const ended = { audit: 'sessions_ended', ended: body.id ?? 'others' };
    request.log.info({ ...ended, sessionId, nextSessionId: opened?.session.id }, 'sessions were ended');
    return undefined;
  });

  serve(app, refreshSessionRoute, async ({ request, reply }) => {
    try {
      const opened = await refreshSession(
        loggedBy(request),
        'operator',
        refreshTokenOf(request, 'operator', environment),
      );
      setSessionCookies(app, reply, environment, cookiesOf('operator', opened));
      const account = await getAccount(database, opened.session.accountId as AccountId);
      return presentSession(opened.session, account);
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'session_expired')
        clearSessionCookies(reply, 'operator', environment);
      throw error;
    }
  });
}
