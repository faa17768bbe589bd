import {
  changeAgentPassword as changeAgentPasswordRoute,
  completeAgentSession,
  endAgentSession,
  endAgentSessions,
  getAgentSession,
  listAgentSessions,
  refreshAgentSession,
  startAgentSession,
} from '@rnoce/schemas';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf, clearSessionCookies, refreshTokenOf, setSessionCookies } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { serve } from '../../plugins/serve.ts';
import { endOpenSessions, listOpenSessions } from '../sessions/open-sessions.ts';
import { endSession, getSession } from '../sessions/sessions.repository.ts';
import { cookiesOf, refreshSession } from '../sessions/sessions.service.ts';
import { checkAgentCode, checkAgentPassword, passwordMark } from './agent-sign-in.ts';
import { presentAgent, presentAgentSession } from './agents.presenter.ts';
import { findActiveAgent, getAgent, requireSameAgent } from './agents.repository.ts';
import { changeAgentPassword } from './change-agent-password.ts';

const challengeSeconds = 5 * 60;

export function agentsRoutes(app: FastifyInstance, deps: Deps): void {
  const { database, environment, now } = deps;
  /** What is noted of a request has its id, and its caller once known. */
  const loggedBy = ({ log }: FastifyRequest): Deps => ({ ...deps, log });

  /** Whose password a challenge stands for, and which. Throws `challenge_expired` for one that isn't ours or is too old. */
  const readChallenge = (challenge: string): { agentId: string; mark: string } => {
    try {
      const {
        sid,
        kind,
        mark = '',
      } = app.jwt.verify<{ sid: string; kind: string; mark?: string }>(challenge);
      if (kind === 'agent_challenge') return { agentId: sid, mark };
    } catch (error) {
      throw new ProblemError('challenge_expired', { cause: error });
    }
    throw new ProblemError('challenge_expired');
  };

  serve(app, startAgentSession, async ({ body, request }) => {
    const agent = await checkAgentPassword(loggedBy(request), { ...body, address: request.ip });
    return {
      challenge: app.jwt.sign(
        { sid: agent.id, kind: 'agent_challenge', mark: passwordMark(agent) },
        { expiresIn: `${String(challengeSeconds)}s` },
      ),
      expiresAt: new Date(now().getTime() + challengeSeconds * 1000).toISOString(),
    };
  });

  serve(app, completeAgentSession, async ({ body: { challenge, code }, request, reply }) => {
    const opened = await checkAgentCode(loggedBy(request), {
      ...readChallenge(challenge),
      code,
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
      formerToken: refreshTokenOf(request, 'agent', environment),
    });
    setSessionCookies(app, reply, environment, cookiesOf('agent', opened));
    const signedIn = { audit: 'signed_in', caller: `agent ${opened.agent.id}` };
    request.log.info({ ...signedIn, sessionId: opened.session.id }, 'signed in');
    return presentAgentSession(opened.session, opened.agent);
  });

  serve(app, getAgentSession, async ({ request }) => {
    const { sessionId, agentId } = agentOf(request);
    return presentAgentSession(await getSession(database, sessionId), await getAgent(database, agentId));
  });

  serve(app, endAgentSession, async ({ request, reply }) => {
    const { sessionId } = agentOf(request);
    await endSession(database, sessionId, now());
    clearSessionCookies(reply, 'agent', environment);
    request.log.info({ audit: 'signed_out', sessionId }, 'signed out');
    return undefined;
  });

  serve(app, changeAgentPasswordRoute, async ({ body, request, reply }) => {
    const { sessionId, agentId } = agentOf(request);
    const caller = { sessionId, agentId, address: request.ip };
    const opened = await changeAgentPassword(loggedBy(request), caller, body);
    setSessionCookies(app, reply, environment, cookiesOf('agent', opened));
    const changed = { audit: 'password_changed', sessionId, nextSessionId: opened.session.id };
    request.log.info(changed, 'password changed');
    return presentAgent(opened.agent);
  });

  serve(app, listAgentSessions, async ({ request }) => {
    const { sessionId, agentId } = agentOf(request);
    return await listOpenSessions(deps, { kind: 'agent', ownerId: agentId, sessionId });
  });

  serve(app, endAgentSessions, async ({ body, request, reply }) => {
    const { sessionId, agentId } = agentOf(request);
    const agent = await getAgent(database, agentId);
    const { email, passwordHash } = agent;
    const opened = await endOpenSessions(
      loggedBy(request),
      { kind: 'agent', ownerId: agentId, sessionId },
      {
        scope: 'agent-password-change',
        email,
        passwordHash,
        address: request.ip,
        hold: (tx) => requireSameAgent(tx, agent),
      },
      body,
    );
    if (opened) setSessionCookies(app, reply, environment, cookiesOf('agent', opened));
    else clearSessionCookies(reply, 'agent', environment);
    const ended = { audit: 'sessions_ended', ended: body.id ?? 'others' };
    request.log.info({ ...ended, sessionId, nextSessionId: opened?.session.id }, 'sessions were ended');
    return undefined;
  });

  serve(app, refreshAgentSession, async ({ request, reply }) => {
    try {
      const opened = await refreshSession(
        loggedBy(request),
        'agent',
        refreshTokenOf(request, 'agent', environment),
      );
      const agent = await findActiveAgent(database, opened.session.agentId ?? '');
      if (!agent) throw new ProblemError('session_expired');
      setSessionCookies(app, reply, environment, cookiesOf('agent', opened));
      return presentAgentSession(opened.session, agent);
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'session_expired')
        clearSessionCookies(reply, 'agent', environment);
      throw error;
    }
  });
}
