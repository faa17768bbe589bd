import * as contract from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf } from '../../plugins/principal.ts';
import { serve } from '../../plugins/serve.ts';
import { requireReader } from './administration.policy.ts';
import { presentEntry } from './administration.presenter.ts';
import { listEntries } from './administration.repository.ts';

/** The history of what administrators did. It is written by those who do it (`record-act.ts`), and only read here. */
export function administrationRoutes(app: FastifyInstance, { database }: Deps): void {
  serve(app, contract.listAdministrationEntries, async ({ query, request }) => {
    const { rows, total } = await listEntries(database, requireReader(agentOf(request), query), query);
    const { page, pageSize } = query;
    return { items: rows.map(presentEntry), page, pageSize, total };
  });
}
