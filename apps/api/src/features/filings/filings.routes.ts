import * as contract from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf } from '../../plugins/principal.ts';
import { findPrecondition, requireVersion, serve, tellVersion } from '../../plugins/serve.ts';
import { sendDocument } from '../documents/send-document.ts';
import { confirmControl } from './confirm-control.ts';
import { decideFiling } from './decide-filing.ts';
import { deciderOf, readerOf } from './deciders.ts';
import { getDossier } from './dossier.service.ts';
import { requireDecider, requireReader } from './filings.policy.ts';
import { listQueue } from './filings.queue.ts';
import { getStatistics } from './filings.statistics.ts';
import { holdFiling, releaseFiling } from './hold-filing.ts';
import { previewDecision } from './preview-decision.ts';
import { openDocument } from './read-document.ts';
import { resendRegistration } from './resend-registration.ts';
import { retryAccounts } from './retry-accounts.ts';
import { saveVerdict } from './save-verdict.ts';

/** The authorities' side of filings. Agents and systems see the sent filings of their authority; every other one is not there. */
export function filingsRoutes(app: FastifyInstance, deps: Deps): void {
  const { database, now } = deps;

  serve(app, contract.listFilings, async ({ query, request }) =>
    listQueue(database, readerOf(request), query, now()),
  );

  serve(app, contract.getFilingStatistics, async ({ request }) =>
    getStatistics(database, requireReader(agentOf(request)).authority, now()),
  );

  serve(app, contract.getFiling, async ({ params, request, reply }) => {
    const dossier = await getDossier(database, readerOf(request), params.id);
    tellVersion(reply, dossier.version);
    return dossier;
  });

  serve(app, contract.getFilingDocument, async ({ params, query, request, reply }) => {
    const version = await openDocument(deps, readerOf(request), { ...params, version: query.version });
    return await sendDocument(reply, deps, version, query.disposition);
  });

  serve(app, contract.holdFiling, async ({ params, request, reply }) => {
    const agent = requireDecider(agentOf(request));
    tellVersion(reply, await holdFiling(deps, agent, params.id, findPrecondition(request)));
    return undefined;
  });

  serve(app, contract.releaseFiling, async ({ params, request, reply }) => {
    const agent = requireDecider(agentOf(request));
    tellVersion(reply, await releaseFiling(deps, agent, params.id));
    return undefined;
  });

  serve(app, contract.saveVerdict, async ({ params, body, request, reply }) => {
    const agent = requireDecider(agentOf(request));
    const version = await saveVerdict(deps, agent, params.id, requireVersion(request), body);
    tellVersion(reply, version);
    return { version };
  });

  serve(app, contract.previewDecision, async ({ params, body, request }) =>
    previewDecision(deps, requireDecider(agentOf(request)), params.id, body),
  );

  serve(app, contract.decideFiling, async ({ params, body, request, reply }) => {
    const dossier = await decideFiling(deps, deciderOf(request), params.id, requireVersion(request), body);
    tellVersion(reply, dossier.version);
    return dossier;
  });

  serve(app, contract.confirmFilingControl, async ({ params, body, request, reply }) => {
    const agent = requireDecider(agentOf(request));
    const dossier = await confirmControl(deps, agent, params.id, requireVersion(request), body.note);
    tellVersion(reply, dossier.version);
    return dossier;
  });

  serve(app, contract.retryAccounts, async ({ params, body, request }) =>
    retryAccounts(deps, requireDecider(agentOf(request)), params.id, body.emails),
  );

  serve(app, contract.resendRegistration, async ({ params, request }) =>
    resendRegistration(deps, requireDecider(agentOf(request)), params.id),
  );
}
