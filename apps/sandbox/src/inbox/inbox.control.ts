import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import { type InboxFault, SetInboxModeBody, setInboxMode } from './inbox-faults.ts';
import type { MailStore } from './mail-store.ts';

export interface InboxControlOptions {
  store: MailStore;
  faults: FaultSwitch<InboxFault>;
}

const InboxQuery = z.object({
  to: z.string().optional(),
  subject: z.string().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(2_000).default(50),
});

const AttachmentParams = z.object({ id: z.string(), index: z.coerce.number().int().min(0) });

/** The JSON control of the inbox, for tests: mails, mode. */
export function inboxControl(app: FastifyInstance, { store, faults }: InboxControlOptions): void {
  app.get('/api/inbox', async (request) => {
    const { to, subject, since, limit } = InboxQuery.parse(request.query);
    const found = store.list({ to, subject, since: since === undefined ? undefined : new Date(since) });
    const items = found.slice(0, limit).map((mail) => ({
      ...mail,
      attachments: mail.attachments.map(({ name, mediaType, sizeBytes }) => ({ name, mediaType, sizeBytes })),
    }));
    return { items, total: found.length };
  });
  app.get('/api/inbox/:id/attachments/:index', async (request, reply) => {
    const { id, index } = AttachmentParams.parse(request.params);
    const attachment = store.find(id)?.attachments[index];
    if (!attachment || attachment.content === null) return reply.code(404).send();
    return reply
      .header('content-type', attachment.mediaType)
      .header('content-disposition', 'inline')
      .header('content-security-policy', 'sandbox')
      .send(Buffer.from(attachment.content, 'base64'));
  });
  app.delete('/api/inbox', async (_request, reply) => {
    await store.clear();
    return reply.code(204).send();
  });
  app.get('/api/inbox/mode', async () => ({ rules: faults.rules() }));
  app.put('/api/inbox/mode', async (request) => {
    setInboxMode(faults, SetInboxModeBody.parse(request.body));
    return { rules: faults.rules() };
  });
}
