import type { CustomsRequestDossier } from '@rnoce/schemas';
import * as contract from '@rnoce/schemas';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf } from '../../plugins/principal.ts';
import { requireVersion, serve, tellVersion } from '../../plugins/serve.ts';
import { loadRuleContext } from '../subscriptions/subscriptions.form.ts';
import { customsDeciderOf, requireCustomsDecider, requireCustomsReader } from './customs-requests.policy.ts';
import { decideRequest, previewDecision } from './decide-request.ts';
import { refreshOldRegistry, refreshRegistry } from './refresh-registry.ts';
import { getRequestDossier } from './request-dossier.ts';
import { resendRequest } from './resend-request.ts';

/** The dossier with its version in the answer's ETag. */
function tell(reply: FastifyReply, dossier: CustomsRequestDossier): CustomsRequestDossier {
  tellVersion(reply, dossier.version);
  return dossier;
}

/** Customs' side of operations on an account: its agents' and its own systems'. */
export function requestDeskRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps;

  serve(app, contract.getCustomsRequestDossier, async ({ params: { id }, request, reply }) => {
    requireCustomsReader(request);
    await refreshOldRegistry(deps, id);
    return tell(reply, await getRequestDossier(database, deps, await loadRuleContext(deps), id));
  });

  serve(app, contract.readRequestRegistry, async ({ params: { id }, request, reply }) => {
    requireCustomsReader(request);
    await refreshRegistry(deps, id);
    return tell(reply, await getRequestDossier(database, deps, await loadRuleContext(deps), id));
  });

  serve(app, contract.previewCustomsRequestDecision, async ({ params: { id }, body, request }) => {
    requireCustomsDecider(agentOf(request));
    return await previewDecision(deps, id, body);
  });

  serve(app, contract.decideCustomsRequest, async ({ params: { id }, body, request, reply }) => {
    const decider = customsDeciderOf(request);
    return tell(reply, await decideRequest(deps, decider, id, requireVersion(request), body));
  });

  serve(app, contract.resendCustomsRequest, async ({ params: { id }, request, reply }) => {
    const agent = requireCustomsDecider(agentOf(request));
    return tell(reply, await resendRequest(deps, agent, id, requireVersion(request)));
  });
}
