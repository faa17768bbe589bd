import type {
  Configuration,
  cancelPaymentOrder,
  checkReceipt,
  createPaymentOrder,
  emailPaymentOrder,
  getPaymentOrder,
  PaymentChannel,
  PaymentMethod,
  RouteAnswer,
  RouteBodyInput,
  RouteQueryInput,
  retryPaymentOrder,
  searchPublicInvoices,
} from '@rnoce/schemas';
import { addressOf, call } from './call.ts';

/** Opening an order waits for the gateway, which may be slow, in milliseconds. */
const gatewayTimeoutMs = 45_000;
const orderOf = (id: string): string => `/payment-orders/${encodeURIComponent(id)}`;

export type InvoiceQuery = RouteQueryInput<typeof searchPublicInvoices>;
export type InvoicePage = RouteAnswer<typeof searchPublicInvoices>;
export const searchInvoices = (query: InvoiceQuery, signal: AbortSignal): Promise<InvoicePage> =>
  call('/public/invoices', { query: query as Record<string, string | number | undefined>, signal });

/** A challenge of work; empty when this installation asks for none. */
export const readChallenge = (signal: AbortSignal): Promise<Record<string, unknown>> =>
  call('/captcha', { signal });

export const readConfiguration = (): Promise<Configuration> => call('/config');

export type OrderBody = RouteBodyInput<typeof createPaymentOrder>;
export const createOrder = (
  body: OrderBody,
  idempotencyKey: string,
): Promise<RouteAnswer<typeof createPaymentOrder>> =>
  call('/payment-orders', { method: 'POST', body, idempotencyKey, timeoutMs: gatewayTimeoutMs });

export const readOrder = (id: string, signal: AbortSignal): Promise<RouteAnswer<typeof getPaymentOrder>> =>
  call(orderOf(id), { signal });

export const retryOrder = (
  id: string,
  body: { method: PaymentMethod; channel: PaymentChannel },
  idempotencyKey: string,
): Promise<RouteAnswer<typeof retryPaymentOrder>> =>
  call(`${orderOf(id)}/attempts`, {
    method: 'POST',
    body,
    idempotencyKey,
    timeoutMs: gatewayTimeoutMs,
  });

export const cancelOrder = (id: string): Promise<RouteAnswer<typeof cancelPaymentOrder>> =>
  call(orderOf(id), { method: 'DELETE', timeoutMs: gatewayTimeoutMs });

export const emailOrder = (
  id: string,
  body: RouteBodyInput<typeof emailPaymentOrder>,
  idempotencyKey: string,
): Promise<RouteAnswer<typeof emailPaymentOrder>> =>
  call(`${orderOf(id)}/emails`, { method: 'POST', body, idempotencyKey });

export const readReceiptCheck = (
  code: string,
  signal: AbortSignal,
): Promise<RouteAnswer<typeof checkReceipt>> => call(`/receipts/${encodeURIComponent(code)}`, { signal });

/** Address of the receipt in PDF, in a language. */
export const receiptAddress = (id: string, locale: string): string =>
  addressOf(`${orderOf(id)}/receipt`, { locale });
