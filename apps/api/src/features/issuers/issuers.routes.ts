import * as contract from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf } from '../../plugins/principal.ts';
import { serve } from '../../plugins/serve.ts';
import { requirePublisher } from '../invoices/invoices.policy.ts';
import { listAllIssuers } from './issuers.repository.ts';

export function issuersRoutes(app: FastifyInstance, { database }: Deps): void {
  serve(app, contract.listIssuers, async ({ request }) => {
    requirePublisher(agentOf(request));
    return { items: await listAllIssuers(database) };
  });
}
