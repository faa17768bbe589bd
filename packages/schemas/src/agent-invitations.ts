import { z } from 'zod';
import { maxPasswordLength } from './account.ts';
import { noContent, route } from './contract.ts';
import { Authority } from './operator-types.ts';
import { Instant } from './primitives.ts';

/** How long an agent's link can be used, in hours: over a week-end. */
export const agentInvitationHours = 72;

/** A link's secret: 256 random bits, base64url. */
const token = z.string().min(1).max(100);
const tag = 'agents';

/** What a link opens; who it is for and the key of the one-time codes are told while it can be used, and at no other time. */
export const AgentInvitation = z.object({
  state: z.enum(['valid', 'expired', 'used']),
  expiresAt: Instant,
  invited: z
    .object({
      name: z.string(),
      email: z.string(),
      /** Whose agent they will be. */
      authority: Authority,
      /** For the application of one-time codes: to type, and as `otpauth://` for a QR code. The same each time the link is opened. */
      totpSecret: z.string(),
      totpUri: z.string(),
    })
    .nullable(),
});
export type AgentInvitation = z.infer<typeof AgentInvitation>;

export const getAgentInvitation = route({
  name: 'getAgentInvitation',
  tag,
  method: 'POST',
  path: '/agent-invitations/state',
  access: ['anyone'],
  summary: "What an invitation's link opens; changes nothing",
  body: z.strictObject({ token }),
  responses: { 200: AgentInvitation },
  problems: ['link_unknown'],
  rateLimit: { max: 60, windowSeconds: 600 },
});

export const acceptAgentInvitation = route({
  name: 'acceptAgentInvitation',
  tag,
  method: 'POST',
  path: '/agent-invitations/acceptance',
  access: ['anyone'],
  summary:
    'Choose a password, and show by a one-time code that the application is set up; the link is used by it',
  body: z.strictObject({
    token,
    password: z.string().min(1).max(maxPasswordLength),
    code: z.string().trim().max(20),
  }),
  responses: { 204: noContent },
  problems: ['link_unknown', 'link_expired', 'link_used', 'code_wrong'],
  rateLimit: { max: 30, windowSeconds: 600 },
});
