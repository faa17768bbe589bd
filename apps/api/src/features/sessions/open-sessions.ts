import type { EndSessionsBody, OpenSessions, SessionId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { passwordWrong } from '../accounts/accounts.errors.ts';
import { verifyPassword } from '../accounts/passwords.ts';
import { endOwnSession, endSessions, listLiveSessions, type SessionOwner } from './sessions.repository.ts';
import { withAttempt } from './sign-in-attempts.ts';

/** Who asks, from which of their sessions. */
interface Caller extends SessionOwner {
  readonly sessionId: string;
}

/** The browsers in which somebody is signed in, this one first, then the last used. */
export async function listOpenSessions(
  { database, now }: Deps,
  { sessionId, ...owner }: Caller,
): Promise<OpenSessions> {
  const items = (await listLiveSessions(database, owner, now())).map((row) => ({
    id: row.id as SessionId,
    current: row.id === sessionId,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
  }));
  return { items: items.toSorted((a, b) => Number(b.current) - Number(a.current)) };
}

/** Whose password is asked again. Failures count with those of its change. */
export interface PasswordHolder {
  readonly scope: 'password-change' | 'agent-password-change';
  readonly email: string;
  readonly passwordHash: string | null;
  readonly address: string;
}

/** Proves again who asks, from a session that may have been left open. Throws `password_wrong`, `locked`. */
export async function requirePassword(
  deps: Deps,
  { passwordHash, ...attempted }: PasswordHolder,
  password: string,
): Promise<void> {
  await withAttempt(deps, attempted, async () => {
    if (!(await verifyPassword(passwordHash, password))) throw passwordWrong();
  });
}

/**
 * Ends one session of the caller, or all but the one that asks; the password is asked again (OWASP ASVS 5, 7.5.2). Throws `password_wrong`,
 * `locked`, `not_found` for a session that is over already or somebody else's.
 */
export async function endOpenSessions(
  deps: Deps,
  { sessionId, ...owner }: Caller,
  holder: PasswordHolder,
  { currentPassword, id }: EndSessionsBody,
): Promise<void> {
  await requirePassword(deps, holder, currentPassword);
  if (id === undefined) await endSessions(deps.database, owner, deps.now(), sessionId);
  else if (!(await endOwnSession(deps.database, owner, id, deps.now()))) throw new ProblemError('not_found');
}
