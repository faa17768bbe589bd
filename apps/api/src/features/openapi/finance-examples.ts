import type { RouteExample } from './openapi-examples.ts';

const order = '8f1c7d52-3b0e-4a6f-9c2d-7e5a4b3c2d15';
const attemptId = '01995b40-1a2b-7c3d-8e4f-5a6b7c8d9e20';
const refundId = '01995b41-2b3c-7d4e-9f50-6b7c8d9e0f21';
const anomalyId = '01995b42-3c4d-7e5f-a061-7c8d9e0f1a22';
const fileId = '01995b43-4d5e-7f60-b172-8d9e0f1a2b23';
const agent = { id: '9c2f5a1e-7d34-4b8a-8f10-3e2d1c0b9a14', name: 'Samir Lahlou' };
const issuer = { code: 'TUV', name: 'TUV Rheinland' };

const row = {
  id: order,
  number: 'PN-0000032241',
  status: 'refund_due',
  cause: 'lost_to_another_order',
  issuer,
  clientName: 'STE IMP SARL',
  clientCodes: ['1206'],
  invoiceNumbers: ['WAF3'],
  amount: '840.00',
  currency: 'MAD',
  method: 'cmi',
  channel: 'fatourati',
  createdAt: '2026-11-20T09:40:00.000Z',
  paidAt: null,
  receiptNumber: null,
  transactionNumber: '250000000001',
};
const refund = {
  id: refundId,
  order: { id: order, number: row.number },
  issuer,
  provider: 'fatourati',
  channel: 'fatourati',
  attemptReference: 'PN-0000032241-1',
  transactionNumber: '250000000001',
  amount: '840.00',
  currency: 'MAD',
  cause: 'lost_to_another_order',
  status: 'due',
  dueSince: '2026-11-20T09:55:00.000Z',
  dueBy: '2026-11-27T09:55:00.000Z',
  owner: { ...agent, since: '2026-11-20T14:02:00.000Z' },
  payerEmail: 'contact@negoce-du-souss.example',
  gateway: 'none',
  way: null,
  proof: null,
  note: null,
  refundedOn: null,
  recordedBy: null,
  version: 2,
};
const recorded = {
  ...refund,
  status: 'refunded',
  way: 'transfer',
  proof: 'VIR-2026-004512',
  note: 'RIB donné par le payeur',
  refundedOn: '2026-11-21',
  recordedBy: agent.name,
  version: 3,
};
const byCmi = {
  ...recorded,
  provider: 'cmi',
  channel: 'card',
  transactionNumber: '24001ABCD00001',
  way: 'gateway',
  proof: '24001ABCD00002',
  note: null,
};
const anomaly = {
  id: anomalyId,
  kind: 'gap_amount',
  subject: 'cmi payment PN-0000032240-1 24001ABCD00000',
  order: { id: order, number: 'PN-0000032240', status: 'paid' },
  file: { id: fileId, provider: 'cmi', day: '2026-11-20' },
  ours: '840.00',
  theirs: '480.00',
  detail: null,
  raisedAt: '2026-11-21T08:31:00.000Z',
  closedAt: null,
  closedBy: null,
  note: null,
};
const file = {
  id: fileId,
  provider: 'cmi',
  day: '2026-11-20',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  rows: 412,
  matched: 411,
  gaps: 1,
  faults: [],
  givenBy: agent.name,
  createdAt: '2026-11-21T08:31:00.000Z',
};
const report = { ...file, anomalies: [anomaly], repeated: false };
const opened = {
  ...row,
  payerEmail: refund.payerEmail,
  closedAt: '2026-11-20T09:55:00.000Z',
  lines: [
    {
      invoiceId: '01995b3e-4c1d-7a60-b2f8-9d0e1c2b3a16',
      number: 'WAF3',
      clientCode: '1206',
      issuedOn: '2026-10-01',
      dueOn: '2026-10-31',
      amount: '840.00',
      clientName: row.clientName,
      invoiceStatus: 'paid',
    },
  ],
  attempts: [
    {
      id: attemptId,
      reference: refund.attemptReference,
      provider: 'fatourati',
      method: 'cmi',
      channel: 'fatourati',
      status: 'captured',
      amount: '840.00',
      gatewayReference: '1000300000071',
      transactionNumber: '250000000001',
      refusal: null,
      refusalDetail: null,
      createdAt: row.createdAt,
      expiresAt: '2026-11-21T09:40:00.000Z',
      capturedAt: refund.dueSince,
      inquireAt: null,
      silentSince: null,
      recordable: ['reversed', 'voided'],
    },
  ],
  history: [
    {
      id: '01995b44-5e6f-7071-8283-9e0f1a2b3c24',
      at: refund.dueSince,
      attemptReference: null,
      from: 'pending',
      to: 'refund_due',
      cause: 'lost_to_another_order',
      actor: 'gateway',
      actorName: null,
      detail: null,
      messageId: '01995b45-6f70-7182-9394-0f1a2b3c4d25',
    },
  ],
  messages: [
    {
      id: '01995b45-6f70-7182-9394-0f1a2b3c4d25',
      attemptReference: refund.attemptReference,
      kind: 'inquiry',
      trust: 'verified',
      receivedAt: refund.dueSince,
      repetitions: 0,
      decision: null,
      body: '{"state":"captured","amountCentimes":84000,"currency":"MAD"}',
    },
  ],
  settlements: [],
  refunds: [refund],
  anomalies: [],
};
const page = { page: 1, pageSize: 20, total: 1 };
const paging = { page: 1, pageSize: 20 };

