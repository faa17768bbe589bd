import type { RouteExample } from './openapi-examples.ts';

const issuer = {
  code: 'TUV',
  name: 'TUV Rheinland',
  active: true,
  createdAt: '2026-11-20T09:12:40.218Z',
  unpaidInvoices: 1284,
  integrators: 1,
};
const params = { code: issuer.code };

/** Administrators' work on issuers, and the history of it. */
export const issuerExamples = {
  listManagedIssuers: {
    query: { q: 'tuv' },
    response: { items: [issuer], page: 1, pageSize: 20, total: 1 },
  },
  createIssuer: {
    body: { code: issuer.code, name: issuer.name },
    response: { ...issuer, unpaidInvoices: 0, integrators: 0 },
  },
  getManagedIssuer: { params, response: issuer },
  changeIssuer: { params, body: { active: false }, response: { ...issuer, active: false } },
  listAdministrationEntries: {
    query: { issuer: issuer.code, page: 1, pageSize: 20 },
    response: {
      items: [
        {
          id: '01995b62-3e4f-7a50-8b6c-7d8e9fa0b132',
          at: '2026-11-22T10:03:11.904Z',
          act: 'issuer_changed',
          by: { id: '9c2f5a1e-7d34-4b8a-8f10-3e2d1c0b9a16', name: 'Driss Bennani' },
          changes: [{ field: 'name', from: 'TUV', to: issuer.name }],
          detail: null,
        },
      ],
      page: 1,
      pageSize: 20,
      total: 1,
    },
  },
} as const satisfies Record<string, RouteExample>;
