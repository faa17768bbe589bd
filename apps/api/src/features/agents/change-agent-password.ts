import type { AgentId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { invalid } from '../../plugins/problems.ts';
import { passwordWrong } from '../accounts/accounts.errors.ts';
import { hashPassword } from '../accounts/passwords.ts';
import { requirePassword } from '../sessions/open-sessions.ts';
import { endSessions } from '../sessions/sessions.repository.ts';
import { type OpenedSession, replaceSession } from '../sessions/sessions.service.ts';
import { agentPasswordIssues } from './agent-password.ts';
import { type AgentRow, getAgent, setChosenPassword } from './agents.repository.ts';
import { tellAccessChanged } from './tell-access-changed.ts';

/**
 * The agent chooses a password of their own, which nobody else has seen; every session ends, and an e-mail tells it. Returns the session
 * that replaces the caller's, too. Throws `password_wrong`, `locked`, `validation`: too short, guessed at once, or the one there was.
 */
export async function changeAgentPassword(
  deps: Deps,
  caller: { agentId: AgentId; sessionId: string; address: string },
  { currentPassword, password }: { currentPassword: string; password: string },
): Promise<OpenedSession & { agent: AgentRow }> {
  const { database, now } = deps;
  const agent = await getAgent(database, caller.agentId);
  const { email, passwordHash: former } = agent;
  await requirePassword(
    deps,
    { scope: 'agent-password-change', email, passwordHash: former, address: caller.address },
    currentPassword,
  );
  const issues =
    password === currentPassword
      ? [{ pointer: '/password', code: 'password_unchanged' as const }]
      : agentPasswordIssues(deps, agent, password);
  if (issues.length > 0) throw invalid(issues);
  const passwordHash = await hashPassword(password);
  return await database.transaction(async (transaction) => {
    const changed = await setChosenPassword(transaction, agent, passwordHash);
    if (!changed) throw passwordWrong();
    const at = now();
    await endSessions(transaction, { kind: 'agent', ownerId: agent.id }, at, caller.sessionId);
    await tellAccessChanged(transaction, deps, agent, 'password', at);
    return { ...(await replaceSession(transaction, caller.sessionId, at)), agent: changed };
  });
}
