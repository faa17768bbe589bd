import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  MarkBody,
  RefuseNthBody,
  SetSingleWindowModeBody,
  type SingleWindowFaults,
} from './single-window-faults.ts';
import type { SingleWindowStore } from './single-window-store.ts';

export interface SingleWindowControlOptions {
  store: SingleWindowStore;
  faults: SingleWindowFaults;
}

const AccountsQuery = z.object({ ice: z.string().optional(), email: z.string().optional() });

/** The JSON control of the single window, for tests: accounts opened, mode, refusals ordered. */
export function singleWindowControl(
  app: FastifyInstance,
  { store, faults }: SingleWindowControlOptions,
): void {
  app.get('/api/single-window/accounts', async (request) => {
    const { ice, email } = AccountsQuery.parse(request.query);
    return {
      items: store
        .accounts()
        .filter(({ opening }) => ice === undefined || opening.operator.ice === ice)
        .filter(({ opening }) => email === undefined || opening.user.email === email),
    };
  });

  app.get('/api/single-window/mode', async () => ({ rules: faults.modes.rules() }));
  app.put('/api/single-window/mode', async (request) => {
    faults.setMode(SetSingleWindowModeBody.parse(request.body));
    return { rules: faults.modes.rules() };
  });

  app.get('/api/single-window/marks', async () => ({ emails: faults.refusedEmails() }));
  app.put('/api/single-window/marks', async (request) => {
    faults.mark(MarkBody.parse(request.body));
    return { emails: faults.refusedEmails() };
  });
  app.put('/api/single-window/refuse-nth', async (request, reply) => {
    faults.refuseNth(RefuseNthBody.parse(request.body));
    return reply.code(204).send();
  });
}
