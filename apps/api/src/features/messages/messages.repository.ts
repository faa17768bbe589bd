import { and, count, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { messages } from '../../db/schema/messages.ts';

/** Who reads or writes: the filing's operator, or the agents of its authority, who are one side whichever of them reads. */
export type MessageSide = 'operator' | 'agent';

/** Written by the other side. */
const toSide = (side: MessageSide) => isNotNull(side === 'operator' ? messages.agentId : messages.accountId);

/** How many messages of the other side nobody of this side has read, by filing; a filing without any isn't in the answer. */
export async function countUnread(
  executor: Executor,
  filingIds: readonly string[],
  side: MessageSide,
): Promise<ReadonlyMap<string, number>> {
  if (filingIds.length === 0) return new Map();
  const rows = await executor
    .select({ filingId: messages.filingId, unread: count() })
    .from(messages)
    .where(and(inArray(messages.filingId, [...filingIds]), isNull(messages.readAt), toSide(side)))
    .groupBy(messages.filingId);
  return new Map(rows.map(({ filingId, unread }) => [filingId, unread]));
}
