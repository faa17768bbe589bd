import { getAgentInvitation } from '@rnoce/api-client/agent-invitations';
import { ApiError } from '@rnoce/api-client/api-error';
import type { AgentInvitation } from '@rnoce/schemas/agent-invitations';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../../session/session.ts';

/** Who is invited, and the key of their one-time codes. */
export type Invited = NonNullable<AgentInvitation['invited']>;

/** Why a link opens nothing. */
export type DeadState = 'expired' | 'used' | 'unknown';

/** What a link opens: who it is for and until when, or why it opens nothing. */
export type OpenedLink =
  | { readonly state: 'valid'; readonly invited: Invited; readonly expiresAt: string }
  | { readonly state: DeadState };

/** What the link opens; its secret travels in a body, never in an address. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['agent-invitation', token],
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<OpenedLink> => {
      try {
        const { state, invited, expiresAt } = (await getAgentInvitation(client, { body: { token }, signal }))
          .data;
        if (state !== 'valid') return { state };
        return invited ? { state, invited, expiresAt } : { state: 'unknown' };
      } catch (error) {
        // A link cut by half may be no token at all.
        if (error instanceof ApiError && (error.code === 'link_unknown' || error.code === 'validation'))
          return { state: 'unknown' };
        throw error;
      }
    },
  });
