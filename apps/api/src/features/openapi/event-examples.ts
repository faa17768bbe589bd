import type { EventType } from '@rnoce/schemas';

const company = { ice: '002427432000057', legalName: 'Négoce du Souss SARL' };
const filing = {
  filingId: '01995b21-0a80-7e11-9b7c-6d1f0e2c4a12',
  subscriptionId: '01995b21-0a7d-7b52-8f6e-2c9d4e3a7b11',
  authority: 'customs',
  code: '11092023I00000001138',
  ...company,
};
const customsRequest = {
  customsRequestId: '01995b3a-5e6f-7a81-b2c3-d4e5f6a7b818',
  reference: 'D-2026-000012',
  type: 'update',
  ...company,
};
const invoice = {
  number: 'FAC2047',
  issuer: 'PORTNET',
  clientCode: '1206',
  amount: '64.00',
  currency: 'MAD',
  issuedOn: '2026-10-01',
  dueOn: '2026-10-31',
};
const payment = {
  orderNumber: 'PN-0000032241',
  method: 'cmi',
  channel: 'card',
  reference: 'PN-0000032241-1',
};
const at = '2026-11-21T09:42:00.000Z';

/** When each of these happened. */
export const exampleTimestamp = at;

/** The data of every event, as its webhook carries them. */
export const eventExamples: Readonly<Record<EventType, object>> = {
  'subscription.submitted': {
    ...filing,
    operatorType: 'importer',
    submissions: 1,
    attached: false,
    submittedAt: at,
  },
  'filing.decided': { ...filing, outcome: 'validated', decidedAt: at, subscriptionCode: null },
  'customs_request.submitted': { ...customsRequest, submittedAt: at },
  'customs_request.decided': { ...customsRequest, outcome: 'accepted', decidedAt: at },
  'invoice.created': { ...invoice, status: 'unpaid' },
  'invoice.paid': { ...invoice, status: 'paid', paidAt: at, ...payment },
  'invoice.released': { ...invoice, status: 'unpaid', ...payment },
  'invoice.cancelled': { ...invoice, status: 'cancelled' },
  'payment.refund_due': {
    refundId: '01995b4c-1a2b-7c3d-8e4f-5a6b7c8d9e19',
    ...payment,
    amount: '64.00',
    currency: 'MAD',
    invoices: ['FAC2047'],
  },
  'endpoint.test': { message: 'This is a test.' },
};
