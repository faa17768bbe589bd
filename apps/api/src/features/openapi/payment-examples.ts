import type { RouteExample } from './openapi-examples.ts';

const id = '8f1c7d52-3b0e-4a6f-9c2d-7e5a4b3c2d15';
const params = { id };
const invoiceId = '01995b3e-4c1d-7a60-b2f8-9d0e1c2b3a16';
const shared = {
  id,
  number: 'PN-0000032241',
  issuer: { code: 'TUV', name: 'TUV Rheinland' },
  lines: [
    {
      invoiceId,
      number: 'WAF3',
      clientCode: '1206',
      issuedOn: '2026-10-01',
      dueOn: '2026-10-31',
      amount: '840.00',
    },
  ],
  amount: '840.00',
  currency: 'MAD',
  method: 'cmi',
  createdAt: '2026-11-21T09:40:00.000Z',
};
const pending = {
  ...shared,
  channel: 'fatourati',
  status: 'pending',
  cause: 'sent_to_gateway',
  clientName: 'STE IMP SARL',
  payerEmail: 'c•••@n•••.example',
  paidAt: null,
  expiresAt: '2026-11-22T09:40:00.000Z',
  next: {
    type: 'reference',
    reference: '1000300000071',
    expiresAt: '2026-11-22T09:40:00.000Z',
    qrCode: null,
    paidAt: ['Banque X, m-banking'],
  },
  refusal: null,
  transactionNumber: null,
  receipt: null,
  refund: null,
  methods: ['cmi', 'amanpay'],
  payableAgain: false,
  watch: true,
};
const redirected = {
  ...pending,
  channel: 'card',
  expiresAt: '2026-11-21T10:10:00.000Z',
  next: {
    type: 'redirect',
    method: 'POST',
    url: 'https://payment.cmi.co.ma/fim/est3Dgate',
    fields: [
      { name: 'clientid', value: '600000999' },
      { name: 'amount', value: '840.00' },
      { name: 'oid', value: 'PN-0000032241-1' },
    ],
    expiresAt: '2026-11-21T10:10:00.000Z',
  },
};
const cancelled = {
  ...pending,
  status: 'cancelled',
  cause: 'payer_cancelled',
  expiresAt: null,
  next: null,
  payableAgain: true,
  watch: false,
};
const fatouratiNotice = {
  merchantCode: 'MERCH01',
  store: 'STORE01',
  tokenRef: '1000300000071',
  orderId: 'PN-0000032241-1',
  totalAmount: 840,
  currency: '504',
  fatouratiTransactionNumber: '250000000001',
};

/** Of the routes about orders, and of those that gateways call. */
export const paymentExamples = {
  createPaymentOrder: {
    body: {
      invoiceIds: [invoiceId],
      method: 'cmi',
      channel: 'card',
      payerEmail: 'contact@negoce-du-souss.example',
      locale: 'fr',
    },
    response: redirected,
  },
  getPaymentOrder: { params, response: pending },
  retryPaymentOrder: { params, body: { method: 'cmi', channel: 'card' }, response: redirected },
  cancelPaymentOrder: { params, response: cancelled },
  listOwnPayments: {
    query: { page: 1, pageSize: 20 },
    response: {
      items: [
        {
          ...shared,
          channel: 'card',
          status: 'paid',
          paidAt: '2026-11-21T09:42:00.000Z',
          receipt: { number: 'R-2026-0000032241', code: '7QKD-0M4X-9R2B-VZ8N-1HTE-5SCA-3JWG' },
        },
      ],
      page: 1,
      pageSize: 20,
      total: 1,
    },
  },
  listPayments: {
    query: { limit: 100 },
    response: {
      items: [
        {
          id: '01995b4e-3c5a-7f10-a1b2-c3d4e5f60718',
          kind: 'settled',
          at: '2026-11-21T09:42:00.000Z',
          invoiceNumber: 'WAF3',
          clientCode: '1206',
          amount: '840.00',
          currency: 'MAD',
          orderNumber: shared.number,
          method: 'cmi',
          channel: 'card',
          reference: 'PN-0000032241-1',
        },
      ],
      nextCursor: 'MTA0NzI5LTAxOTk1YjRl',
    },
  },
  notifyCmi: {
    raw: {
      'application/x-www-form-urlencoded':
        'clientid=600000999&oid=PN-0000032241-1&amount=840.00&currency=504&ProcReturnCode=00&Response=Approved&HASH=…',
    },
  },
  returnFromCmi: {
    query: { outcome: 'ok' },
    raw: { 'application/x-www-form-urlencoded': 'clientid=600000999&oid=PN-0000032241-1&HASH=…' },
  },
  notifyFatouratiPayment: {
    raw: {
      'application/json': {
        ...fatouratiNotice,
        paymentMode: 'MULTI_CANAL',
        operator: 'BANK_X',
        channel: 'M_BANKING',
        decisionCode: 0,
      },
    },
  },
  askFatouratiStatus: { query: { token_ref: '1000300000071', order_id: 'PN-0000032241-1' } },
  notifyFatouratiCancellation: { raw: { 'application/json': fatouratiNotice } },
  notifyAmanPay: {
    raw: {
      'application/json': {
        merchantId: '100001',
        orderId: 'PN-0000032241-1',
        amount: 84_000,
        currency: 'MAD',
        method: 'card',
        status: 'PAID',
        transactionId: 'AP1234567890',
        token: null,
        occurredAt: '2026-11-21T09:42:00.000Z',
      },
    },
  },
} as const satisfies Record<string, RouteExample>;
