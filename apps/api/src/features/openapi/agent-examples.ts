import type { RouteExample } from './openapi-examples.ts';

const id = '9c2f5a1e-7d34-4b8a-8f10-3e2d1c0b9a15';
const params = { id };
const token = 'Jx0b3mQm3f0m5Vt1q2W7y9a4c6e8g0i2k4m6o8q0s2u';
const totpSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const expiresAt = '2026-11-25T09:12:40.218Z';

const agent = {
  id,
  name: 'Hajar Benjelloun',
  email: 'h.benjelloun@douane.example',
  authority: 'customs',
  role: 'decider',
  locale: 'fr',
  status: 'active',
  createdAt: '2026-11-22T09:12:40.218Z',
  lastSignInAt: '2026-11-22T10:03:11.904Z',
  invitationExpiresAt: null,
};
const invited = { ...agent, status: 'invited', lastSignInAt: null, invitationExpiresAt: expiresAt };

/** Administrators' work on the agents of their authority, and what an invited agent does with the link. */
export const agentExamples = {
  listAgents: {
    query: { status: 'active', q: 'benjelloun' },
    response: { items: [agent], page: 1, pageSize: 20, total: 1 },
  },
  inviteAgent: {
    body: { name: agent.name, email: agent.email, role: agent.role, locale: agent.locale },
    response: invited,
  },
  getManagedAgent: { params, response: agent },
  changeAgent: { params, body: { role: 'finance' }, response: { ...agent, role: 'finance' } },
  renewAgentAccess: { params, response: invited },
  getAgentInvitation: {
    body: { token },
    response: {
      state: 'valid',
      expiresAt,
      invited: {
        name: agent.name,
        email: agent.email,
        authority: agent.authority,
        totpSecret,
        totpUri: `otpauth://totp/RNOCE:h.benjelloun%40douane.example?issuer=RNOCE&secret=${totpSecret}&algorithm=SHA1&digits=6&period=30`,
      },
    },
  },
  acceptAgentInvitation: { body: { token, password: 'Bassin-42-quai-nord', code: '493 017' } },
} as const satisfies Record<string, RouteExample>;
