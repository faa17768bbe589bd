import type { AccountId, FilingId, Message } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { queueEmail } from '../emails/emails.service.ts';
import type { Correspondent } from './correspondent.ts';
import { presentMessage } from './messages.presenter.ts';
import {
  type Conversation,
  getConversation,
  hasToldUnread,
  insertMessage,
  lockConversation,
  messageEvent,
} from './messages.repository.ts';

/** Whether one may write about a filing: once it was sent. */
export const isOpen = ({ filing }: Conversation): boolean => filing.status !== 'draft';

/** Whom a message is told to, and how; undefined when no agent holds the dossier. */
function noticeOf({ filing, code, account, holder }: Conversation, author: Correspondent) {
  const { legalName } = account;
  if (author.kind === 'agent') {
    const path = `/espace-prive/demandes/${filing.subscriptionId}`;
    return {
      to: account.email,
      locale: account.locale,
      accountId: account.id as AccountId,
      template: 'message_received',
      data: { legalName, code, authority: filing.authority, path },
    } as const;
  }
  return (
    holder &&
    ({
      to: holder.email,
      locale: holder.locale,
      accountId: null,
      template: 'message_received_by_agent',
      data: { legalName, code, path: `/agents/dossiers/${filing.id}` },
    } as const)
  );
}

/** One e-mail for what one side writes before the other has read it: the first message is told, those after it add nothing. */
async function tell(
  tx: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  conversation: Conversation,
  author: Correspondent,
  messageId: string,
): Promise<void> {
  const notice = noticeOf(conversation, author);
  if (!notice) return;
  const reader = author.kind === 'agent' ? 'operator' : 'agent';
  if (await hasToldUnread(tx, conversation.filing.id, reader, notice.to)) return;
  await queueEmail(tx, jobs, { event: messageEvent(messageId), ...notice });
}

/**
 * Writes to the other side, who is told by e-mail in the same transaction. Throws `not_found` for another's filing, `messages_closed` until it
 * was sent.
 */
export async function sendMessage(
  deps: Pick<Deps, 'database' | 'now' | 'jobs'>,
  author: Correspondent,
  id: FilingId,
  text: string,
): Promise<Message> {
  return await deps.database.transaction(async (tx) => {
    await getConversation(tx, author, id);
    await lockConversation(tx, id);
    const conversation = await getConversation(tx, author, id);
    if (!isOpen(conversation)) throw new ProblemError('messages_closed');
    const message = await insertMessage(tx, { filingId: id, text, at: deps.now() }, author);
    await tell(tx, deps, conversation, author, message.id);
    const agentName = author.kind === 'agent' ? author.name : null;
    return presentMessage({ message, agentName }, author);
  });
}
