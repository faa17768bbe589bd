import type { RouteExample } from './openapi-examples.ts';

const issuer = { code: 'PORTNET', name: 'PORTNET' };
const said = {
  clientCode: '1206',
  clientName: 'Ste IMP SARL',
  issuedOn: '2026-10-01',
  dueOn: '2026-10-31',
  amount: '64.00',
  currency: 'MAD',
  methods: ['cmi', 'amanpay'],
};
const invoice = {
  ...said,
  id: '01995b3e-4c1d-7a60-b2f8-9d0e1c2b3a16',
  number: 'FAC2047',
  issuer,
  status: 'unpaid',
  paidAt: null,
  updatedAt: '2026-10-01T08:00:00.000Z',
  version: 1,
};
const { updatedAt: _updatedAt, version: _version, ...own } = invoice;
const { status: _status, paidAt: _paidAt, ...found } = own;
const params = { number: invoice.number };
const query = { issuer: issuer.code };
const page = { page: 1, pageSize: 20, total: 1 };

/** Of the routes about invoices. */
export const invoiceExamples = {
  searchPublicInvoices: {
    query: { subscriptionCode: '1206', page: 1, sort: 'dueOn' },
    response: {
      items: [{ ...found, overdue: true }],
      ...page,
      pageSize: 10,
      issuers: [issuer],
      unfiltered: 1,
    },
  },
  putInvoice: { params, query, body: said, response: invoice },
  getInvoice: { params, query, response: invoice },
  listInvoices: { query: { ...query, status: 'unpaid' }, response: { items: [invoice], ...page } },
  cancelInvoice: { params, query },
  importInvoices: {
    query,
    raw: {
      'application/json': { invoices: [{ number: invoice.number, ...said }] },
      'text/csv':
        'number;clientCode;clientName;issuedOn;dueOn;amount;methods\nFAC2047;1206;Ste IMP SARL;01/10/2026;31/10/2026;64,00;cmi|amanpay\n',
    },
    response: { lines: 1, created: 1, changed: 0, unchanged: 0 },
  },
  listIssuers: { response: { items: [{ ...issuer, active: true }] } },
  listOwnInvoices: {
    query: { status: 'unpaid' },
    response: {
      items: [{ ...own, overdue: true }],
      ...page,
      subscriptionCodes: ['1206'],
      unpaid: { count: 1, amount: '64.00' },
    },
  },
} as const satisfies Record<string, RouteExample>;
