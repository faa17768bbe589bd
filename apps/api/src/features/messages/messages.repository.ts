import type { MessageId } from '@rnoce/schemas';
import { and, asc, count, eq, inArray, isNotNull, isNull, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { agents } from '../../db/schema/agents.ts';
import { emails } from '../../db/schema/emails.ts';
import { filings } from '../../db/schema/filings.ts';
import { messages } from '../../db/schema/messages.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { notFound } from '../../plugins/problems.ts';
import type { Correspondent } from './correspondent.ts';

type MessageSide = Correspondent['kind'];

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

/** An operator's own filings, drafts included; an agent sees those that were sent to their authority. Any other is not there. */
const ofCorrespondent = (correspondent: Correspondent): SQL | undefined =>
  correspondent.kind === 'operator'
    ? eq(filings.accountId, correspondent.accountId)
    : and(eq(filings.authority, correspondent.authority), ne(filings.status, 'draft'));

/** The filing of a conversation, with both sides of it. Throws `not_found`. */
export async function getConversation(executor: Executor, correspondent: Correspondent, id: string) {
  const [row] = await executor
    .select({
      filing: filings,
      code: subscriptions.code,
      account: accounts,
      /** The agent who holds the dossier. */
      holder: agents,
    })
    .from(filings)
    .innerJoin(subscriptions, eq(subscriptions.id, filings.subscriptionId))
    .innerJoin(accounts, eq(accounts.id, filings.accountId))
    .leftJoin(agents, and(eq(agents.id, filings.holderId), eq(agents.active, true)))
    .where(and(eq(filings.id, id), ofCorrespondent(correspondent)));
  if (!row) throw notFound();
  return row;
}
export type Conversation = Awaited<ReturnType<typeof getConversation>>;

/** Lets one message of a filing be written at a time, so that their ids are in the order in which they are seen. */
export async function lockConversation(tx: Transaction, filingId: string): Promise<void> {
  await tx.select({ id: filings.id }).from(filings).where(eq(filings.id, filingId)).for('update');
}

/** The messages of a filing, oldest first, with the names of the agents. */
export async function listMessages(executor: Executor, filingId: string) {
  return await executor
    .select({ message: messages, agentName: agents.name })
    .from(messages)
    .leftJoin(agents, eq(agents.id, messages.agentId))
    .where(eq(messages.filingId, filingId))
    .orderBy(asc(messages.id));
}
export type MessageRow = Awaited<ReturnType<typeof listMessages>>[number];

/** Writes a message of this side. */
export async function insertMessage(
  tx: Transaction,
  { filingId, text, at }: Pick<MessageRow['message'], 'filingId' | 'text' | 'at'>,
  author: Correspondent,
): Promise<MessageRow['message']> {
  const [written] = await tx
    .insert(messages)
    .values({
      filingId,
      text,
      at,
      accountId: author.kind === 'operator' ? author.accountId : null,
      agentId: author.kind === 'agent' ? author.agentId : null,
    })
    .returning();
  if (!written) throw new Error('the message was not written');
  return written;
}

/** Marks the other side's messages as read, up to one of the filing's. Throws `not_found` when it has no such message. */
export async function markRead(
  executor: Executor,
  { filingId, upTo, side, at }: { filingId: string; upTo: MessageId; side: MessageSide; at: Date },
): Promise<void> {
  const ofFiling = eq(messages.filingId, filingId);
  const named = await executor.$count(messages, and(ofFiling, eq(messages.id, upTo)));
  if (named === 0) throw notFound();
  await executor
    .update(messages)
    .set({ readAt: at })
    .where(and(ofFiling, isNull(messages.readAt), toSide(side), lte(messages.id, upTo)));
}

/** The event of the e-mail that tells a message. */
export const messageEvent = (messageId: string): string => `message_received:${messageId}`;

/** Whether a message that this side hasn't read was told to this address. */
export async function hasToldUnread(
  executor: Executor,
  filingId: string,
  side: MessageSide,
  address: string,
): Promise<boolean> {
  const told = await executor
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(
      emails,
      and(eq(emails.event, sql`${messageEvent('')} || ${messages.id}::text`), eq(emails.to, address)),
    )
    .where(and(eq(messages.filingId, filingId), isNull(messages.readAt), toSide(side)))
    .limit(1);
  return told.length > 0;
}
