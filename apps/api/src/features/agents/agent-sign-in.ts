import { createHash } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { verifyPassword } from '../accounts/passwords.ts';
import { endFormerSession, type OpenedSession, openSession } from '../sessions/sessions.service.ts';
import { withAttempt } from '../sessions/sign-in-attempts.ts';
import { type AgentRow, findActiveAgent, findActiveAgentByEmail, signInByStep } from './agents.repository.ts';
import { openTotpSecret, totpStepOf } from './totp.ts';

/** First step: the password. An agent that isn't known, one who left and a wrong password are the same. Throws `credentials_wrong`, `locked`. */
export async function checkAgentPassword(
  deps: Deps,
  { email, password, address }: { email: string; password: string; address: string },
): Promise<AgentRow> {
  return await withAttempt(deps, { scope: 'agent', email, address }, async () => {
    const agent = await findActiveAgentByEmail(deps.database, email);
    const right = await verifyPassword(agent?.passwordHash, password);
    if (!agent || !right) throw new ProblemError('credentials_wrong');
    return agent;
  });
}

/** Tells one password of an agent from another, and nothing else: what stands behind it is salted at random. */
export const passwordMark = ({ passwordHash }: Pick<AgentRow, 'passwordHash'>): string =>
  createHash('sha256').update(passwordHash).digest('base64url');

interface CodeRequest {
  /** Whose password was right, and which, by the challenge. */
  readonly agentId: string;
  readonly mark: string;
  readonly code: string;
  readonly address: string;
  readonly userAgent: string;
  /** The refresh token of a session that this browser still has. */
  readonly formerToken: string | undefined;
}

/**
 * Second step: the one-time code, which opens the session. A code works once, also when it is sent twice at the same moment, and codes can't
 * be guessed at: failures lock as those of passwords do. Throws `code_wrong`, `challenge_expired`, `locked`.
 */
export async function checkAgentCode(
  deps: Deps,
  { agentId, mark, code, address, userAgent, formerToken }: CodeRequest,
): Promise<OpenedSession & { agent: AgentRow }> {
  const { database, environment, now } = deps;
  const agent = await findActiveAgent(database, agentId);
  // Another password was chosen since: the one that was shown opens nothing any more.
  if (!agent || passwordMark(agent) !== mark) throw new ProblemError('challenge_expired');
  return await withAttempt(deps, { scope: 'agent-code', email: agent.email, address }, async () => {
    const at = now();
    const secret = openTotpSecret(agent.totpSecret, { key: environment.TOTP_KEY, agentId });
    const step = totpStepOf(code, secret, at);
    if (step === undefined) throw new ProblemError('code_wrong');
    return await database.transaction(async (transaction) => {
      if (!(await signInByStep(transaction, agent, step, at))) throw new ProblemError('code_wrong');
      await endFormerSession(transaction, formerToken, at);
      const opened = await openSession(
        transaction,
        { kind: 'agent', ownerId: agentId },
        { now: at, userAgent },
      );
      return { ...opened, agent };
    });
  });
}
