import * as contract from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf } from '../../plugins/principal.ts';
import { serve } from '../../plugins/serve.ts';
import { requireAgentsManager } from './agents.policy.ts';
import { presentManagedAgent } from './agents.presenter.ts';
import { changeAgent } from './change-agent.ts';
import { inviteAgent } from './invite-agent.ts';
import { getManagedAgent, listManagedAgents } from './managed-agents.repository.ts';
import { renewAgentAccess } from './renew-agent-access.ts';

/** Administrators open and close the doors of their own authority. Who did what is in the history, and in the log without names. */
export function agentsAdminRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps;

  serve(app, contract.listAgents, async ({ query: { page, pageSize, ...wanted }, request }) => {
    const administrator = requireAgentsManager(agentOf(request));
    const place = { limit: pageSize, offset: (page - 1) * pageSize };
    const { rows, total } = await listManagedAgents(database, administrator, wanted, place);
    return { items: rows.map(presentManagedAgent), page, pageSize, total };
  });

  serve(app, contract.inviteAgent, async ({ body, request }) => {
    const agent = await inviteAgent(deps, requireAgentsManager(agentOf(request)), body);
    request.log.info({ audit: 'agent_invited', agentId: agent.id, role: agent.role }, 'an agent was invited');
    return agent;
  });

  serve(app, contract.getManagedAgent, async ({ params, request }) =>
    presentManagedAgent(await getManagedAgent(database, requireAgentsManager(agentOf(request)), params.id)),
  );

  serve(app, contract.changeAgent, async ({ params, body, request }) => {
    const agent = await changeAgent(deps, requireAgentsManager(agentOf(request)), params.id, body);
    const changed = { agentId: agent.id, fields: Object.keys(body), role: agent.role, status: agent.status };
    request.log.info({ audit: 'agent_changed', ...changed }, 'an agent was changed');
    return agent;
  });

  serve(app, contract.renewAgentAccess, async ({ params, request }) => {
    const agent = await renewAgentAccess(deps, requireAgentsManager(agentOf(request)), params.id);
    request.log.info({ audit: 'agent_access_renewed', agentId: agent.id }, "an agent's access was renewed");
    return agent;
  });
}
