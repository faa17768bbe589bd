import * as contract from '@rnoce/schemas';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { accountOf, agentOf, issuerIdOf } from '../../plugins/principal.ts';
import { invalid } from '../../plugins/problems.ts';
import { findPrecondition, serve, tellVersion } from '../../plugins/serve.ts';
import type { IssuerRecord } from '../issuers/issuers.repository.ts';
import { getIssuer, getOwnIssuer, requireActive } from '../issuers/issuers.service.ts';
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

  /** The issuer in whose name is read; to publish, an active one. A system's is its own; an agent names whose. */
  const issuerFor = async (
    request: FastifyRequest,
    { issuer }: { issuer?: string | undefined },
    use: 'read' | 'publish',
  ): Promise<IssuerRecord> => {
    const found = await findIssuerFor(request, issuer);
    return use === 'publish' ? requireActive(found) : found;
  };
  const findIssuerFor = async (request: FastifyRequest, code: string | undefined): Promise<IssuerRecord> => {
    if (request.principal?.kind === 'integrator')
      return await getOwnIssuer(database, issuerIdOf(request), code);
    requirePublisher(agentOf(request));
    if (code === undefined) throw invalid([{ pointer: '/issuer', code: 'required' }]);
    return await getIssuer(database, code);
  };

  serve(app, contract.searchPublicInvoices, async ({ query, request }) =>
    searchInvoices(deps, budget, request.ip, query),
  );

  serve(app, contract.listOwnInvoices, async ({ query, request }) =>
    listOwnInvoices(deps, accountOf(request), query),
  );

  serve(app, contract.listInvoices, async ({ query, request }) =>
    listInvoices(database, await issuerFor(request, query, 'read'), query),
  );

  serve(app, contract.getInvoice, async ({ params, query, request, reply }) => {
    const invoice = await getInvoice(database, await issuerFor(request, query, 'read'), params.number);
    tellVersion(reply, invoice.version);
    return invoice;
  });

  serve(app, contract.putInvoice, async ({ params, query, body, request, reply }) => {
    const issuer = await issuerFor(request, query, 'publish');
    const invoice = await putInvoice(deps, issuer, params.number, findPrecondition(request), body);
    tellVersion(reply, invoice.version);
    return invoice;
  });

  serve(app, contract.cancelInvoice, async ({ params, query, request }) => {
    const issuer = await issuerFor(request, query, 'publish');
    await cancelInvoice(deps, issuer, params.number);
    return undefined;
  });

  serve(app, contract.importInvoices, async ({ query, raw, request }) => {
    const issuer = await issuerFor(request, query, 'publish');
    const isCsv = request.headers['content-type']?.toLowerCase().startsWith('text/csv');
    return importInvoices(deps, issuer, raw, isCsv ? 'text/csv' : 'application/json');
  });
}
