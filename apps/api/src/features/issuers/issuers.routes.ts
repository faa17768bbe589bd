import * as contract from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf } from '../../plugins/principal.ts';
import { serve } from '../../plugins/serve.ts';
import { requirePublisher } from '../invoices/invoices.policy.ts';
import { changeIssuer } from './change-issuer.ts';
import { createIssuer } from './create-issuer.ts';
import { requireIssuersManager } from './issuers.policy.ts';
import { presentManagedIssuer } from './issuers.presenter.ts';
import { listAllIssuers } from './issuers.repository.ts';
import { getManagedIssuer, listManagedIssuers } from './managed-issuers.repository.ts';

/** Issuers: those in whose name is published, and their administration. Who did what is in the history, and in the log. */
export function issuersRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps;

  serve(app, contract.listIssuers, async ({ request }) => {
    requirePublisher(agentOf(request));
    return { items: await listAllIssuers(database) };
  });

  serve(app, contract.listManagedIssuers, async ({ query: { page, pageSize, ...wanted }, request }) => {
    requireIssuersManager(agentOf(request));
    const place = { limit: pageSize, offset: (page - 1) * pageSize };
    const { rows, total } = await listManagedIssuers(database, wanted, place);
    return { items: rows.map(presentManagedIssuer), page, pageSize, total };
  });

  serve(app, contract.createIssuer, async ({ body, request }) => {
    const issuer = await createIssuer(deps, requireIssuersManager(agentOf(request)), body);
    request.log.info({ audit: 'issuer_made', issuer: issuer.code }, 'an issuer was made');
    return issuer;
  });

  serve(app, contract.getManagedIssuer, async ({ params, request }) => {
    requireIssuersManager(agentOf(request));
    return presentManagedIssuer(await getManagedIssuer(database, params.code));
  });

  serve(app, contract.changeIssuer, async ({ params, body, request }) => {
    const issuer = await changeIssuer(deps, requireIssuersManager(agentOf(request)), params.code, body);
    const changed = { issuer: issuer.code, fields: Object.keys(body), active: issuer.active };
    request.log.info({ audit: 'issuer_changed', ...changed }, 'an issuer was changed');
    return issuer;
  });
}
