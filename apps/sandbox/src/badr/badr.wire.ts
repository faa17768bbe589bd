import { createHash, timingSafeEqual } from 'node:crypto';
import { OperatorType } from '@rnoce/schemas/operator-types';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { delay } from '../faults/delay.ts';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import { nonsense } from './badr.nonsense.ts';
import { type BadrFault, normalBadr } from './badr-faults.ts';
import type { BadrStore } from './badr-store.ts';
import type { CallLog } from './call-log.ts';
import { Registration } from './company.ts';
import { Operation } from './operation.ts';

declare module 'fastify' {
  interface FastifyRequest {
    badrFault: BadrFault;
  }
}

export interface BadrWireOptions {
  key: string;
  store: BadrStore;
  faults: FaultSwitch<BadrFault>;
  calls: CallLog;
  now: () => Date;
}

const LookUpQuery = z.object({
  operatorType: OperatorType,
  ice: z.string(),
  taxId: z.string(),
  rcNumber: z.string(),
  rcCentre: z.string(),
});

const sha256 = (text: string) => createHash('sha256').update(text).digest();

const AboutIce = z.object({ ice: z.string() });
const AboutAccount = z.object({ accountNumber: z.string() });
/** The company a call is about: named in the query of a lookup, in the body of a registration, by its account in an operation. */
function iceOfCall(store: BadrStore, { query, body }: FastifyRequest): string | undefined {
  const account = AboutAccount.safeParse(body).data?.accountNumber;
  if (account !== undefined) return store.findByAccount(account)?.ice;
  return AboutIce.safeParse(query).data?.ice ?? AboutIce.safeParse(body).data?.ice;
}

/**
 * BADR as the portal calls it (docs/decisions/003-badr-protocol.md): `/operators`, `/registrations/{reference}`,
 * `/operations/{reference}`, `/health`,
 * with the faults that testers ask for.
 */
export function badrWire(app: FastifyInstance, options: BadrWireOptions): void {
  const { store, faults, calls } = options;
  const expected = sha256(`Bearer ${options.key}`);

  const record = (request: FastifyRequest, reply: FastifyReply, status: number | null) => {
    const ice = iceOfCall(store, request);
    calls.add({
      at: options.now().toISOString(),
      method: request.method,
      url: request.url,
      ...(ice !== undefined && { ice }),
      mode: request.badrFault.mode,
      status,
      durationMs: Math.round(reply.elapsedTime),
    });
  };

  const cut = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    void reply.hijack();
    record(request, reply, null);
    request.raw.socket.destroy();
    return reply;
  };

  app.decorateRequest('badrFault');
  app.addHook('onRequest', async (request, reply) => {
    request.badrFault = normalBadr;
    if (timingSafeEqual(sha256(request.headers.authorization ?? ''), expected)) return;
    await reply.code(401).send({ code: 'UNAUTHORISED' });
  });
  app.addHook('onResponse', async (request, reply) => record(request, reply, reply.statusCode));

  app.addHook('preHandler', async (request, reply) => {
    const fault = faults.take(iceOfCall(store, request));
    request.badrFault = fault;
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
        await reply
          .code(500)
          .send({ code: 'INTERNAL', message: 'ORA-03113: end-of-file on communication channel' });
        return;
      case 'nonsense':
        return nonsense[fault.variant](reply);
    }
  });

  app.get('/health', async () => ({ status: 'ok' }));

  app.get('/operators', async (request, reply) => {
    const query = LookUpQuery.safeParse(request.query);
    if (!query.success)
      return reply.code(400).send({ code: 'BAD_REQUEST', message: z.prettifyError(query.error) });
    const found = store.lookUp(query.data);
    switch (found.status) {
      case 'registered':
        return found.company;
      case 'not_registered':
        return reply.code(404).send({ code: 'NOT_REGISTERED' });
      case 'identifiers_differ':
        return reply.code(409).send({ code: 'IDENTIFIERS_DIFFER', fields: found.fields });
    }
  });

  app.put<{ Params: { reference: string } }>('/registrations/:reference', async (request, reply) => {
    if (request.badrFault.mode === 'refuse') {
      return reply.code(422).send({ code: 'REFUSED', reason: 'Inscription refusée par le bac à sable.' });
    }
    const body = Registration.safeParse(request.body);
    if (!body.success) return reply.code(422).send({ code: 'REFUSED', reason: z.prettifyError(body.error) });
    const outcome = await store.register(request.params.reference, body.data);
    switch (outcome.status) {
      case 'created':
      case 'repeated': {
        const { accountNumber, registeredAt } = outcome;
        return reply.code(outcome.status === 'created' ? 201 : 200).send({ accountNumber, registeredAt });
      }
      case 'reference_already_used':
        return reply.code(409).send({ code: 'REFERENCE_ALREADY_USED' });
      case 'refused':
        return reply.code(422).send({ code: 'REFUSED', reason: outcome.reason });
    }
  });

  app.put<{ Params: { reference: string } }>('/operations/:reference', async (request, reply) => {
    const { mode, delayMs } = request.badrFault;
    const refused = (reason: string) => reply.code(422).send({ code: 'REFUSED', reason });
    if (mode === 'refuse') return refused('Opération refusée par le bac à sable.');
    const body = Operation.safeParse(request.body);
    if (!body.success) return refused(z.prettifyError(body.error));
    const outcome = await store.operate(request.params.reference, body.data);
    if (mode === 'cut_after') return cut(request, reply);
    if (mode === 'late_after') await delay(request, delayMs);
    switch (outcome.status) {
      case 'created':
      case 'repeated':
        return reply.code(outcome.status === 'created' ? 201 : 200).send({ appliedAt: outcome.appliedAt });
      case 'reference_already_used':
        return reply.code(409).send({ code: 'REFERENCE_ALREADY_USED' });
      case 'record_changed':
        return reply.code(409).send({ code: 'RECORD_CHANGED', fields: outcome.fields });
      case 'account_status':
        return reply.code(409).send({ code: 'ACCOUNT_STATUS', accountStatus: outcome.accountStatus });
      case 'refused':
        return refused(outcome.reason);
    }
  });
}
