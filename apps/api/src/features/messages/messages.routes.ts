import * as contract from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { serve } from '../../plugins/serve.ts';
import { readerOf, writerOf } from './correspondent.ts';
import { presentMessage } from './messages.presenter.ts';
import { getConversation, listMessages, markRead } from './messages.repository.ts';
import { isOpen, sendMessage } from './send-message.ts';

/** The messages between a filing's operator and the agents of its authority. */
export function messagesRoutes(app: FastifyInstance, deps: Deps): void {
  const { database, now } = deps;

  serve(app, contract.listMessages, async ({ params, request }) => {
    const reader = readerOf(request);
    const conversation = await getConversation(database, reader, params.id);
    const rows = await listMessages(database, params.id);
    return { items: rows.map((row) => presentMessage(row, reader)), open: isOpen(conversation) };
  });

  serve(app, contract.sendMessage, async ({ params, body, request, reply }) => {
    reply.code(201);
    return await sendMessage(deps, writerOf(request), params.id, body.text);
  });

  serve(app, contract.readMessages, async ({ params, body, request }) => {
    const reader = writerOf(request);
    await getConversation(database, reader, params.id);
    await markRead(database, { filingId: params.id, upTo: body.upTo, side: reader.kind, at: now() });
    return undefined;
  });
}
