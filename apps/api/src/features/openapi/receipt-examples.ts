import type { RouteExample } from './openapi-examples.ts';

const params = { id: '8f1c7d52-3b0e-4a6f-9c2d-7e5a4b3c2d15' };

/** Of the routes about receipts. */
export const receiptExamples = {
  getReceipt: { params, query: { locale: 'ar' } },
  checkReceipt: {
    params: { code: '7QKD-0M4X-9R2B-VZ8N-1HTE-5SCA-3JWG' },
    response: {
      receiptNumber: 'R-2026-0000032241',
      orderNumber: 'PN-0000032241',
      state: 'genuine',
      issuer: { code: 'TUV', name: 'TUV Rheinland' },
      clientName: 'STE IMP SARL',
      invoiceNumbers: ['WAF3', 'WAF4'],
      amount: '840.00',
      currency: 'MAD',
      paidAt: '2026-11-21T09:42:00.000Z',
    },
  },
  emailPaymentOrder: {
    params,
    body: { email: 'contact@negoce-du-souss.example', locale: 'fr' },
    response: { email: 'c•••@n•••.example' },
  },
} as const satisfies Record<string, RouteExample>;
