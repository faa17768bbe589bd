import type { Message, MessageId } from '@rnoce/schemas';
import type { Correspondent } from './correspondent.ts';
import type { MessageRow } from './messages.repository.ts';

/** A message as one side sees it: operators are told the authority, never the agent. */
export const presentMessage = (
  { message, agentName }: MessageRow,
  { kind }: Pick<Correspondent, 'kind'>,
): Message => ({
  id: message.id as MessageId,
  author: message.agentId === null ? 'operator' : 'agent',
  authorName: kind === 'agent' ? agentName : null,
  text: message.text,
  at: message.at.toISOString(),
  readAt: message.readAt?.toISOString() ?? null,
});