/** Of the finance agents' routes. */
export const financeExamples = {
  listFinanceOrders: {
    query: { ...paging, status: 'refund_due', from: '2026-11-01', sort: 'newest' },
    response: {
      items: [row],
      ...page,
      totals: [
        { status: 'paid', count: 412, amount: '348210.00' },
        { status: 'refund_due', count: 1, amount: '840.00' },
      ],
    },
  },
  exportFinanceOrders: { query: { from: '2026-11-01', to: '2026-11-20', format: 'csv', locale: 'fr' } },
  getFinanceOrder: { params: { id: order }, response: opened },
  inquireFinanceOrder: {
    params: { id: order },
    response: { attempts: [{ reference: refund.attemptReference, outcome: 'unchanged' }] },
  },
  recordObservation: {
    params: { id: attemptId },
    body: { says: 'reversed', note: 'Rejet J+2, relevé du 20/11', seen: 'captured' },
    response: opened,
  },
  listRefunds: {
    query: { ...paging, status: 'due', sort: 'oldest' },
    response: {
      items: [{ ...refund, payerEmail: 'c•••@n•••.example' }],
      ...page,
      counts: { due: 1, overdue: 0, refunded: 12, amountDue: '840.00' },
    },
  },
  takeRefund: { params: { id: refundId }, response: refund },
  releaseRefund: { params: { id: refundId }, response: { ...refund, owner: null, version: 3 } },
  recordRefund: {
    params: { id: refundId },
    body: {
      way: 'transfer',
      proof: 'VIR-2026-004512',
      refundedOn: '2026-11-21',
      note: 'RIB donné par le payeur',
    },
    response: recorded,
  },
  refundByGateway: { params: { id: refundId }, response: byCmi },
  checkGatewayRefund: { params: { id: refundId }, response: byCmi },
  giveSettlementFile: {
    query: { provider: 'cmi', day: '2026-11-20' },
    raw: {
      'text/csv':
        'OID;TRANSID;TYPE;AMOUNT;CURRENCY;DATE\nPN-0000032240-1;24001ABCD00000;SALE;480.00;504;2026-11-20\n',
    },
    response: report,
  },
  listSettlementFiles: {
    query: paging,
    response: {
      items: [file],
      ...page,
      providers: ['cmi', 'fatourati', 'amanpay'],
      missing: [{ provider: 'amanpay', day: '2026-11-20' }],
    },
  },
  getSettlementFile: { params: { id: fileId }, response: report },
  listAnomalies: {
    query: { ...paging, state: 'open' },
    response: { items: [anomaly], ...page, counts: { open: 1, closed: 7 } },
  },
  closeAnomaly: {
    params: { id: anomalyId },
    body: { note: 'Ligne corrigée par CMI le 21/11' },
    response: {
      ...anomaly,
      closedAt: '2026-11-21T10:12:00.000Z',
      closedBy: agent.name,
      note: 'Ligne corrigée par CMI le 21/11',
    },
  },
} as const satisfies Readonly<Record<string, RouteExample>>;
