import { createHash, createHmac, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { sessions } from '../../db/schema/sessions.ts';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import {
  endSession,
  findSessionForUpdate,
  type SessionKind,
  type SessionOwner,
  type SessionRow,
} from './sessions.repository.ts';

const minuteMs = 60_000;
/** A session ends after 30 minutes without activity (OWASP ASVS 5, 7.3.1). */
const idleMs = 30 * minuteMs;
/** And in any case after a day's work (7.3.2). */
const absoluteMs: Readonly<Record<SessionKind, number>> = { operator: 720 * minuteMs, agent: 480 * minuteMs };
/** How long the token before is still good: two tabs may refresh at once, or an answer be lost on its way. */
const graceMs = 30_000;

/** What the browser gets: the session, and the refresh token that prolongs it. */
export interface OpenedSession {
  readonly session: SessionRow;
  readonly refreshToken: string;
}

/** What `setSessionCookies` gives the browser of it. */
export const cookiesOf = (kind: SessionKind, { session, refreshToken }: OpenedSession) => ({
  kind,
  id: session.id,
  refreshToken,
  expiresAt: session.expiresAt,
});

const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/**
 * The secret after this one. It follows from the one before, so that two tabs which refresh at once are given the same: whichever
 * answer the browser keeps, it is the right one.
 */
const nextSecret = (secret: string, { SESSION_SECRET }: Deps['environment']): string =>
  createHmac('sha256', SESSION_SECRET).update(`refresh ${secret}`).digest('base64url');

/** Whose session it is, in which browser, since when, and when it ends in any case. */
type Kept = Pick<SessionRow, 'accountId' | 'agentId' | 'userAgent' | 'createdAt' | 'endsAt'>;

async function insertSession(executor: Executor, kept: Kept, now: Date): Promise<OpenedSession> {
  const secret = randomBytes(32).toString('base64url');
  const [session] = await executor
    .insert(sessions)
    .values({
      ...kept,
      refreshHash: hashSecret(secret),
      rotatedAt: now,
      expiresAt: earlier(new Date(now.getTime() + idleMs), kept.endsAt),
      lastUsedAt: now,
    })
    .returning();
  if (!session) throw new Error('the session was not written');
  return { session, refreshToken: `${session.id}.${secret}` };
}

/** Opens a session for who has just proved who they are: always a new one, with a new id (7.2.4). */
export async function openSession(
  executor: Executor,
  { kind, ownerId }: SessionOwner,
  { now, userAgent }: { now: Date; userAgent: string },
): Promise<OpenedSession> {
  const kept: Kept = {
    accountId: kind === 'operator' ? ownerId : null,
    agentId: kind === 'agent' ? ownerId : null,
    userAgent: userAgent.slice(0, 300),
    createdAt: now,
    endsAt: new Date(now.getTime() + absoluteMs[kind]),
  };
  return await insertSession(executor, kept, now);
}

/**
 * Gives who has just proved again who they are a session in the place of theirs, whose copies open nothing any more (7.2.4). It lasts no
 * longer than the one before: a password alone prolongs no sign-in by two factors. The caller's transaction holds the owner's row, so that
 * what ends every session of the owner sees this one too. Throws `not_signed_in` when the session is over meanwhile.
 */
export async function replaceSession(
  executor: Executor,
  sessionId: string,
  now: Date,
): Promise<OpenedSession> {
  const former = await findSessionForUpdate(executor, sessionId);
  if (!former || former.endedAt) throw new ProblemError('not_signed_in');
  await endSession(executor, sessionId, now);
  const { accountId, agentId, userAgent, createdAt, endsAt } = former;
  return await insertSession(executor, { accountId, agentId, userAgent, createdAt, endsAt }, now);
}

/** The two parts of a refresh token, or undefined when it can't be one. */
function readToken(token: string | undefined): { sessionId: string; secret: string } | undefined {
  const parts = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(token ?? '');
  return parts?.[1] && parts[2] ? { sessionId: parts[1], secret: parts[2] } : undefined;
}

/**
 * Prolongs a session by its refresh token, which is exchanged for the next one. The token before is good for a few seconds more; any other
 * is a copy that somebody kept: the session ends for both. Throws `session_expired`.
 */
export async function refreshSession(
  { database, environment, now, log }: Deps,
  kind: SessionKind,
  token: string | undefined,
): Promise<OpenedSession> {
  const given = readToken(token);
  if (!given) throw new ProblemError('session_expired');
  const at = now();
  const hash = hashSecret(given.secret);
  let replayed: string | undefined;
  const opened = await database.transaction(async (transaction): Promise<OpenedSession | undefined> => {
    const session = await findSessionForUpdate(transaction, given.sessionId);
    const ownerId = kind === 'operator' ? session?.accountId : session?.agentId;
    if (!session || !ownerId || session.endedAt || session.expiresAt <= at || session.endsAt <= at)
      return undefined;
    const secret = nextSecret(given.secret, environment);
    const refreshToken = `${session.id}.${secret}`;
    if (session.previousRefreshHash === hash && at.getTime() - session.rotatedAt.getTime() < graceMs)
      return { session, refreshToken };
    if (session.refreshHash !== hash) {
      await endSession(transaction, session.id, at);
      replayed = ownerId;
      return undefined;
    }
    const [prolonged] = await transaction
      .update(sessions)
      .set({
        refreshHash: hashSecret(secret),
        previousRefreshHash: hash,
        rotatedAt: at,
        expiresAt: earlier(new Date(at.getTime() + idleMs), session.endsAt),
        lastUsedAt: at,
      })
      .where(eq(sessions.id, session.id))
      .returning();
    return prolonged && { session: prolonged, refreshToken };
  });
  if (replayed !== undefined)
    log.warn(
      { audit: 'refresh_token_replayed', caller: `${kind} ${replayed}`, sessionId: given.sessionId },
      'a refresh token came back: somebody keeps a copy, and the session is over',
    );
  if (!opened) throw new ProblemError('session_expired');
  return opened;
}

/** Ends the session that this browser had, when it signs in anew; a token that isn't right ends nothing. */
export async function endFormerSession(
  executor: Executor,
  token: string | undefined,
  now: Date,
): Promise<void> {
  const given = readToken(token);
  if (!given) return;
  const session = await findSessionForUpdate(executor, given.sessionId);
  if (session?.refreshHash === hashSecret(given.secret)) await endSession(executor, session.id, now);
}
