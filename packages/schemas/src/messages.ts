/** Messages between the operator and the agents of one authority, inside the dossier. */
import { z } from 'zod';
import { noContent, route } from './contract.ts';
import { FilingId, Instant, MessageId } from './primitives.ts';

export const maxMessageLength = 4000;

export const Message = z.object({
  id: MessageId,
  author: z.enum(['operator', 'agent']),
  /** The agent's name for agents; operators see the authority only. Null for the operator. */
  authorName: z.string().nullable(),
  text: z.string(),
  at: Instant,
  /** When somebody of the other side first read it. */
  readAt: Instant.nullable(),
});
export type Message = z.infer<typeof Message>;

export const Messages = z.object({
  /** Oldest first. */
  items: z.array(Message),
  /** Whether one may write now: once the filing was sent. */
  open: z.boolean(),
});
export type Messages = z.infer<typeof Messages>;

const params = z.strictObject({ id: FilingId });
const tag = 'messages';
const both = ['operator', 'agent'] as const;

export const listMessages = route({
  name: 'listMessages',
  tag,
  method: 'GET',
  path: '/filings/:id/messages',
  access: both,
  summary: 'The messages of a filing, of its own operator and the agents of its authority',
  params,
  responses: { 200: Messages },
  problems: ['forbidden'],
});

export const sendMessage = route({
  name: 'sendMessage',
  tag,
  method: 'POST',
  path: '/filings/:id/messages',
  access: both,
  summary: 'Write to the other side, who is told by e-mail',
  params,
  body: z.strictObject({ text: z.string().trim().min(1).max(maxMessageLength) }),
  responses: { 201: Message },
  problems: ['forbidden', 'messages_closed'],
  idempotent: true,
  rateLimit: { max: 60, windowSeconds: 600 },
});

export const readMessages = route({
  name: 'readMessages',
  tag,
  method: 'PUT',
  path: '/filings/:id/messages/read',
  access: both,
  summary: "Mark the other side's messages as read, up to the one named",
  params,
  body: z.strictObject({ upTo: MessageId }),
  responses: { 204: noContent },
  problems: ['forbidden'],
});
