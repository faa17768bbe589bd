import * as contract from '@rnoce/schemas';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf, operatorOf } from '../../plugins/principal.ts';
import { invalid } from '../../plugins/problems.ts';
import { serve, tellVersion } from '../../plugins/serve.ts';
import type { IssuerRecord } from '../issuers/issuers.repository.ts';
import { getActiveIssuer, getIssuer } from '../issuers/issuers.service.ts';
import { cancelInvoice } from './cancel-invoice.ts';
import { importInvoices } from './import-invoices.ts';
import { requirePublisher } from './invoices.policy.ts';
import { getInvoice, listInvoices } from './invoices.service.ts';
import { listOwnInvoices } from './list-own-invoices.ts';
import { putInvoice } from './put-invoice.ts';
import { createSearchBudget } from './search-budget.ts';
import { searchInvoices } from './search-invoices.ts';

/** Invoices: their issuers', the public's and the operator's own. */
export function invoicesRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps;
  const budget = createSearchBudget(deps);
  app.addHook('onClose', budget.close);

  /** The issuer in whose name the agent reads; to publish, an active one. */
  const issuerFor = async (
    request: FastifyRequest,
    { issuer }: { issuer?: string | undefined },
    use: 'read' | 'publish',
  ): Promise<IssuerRecord> => {
    requirePublisher(agentOf(request));
    if (issuer === undefined) throw invalid([{ pointer: '/issuer', code: 'required' }]);
    return use === 'publish' ? getActiveIssuer(database, issuer) : getIssuer(database, issuer);
  };

  serve(app, contract.searchPublicInvoices, async ({ query, request }) =>
    searchInvoices(deps, budget, request.ip, query),
  );

  serve(app, contract.listOwnInvoices, async ({ query, request }) =>
    listOwnInvoices(deps, operatorOf(request).accountId, query),
  );

  serve(app, contract.listInvoices, async ({ query, request }) =>
    listInvoices(database, await issuerFor(request, query, 'read'), query),
  );

  serve(app, contract.getInvoice, async ({ params, query, request, reply }) => {
    const invoice = await getInvoice(database, await issuerFor(request, query, 'read'), params.number);
    tellVersion(reply, invoice.version);
    return invoice;
  });

  serve(app, contract.putInvoice, async ({ params, query, body, request }) =>
    putInvoice(deps, await issuerFor(request, query, 'publish'), params.number, body),
  );

  serve(app, contract.cancelInvoice, async ({ params, query, request }) => {
    const issuer = await issuerFor(request, query, 'publish');
    await cancelInvoice(deps, issuer.id, params.number);
    return undefined;
  });

  serve(app, contract.importInvoices, async ({ query, raw, request }) => {
    const issuer = await issuerFor(request, query, 'publish');
    const isCsv = request.headers['content-type']?.toLowerCase().startsWith('text/csv');
    return importInvoices(deps, issuer, raw, isCsv ? 'text/csv' : 'application/json');
  });
}
