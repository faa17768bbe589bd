import type { EndSessionsBody, OpenSessions, SessionId } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { passwordWrong } from '../accounts/accounts.errors.ts';
import { verifyPassword } from '../accounts/passwords.ts';
import { endOwnSession, endSessions, listLiveSessions, type SessionOwner } from './sessions.repository.ts';
import { type OpenedSession, replaceSession } from './sessions.service.ts';
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
 * Ends one session of the caller, or all the others; the password is asked again (OWASP ASVS 5, 7.5.2). Returns the session that the one
 * which asks is replaced by, undefined when it was to end itself. `hold` holds who asks, as they were read, until the transaction ends.
 * Throws `password_wrong`, `locked`, `not_found` for a session that is over already or somebody else's.
 */
export async function endOpenSessions(
  deps: Deps,
  { sessionId, ...owner }: Caller,
  { hold, ...holder }: PasswordHolder & { readonly hold: (tx: Transaction) => Promise<void> },
  { currentPassword, id }: EndSessionsBody,
): Promise<OpenedSession | undefined> {
  await requirePassword(deps, holder, currentPassword);
  const at = deps.now();
  return await deps.database.transaction(async (tx) => {
    await hold(tx);
    if (id === undefined) await endSessions(tx, owner, at, sessionId);
    else if (!(await endOwnSession(tx, owner, id, at))) throw new ProblemError('not_found');
    return id === sessionId ? undefined : await replaceSession(tx, sessionId, at);
  });
}
