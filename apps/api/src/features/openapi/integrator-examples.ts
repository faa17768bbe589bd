import type { RouteExample } from './openapi-examples.ts';

const integratorId = '01995b50-1c2d-7e3f-8a4b-5c6d7e8f9a30';
const keyId = '01995b51-2d3e-7f40-9b5c-6d7e8f9a0b31';
const prefix = '7fK2mQ9xW4pT';
const params = { id: integratorId };

const integrator = {
  id: integratorId,
  name: 'Comptabilité TUV Rheinland',
  kind: 'issuer',
  issuer: { code: 'TUV', name: 'TUV Rheinland' },
  authority: null,
  operator: null,
  email: 'si@tuv.example',
  locale: 'fr',
  active: true,
  createdAt: '2026-11-20T09:12:40.218Z',
  liveKeys: 1,
  lastUsedAt: '2026-11-21T08:03:11.904Z',
  webhooks: { enabled: 1, disabled: 0 },
};
const key = {
  id: keyId,
  integratorId,
  name: 'Serveur de facturation',
  hint: `rnoce_${prefix}…`,
  scopes: ['invoices:read', 'invoices:write', 'payments:read'],
  allowedAddresses: ['196.200.131.0/24'],
  status: 'live',
  expiresOn: '2027-11-20',
  createdAt: '2026-11-20T09:14:02.551Z',
  createdBy: 'Driss Bennani',
  lastUsedAt: '2026-11-21T08:03:11.904Z',
  lastUsedFrom: '196.200.131.4',
  revokedAt: null,
  revokedBy: null,
  compromisedAt: null,
};
const unused = { lastUsedAt: null, lastUsedFrom: null };

/** Administrators' work on integrators and their keys, and an operator's view of those that act for them. */
export const integratorExamples = {
  listIntegrators: {
    query: { kind: 'issuer', q: 'tuv' },
    response: { items: [integrator], page: 1, pageSize: 20, total: 1 },
  },
  createIntegrator: {
    body: {
      kind: 'issuer',
      issuer: 'TUV',
      name: integrator.name,
      email: integrator.email,
      locale: integrator.locale,
    },
    response: { ...integrator, liveKeys: 0, lastUsedAt: null, webhooks: { enabled: 0, disabled: 0 } },
  },
  getIntegrator: { params, response: integrator },
  changeIntegrator: { params, body: { active: false }, response: { ...integrator, active: false } },
  listApiKeys: { query: { integratorId }, response: { items: [key] } },
  createApiKey: {
    body: {
      integratorId,
      name: key.name,
      scopes: key.scopes,
      expiresOn: key.expiresOn,
      allowedAddresses: key.allowedAddresses,
    },
    response: { ...key, ...unused, key: `rnoce_${prefix}_b0Rv1nXyqL6sT8uK2eJ4hC7dZ9wA3fG5iM0oPQrS` },
  },
  revokeApiKey: { params: { id: keyId } },
  listAccountApiKeys: {
    response: {
      items: [
        {
          id: keyId,
          integrator: 'ERP Négoce du Souss',
          name: 'Serveur de gestion',
          hint: key.hint,
          scopes: ['subscriptions:read', 'invoices:read'],
          status: key.status,
          expiresOn: key.expiresOn,
          createdAt: key.createdAt,
          authority: 'portnet',
          lastUsedAt: key.lastUsedAt,
          revokedAt: null,
        },
      ],
    },
  },
  revokeAccountApiKey: { params: { id: keyId } },
} as const satisfies Record<string, RouteExample>;
