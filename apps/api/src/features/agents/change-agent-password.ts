import { type AgentId, minAgentPasswordLength } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { invalid } from '../../plugins/problems.ts';
import { passwordWrong } from '../accounts/accounts.errors.ts';
import { passwordIssues } from '../accounts/password-strength.ts';
import { hashPassword } from '../accounts/passwords.ts';
import { requirePassword } from '../sessions/open-sessions.ts';
import { endSessions } from '../sessions/sessions.repository.ts';
import { type AgentRow, getAgent, setChosenPassword } from './agents.repository.ts';

/**
 * The agent chooses a password of their own, which nobody else has seen; every other session ends. Throws `password_wrong`, `locked`,
 * `validation`: too short, guessed at once, or the one there was.
 */
export async function changeAgentPassword(
  deps: Deps,
  caller: { agentId: AgentId; sessionId: string; address: string },
  { currentPassword, password }: { currentPassword: string; password: string },
): Promise<AgentRow> {
  const { database, environment, now } = deps;
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
      : passwordIssues(password, {
          minLength: Math.max(minAgentPasswordLength, environment.PASSWORD_MIN_LENGTH),
          owner: { email, legalName: agent.name },
          pointer: '/password',
        });
  if (issues.length > 0) throw invalid(issues);
  const passwordHash = await hashPassword(password);
  return await database.transaction(async (transaction) => {
    const changed = await setChosenPassword(transaction, agent, passwordHash);
    if (!changed) throw passwordWrong();
    await endSessions(transaction, { kind: 'agent', ownerId: agent.id }, now(), caller.sessionId);
    return changed;
  });
}
