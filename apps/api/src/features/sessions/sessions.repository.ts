import { and, desc, eq, gt, isNull, ne } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { sessions } from '../../db/schema/sessions.ts';

export type SessionKind = 'operator' | 'agent';
export interface SessionOwner {
  readonly kind: SessionKind;
  readonly ownerId: string;
}
export type SessionRow = typeof sessions.$inferSelect;

const ownedBy = ({ kind, ownerId }: SessionOwner) =>
  eq(kind === 'operator' ? sessions.accountId : sessions.agentId, ownerId);

/** Ends every session of an owner that wasn't ended, but the one given. Returns how many, those whose time was over among them. */
export async function endSessions(
  executor: Executor,
  owner: SessionOwner,
  now: Date,
  exceptId?: string,
): Promise<number> {
  const { rowCount } = await executor
    .update(sessions)
    .set({ endedAt: now })
    .where(
      and(
        ownedBy(owner),
        isNull(sessions.endedAt),
        ...(exceptId === undefined ? [] : [ne(sessions.id, exceptId)]),
      ),
    );
  return rowCount ?? 0;
}

const live = (now: Date) => [isNull(sessions.endedAt), gt(sessions.expiresAt, now), gt(sessions.endsAt, now)];

/** The live sessions of an owner, the last used first. */
export async function listLiveSessions(
  executor: Executor,
  owner: SessionOwner,
  now: Date,
): Promise<SessionRow[]> {
  return await executor
    .select()
    .from(sessions)
    .where(and(ownedBy(owner), ...live(now)))
    .orderBy(desc(sessions.lastUsedAt), desc(sessions.id));
}

/** Ends one live session of this owner; false when it has none of this id. */
export async function endOwnSession(
  executor: Executor,
  owner: SessionOwner,
  sessionId: string,
  now: Date,
): Promise<boolean> {
  const ended = await executor
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.id, sessionId), ownedBy(owner), ...live(now)))
    .returning({ id: sessions.id });
  return ended.length > 0;
}

/** Ends one session. */
export async function endSession(executor: Executor, sessionId: string, now: Date): Promise<void> {
  await executor
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)));
}

/** The session of an id, live or not, or undefined; locked until the transaction ends. */
export async function findSessionForUpdate(
  executor: Executor,
  sessionId: string,
): Promise<SessionRow | undefined> {
  const [row] = await executor.select().from(sessions).where(eq(sessions.id, sessionId)).for('update');
  return row;
}

/** A session's row. Throws when there is none: its caller has just been let in by it. */
export async function getSession(executor: Executor, sessionId: string): Promise<SessionRow> {
  const [row] = await executor.select().from(sessions).where(eq(sessions.id, sessionId));
  if (!row) throw new Error('the session of the caller is gone');
  return row;
}
