import * as contract from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { serve } from '../../plugins/serve.ts';
import { acceptAgentInvitation } from './accept-agent-invitation.ts';
import { getAgentInvitation, presentAgentInvitation } from './agent-invitations.ts';

/** What an invited agent does with the mailed link: its secret is in bodies alone, never in an address. */
export function agentInvitationsRoutes(app: FastifyInstance, deps: Deps): void {
  serve(app, contract.getAgentInvitation, async ({ body: { token } }) =>
    presentAgentInvitation(await getAgentInvitation(deps.database, token), deps),
  );

  serve(app, contract.acceptAgentInvitation, async ({ body, request }) => {
    const agentId = await acceptAgentInvitation(deps, body);
    request.log.info({ audit: 'agent_enrolled', caller: `agent ${agentId}` }, 'an agent enrolled');
    return undefined;
  });
}
