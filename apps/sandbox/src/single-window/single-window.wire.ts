import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { delay } from '../faults/delay.ts';
import {
  normalSingleWindow,
  type SingleWindowFault,
  type SingleWindowFaults,
  type SingleWindowNonsense,
} from './single-window-faults.ts';
import { Opening, type SingleWindowStore } from './single-window-store.ts';

declare module 'fastify' {
  interface FastifyRequest {
    singleWindowFault: SingleWindowFault;
  }
}

export interface SingleWindowWireOptions {
  key: string;
  store: SingleWindowStore;
  faults: SingleWindowFaults;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();
const AboutIce = z.object({ operator: z.object({ ice: z.string() }) });
const answer = (reply: FastifyReply, type: string, body: string) =>
  reply.code(200).header('content-type', type).send(body);
const json = 'application/json; charset=utf-8';

const nonsense: Record<SingleWindowNonsense, (reply: FastifyReply) => FastifyReply> = {
  html: (reply) => answer(reply, 'text/html; charset=utf-8', '<html><body>Maintenance</body></html>'),
  wrong_types: (reply) => answer(reply, json, '{"login":42,"openedAt":null}'),
  truncated: (reply) => answer(reply, json, '{"login":"s.ala'),
  empty: (reply) => answer(reply, json, ''),
};

function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

const refused = (reply: FastifyReply, reason: string) => reply.code(422).send({ code: 'REFUSED', reason });

/**
 * The single window as the portal calls it (docs/decisions/016-single-window-protocol.md): `/accounts/{reference}`, `/health`, with the faults
 * that testers ask for.
 */
export function singleWindowWire(
  app: FastifyInstance,
  { key, store, faults }: SingleWindowWireOptions,
): void {
  const expected = sha256(key);

  app.decorateRequest('singleWindowFault');
  app.addHook('onRequest', async (request, reply) => {
    request.singleWindowFault = normalSingleWindow;
    if (timingSafeEqual(sha256(String(request.headers['x-api-key'] ?? '')), expected)) return;
    await reply.code(401).send({ code: 'UNAUTHORISED' });
  });

  app.addHook('preHandler', async (request, reply) => {
    const fault = faults.modes.take(AboutIce.safeParse(request.body).data?.operator.ice);
    request.singleWindowFault = fault;
    switch (fault.mode) {
      case 'normal':
      case 'refuse':
      case 'cut_after':
      case 'late_after':
        return;
      case 'slow':
        await delay(request, fault.delayMs);
        return;
      case 'down':
        cut(request, reply);
        return;
      case 'error':
        await reply.code(500).send({ code: 'INTERNAL' });
        return;
      case 'nonsense':
        return nonsense[fault.variant](reply);
    }
  });

  app.get('/health', async () => ({ status: 'ok' }));

  app.put<{ Params: { reference: string } }>('/accounts/:reference', async (request, reply) => {
    const { reference } = request.params;
    const { mode, delayMs } = request.singleWindowFault;
    if (mode === 'refuse') return refused(reply, 'Compte refusé par le bac à sable.');
    const body = Opening.safeParse(request.body);
    if (!body.success) return refused(reply, z.prettifyError(body.error));
    const { operator, user } = body.data;
    if (!store.find(reference) && faults.takesRefusal(operator.ice, user.email))
      return refused(reply, `Utilisateur refusé par le bac à sable : ${user.email}.`);
    const opened = await store.openAccount(reference, body.data);
    if (!opened) return reply.code(409).send({ code: 'REFERENCE_ALREADY_USED' });
    if (mode === 'cut_after') return cut(request, reply);
    if (mode === 'late_after') await delay(request, delayMs);
    const { login, openedAt } = opened.account;
    return reply.code(opened.isNew ? 201 : 200).send({ login, openedAt });
  });
}
